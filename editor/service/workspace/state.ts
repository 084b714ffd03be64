/** One state of all files: which names mean what, what is known of each declaration, and what is still to be checked. */
import { declaredIn } from '../../../compiler/check/check.js';
import { checking } from '../../../compiler/check/checking.js';
import { moduleCircles } from '../../../compiler/check/circles.js';
import type { Texts } from '../../../compiler/check/context.js';
import { problemsOf } from '../../../compiler/check/findings.js';
import type { Judged } from '../../../compiler/check/outcome.js';
import { judgedIn, type Memory } from '../../../compiler/check/memory.js';
import type { Outcome } from '../../../compiler/check/outcome.js';
import { type Declared, type Program, resolveScopes, type Surface } from '../../../compiler/check/scope.js';
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
import type { Declaration } from '../../../grammar/ast.js';
import type { Diagnostic } from '../../../grammar/diagnostic.js';
import { fileOfId, type HeldFile, inPlace } from './held-file.js';
import { pieceTexts } from './piece-texts.js';
import { concerned, namesChanged } from './staleness.js';
import { type HeldSurface, surfaceAfter } from './surfaces.js';

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
  /** What is wrong with the declarations of some files. */
  readonly problemsIn: (files: readonly string[]) => readonly Diagnostic[];
  /** All that is known of the declarations of some files, in the checker's order. */
  readonly judged: (files: readonly string[]) => readonly Judged[];
}

/** The state of the files as they are now. `memory` keeps what was found in the state before and still holds. */
export function stateOf(from: Files, memory: Memory, before: State | undefined): State {
  const { files, unreadable } = reached(from);
  const problems: Diagnostic[] = [];
  const held = surfacesAfter(before?.program, files);
  const surfaces = new Map<string, Surface | Unreadable>(unreadable);
  for (const [name, { surface }] of held) surfaces.set(name, surface);
  const program = resolveScopes({ roots: from.roots(), files: surfaces }, problems);
  const fresh = replaced(memory, before?.files ?? new Map<string, HeldFile>(), held);
  const lists = listsOf(files, from);
  const texts = pieceTexts(files);
  if (before) {
    const changed = namesChanged(before.program, program);
    for (const { renewed } of held.values()) for (const name of renewed) changed.add(name);
    if (isDamageOther(before.files, files)) changed.add(ANY);
    concerned(memory, before.program, program, changed);
  }
  const { settingsOf } = from;
  const { outcomeOf } = checking({ program, texts, lists, settingsOf, symbols: true, names: true }, memory);
  const { waiting } = memory;
  let checks = 0;
  return {
    files, program, texts, beside: from.beside, lists, problems, fresh,
    checked: () => checks,
    check: (declared) => {
      for (const one of declared) outcomeOf(one);
      checks++;
    },
    work: (isOver) => {
      if (waiting.size > 0) checks++;
      for (const decl of waiting) {
        if (isOver()) break;
        outcomeOf({ decl, file: fileOfId(decl.span.file) });
      }
      return waiting.size === 0;
    },
    outcomeOf: ({ decl }) => memory.outcomeOf(decl),
    judged: (names) => judged(declaredIn({ ...program, files: names }), memory),
    problemsIn: (names) => problemsIn(names.flatMap((name) => files.get(name) ?? []), program, memory, texts),
  }; // prettier-ignore
}

/** By itself: a function in `stateOf` that knew the state before would keep it, and that one the one before it, as long as there are states. */
function surfacesAfter(before: Program | undefined, files: ReadonlyMap<string, HeldFile>): Map<string, HeldSurface> {
  return new Map([...files].map(([name, file]) => [name, surfaceAfter(before?.surfaces.get(name), file)]));
}

/** Forgets the declarations that have gone; gives those that have come, which are to be checked. */
function replaced(
  memory: Memory,
  before: ReadonlyMap<string, HeldFile>,
  held: ReadonlyMap<string, HeldSurface>,
): readonly Placed[] {
  const gone = new Set<Declaration>();
  for (const [name, { declarations }] of before)
    for (const decl of held.get(name)?.difference.gone ?? declarations) gone.add(decl);
  const fresh: Placed[] = [];
  for (const [file, { difference }] of held)
    for (const decl of difference.come) if (!gone.delete(decl)) fresh.push({ decl, file });
  for (const decl of gone) memory.forget(decl);
  for (const { decl } of fresh) memory.waiting.add(decl);
  return fresh;
}

function problemsIn(files: readonly HeldFile[], program: Program, memory: Memory, texts: Texts): readonly Diagnostic[] {
  const headers = files.flatMap(({ name }) => program.surfaces.get(name)?.headers ?? []);
  const handing = judgedIn(memory, inPlace(files, memory.handing), ({ span }) => fileOfId(span.file));
  return [...problemsOf(memory, headers, (some) => inPlace(files, some), texts), ...moduleCircles(program, handing)];
}

function judged(all: readonly Placed[], { outcomeOf }: Memory): Judged[] {
  const known: Judged[] = [];
  for (const { decl, file } of all) {
    const outcome = outcomeOf(decl);
    if (outcome) known.push({ decl, file, outcome });
  }
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

/** What seems unknown may have been unreadable, and the other way round. */
function isDamageOther(before: ReadonlyMap<string, HeldFile>, after: ReadonlyMap<string, HeldFile>): boolean {
  const [old, now] = [before, after].map((files) => [...files.values()].flatMap(({ damaged }) => damaged));
  return old?.length !== now?.length || (now?.some((piece, i) => piece !== old?.[i]) ?? false);
}
