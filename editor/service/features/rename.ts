/**
 * Another name for something, wherever it stands. A rename never changes what the rules mean: where the new name means something
 * else already at one of the places, or would come to mean this at a place that means something else, it is refused.
 */
import { type IToken, tokenMatcher } from 'chevrotain';
import { RESERVED } from '../../../compiler/check/reserved.js';
import { groupBy } from '../../../compiler/cost/group-by.js';
import type { Scope } from '../../../compiler/check/scope.js';
import type { HeaderDecl, ViewDecl } from '../../../grammar/ast.js';
import type { Edit, Span } from '../../../grammar/diagnostic.js';
import { Identifier, lexer, Word } from '../../../grammar/tokens.js';
import { membersOfHeader } from '../reading/members.js';
import { ambiguousDisable } from './rename/disabled.js';
import { declarationAt, moved, type Stretch, symbolAt, type SymbolKind, type SymbolUse, type View } from '../view.js';

/** Why something cannot be renamed, for its author. */
export interface Refusal {
  readonly why: string;
}

export interface Renamable {
  readonly span: Span;
  readonly name: string;
}

/** What would be renamed at an offset, or why that cannot be. */
export function prepareRename(view: View, file: string, offset: number): Renamable | Refusal {
  const use = symbolAt(view, file, offset);
  if (!use) return { why: 'there is no name here' };
  const why = unrenamable(use);
  return why === undefined ? { span: use.span, name: use.name } : { why };
}

function unrenamable({ kind, declared, name }: SymbolUse): string | undefined {
  if (kind === 'file') return 'a path is no name: rename the file itself, and then its imports';
  if (kind === 'builtin' || !declared) return `\`${name}\` is a word of the language`;
  if (declared.file.startsWith('std/')) return `\`${name}\` is declared in the standard library (\`${declared.file}\`)`;
  return undefined;
}

/** The edits that rename what stands at an offset, in all files; or why that cannot be. */
export function rename(view: View, file: string, offset: number, newName: string): readonly Edit[] | Refusal {
  const use = symbolAt(view, file, offset);
  if (!use) return { why: 'there is no name here' };
  const why = unrenamable(use);
  if (why !== undefined || !use.declared) return { why: why ?? '' };
  if (newName === use.name) return [];
  const uses = view.usesOf(use.declared);
  const refusal = notAName(use.kind, newName) ?? clash(view, { ...use, declared: use.declared }, uses, newName);
  if (refusal !== undefined) return { why: refusal };
  return uses.map(({ span }) => ({ span, text: newName }));
}

/** Kinds that are named behind a dot or as a key: any word may stand there. */
const BEHIND_DOT = new Set<SymbolKind>(['field', 'list', 'entry', 'ends']);
/** Kinds that share one name space in a file. */
const VALUES = new Set<SymbolKind>(['const', 'param', 'predicate', 'header', 'view', 'import']);
/** Kinds that have a name space of their own: no condition names them. */
const SPACES: Readonly<Partial<Record<SymbolKind, 'signatures' | 'modules' | 'policies' | 'spaces'>>> = {
  signature: 'signatures',
  module: 'modules',
  policy: 'policies',
  space: 'spaces',
};
/** Kinds that are known in a part of their declaration only. */
const LOCALS = new Set<SymbolKind>(['parameter', 'let', 'occurrence']);

function notAName(kind: SymbolKind, newName: string): string | undefined {
  const token = wordOf(newName);
  if (!token) return `\`${newName.slice(0, 40)}\` is not a name: a letter or \`_\`, then letters, digits, \`_\``;
  if (BEHIND_DOT.has(kind)) return undefined;
  if (!tokenMatcher(token, Identifier)) return `\`${newName}\` is a word that structures rules`;
  if (TAKEN.has(newName) && SPACES[kind] === undefined) return `\`${newName}\` is a word of the language`;
  if (kind === 'signature' && newName === 'verdict') return '`verdict` means something else in an expectation';
  return undefined;
}

const TAKEN = new Set(['payload', 'packet', ...RESERVED]);

/** The only token of a text, if it is a word. */
function wordOf(text: string): IToken | undefined {
  const [token] = lexer.tokenize(text).tokens;
  return token?.image === text && tokenMatcher(token, Word) ? token : undefined;
}

type Declared = SymbolUse & { readonly declared: Span };

