/** Lists on the disk: the files that `file "…"` names in rules. */
import { isUtf8 } from 'node:buffer';
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { readList } from '../compiler/check/lists.js';
import {
  isParsed,
  type ListFile,
  listsIn,
  resolveList,
  type Settings,
  type Sources,
} from '../compiler/check/sources.js';
import { readRegular } from './read-file.js';
import { describeFault } from './rule-files.js';

/** A list of a million networks has a quarter of this; what is larger was hardly meant. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Reads every list that constants, parameters and settings name. */
export function readLists(
  files: Sources['files'],
  settings: Settings | undefined,
  read: (path: string) => ListFile = readListFile,
): Map<string, ListFile> {
  return new Map(listPaths(files, settings).map((path) => [path, read(path)]));
}

/** The paths of those lists, each once. */
export function listPaths(files: Sources['files'], settings: Settings | undefined): readonly string[] {
  const declared = [...files.values()].flatMap((file) => (isParsed(file) ? file.tree.declarations : []));
  const values = [
    ...declared.flatMap((decl) => (decl.kind === 'Const' || decl.kind === 'Param' ? [decl.value] : [])),
    ...[...(settings?.values.values() ?? [])].map((setting) => setting.value),
  ];
  return [...new Set(values.flatMap(listsIn).map(resolveList))];
}

/** Reads a list by its path. */
export function readListFile(path: string): ListFile {
  const why = (reason: string): ListFile => ({ why: reason, near: existsSync(path) ? [] : siblings(path) });
  try {
    const bytes = readRegular(path, MOST_BYTES);
    if (bytes.includes(0) || !isUtf8(bytes)) return why('it holds bytes that are not text');
    return readList(path, bytes.toString('utf8'));
  } catch (cause) {
    return why(describeFault(cause));
  }
}

/** Files of the same ending beside it, for "did you mean". */
function siblings(path: string): string[] {
  const ending = /\.[^.]*$/.exec(basename(path))?.[0] ?? '';
  try {
    return readdirSync(dirname(path)).filter((name) => name.endsWith(ending) && !name.endsWith('.sig'));
  } catch {
    return [];
  }
}
