/** What features see of a state: spans that count from the beginning of their file. */
import { importedFiles } from '../../../compiler/check/check.js';
import { inReportOrder } from '../../../compiler/check/findings.js';
import { rulesetOf } from '../../../compiler/check/numbering.js';
import type { Program } from '../../../compiler/check/scope.js';
import { CORE } from '../../../compiler/check/sources.js';
import { inOrder, type SymbolUse } from '../../../compiler/check/symbols.js';
import type { Ruleset } from '../../../compiler/ruleset.js';
import type { Diagnostic, Fix, Span } from '../../../grammar/diagnostic.js';
import type { CheckedSignature, Part, SourceFile, Stretch, View } from '../view.js';
import { type HeldFile, type HeldPiece, located, pieceAt } from './held-file.js';
import type { State } from './state.js';

/** The view of a state. What it gives is as of now: when more has been checked, it gives more. */
export function viewOf(state: State): View {
  const { files, program } = state;
  const kept = keeper(state);
  let known: Layouts | undefined;
  const layouts = (): Layouts => (known ??= layoutsOf(state));
  return {
    file: (name) => sourceFile(files.get(name)),
    names: () => program.files,
    imports: (file) => (program.imports.get(file) ?? []).map((one) => one.file),
    beside: state.beside,
    scope: (file) => program.scopes.get(file),
    symbolsIn: (file, stretch, name) => symbolsIn(state, file, stretch, name),
    usesOf: (declared) => usesOf(state, declared),
    diagnostics: (file) => kept(`diagnostics ${file}`, () => diagnosticsOf(state, file)),
    signature: (file, start) => signatureAt(state, layouts, file, start),
    ruleset: (file) => {
      state.work(() => false);
      return kept(`ruleset ${file}`, () => rulesetFor(state, file));
    },
  };
}

/** Keeps what was computed until something has been checked since. */
function keeper({ checked }: State): <T>(key: string, compute: () => T) => T {
  let known = new Map<string, unknown>();
  let of = checked();
  return <T>(key: string, compute: () => T): T => {
    if (of !== checked()) known = new Map();
    of = checked();
    if (!known.has(key)) known.set(key, compute());
    return known.get(key) as T;
  };
}

const sourceFiles = new WeakMap<HeldFile, SourceFile>();

function sourceFile(held: HeldFile | undefined): SourceFile | undefined {
  if (!held) return undefined;
  const { name, text, pieces, starts } = held;
  const partsFrom = (from: number, to?: number): Part[] =>
    pieces
      .slice(from, to)
      .map(({ tree, inside, closing }, i) => ({ start: starts[from + i] ?? 0, tree, inside, closing }));
  let all: readonly Part[] | undefined;
  const known = sourceFiles.get(held) ?? {
    name,
    text,
    // A key press asks for some of 30,000.
    get parts() {
      return (all ??= partsFrom(0));
    },
    partsIn: ({ start, end }: Stretch) => partsFrom(pieceAt(starts, start - 1), pieceAt(starts, end) + 1),
  };
  sourceFiles.set(held, known);
  return known;
}

// Findings -----------------------------------------------------------------------------------------------------------

/** What is wrong in a file; in a rule file, as if it had been checked by itself with its imports. */
function diagnosticsOf(state: State, name: string): readonly Diagnostic[] {
  const { files, program, problems } = state;
  const file = files.get(name);
  if (file?.foreign) return [file.foreign];
  // What is no rule file may be one of settings, or a list.
  const reach = file ? filesOf(program, name) : program.files;
  const syntax = reach.flatMap((one) => syntaxOf(files.get(one)));
  const inLists = [...state.lists.values()].flatMap((list) => ('set' in list ? list.diagnostics : []));
  const all = [...syntax, ...inLists, ...problems, ...state.problemsIn(reach)];
  const places = [...reach, ...state.lists.keys()];
  const ordered = inReportOrder(
    places,
    all.map((problem) => inFile(problem, files)),
  );
  return ordered.filter(({ labels }) => labels[0]?.span.file === name);
}

/** The core, a file and all that it imports, in the order in which a check of that file alone reaches them. */
function filesOf({ imports }: Program, name: string): string[] {
  const done = new Set<string>();
  const visit = (file: string): void => {
    if (done.has(file)) return;
    for (const one of imports.get(file) ?? []) visit(one.file);
    done.add(file);
  };
  for (const file of [CORE, name]) visit(file);
  return [...done];
}

function syntaxOf(file: HeldFile | undefined): readonly Diagnostic[] {
  return file?.foreign ? [file.foreign] : (file?.damaged.flatMap(({ diagnostics }) => diagnostics) ?? []);
}

