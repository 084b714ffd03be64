/** Lists of entries (TCP options) from what is asked of them. */
import { initialOf } from '../packets/build.js';
import { linearIn } from '../packets/linear.js';
import { writeField } from '../packets/plan.js';
import type { Layout, ListCase, ListLayout } from '../logic/layout.js';
import { nearest } from './domain.js';
import type { Draft } from './draft.js';

/** What fields were in the packet that is to be resembled. */
interface Resembled {
  readonly base: { readonly fields: ReadonlyMap<string, bigint> };
}

/** The bytes of a header's list; builders know one a header. */
export function listBytes(on: Resembled, draft: Draft, layout: Layout, place: string): Uint8Array {
  const [list] = layout.lists;
  const parts: Uint8Array[] = [];
  for (const [name, isThere] of draft.entries) {
    const at = isThere && name.startsWith(`${place}/0:`) ? Number(name.slice(place.length + 3)) : -1;
    const found = list?.cases[at];
    if (list && found) parts.push(entryBytes(on, draft, list, found, name));
  }
  const broken = list && draft.broken.has(`${place}/0`) ? contradiction(list) : undefined;
  return joined(broken ? [...parts, broken] : parts);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function entryBytes(on: Resembled, draft: Draft, list: ListLayout, one: ListCase, name: string): Uint8Array {
  const line = linearIn(one.size);
  const valueOf = (field: ListCase['fields'][number]): bigint => {
    const key = `${name}.${field.name}`;
    const natural = naturalValue(list, one, field, line);
    const domain = draft.fields.get(key);
    const wanted = on.base.fields.get(key) ?? natural;
    return domain ? (nearest(domain, wanted) ?? wanted) : wanted;
  };
  const length = one.fields.find((field) => field.name === line?.field);
  const size = line && length ? Number(valueOf(length)) * line.factor + line.offset : constantSize(one);
  const bytes = new Uint8Array(Math.max(one.minimum, Math.min(size, MOST_ENTRY)));
  for (const field of one.fields) writeField(bytes, 0, field, BigInt.asUintN(field.width, valueOf(field)));
  return bytes;
}

/** An entry is no longer than what one byte says, and a few bytes. */
const MOST_ENTRY = 300;

function naturalValue(
  list: ListLayout,
  one: ListCase,
  field: ListCase['fields'][number],
  line: ReturnType<typeof linearIn>,
): bigint {
  if (field.offset === 0 && field.width === list.selector.width) return one.value ?? unlisted(list);
  const least = initialOf(field);
  if (field.name !== line?.field) return least;
  const room = BigInt(Math.ceil((one.minimum - line.offset) / line.factor));
  return room > least ? room : least;
}

/** A selector that no case names: that of the entries that are only known to be others. */
function unlisted({ cases, selector }: ListLayout): bigint {
  const known = new Set(cases.map((one) => one.value));
  let value = (1n << BigInt(selector.width)) - 2n;
  while (value > 0n && known.has(value)) value--;
  return value;
}

function constantSize({ size, minimum }: ListCase): number {
  return size.kind === 'Constant' ? Number(size.value) : minimum;
}

/** An entry that says that it is shorter than it is, or, where none can be, one that reaches beyond any list. */
function contradiction(list: ListLayout): Uint8Array | undefined {
  for (const isShort of [true, false]) {
    for (const one of list.cases) {
      const line = linearIn(one.size);
      const length = one.fields.find((field) => field.name === line?.field);
      if (one.value === undefined || one.action !== 'entry' || !line || !length) continue;
      if (isShort && line.offset >= one.minimum) continue;
      const bytes = new Uint8Array(one.minimum);
      writeField(bytes, 0, list.selector, one.value);
      if (!isShort) writeField(bytes, 0, length, (1n << BigInt(length.width)) - 1n);
      return bytes;
    }
  }
  return undefined;
}