function clash(view: View, use: Declared, uses: readonly SymbolUse[], newName: string): string | undefined {
  const { kind } = use;
  if (LOCALS.has(kind)) return localClash(view, use, newName);
  if (BEHIND_DOT.has(kind) || kind === 'flag') return memberClash(view, use, uses, newName);
  return scopeClash(view, use, newName) ?? disableClash(view, use, newName) ?? captured(view, use, uses, newName);
}

/**
 * In the declaration that knows a local name, the new one must stand nowhere as a name of its own. A predicate's parameters may be
 * called like something else in the file, which they hide there; a `let` and an occurrence must not.
 */
function localClash(view: View, { declared, name, kind }: Declared, newName: string): string | undefined {
  const { file } = declared;
  const scope = kind === 'parameter' ? undefined : view.scope(file);
  if (scope?.values.has(newName) || scope?.aliases.has(newName)) return alreadyKnown(newName, file);
  const flag = scope && flagOwner(view, file, newName);
  if (flag !== undefined) return `\`${newName}\` is ${flag}, which would be meant instead`;
  const stretch = stretchOf(view, declared);
  const taken = stretch && nameWithin(view, file, stretch, newName);
  return taken && `\`${newName}\` is ${article(taken.kind)} that is used where \`${name}\` is known`;
}

function alreadyKnown(newName: string, file: string): string {
  return `\`${newName}\` is declared already in what \`${file}\` knows`;
}

function stretchOf(view: View, { file, start }: Span): Stretch | undefined {
  const placed = declarationAt(view, file, start);
  return placed && moved(placed.decl.span, placed.base);
}

function nameWithin(view: View, file: string, stretch: Stretch, name: string): SymbolUse | undefined {
  return view.symbolsIn(file, stretch, name).find((use) => isOwnName(view, use, name));
}

/** Whether it is called so and does not stand behind a dot. */
function isOwnName(view: View, use: SymbolUse, name: string): boolean {
  return use.name === name && !BEHIND_DOT.has(use.kind) && use.kind !== 'file' && !isPath(view, use);
}

const WHOLE: Stretch = { start: 0, end: Infinity };

/** What stands behind a dot is found there whatever else is called so. */
function isPath(view: View, { span }: SymbolUse): boolean {
  return /\.\s*$/.test(view.file(span.file)?.text.slice(Math.max(0, span.start - 20), span.start) ?? '');
}

// Names of files -----------------------------------------------------------------------------------------------------

/** Every file that sees the name must not know another thing by the new one. */
function scopeClash(view: View, { kind, declared, name }: Declared, newName: string): string | undefined {
  const space = SPACES[kind];
  const isKnown = (scope: Scope): boolean =>
    space ? scope[space].has(newName) : scope.values.has(newName) || scope.aliases.has(newName);
  for (const file of view.names()) {
    const scope = view.scope(file);
    const sees =
      file === declared.file || (kind !== 'import' && scope?.[space ?? 'values'].get(name)?.file === declared.file);
    if (scope && sees && isKnown(scope)) return alreadyKnown(newName, file);
    const local = sees && VALUES.has(kind) ? localNamed(view, file, newName) : undefined;
    if (local) return `\`${newName}\` is ${article(local.kind)} in \`${file}\``;
  }
  return undefined;
}

/** A policy disables signatures and modules: it must not come to name both. */
function disableClash(view: View, { kind, declared, name }: Declared, newName: string): string | undefined {
  if (kind !== 'signature' && kind !== 'module') return undefined;
  const file = ambiguousDisable(view, { kind, declared, name }, newName);
  const other = kind === 'module' ? 'a signature' : 'a module';
  return file && `\`${newName}\` is ${other}, and a policy in \`${file}\` disables by that name`;
}

/** A `let` or occurrence of that name, which must not be called like something that the file knows. */
function localNamed(view: View, file: string, name: string): SymbolUse | undefined {
  const all = view.symbolsIn(file, WHOLE, name);
  return all.find((use) => use.isDeclaration && (use.kind === 'let' || use.kind === 'occurrence'));
}

