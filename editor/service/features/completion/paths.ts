/** The files that an import may name. */
import type { View } from '../../view.js';
import { type Item, item } from './items.js';

/** Paths of all files that are known, as this one would write them; those that it imports already are left out. */
export function pathItems(view: View, file: string): Item[] {
  const imported = new Set(
    (view.file(file)?.parts ?? []).flatMap(({ tree }) =>
      tree.declarations.flatMap((decl) => (decl.kind === 'Import' ? [decl.path.text] : [])),
    ),
  );
  const paths = view.names().flatMap((name) => (name === file ? [] : (pathFrom(file, name) ?? [])));
  return paths.filter((path) => !imported.has(path) && path !== 'std/core').map((path) => item(path, 'module'));
}

/** Paths of files that lie beside the rules or below them, of those with a name that fits. */
export function besideItems(view: View, file: string, fits: RegExp): Item[] {
  return view.beside(file).flatMap((path) => (fits.test(path) ? [item(path, 'file')] : []));
}

/** How a file writes another one's path; nothing where there is no way without leaving the root. */
function pathFrom(from: string, to: string): string | undefined {
  if (to.startsWith('std/')) return to;
  if (from.startsWith('std/') || !to.endsWith('.sig')) return undefined;
  const [own, other] = [from.split('/').slice(0, -1), to.split('/')];
  let same = 0;
  while (same < own.length && own[same] === other[same]) same++;
  if (same === 0 && own.length > 0) return undefined;
  const up = '../'.repeat(own.length - same);
  return `${up === '' ? './' : up}${other.slice(same).join('/')}`;
}
