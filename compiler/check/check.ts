/**
 * Syntax trees → ruleset. Takes every file that was reached, gives layouts, signatures as formulas and tests as steps, with all
 * that is wrong; forgets names, sugar and files. Pure.
 */
import type { Declaration } from '../../grammar/ast.js';
import { type Diagnostic, isClean, report } from '../../grammar/diagnostic.js';
import type { Unlinkable } from '../link/limits.js';
import type { Ruleset } from '../ruleset.js';
import { checking, headersOf } from './checking.js';
import { moduleCircles } from './circles.js';
import type { Texts } from './context.js';
import { type InOrder, inReportOrder, problemsOf } from './findings.js';
import { handedTooFar } from './module-diagnostics.js';
import { namesLost } from './lost.js';
import { type Kept, remembered } from './kept.js';
import { rulesetOf } from './numbering.js';
import { type Declared, type Program, resolveScopes, surfaceOf, type Surfaces } from './scope.js';
import { checkSettings } from './settings.js';
import { isParsed, type ListFile, type Setting, type Sources } from './sources.js';
import { inOrder, type SymbolUse } from './symbols.js';

/** What else is to be found out. */
export interface CheckOptions {
  /** Which word of the texts stands for what; costs a third of the time more. */
  readonly symbols?: boolean;
  /** A check of before: what it found where nothing has changed is not looked for again. Symbols must have been asked for then, too. */
  readonly before?: Kept;
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
  /** For the next check. */
  readonly kept: Kept;
}

/** Checks a whole ruleset. */
export function check(sources: Sources, { symbols = false, before }: CheckOptions = {}): Checked {
  const problems: Diagnostic[] = [];
  const program = resolveScopes({ ...sources, files: surfacesOf(sources) }, problems);
  const texts = textsOf(sources);
  const { lists = new Map(), settings } = sources;
  const values = settings?.values ?? new Map<string, Setting>();
  const task = { program, texts, lists, settingsOf: () => values, symbols, names: false };
  const memory = remembered(before, sources, program);
  const { outcomeOf } = checking(task, memory);
  const all = declaredIn(program).map(({ decl, file }) => ({ decl, file, outcome: outcomeOf({ decl, file }) }));
  const { ruleset, unlinkable } = rulesetOf(program, all);
  const found = [
    ...problems,
    ...problemsOf(
      memory,
      headersOf(program).map(({ decl }) => decl),
      inFiles(program),
      texts,
    ),
    ...moduleCircles(program, all),
    ...(unlinkable ? tooFar(ruleset, unlinkable) : []),
    ...(settings ? checkSettings(program, settings) : []),
  ];
  const diagnostics = ordered(sources, program.files, found);
  return {
    ruleset,
    diagnostics,
    symbols: symbols ? inOrder([...all.flatMap(({ outcome }) => outcome.symbols), ...importedFiles(program)]) : [],
    reach: program.reach,
    kept: { sources, program, memory, isClean: isClean(diagnostics) },
  };
}

/** Modules that hand packets on too far; circles are found one by one. */
function tooFar({ modules }: Ruleset, { module, why }: Unlinkable): Diagnostic[] {
  const { name, span } = modules[module] ?? {};
  return name === undefined || !span || why === 'cycle' ? [] : [report(handedTooFar, { name, why }, { span })];
}

function surfacesOf({ files }: Sources): Surfaces['files'] {
  return new Map(
    [...files].map(([file, parsed]) => [file, isParsed(parsed) ? surfaceOf(file, parsed.tree.declarations) : parsed]),
  );
}

function inFiles({ files }: Program): InOrder {
  const place = new Map(files.map((file, i) => [file, i]));
  const rank = ({ span }: Declaration): number => place.get(span.file) ?? files.length;
  return (some) => [...some].sort((a, b) => rank(a) - rank(b) || a.span.start - b.span.start);
}

/** Every declaration that is part of the ruleset, in the order in which they are checked: names before what uses them. */
export function declaredIn({ files, declarations }: Program): Declared<Declaration>[] {
  const [headers, names, signatures, tests]: [Declarations, Declarations, Declarations, Declarations] = [
    [],
    [],
    [],
    [],
  ];
  for (const file of files)
    for (const decl of declarations.get(file) ?? []) {
      const { kind } = decl;
      const group = kind === 'Signature' ? signatures : kind === 'Header' ? headers : kind === 'Test' ? tests : names;
      group.push({ decl, file });
    }
  return [...headers, ...names, ...signatures, ...tests];
}

type Declarations = Declared<Declaration>[];

/** The paths of imports, each with the file that it means. */
export function importedFiles({ imports }: Program): SymbolUse[] {
  return [...imports.values()].flat().map(({ decl: { path }, file }) => ({
    span: path.span,
    kind: 'file',
    name: path.text,
    declared: { file, start: 0, end: 0 },
    isDeclaration: false,
  }));
}

function textsOf(sources: Sources): Texts {
  const textOf = (file: string): string => {
    const parsed = sources.files.get(file);
    return isParsed(parsed) ? parsed.tree.text : (sources.settings?.texts.get(file) ?? '');
  };
  return { textOf, isDamaged: damage(sources), lostIn: lost(sources) };
}

/** What the stretches that could not be read seem to declare. Looking through them for each name would be quadratic. */
function lost({ files }: Sources): Texts['lostIn'] {
  const known = new Map<string, ReadonlySet<string>>();
  const namesIn = (file: string): ReadonlySet<string> => {
    const parsed = files.get(file);
    if (!isParsed(parsed)) return new Set();
    return new Set(parsed.damaged.flatMap(({ start, end }) => namesLost(parsed.tree.text.slice(start, end))));
  };
  return (file) => {
    const names = known.get(file) ?? namesIn(file);
    known.set(file, names);
    return names;
  };
}

/** Whether a stretch of text holds a mistake that the parser has found. */
function damage(sources: Sources): Texts['isDamaged'] {
  const starts = new Map<string, readonly number[]>();
  for (const [file, parsed] of sources.files) if (isParsed(parsed)) starts.set(file, damagedPlaces(parsed.diagnostics));
  return ({ file, start, end }) => isBetween(starts.get(file) ?? [], start, end);
}

/** Where the parser's findings are, in order. */
export function damagedPlaces(diagnostics: readonly Diagnostic[]): readonly number[] {
  return [...new Set(diagnostics.map((d) => d.labels[0]?.span.start ?? 0))];
}

/** Whether one of some places, which are in order, lies in a stretch. */
export function isBetween(places: readonly number[], start: number, end: number): boolean {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return (places[low] ?? Infinity) <= end;
}

/** Syntax before meaning within one place, files in the order in which they were reached, then lists and settings. */
function ordered(sources: Sources, files: readonly string[], problems: readonly Diagnostic[]): Diagnostic[] {
  const { lists = new Map<string, ListFile>(), settings } = sources;
  const syntax = files.flatMap((file) => {
    const parsed = sources.files.get(file);
    return isParsed(parsed) ? parsed.diagnostics : [];
  });
  const inLists = [...lists.values()].flatMap((list) => ('set' in list ? list.diagnostics : []));
  const places = [...files, ...lists.keys(), ...(settings?.texts.keys() ?? [])];
  return inReportOrder(places, [...syntax, ...inLists, ...(settings?.diagnostics ?? []), ...problems]);
}
