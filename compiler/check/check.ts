/**
 * Syntax trees → ruleset. Takes every file that was reached, gives layouts, signatures as formulas and tests as steps, with all
 * that is wrong; forgets names, sugar and files. Pure.
 */
import type { Declaration, HeaderDecl, SignatureDecl } from '../../grammar/ast.js';
import type { Diagnostic, Label } from '../../grammar/diagnostic.js';
import type { Layout } from '../logic/layout.js';
import type { Ruleset, Signature } from '../ruleset.js';
import { toFormula } from './conditions.js';
import { foldConstant } from './constants.js';
import { complain, type Context, CONDITION_BUDGET, type Env } from './context.js';
import { idTaken, keyTaken } from './diagnostics.js';
import { typeOf } from './expressions.js';
import { checkSpace, layoutOf } from './headers.js';
import { noteDeclaration } from './notes.js';
import { resolveScopes, type Scope } from './scope.js';
import { checkSettings } from './settings.js';
import { signatureOf } from './signatures.js';
import { isParsed, type ListFile, type Sources } from './sources.js';
import { inOrder, notebook, type SymbolUse } from './symbols.js';
import { testOf } from './tests.js';
import { ERROR, type Typed } from './types.js';
import { isInside } from './uses.js';
import { checkView, viewOf } from './views.js';

/** What else is to be found out. */
export interface CheckOptions {
  /** Which word of the texts stands for what; costs a tenth of the time. */
  readonly symbols?: boolean;
}