function inFile(problem: Diagnostic, files: ReadonlyMap<string, HeldFile>): Diagnostic {
  const moved = <T extends { readonly span: Span }>(all: readonly T[]): T[] =>
    all.map((one) => ({ ...one, span: located(one.span, files) }));
  const fixes = problem.fixes?.map((fix): Fix => ({ ...fix, edits: moved(fix.edits) }));
  return { ...problem, labels: moved(problem.labels), ...(fixes && { fixes }) };
}

function rulesetFor(state: State, name: string): Ruleset {
  const { program, files } = state;
  // Layouts are numbered over all files.
  const headers = state.judged(program.files).filter(({ decl }) => decl.kind === 'Header');
  const others = state.judged(filesOf(program, name)).filter(({ decl }) => decl.kind !== 'Header');
  const { signatures, modules, policies, ...ruleset } = rulesetOf(program, [...headers, ...others]).ruleset;
  const placed = <T extends { readonly span: Span }>(all: readonly T[]): T[] =>
    all.map((one) => ({ ...one, span: located(one.span, files) }));
  return { ...ruleset, signatures: placed(signatures), modules: placed(modules), policies: placed(policies) };
}

type Layouts = Pick<Ruleset, 'layouts' | 'views'>;

function layoutsOf(state: State): Layouts {
  const { program } = state;
  return rulesetOf(
    program,
    state.judged(program.files).filter(({ decl }) => decl.kind === 'Header' || decl.kind === 'View'),
  ).ruleset;
}

function signatureAt(state: State, layouts: () => Layouts, name: string, start: number): CheckedSignature | undefined {
  const file = state.files.get(name);
  const place = file ? pieceAt(file.starts, start) : 0;
  const within = start - (file?.starts[place] ?? 0);
  const decl = file?.pieces[place]?.tree.declarations.find(
    (one) => one.kind === 'Signature' && one.name.span.start === within,
  );
  if (!decl) return undefined;
  if (!state.outcomeOf({ decl, file: name })) state.check([{ decl, file: name }]);
  const signature = state.outcomeOf({ decl, file: name })?.result.signature;
  return signature && { signature, ...layouts() };
}

// Symbols ------------------------------------------------------------------------------------------------------------

function symbolsIn(state: State, name: string, { start, end }: Stretch, called?: string): readonly SymbolUse[] {
  const file = state.files.get(name);
  if (!file) return [];
  const pieces = file.pieces.slice(pieceAt(file.starts, start - 1), pieceAt(file.starts, end) + 1);
  const own = pieces.flatMap(({ tree }) => tree.declarations.map((decl) => ({ decl, file: name })));
  state.check(own);
  const ids = new Set(pieces.map(({ id }) => id));
  // A file of 30,000 signatures has ten times as many: only those that are wanted are put where they stand.
  const wanted = ({ span, name: word }: SymbolUse): boolean =>
    ids.has(span.file) && (called === undefined || word === called);
  const here = [
    ...own.flatMap((one) => state.outcomeOf(one)?.symbols.filter(wanted) ?? []),
    ...fromElsewhere(state, pieces).filter(wanted),
    ...importedFiles(state.program).filter(wanted),
  ].map((use) => placedUse(use, state.files));
  return inOrder(here).filter(({ span }) => span.start <= end && span.end >= start);
}

/** What only the uses of a predicate know of its body. */
function fromElsewhere(state: State, pieces: readonly HeldPiece[]): readonly SymbolUse[] {
  const isPredicate = pieces.some(({ tree }) => tree.declarations.some(({ kind }) => kind === 'Predicate'));
  return isPredicate ? state.judged(state.program.files).flatMap(({ outcome }) => outcome.symbols) : [];
}

function usesOf(state: State, declared: Span): readonly SymbolUse[] {
  state.work(() => false);
  const file = state.files.get(declared.file);
  const place = file ? pieceAt(file.starts, declared.start) : 0;
  const isWhole = declared.start === 0 && declared.end === 0;
  const id = isWhole ? declared.file : file?.pieces[place]?.id;
  const start = isWhole ? 0 : declared.start - (file?.starts[place] ?? 0);
  const isSame = (use: SymbolUse): boolean => use.declared?.start === start && use.declared.file === id;
  const same = [
    ...state.judged(state.program.files).flatMap(({ outcome }) => outcome.symbols.filter(isSame)),
    ...importedFiles(state.program).filter(isSame),
  ];
  return inOrder(same.map((use) => placedUse(use, state.files)));
}

function placedUse(use: SymbolUse, files: ReadonlyMap<string, HeldFile>): SymbolUse {
  const declared = use.declared && located(use.declared, files);
  return { ...use, span: located(use.span, files), declared };
}
