/** What was read for a ruleset, as plain data, and a disk that remembers it: only what is named is read anew. */
import { readList } from '../../compiler/check/lists.js';
import { isParsed, type ListFile, type Sources, type Unreadable } from '../../compiler/check/sources.js';
import { parse, type ParseResult } from '../../grammar/parse.js';
import { type Disk, diskNow } from '../disk.js';
import { listPaths } from '../list-files.js';
import { gatherOnDemand } from '../on-demand.js';
import type { Runnable } from '../load-runnable.js';
import { isArtefact } from '../paths.js';
import { readSite, type SiteOptions } from '../settings.js';
import { readRegular } from '../read-file.js';
import { readText } from '../rule-files.js';

/** Texts by the names of their files, and artefacts by their paths: whoever has it compiles the same again, whatever the disk says by then. */
export interface Snapshot {
  readonly rules: ReadonlyMap<string, string>;
  readonly lists: ReadonlyMap<string, string>;
  readonly settings: ReadonlyMap<string, string>;
  readonly artefacts: ReadonlyMap<string, Uint8Array>;
}

/** What was read for rules without errors. */
export function snapshotOf({ loaded, reached, read }: Runnable): Snapshot {
  const [path = ''] = reached;
  if (!loaded) return { ...EMPTY, artefacts: new Map(read && [[path, read]]) };
  const { files, lists = new Map<string, ListFile>(), settings } = loaded.input;
  return {
    ...EMPTY,
    rules: new Map([...files].flatMap(([name, file]) => (isParsed(file) ? [[name, file.tree.text]] : []))),
    lists: new Map([...lists].flatMap(([name, list]) => ('text' in list ? [[name, list.text]] : []))),
    settings: settings?.texts ?? EMPTY.settings,
  };
}

const EMPTY: Snapshot = { rules: new Map(), lists: new Map(), settings: new Map(), artefacts: new Map() };

/** What is read anew: these files with all that they import and name, or whatever there is. */
export type Fresh = readonly string[] | 'everything';

/** Trees and lists that were made of texts, so that what is the same again is known to be. */
export type Made = Pick<Sources, 'files' | 'lists'>;

/** The disk as it was, but for what is to be read anew; what was never read is read now. `directory` is where modules on demand lie. */
export function diskAsBefore(snapshot: Snapshot, made: Made, fresh: Fresh, directory: string | undefined): Disk {
  // A pipe would have every other order wait for whoever writes into it.
  const read = (name: string): string | Unreadable => readText(name, readRegular);
  const now = { ...diskNow(), source: (name: string) => source(name, read(name)) };
  // A file that two paths lead to is called what it was called.
  for (const name of snapshot.rules.keys()) now.nameOf(name);
  const source = (name: string, text: string | Unreadable): ParseResult | Unreadable => {
    if (typeof text !== 'string') return text;
    const known = made.files.get(name);
    return isParsed(known) && known.tree.text === text ? known : parse(name, text);
  };
  const list = (path: string, read: () => ListFile): ListFile => {
    const before = made.lists?.get(path);
    const found = read();
    return before && 'text' in before && 'text' in found && before.text === found.text ? before : found;
  };
  const anew = fresh === 'everything' ? undefined : closureOf(fresh, now, directory);
  const isAnew = (name: string): boolean => anew?.files.has(name) ?? true;
  return {
    nameOf: now.nameOf,
    isKnown: (name) => !isAnew(name) && snapshot.rules.has(name),
    source: (name) => source(name, isAnew(name) ? read(name) : (snapshot.rules.get(name) ?? read(name))),
    list: (path) => {
      const text = anew && !anew.lists.has(path) ? snapshot.lists.get(path) : undefined;
      return list(path, () => (text === undefined ? now.list(path) : readList(path, text)));
    },
    site: (options: SiteOptions) => (anew ? readSite(options, snapshot.settings) : now.site(options)),
    artefact: (path) => (isAnew(path) ? undefined : snapshot.artefacts.get(path)) ?? now.artefact(path),
  };
}

/** The files, what they import and their policies bring in, and the lists that all these name. */
function closureOf(
  fresh: readonly string[],
  { nameOf, source }: Disk,
  directory: string | undefined,
): { files: Set<string>; lists: Set<string> } {
  const compiled = fresh.filter(isArtefact);
  const rules = fresh.filter((path) => !isArtefact(path)).map(nameOf);
  if (rules.length === 0) return { files: new Set(compiled), lists: new Set() };
  const { files } = gatherOnDemand(rules, source, nameOf, directory);
  return { files: new Set([...compiled, ...files.keys()]), lists: new Set(listPaths(files, undefined)) };
}