export interface Checked {
  /** What could be made of the files; to be run only if no diagnostic is an error. */
  readonly ruleset: Ruleset;
  /** In order of file and place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Each place once, by file and place; empty where they were not asked for. */
  readonly symbols: readonly SymbolUse[];
  /** By file: it, and all that it imports. */
  readonly reach: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Checks a whole ruleset. */
export function check(sources: Sources, { symbols = false }: CheckOptions = {}): Checked {
  const book = symbols ? notebook() : undefined;
  const problems: Diagnostic[] = [];
  const program = resolveScopes(sources, problems);
  const context: Context = {
    typeOf,
    toFormula,
    problems,
    constantProblems: problems,
    program,
    lists: sources.lists ?? new Map(),
    settings: sources.settings?.values ?? new Map(),
    textOf: (file) => {
      const parsed = sources.files.get(file);
      return isParsed(parsed) ? parsed.tree.text : (sources.settings?.texts.get(file) ?? '');
    },
    isDamaged: damage(sources),
    named: [],
    headers: new Map(),
    constants: new Map(),
    note: book?.note,
    budget: { left: CONDITION_BUDGET },
  };
  const files = program.files.flatMap((file): FileToCheck[] => {
    const scope = program.scopes.get(file);
    return scope ? [{ file, env: { context, scope }, declarations: program.declarations.get(file) ?? [] }] : [];
  });
  const layouts = checkHeaders(files, context);
  for (const file of files) checkNames(file);
  for (const file of files) noteNames(file);
  const views = files.flatMap(({ file, env, declarations }) =>
    declarations.flatMap((decl) => (decl.kind === 'View' ? [viewOf({ decl, file }, env)] : [])),
  );
  const { signatures, index } = checkSignatures(files);
  const tests = files.flatMap(({ file, env, declarations }) =>
    declarations.flatMap((decl) => (decl.kind === 'Test' ? [testOf({ decl, file }, index, env)] : [])),
  );
  if (sources.settings) problems.push(...checkSettings(program, sources.settings));
  return {
    ruleset: { layouts, views, signatures, tests },
    diagnostics: ordered(sources, program.files, problems),
    symbols: inOrder(book?.uses ?? []),
    reach: program.reach,
  };
}

/** Whether a stretch of text holds a mistake that the parser has found. */
function damage(sources: Sources): Context['isDamaged'] {
  const starts = new Map<string, readonly number[]>();
  for (const [file, parsed] of sources.files) {
    if (isParsed(parsed)) starts.set(file, [...new Set(parsed.diagnostics.map((d) => d.labels[0]?.span.start ?? 0))]);
  }
  return ({ file, start, end }) => {
    const known = starts.get(file) ?? [];
    // The parser's findings are in order of place: the first one behind `start` tells.
    let [low, high] = [0, known.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((known[middle] ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    return (known[low] ?? Infinity) <= end;
  };
}

interface FileToCheck {
  readonly file: string;
  readonly env: Env & { readonly scope: Scope };
  readonly declarations: readonly Declaration[];
}

/** Headers in the order of their files, each key announcing one of them. */
function checkHeaders(files: readonly FileToCheck[], context: Context): Layout[] {
  const taken = new Map<string, HeaderDecl>();
  const layouts: Layout[] = [];
  for (const { file, env, declarations } of files) {
    for (const decl of declarations) {
      if (decl.kind !== 'Header') continue;
      const layout = layoutOf({ decl, file }, layouts.length, env);
      layouts.push(layout);
      context.headers.set(decl, { decl, file, layout });
      for (const { space, values } of layout.keys) {
        for (const value of values) {
          const key = `${space} ${value}`;
          const first = taken.get(key);
          const p = { space, value: `${value}`, header: first?.name.text ?? '' };
          if (first) complain(env, keyTaken, p, { span: decl.name.span }, { span: first.name.span, text: 'here' });
          else taken.set(key, decl);
        }
      }
    }
  }
  return layouts;
}

/** What the files declare and import. */
function noteNames({ file, env, declarations }: FileToCheck): void {
  const { note, program } = env.context;
  if (!note) return;
  for (const decl of declarations) noteDeclaration(decl, env);
  for (const { decl, file: target } of program.imports.get(file) ?? [])
    note(decl.path, 'file', { file: target, start: 0, end: 0 });
}

/** Constants, views and predicates, also those that nothing uses. */
function checkNames({ file, env, declarations }: FileToCheck): void {
  for (const decl of declarations) {
    if (decl.kind === 'Const' || decl.kind === 'Param') foldConstant({ decl, file }, env);
    if (decl.kind === 'Space') checkSpace(decl, env);
    if (decl.kind === 'View') checkView({ decl, file }, env);
    if (decl.kind === 'Predicate') {
      // Its parameters may be anything as long as nobody says what they are: only the rest of the body is checked.
      const params = new Map(decl.params.map((p): [string, Typed] => [p.text, ERROR]));
      env.context.budget.left = CONDITION_BUDGET;
      toFormula(decl.body, { ...env, params, calls: [decl] });
    }
  }
}

function checkSignatures(files: readonly FileToCheck[]): {
  signatures: Signature[];
  index: Map<SignatureDecl, { index: number; file: string }>;
} {
  const signatures: Signature[] = [];
  const index = new Map<SignatureDecl, { index: number; file: string }>();
  const ids = new Map<number, Signature>();
  for (const { file, env, declarations } of files) {
    for (const decl of declarations) {
      if (decl.kind !== 'Signature') continue;
      const signature = signatureOf({ decl, file }, env);
      index.set(decl, { index: signatures.length, file });
      signatures.push(signature);
      const first = signature.id === 0 ? undefined : ids.get(signature.id);
      const p = { id: `${signature.id}`, name: first?.name ?? '' };
      const at = decl.entries.find((e) => e.kind === 'Id') ?? decl.name;
      if (first && !env.context.isDamaged(at.span))
        complain(env, idTaken, p, { span: at.span }, { span: first.span, text: 'here' });
      else if (!first) ids.set(signature.id, signature);
    }
  }
  return { signatures, index };
}

/** Syntax before meaning within one place, each finding once, files in the order in which they were reached, then lists and settings. */
function ordered(sources: Sources, files: readonly string[], problems: readonly Diagnostic[]): Diagnostic[] {
  const { lists = new Map<string, ListFile>(), settings } = sources;
  const syntax = files.flatMap((file) => {
    const parsed = sources.files.get(file);
    return isParsed(parsed) ? parsed.diagnostics : [];
  });
  const inLists = [...lists.values()].flatMap((list) => ('set' in list ? list.diagnostics : []));
  const all = [...files, ...lists.keys(), ...(settings?.texts.keys() ?? [])];
  const place = new Map(all.map((file, i) => [file, i]));
  const rank = (d: Diagnostic): [number, number] => [
    place.get(d.labels[0]?.span.file ?? '') ?? all.length,
    d.labels[0]?.span.start ?? 0,
  ];
  const seen = new Set<string>();
  return withoutEchoes([...syntax, ...inLists, ...(settings?.diagnostics ?? []), ...problems])
    .filter((d) => {
      const key = `${d.code} ${d.message} ${rank(d).join(' ')}`;
      return !seen.has(key) && seen.add(key);
    })
    .toSorted((a, b) => {
      const [[fileA, startA], [fileB, startB]] = [rank(a), rank(b)];
      return fileA - fileB || startA - startB;
    });
}

/** What is wrong with a predicate or a `let` wherever it is used is said at its declaration, and not again at each use. */
function withoutEchoes(problems: readonly Diagnostic[]): Diagnostic[] {
  const keyOf = ({ code, message }: Diagnostic, label: Label | undefined): string =>
    `${code} ${message} ${label?.span.file ?? ''} ${label?.span.start ?? 0}`;
  const said = new Set(problems.map((d) => keyOf(d, d.labels[0])));
  return problems.filter((d) => d.labels.slice(1).every((l) => !isInside(l.text) || !said.has(keyOf(d, l))));
}
