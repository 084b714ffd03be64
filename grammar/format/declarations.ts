/** The layout of each kind of declaration. A new kind is one more function. */
import { assertNever } from '../assert-never.js';
import type { ConstDecl, Declaration, ModuleDecl, PredicateDecl } from '../ast.js';
import * as t from '../tokens.js';
import { fits, lineUp } from './block.js';
import { layExpression } from './expression.js';
import { firstOf, INDENT, lastOf, nextOf, type Page, widthOf } from './page.js';
import { layHeader, layView } from './headers.js';
import { layModule, layPolicy } from './modules.js';
import { laySignature } from './signatures.js';
import { layTest } from './tests.js';

/** Lays out a file: a line break before each declaration, and what is inside. */
export function layFile(page: Page, declarations: readonly Declaration[]): void {
  page.breaks.set(page.words.length - 1, { column: 0, blank: 'keep' });
  let module: ModuleDecl | undefined;
  let before: Declaration | undefined;
  for (const declaration of declarations) {
    if (module && declaration.span.start > module.body.end) [before, module] = [module, undefined];
    const blank = before === module && module ? 'drop' : isApart(page, before, declaration) ? 'always' : 'keep';
    const column = module ? INDENT : 0;
    page.breaks.set(firstOf(page, declaration.span), { column, blank });
    layDeclaration(page, declaration, column);
    if (declaration.kind === 'Module') module = declaration;
    before = declaration;
  }
  for (const run of namedRuns(page, declarations))
    lineUp(
      page,
      run.map((decl) => equalSign(page, decl)),
    );
  // What stands behind a `=` that was moved has less room.
  for (const decl of declarations) if (isNamed(decl)) layNamed(page, decl);
}

/**
 * Declarations of one kind may stand together, and a test right behind what it tests; all others, and those with comments above
 * them, have a blank line before them.
 */
function isApart(page: Page, before: Declaration | undefined, declaration: Declaration): boolean {
  if (!before) return false;
  const word = page.words[firstOf(page, declaration.span)];
  const isBlank = word?.blank === true || word?.above.some((comment) => comment.blank) === true;
  const belongs = declaration.kind === 'Test' || kindOf(before) === kindOf(declaration);
  return !isBlank && (!belongs || word?.above.length !== 0);
}

function kindOf({ kind }: Declaration): string {
  return kind === 'Param' ? 'Const' : kind;
}

/** `margin` is the column that it begins in. Constants and predicates have been lined up when it is their turn. */
function layDeclaration(page: Page, declaration: Declaration, margin: number): void {
  switch (declaration.kind) {
    case 'Import':
    case 'Space':
    case 'Const':
    case 'Param':
    case 'Predicate':
      return;
    case 'Header':
      layHeader(page, declaration);
      return;
    case 'View':
      layView(page, declaration);
      return;
    case 'Signature':
      laySignature(page, declaration, margin);
      return;
    case 'Module':
      layModule(page, declaration);
      return;
    case 'Policy':
      layPolicy(page, declaration);
      return;
    case 'Test':
      layTest(page, declaration, margin);
      return;
    default:
      assertNever(declaration);
  }
}

// Names and their values ---------------------------------------------------------------------------------------------

type Named = ConstDecl | PredicateDecl;

function isNamed(decl: Declaration): decl is Named {
  return decl.kind === 'Const' || decl.kind === 'Param' || decl.kind === 'Predicate';
}

function layNamed(page: Page, decl: Named): void {
  if (decl.kind === 'Predicate') layPredicate(page, decl);
  else layConstant(page, decl);
}

/** Constants, and predicates, on lines that follow one another: what they are equal to begins in one column. */
function namedRuns(page: Page, declarations: readonly Declaration[]): Named[][] {
  const runs: Named[][] = [];
  declarations.forEach((declaration, i) => {
    if (!isNamed(declaration)) return;
    const before = declarations[i - 1];
    const word = page.words[firstOf(page, declaration.span)];
    const follows = before && kindOf(before) === kindOf(declaration) && !word?.blank && word?.above.length === 0;
    if (follows) runs.at(-1)?.push(declaration);
    else runs.push([declaration]);
  });
  return runs;
}

function equalSign(page: Page, { span, name }: Named): { first: number; at: number } {
  return { first: firstOf(page, span), at: nextOf(page, lastOf(page, name.span), t.Equal) };
}

function layConstant(page: Page, decl: ConstDecl): void {
  const { first, at } = equalSign(page, decl);
  const column = widthOf(page, first, at) + 1;
  layExpression(page, at + 1, lastOfDeclaration(page, at, decl), { column, base: 0, floor: INDENT, behind: 0 });
}

/** The condition behind `=`, or on lines of its own where the author has broken it or it is too wide. */
function layPredicate(page: Page, decl: PredicateDecl): void {
  const first = firstOf(page, decl.span);
  const body = equalSign(page, decl).at + 1;
  const last = lastOfDeclaration(page, body, decl);
  const authors = page.words.slice(body, last + 1).some((word) => word.newline);
  if (!authors && fits(page, first, last, 0)) return;
  page.breaks.set(body, { column: INDENT, blank: 'drop' });
  layExpression(page, body, last, { column: INDENT, base: INDENT, floor: INDENT, behind: 0 });
}

/** A closing parenthesis at the end belongs to the declaration, but not to every expression's span. */
function lastOfDeclaration(page: Page, from: number, { span }: Declaration): number {
  return Math.max(from, lastOf(page, span));
}
