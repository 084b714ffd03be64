/** Paths in a file that lead to others: imports, captures, lists. */
import { listsIn, resolveImport } from '../../../compiler/check/sources.js';
import type { Declaration, StringLiteral } from '../../../grammar/ast.js';
import type { Stretch, View } from '../view.js';

export interface Link extends Stretch {
  /** A rule file by its name, or another file by its path from beside this one. */
  readonly to: { readonly kind: 'rules' | 'file'; readonly path: string };
}

/** Each between its quotation marks. */
export function documentLinks(view: View, file: string): readonly Link[] {
  return (view.file(file)?.parts ?? []).flatMap(({ start, tree }) =>
    tree.declarations.flatMap((decl) =>
      linksOf(decl, file).map((link) => ({ ...link, start: link.start + start, end: link.end + start })),
    ),
  );
}

function linksOf(decl: Declaration, file: string): readonly Link[] {
  switch (decl.kind) {
    case 'Import': {
      const path = resolveImport(file, decl.path.text);
      return path === undefined ? [] : [link(decl.path, 'rules', path)];
    }
    case 'Const':
    case 'Param':
      return listsIn(decl.value).map(({ path }) => link(path, 'file', path.text));
    case 'Test':
      return decl.steps.flatMap((step) => (step.kind === 'Pcap' ? [link(step.path, 'file', step.path.text)] : []));
    default:
      return [];
  }
}

function link({ span }: StringLiteral, kind: 'rules' | 'file', path: string): Link {
  return { start: span.start + 1, end: Math.max(span.start + 1, span.end - 1), to: { kind, path } };
}