/** At each place a local name or a flag comes before what the file declares. */
function captured(
  view: View,
  { kind, name }: Declared,
  uses: readonly SymbolUse[],
  newName: string,
): string | undefined {
  if (!VALUES.has(kind)) return undefined;
  const byFile = groupBy(uses, ({ span }) => span.file);
  for (const [file, own] of byFile) {
    const local = besideAnyOf(view, file, own, newName);
    if (local) return `\`${newName}\` is ${article(local.kind)} where \`${name}\` is used`;
    const inHeader = own.flatMap(({ span }) => fieldHere(view, span, newName) ?? []);
    const owner = flagOwner(view, file, newName) ?? inHeader[0];
    if (owner !== undefined) return `\`${newName}\` is ${owner}, which would be meant instead`;
  }
  return undefined;
}

/** A name of its own that is called so in a declaration in which one of the uses stands. A name may be used 30,000 times: whoever is called so is rarer. */
function besideAnyOf(view: View, file: string, uses: readonly SymbolUse[], newName: string): SymbolUse | undefined {
  const called = view.symbolsIn(file, WHOLE, newName).filter((use) => isOwnName(view, use, newName));
  return called.find((use) => {
    const stretch = stretchOf(view, use.span);
    return stretch && uses.some(({ span }) => span.start >= stretch.start && span.end <= stretch.end);
  });
}

/** A bare flag means the flag of the field beside it, also where a constant is called alike. */
function flagOwner(view: View, file: string, newName: string): string | undefined {
  for (const [name, { decl }] of view.scope(file)?.values ?? []) {
    const fields = decl.kind === 'Header' ? decl.items.filter((item) => item.kind === 'Field') : [];
    const field = fields.find(({ flags }) => flags?.some((flag) => flag.name.text === newName));
    if (field) return `a flag of \`${name}.${field.name.text}\``;
  }
  return undefined;
}

/** Inside of a header its fields come first. */
function fieldHere(view: View, { file, start }: Span, newName: string): string | undefined {
  const decl = declarationAt(view, file, start)?.decl;
  if (decl?.kind !== 'Header') return undefined;
  const isField = JSON.stringify(decl.items.map(namesOf)).includes(`"${newName}"`);
  return isField ? `a field of \`${decl.name.text}\`` : undefined;
}

function namesOf(item: HeaderDecl['items'][number]): string[] {
  if (item.kind === 'Field' || item.kind === 'Either') return [item.name.text];
  if (item.kind !== 'List') return [];
  const fields = [item.selector, ...item.cases.flatMap((one) => one.fields)];
  return [item.name.text, ...fields.flatMap((field) => (field ? [field.name.text] : []))];
}

// Members ------------------------------------------------------------------------------------------------------------

/** Fields, lists, entries and flags: unlike everything else in their header or view, and unlike what their uses stand beside. */
function memberClash(
  view: View,
  { declared, name, kind }: Declared,
  uses: readonly SymbolUse[],
  newName: string,
): string | undefined {
  const decl = declarationAt(view, declared.file, declared.start)?.decl;
  const stretch = stretchOf(view, declared);
  if (!stretch || (decl?.kind !== 'Header' && decl?.kind !== 'View')) return `\`${name}\` is not declared in a header`;
  if (newName === 'payload' || newName === 'malformed') return `\`${newName}\` is a word of the language`;
  const known = view.symbolsIn(declared.file, stretch).some((use) => use.name === newName);
  if (known || namesIn(decl).includes(newName)) return `\`${newName}\` stands in \`${decl.name.text}\` already`;
  return kind === 'flag' ? flagCaptured(view, name, uses, newName) : undefined;
}

function namesIn(decl: HeaderDecl | ViewDecl): readonly string[] {
  return decl.kind === 'Header' ? membersOfHeader(decl).map(({ name }) => name) : decl.items.map((i) => i.name.text);
}

function flagCaptured(view: View, name: string, uses: readonly SymbolUse[], newName: string): string | undefined {
  for (const [file, own] of groupBy(uses, ({ span }) => span.file)) {
    const taken = besideAnyOf(view, file, own, newName);
    if (taken) return `\`${newName}\` is ${article(taken.kind)} where \`${name}\` is used`;
  }
  return undefined;
}

const ARTICLES: Readonly<Partial<Record<SymbolKind, string>>> = {
  const: 'a constant',
  param: 'a parameter of the ruleset',
  import: 'the name of an import',
  entry: 'an entry',
  ends: 'a name of both ends',
  let: 'the name of a `let`',
  occurrence: 'the name of an occurrence',
  builtin: 'a word of the language',
};

function article(kind: SymbolKind): string {
  return ARTICLES[kind] ?? `a ${kind}`;
}
