/**
 * The rule files of an editor's session, parsed and checked in pieces. Pure: a `Host` hands over what is not open. A key press parses
 * and checks what it touched; what else it concerns is checked in slices (`work`), and shown as it was until then.
 */
import { emptyMemory, type Memory } from '../../../compiler/check/memory.js';
import type { ListFile, Setting, Unreadable } from '../../../compiler/check/sources.js';
import type { View } from '../view.js';
import { changed, type HeldFile, hold } from './held-file.js';
import { viewOf } from './piece-view.js';
import { type Files, type State, stateOf } from './state.js';

/** What lies outside: files that are not open, lists. */
export interface Host {
  readonly read: (name: string) => string | Unreadable;
  readonly readList: (path: string) => ListFile;
  /** Paths of what lies beside a file or below it. */
  readonly beside?: (file: string) => readonly string[];
  /** What the site sets for the parameters of a file. */
  readonly settingsOf?: (file: string) => ReadonlyMap<string, Setting>;
}

export interface Workspace {
  /** The text of an open file. */
  readonly set: (name: string, text: string) => void;
  /** The file is no longer open: what the host reads counts. */
  readonly close: (name: string) => void;
  /** Files that belong to the workspace, open or not. */
  readonly include: (names: readonly string[]) => void;
  /** What the host would read has changed. */
  readonly forget: () => void;
  /** The state now; what was touched is checked. */
  readonly view: () => View;
  /** Checks more until `isOver`, which is asked between declarations; gives whether nothing is left to be checked. */
  readonly work: (isOver: () => boolean) => boolean;
}

/** More than one key press touches; of a file that was just opened the rest is done in slices. */
const AT_ONCE = 200;

const NOTHING: ReadonlyMap<string, Setting> = new Map();
const nothingSet = (): typeof NOTHING => NOTHING;

/** A workspace without files. */
export function createWorkspace(host: Host): Workspace {
  const open = new Map<string, HeldFile>();
  const disk = new Map<string, HeldFile | Unreadable>();
  const lists = new Map<string, ListFile>();
  let memory: Memory = emptyMemory();
  let included: readonly string[] = [];
  let before: State | undefined;
  let current: { readonly state: State; readonly view: View } | undefined;
  const files: Files = {
    roots: () => [...new Set([...open.keys(), ...included])].sort(),
    file: (name) => open.get(name) ?? known(disk, name, () => heldFrom(name, host.read(name))),
    list: (path) => known(lists, path, () => host.readList(path)),
    settingsOf: host.settingsOf ?? nothingSet,
    beside: host.beside ?? ((): readonly string[] => []),
  };
  const state = (): { readonly state: State; readonly view: View } => {
    if (current) return current;
    const now = stateOf(files, memory, before);
    before = now;
    current = { state: now, view: viewOf(now) };
    now.check(now.fresh.slice(0, AT_ONCE));
    return current;
  };
  return {
    set: (name, text) => {
      const old = open.get(name);
      open.set(name, old ? changed(old, text) : hold(name, text));
      current = undefined;
    },
    close: (name) => {
      open.delete(name);
      disk.delete(name);
      current = undefined;
    },
    include: (names) => {
      included = names;
      current = undefined;
    },
    forget: () => {
      disk.clear();
      lists.clear();
      memory = emptyMemory();
      [before, current] = [undefined, undefined];
    },
    view: () => state().view,
    work: (isOver) => state().state.work(isOver),
  };
}

function heldFrom(name: string, text: string | Unreadable): HeldFile | Unreadable {
  return typeof text === 'string' ? hold(name, text) : text;
}

function known<T>(all: Map<string, T>, name: string, find: () => T): T {
  const found = all.get(name) ?? find();
  all.set(name, found);
  return found;
}
