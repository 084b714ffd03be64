/** Which lists of entries (options of TCP and IP) conditions and keys ask about: the decoder passes over the others. */
import type { Formula } from '../../../logic/formula.js';
import type { Layout } from '../../../logic/layout.js';
import type { HeaderRef, Value } from '../../../logic/value.js';

/** Which lists of entries somebody asks about, by layout. */
export type UsedLists = readonly (readonly boolean[])[];

/** What holds no reference to a header, and may be large. */
const PLAIN = new Set(['span', 'set', 'literal', 'field']);

/** By layout and list, for whatever is asked of packets. */
export function usedLists(layouts: readonly Layout[], asked: readonly (Formula | Value)[]): UsedLists {
  const used = layouts.map(({ lists }) => lists.map(() => false));
  const use = (layout: number, list: number): void => {
    const of = used[layout];
    if (of) of[list] = true;
  };
  const seen = new Set<object>();
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null || seen.has(part)) return;
    seen.add(part);
    if (isEntry(part)) use(part.layout, part.entry.list);
    if (isMalformedList(part)) use(part.layout, part.list);
    for (const [key, value] of Object.entries(part)) if (!PLAIN.has(key)) visit(value);
  };
  asked.forEach(visit);
  return used;
}

function isEntry(part: object): part is HeaderRef & { entry: { list: number } } {
  return 'layout' in part && 'entry' in part && part.entry !== undefined;
}

function isMalformedList(part: object): part is { layout: number; list: number } {
  return 'kind' in part && part.kind === 'Malformed' && 'list' in part && part.list !== undefined;
}
