/** What a file declares, for an outline. */
import type { Declaration, HeaderDecl, HeaderItem, SourceTree } from '../../../grammar/ast.js';
import { moduleBodies } from '../reading/module-bodies.js';
import { oneLine } from '../reading/source-text.js';
import type { Stretch, View } from '../view.js';

export interface Outline {
  readonly name: string;
  readonly kind: Declaration['kind'] | 'Field' | 'List' | 'Entry' | 'Ends';
  readonly detail?: string;
  /** All of it. */
  readonly whole: Stretch;
  /** Its name. */
  readonly at: Stretch;
  readonly children: readonly Outline[];
}

/**
 * The declarations of a file, in order; those that could not be read are left out. What stands in a module is below it; which module it
 * is in turn part of is its detail, because an editor finds by the places of an outline where the cursor is.
 */
export function documentSymbols(view: View, file: string): readonly Outline[] {
  const source = view.file(file);
  if (!source) return [];
  const bodies = moduleBodies(source);
  const all: Outline[] = [];
  let inside: Outline[] = [];
  let [module, end] = [0, 0];
  for (const { start, tree } of source.parts) {
    for (const decl of tree.declarations) {
      const found = outlineOnce(decl, tree).map((one) => shifted(one, start));
      const body = decl.kind === 'Module' ? bodies[module++] : undefined;
      if (!body) {
        (decl.span.start + start < end ? inside : all).push(...found);
        continue;
      }
      inside = [];
      end = found.length > 0 ? body.whole.end : 0;
      for (const one of found) all.push({ ...one, whole: body.whole, children: inside });
    }
  }
  return all;
}

const known = new WeakMap<Declaration, readonly Outline[]>();

/** Declarations do not change, so what was found in one stays. */
function outlineOnce(decl: Declaration, tree: SourceTree): readonly Outline[] {
  const outline = known.get(decl) ?? outlineOf(decl, tree);
  known.set(decl, outline);
  return outline;
}

function shifted(outline: Outline, by: number): Outline {
  if (by === 0) return outline;
  const move = ({ start, end }: Stretch): Stretch => ({ start: start + by, end: end + by });
  const { whole, at, children } = outline;
  return { ...outline, whole: move(whole), at: move(at), children: children.map((child) => shifted(child, by)) };
}

function outlineOf(decl: Declaration, { text }: SourceTree): readonly Outline[] {
  switch (decl.kind) {
    case 'Module':
      return named(decl.name.text, decl, decl.name.span, text.slice(decl.name.span.end, decl.body.start));
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
  const more = oneLine(detail ?? '');
  return [{ name: oneLine(name), kind, whole, at, children, ...(more !== '' && { detail: more }) }];
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
