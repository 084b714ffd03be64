/** One state of all files: which names mean what, what is known of each declaration, and what is still to be checked. */
import { declaredIn } from '../../../compiler/check/check.js';
import { checking, type Memory } from '../../../compiler/check/checking.js';
import type { Texts } from '../../../compiler/check/context.js';
import type { Judged } from '../../../compiler/check/findings.js';
import type { Outcome } from '../../../compiler/check/outcome.js';
import { type Declared, type Program, resolveScopes } from '../../../compiler/check/scope.js';
import {
  CORE,
  type ListFile,
  listsIn,
  resolveImport,
  resolveList,
  type Unreadable,
} from '../../../compiler/check/sources.js';
import { ANY } from '../../../compiler/check/watch.js';
import type { Declaration } from '../../../grammar/ast.js';
import type { Diagnostic } from '../../../grammar/diagnostic.js';
import type { ParseResult } from '../../../grammar/parse.js';
import type { HeldFile } from './held-file.js';
import { damagedPieces, pieceTexts } from './piece-texts.js';
import { markStale, namesChanged } from './staleness.js';

/** Where files come from. */
export interface Files {
  readonly roots: () => readonly string[];
  readonly file: (name: string) => HeldFile | Unreadable;
  readonly list: (path: string) => ListFile;
}

type Placed = Declared<Declaration>;

export interface State {
  readonly files: ReadonlyMap<string, HeldFile>;
  readonly program: Program;
  readonly texts: Texts;
  readonly lists: ReadonlyMap<string, ListFile>;
  /** What is wrong with imports and with names that stand for several things. */
  readonly problems: readonly Diagnostic[];
  /** What has come since the state before. */
  readonly fresh: readonly Placed[];
  /** Counts checks, so that what was made of outcomes can be kept until there are others. */
  readonly checked: () => number;
  readonly check: (declared: readonly Placed[]) => void;
  /** Checks what is left, until `isOver`; whether nothing is left. */
  readonly work: (isOver: () => boolean) => boolean;
  /** What is known of a declaration: what was known before, as long as it has not been checked anew. */
  readonly outcomeOf: (declared: Placed) => Outcome | undefined;
  /** All that is known of the declarations of some files, in the checker's order. */
  readonly judged: (files: readonly string[]) => readonly Judged[];
}

/** The state of the files as they are now. `memory` keeps what was found in the state before and still holds. */
export function stateOf(from: Files, memory: Memory, before: State | undefined): State {
  const { files, unreadable } = reached(from);
  const roots = from.roots();
  const problems: Diagnostic[] = [];
  const sources = new Map<string, ParseResult | Unreadable>(unreadable);
  for (const file of files.values()) sources.set(file.name, asParsed(file));
  const program = resolveScopes({ roots, files: sources }, problems);
  const lists = listsOf(program, from);
  const fresh = beginAnew(program, files, memory, before);
  const texts = pieceTexts(files);
  const task = { program, texts, lists, settings: new Map(), symbols: true, names: true };
  const { outcomeOf } = checking(task, memory);
  const pending = waiting(program, memory);
  let checks = 0;
  const check = (declared: readonly Placed[]): void => {
    for (const one of declared) outcomeOf(one);
    checks++;
  };
  return {
    files, program, texts, lists, problems, fresh, check,
    checked: () => checks,
    work: (isOver) => {
      if (pending.length > 0) checks++;
      while (pending.length > 0 && !isOver()) {
        const next = pending.pop();
        if (next) outcomeOf(next);
      }
      return pending.length === 0;
    },
    outcomeOf: ({ decl }) => memory.outcomes.get(decl),
    judged: (names) =>
      declaredIn({ ...program, files: names }).flatMap((one) => {
        const outcome = memory.outcomes.get(one.decl);
        return outcome ? [{ ...one, outcome }] : [];
      }),
  }; // prettier-ignore
}

const asResult = new WeakMap<HeldFile, ParseResult>();

/** A file as those who look only at its declarations know it. */
function asParsed(held: HeldFile): ParseResult {
  const { name, text, declarations } = held;
  const known = asResult.get(held) ?? {
    tree: { file: name, text, declarations, comments: [] },
    diagnostics: [],
    damaged: [],
  };
  asResult.set(held, known);
  return known;
}

function reached(from: Files): { files: Map<string, HeldFile>; unreadable: Map<string, Unreadable> } {
  const files = new Map<string, HeldFile>();
  const unreadable = new Map<string, Unreadable>();
  const pending = [CORE, ...from.roots()];
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    if (files.has(name) || unreadable.has(name)) continue;
    const file = from.file(name);
    if (!('pieces' in file)) unreadable.set(name, file);
    else {
      files.set(name, file);
      for (const decl of file.declarations) {
        const target = decl.kind === 'Import' ? resolveImport(name, decl.path.text) : undefined;
        if (target !== undefined) pending.push(target);
      }
    }
  }
  return { files, unreadable };
}

function listsOf({ files, declarations }: Program, from: Files): Map<string, ListFile> {
  const lists = new Map<string, ListFile>();
  for (const decl of files.flatMap((file) => declarations.get(file) ?? [])) {
    if (decl.kind !== 'Const' && decl.kind !== 'Param') continue;
    for (const path of listsIn(decl.value).map(resolveList)) lists.set(path, from.list(path));
  }
  return lists;
}

/** Marks what a change concerns, and gives the declarations that were not there before. */
function beginAnew(
  program: Program,
  files: ReadonlyMap<string, HeldFile>,
  memory: Memory,
  before: State | undefined,
): Placed[] {
  if (before) {
    const changed = namesChanged(before.program, program);
    if (isDamageOther(before.files, files)) changed.add(ANY);
    markStale(memory, { before: before.program, after: program }, changed);
  }
  const old = new Set(before?.program.files.flatMap((file) => before.program.declarations.get(file) ?? []));
  return placed(program).filter(({ decl }) => !old.has(decl));
}

/** What seems unknown may have been unreadable, and the other way round. */
function isDamageOther(before: ReadonlyMap<string, HeldFile>, after: ReadonlyMap<string, HeldFile>): boolean {
  const [old, now] = [before, after].map((files) => [...files.values()].flatMap(damagedPieces));
  return old?.length !== now?.length || (now?.some((piece, i) => piece !== old?.[i]) ?? false);
}

function placed({ files, declarations }: Program): Placed[] {
  return files.flatMap((file) => (declarations.get(file) ?? []).map((decl) => ({ decl, file })));
}

/** What is to be checked, the last first. */
function waiting(program: Program, { outcomes, stale }: Memory): Placed[] {
  const all = placed(program).filter(({ decl }) => stale.has(decl) || !outcomes.has(decl));
  const left = all.flatMap(({ decl }) => (stale.has(decl) ? [decl] : []));
  stale.clear();
  for (const decl of left) stale.add(decl);
  return all.toReversed();
}
