/** Files as the command line reads them, with the texts of the editor in place of those on the disk: for what needs all at once. */
import { readLists } from '../../cli/list-files.js';
import {
  CORE,
  isParsed,
  resolveImport,
  type Settings,
  type Sources,
  type Unreadable,
} from '../../compiler/check/sources.js';
import { parse, type ParseResult } from '../../grammar/parse.js';
import { textOnDisk } from './disk.js';

/** The roots with everything that they import; `open` gives the editor's texts. */
export function wholeSources(
  roots: readonly string[],
  open: ReadonlyMap<string, string>,
  settings: Settings | undefined,
): Sources {
  const files = new Map<string, ParseResult | Unreadable>();
  const pending = [CORE, ...roots];
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    if (files.has(name)) continue;
    const text = open.get(name) ?? textOnDisk(name);
    const file = typeof text === 'string' ? parse(name, text) : text;
    files.set(name, file);
    for (const decl of isParsed(file) ? file.tree.declarations : []) {
      const target = decl.kind === 'Import' ? resolveImport(name, decl.path.text) : undefined;
      if (target !== undefined) pending.push(target);
    }
  }
  return { roots, files, lists: readLists(files, settings), ...(settings && { settings }) };
}
