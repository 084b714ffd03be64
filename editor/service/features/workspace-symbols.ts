/** Declarations of all files by a part of their name. */
import type { Declaration, Name } from '../../../grammar/ast.js';
import type { Stretch, View } from '../view.js';

export interface Found {
  readonly name: string;
  readonly kind: Declaration['kind'];
  readonly file: string;
  readonly at: Stretch;
}

/** More are not read; a longer word finds fewer. */
const MOST = 500;

/** Declarations that hold the letters of the query in their order, those that begin with it first. */
export function workspaceSymbols(view: View, query: string): readonly Found[] {
  const wanted = query.toLowerCase();
  const found: (Found & { readonly rank: number })[] = [];
  for (const file of view.names()) {
    for (const { start, tree } of view.file(file)?.parts ?? []) {
      for (const decl of tree.declarations) {
        const name = nameOf(decl);
        const rank = name && rankOf(name.text.toLowerCase(), wanted);
        if (!name || rank === undefined || name.text === '') continue;
        const at = { start: name.span.start + start, end: name.span.end + start };
        found.push({ name: name.text, kind: decl.kind, file, at, rank });
      }
    }
  }
  return found.sort((a, b) => a.rank - b.rank).slice(0, MOST).map(({ name, kind, file, at }) => ({ name, kind, file, at })); // prettier-ignore
}

function nameOf(decl: Declaration): Name | undefined {
  if (decl.kind === 'Test') return decl.title;
  return decl.kind === 'Import' ? undefined : decl.name;
}

function rankOf(name: string, wanted: string): number | undefined {
  if (name.startsWith(wanted)) return 0;
  if (name.includes(wanted)) return 1;
  let at = -1;
  for (const letter of wanted) if ((at = name.indexOf(letter, at + 1)) < 0) return undefined;
  return 2;
}
