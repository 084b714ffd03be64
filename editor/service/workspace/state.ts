/** One state of all files: which names mean what, what is known of each declaration, and what is still to be checked. */
import { declaredIn } from '../../../compiler/check/check.js';
import { checking, type Memory } from '../../../compiler/check/checking.js';
import type { Texts } from '../../../compiler/check/context.js';
import { type Judged, problemsOf } from '../../../compiler/check/findings.js';
import type { Outcome } from '../../../compiler/check/outcome.js';
import { type Declared, type Program, resolveScopes } from '../../../compiler/check/scope.js';
import {
  CORE,
  type ListFile,
  listsIn,
  resolveImport,
  resolveList,
  type Setting,
  type Unreadable,
} from '../../../compiler/check/sources.js';
import { ANY } from '../../../compiler/check/watch.js';
import type { ConstDecl, Declaration } from '../../../grammar/ast.js';
import type { Diagnostic } from '../../../grammar/diagnostic.js';
import type { ParseResult } from '../../../grammar/parse.js';
import type { HeldFile } from './held-file.js';
import { pieceTexts } from './piece-texts.js';
import { concerned, namesChanged, tidy } from './staleness.js';

/** Where files come from. */
export interface Files {
  readonly roots: () => readonly string[];
  readonly file: (name: string) => HeldFile | Unreadable;
  readonly list: (path: string) => ListFile;
  readonly settingsOf: (file: string) => ReadonlyMap<string, Setting>;
  readonly beside: (file: string) => readonly string[];
}

type Placed = Declared<Declaration>;

export interface State {
  readonly files: ReadonlyMap<string, HeldFile>;
  readonly program: Program;
  readonly texts: Texts;
  readonly beside: Files['beside'];
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
  /** Declarations that are still to be checked. */
  readonly waiting: () => readonly Declaration[];
  /** What is wrong with the declarations of some files. */
  readonly problemsIn: (files: readonly string[]) => readonly Diagnostic[];
  /** All that is known of the declarations of some files, in the checker's order. */
  readonly judged: (files: readonly string[]) => readonly Judged[];
}

/** The state of the files as they are now. `memory` keeps what was found in the state before and still holds. */
export function stateOf(from: Files, memory: Memory, before: State | undefined): State {
  const { files, unreadable } = reached(from);
  const problems: Diagnostic[] = [];
  const sources = new Map<string, ParseResult | Unreadable>(unreadable);
  for (const file of files.values()) sources.set(file.name, asParsed(file));
  const program = resolveScopes({ roots: from.roots(), files: sources }, problems);
  const lists = listsOf(files, from);
  const texts = pieceTexts(files);
  const changed = before ? namesChanged(before.program, program) : new Set<string>();
  if (before && isDamageOther(before.files, files)) changed.add(ANY);
  const waiting = concerned(memory, before?.program, program, constantsIn(files), changed);
  tidy(memory, program);
  const { settingsOf } = from;
  const { outcomeOf } = checking({ program, texts, lists, settingsOf, symbols: true, names: true }, memory);
  const isKnown = new Set(before?.waiting());
  const fresh = waiting.filter(({ decl }) => !memory.outcomes.has(decl) && !isKnown.has(decl));
  let next = 0;
  let checks = 0;
  const check = (declared: readonly Placed[]): void => {
    for (const one of declared) outcomeOf(one);
    checks++;
  };
  return {
    files, program, texts, beside: from.beside, lists, problems, fresh, check,
    checked: () => checks,
    waiting: () => waiting.slice(next).map(({ decl }) => decl),
    work: (isOver) => {
      if (next < waiting.length) checks++;
      for (; next < waiting.length && !isOver(); next++) {
        const one = waiting[next];
        if (one) outcomeOf(one);
      }
      return next === waiting.length;
    },
    outcomeOf: ({ decl }) => memory.outcomes.get(decl),
    judged: (names) => judged(declaredIn({ ...program, files: names }), memory),
    problemsIn: (names) =>
      problemsOf(declarationsIn(program, names), (decl) => memory.outcomes.get(decl), texts),
  }; // prettier-ignore
}

function judged(all: readonly Placed[], { outcomes }: Memory): Judged[] {
  const known: Judged[] = [];
  for (const { decl, file } of all) {
    const outcome = outcomes.get(decl);
    if (outcome) known.push({ decl, file, outcome });
  }
  return known;
}

function declarationsIn({ declarations }: Program, files: readonly string[]): readonly Declaration[] {
  const all: Declaration[] = [];
  for (const file of files) for (const decl of declarations.get(file) ?? []) all.push(decl);
  return all;
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
      for (const decl of file.imports) {
        const target = resolveImport(name, decl.path.text);
        if (target !== undefined) pending.push(target);
      }
    }
  }
  return { files, unreadable };
}

function listsOf(files: ReadonlyMap<string, HeldFile>, from: Files): Map<string, ListFile> {
  const lists = new Map<string, ListFile>();
  for (const { name, constants } of files.values())
    for (const decl of constants) {
      const set = decl.kind === 'Param' ? from.settingsOf(name).get(decl.name.text) : undefined;
      for (const value of set ? [decl.value, set.value] : [decl.value])
        for (const path of listsIn(value).map(resolveList)) lists.set(path, from.list(path));
    }
  return lists;
}

function constantsIn(files: ReadonlyMap<string, HeldFile>): readonly ConstDecl[] {
  return [...files.values()].flatMap(({ constants }) => constants);
}

/** What seems unknown may have been unreadable, and the other way round. */
function isDamageOther(before: ReadonlyMap<string, HeldFile>, after: ReadonlyMap<string, HeldFile>): boolean {
  const [old, now] = [before, after].map((files) => [...files.values()].flatMap(({ damaged }) => damaged));
  return old?.length !== now?.length || (now?.some((piece, i) => piece !== old?.[i]) ?? false);
}
