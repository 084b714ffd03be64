/** What may stand in a `header` or `view`. */
import type { View } from '../../view.js';
import type { Cursor } from './cursor.js';
import { type Item, item, keywords } from './items.js';

const TYPES = [
  'u1',
  'u2',
  'u3',
  'u4',
  'u5',
  'u6',
  'u7',
  'u8',
  'u13',
  'u16',
  'u20',
  'u24',
  'u32',
  'u48',
  'addr4',
  'addr6',
  'mac',
];
const ITEMS = ['peek', 'size', 'extent', 'next', 'either'];

/** In a header, or before its brace. */
export function headerItems(cursor: Cursor): Item[] {
  const { view, file, place, text, offset } = cursor;
  const [before, last] = place.words.slice(-2);
  if (place.frame.kind === 'file') return headItems(cursor);
  if (last?.text === ':') return keywords(TYPES, 'type');
  if (last?.text === 'next' || (last?.text === '(' && before?.text === 'last')) return spaceItems(view, file);
  const isNewLine = last === undefined || text.slice(last.end, offset).includes('\n');
  if (!isNewLine) return [];
  if (place.frame.kind === 'list') return keywords(['case', 'else']);
  return place.frame.kind === 'header' ? keywords(ITEMS) : [];
}

/** Between the name and the brace. */
function headItems({ view, file, place }: Cursor): Item[] {
  const last = place.words.at(-1)?.text ?? '';
  if (place.declaration === 'view') {
    return last === '=' || last === '|' ? headerNames(view.scope(file)?.values ?? new Map()) : [];
  }
  if (last === 'in') return spaceItems(view, file);
  return last === 'role' ? keywords(['link', 'network', 'transport']) : keywords(['in', 'repeat', 'role']);
}

function spaceItems(view: View, file: string): Item[] {
  return [...(view.scope(file)?.spaces.keys() ?? [])].map((name) => item(name, 'space'));
}

function headerNames(values: ReadonlyMap<string, { readonly decl: { readonly kind: string } }>): Item[] {
  return [...values].flatMap(([name, { decl }]) => (decl.kind === 'Header' ? [item(name, 'header')] : []));
}

/** In a view: fields of the headers that it joins. */
export function headerFieldItems({ view, file, place }: Cursor): Item[] {
  const last = place.words.at(-1);
  if (last?.text !== '=' && last?.text !== '|') return keywords(['either']);
  const scope = view.scope(file);
  const joined = place.words
    .slice(
      3,
      place.words.findIndex(({ text }) => text === '{'),
    )
    .map(({ text }) => text);
  const fields = joined.flatMap((name) => {
    const decl = scope?.values.get(name)?.decl;
    return decl?.kind === 'Header' ? decl.items.flatMap((i) => (i.kind === 'Field' ? [i.name.text] : [])) : [];
  });
  return [...fields.map((name) => item(name, 'field')), ...keywords(['last'])];
}
