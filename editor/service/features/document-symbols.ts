/** What a file declares, for an outline. */
import type { Declaration, HeaderDecl, HeaderItem } from '../../../grammar/ast.js';
import { oneLine } from '../reading/source-text.js';
import type { Stretch, View } from '../view.js';

export interface Outline {
  readonly name: string;
  readonly kind: Exclude<Declaration['kind'], 'Reserved'> | 'Field' | 'List' | 'Entry' | 'Ends';
  readonly detail?: string;
  /** All of it. */
  readonly whole: Stretch;
  /** Its name. */
  readonly at: Stretch;
  readonly children: readonly Outline[];
}

/** The declarations of a file, in order; those that could not be read are left out. */
export function documentSymbols(view: View, file: string): readonly Outline[] {
  return (view.file(file)?.parts ?? []).flatMap(({ start, tree }) =>
    tree.declarations.flatMap((decl) => outlineOnce(decl).map((one) => shifted(one, start))),
  );
}

const known = new WeakMap<Declaration, readonly Outline[]>();

/** Declarations do not change, so what was found in one stays. */
function outlineOnce(decl: Declaration): readonly Outline[] {
  const outline = known.get(decl) ?? outlineOf(decl);
  known.set(decl, outline);
  return outline;
}

function shifted(outline: Outline, by: number): Outline {
  if (by === 0) return outline;
  const move = ({ start, end }: Stretch): Stretch => ({ start: start + by, end: end + by });
  const { whole, at, children } = outline;
  return { ...outline, whole: move(whole), at: move(at), children: children.map((child) => shifted(child, by)) };
}

function outlineOf(decl: Declaration): readonly Outline[] {
  switch (decl.kind) {
    case 'Module':
    case 'Policy':
      return [];
    case 'Import':
      return named(decl.alias?.text ?? decl.path.text, decl, decl.alias?.span ?? decl.path.span, decl.path.text);
    case 'Test':
      return named(decl.title.text, decl, decl.title.span);
    case 'Signature': {
      const title = decl.entries.find((entry) => entry.kind === 'Title');
      return named(decl.name.text, decl, decl.name.span, title?.value.text);
    }
    case 'Header':
      return named(decl.name.text, decl, decl.name.span, undefined, parts(decl));
    case 'Predicate':
      return named(decl.name.text, decl, decl.name.span, decl.params.length > 0 ? `(${decl.params.map((p) => p.text).join(', ')})` : undefined); // prettier-ignore
    default:
      return named(decl.name.text, decl, decl.name.span);
  }
}

function named(
  name: string,
  { kind, span }: { readonly kind: Outline['kind']; readonly span: Stretch },
  at: Stretch,
  detail?: string,
  children: readonly Outline[] = [],
): readonly Outline[] {
  // An editor refuses an outline with an empty name, or with a name outside of what it names.
  if (name.trim() === '') return [];
  const whole = { start: Math.min(span.start, at.start), end: Math.max(span.end, at.end) };
  return [{ name: oneLine(name), kind, whole, at, children, ...(detail !== undefined && { detail: oneLine(detail) }) }];
}

function parts({ items }: HeaderDecl): readonly Outline[] {
  return items.flatMap((item: HeaderItem): readonly Outline[] => {
    if (item.kind === 'Field')
      return named(item.name.text, { kind: 'Field', span: item.span }, item.name.span, item.type.text);
    if (item.kind === 'Either') return named(item.name.text, { kind: 'Ends', span: item.span }, item.name.span);
    if (item.kind !== 'List') return [];
    const entries = item.cases.flatMap((one) =>
      one.name ? named(one.name.text, { kind: 'Entry', span: one.span }, one.name.span) : [],
    );
    return named(item.name.text, { kind: 'List', span: item.span }, item.name.span, undefined, entries);
  });
}
