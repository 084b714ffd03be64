/** Files as the command line reads them, with the texts of the editor in place of those on the disk: for what needs all at once. */
import { readLists } from '../../cli/list-files.js';
import { gatherFiles, type Settings, type Sources } from '../../compiler/check/sources.js';
import { parse } from '../../grammar/parse.js';
import { textOnDisk } from './disk.js';

/** The roots with everything that they import; `open` gives the editor's texts. */
export function wholeSources(
  roots: readonly string[],
  open: ReadonlyMap<string, string>,
  settings: Settings | undefined,
): Sources {
  const reached = gatherFiles(roots, (name) => {
    const text = open.get(name) ?? textOnDisk(name);
    return typeof text === 'string' ? parse(name, text) : text;
  });
  return { roots, ...reached, lists: readLists(reached.files, settings), ...(settings && { settings }) };
}
