/**
 * A directory of ranges by the upper 16 bits of a value, in pages of 256: most values are told to be in no range after one or two
 * loads, and for the others a few ranges are left to halve. Halving 80 ranges takes seven steps, half of which the processor guesses
 * wrong.
 */
import type { IntSet } from '../../../logic/set.js';

/** Bits that the directory is by, and of them those within a page. */
const KEY_BITS = 16;
export const PAGE_BITS = 8;
const PAGE_KEYS = 1 << PAGE_BITS;
/** An entry is a word: the index of the first range, then how many; 0 for none. */
export const COUNT_BITS = 12;
const MOST_RANGES = 1 << (32 - COUNT_BITS);
const MOST_IN_ENTRY = (1 << COUNT_BITS) - 1;

/** What a value is looked up in. */
export interface Directory {
  /** The upper 16 bits of a value are what is left of it behind so many. */
  readonly shift: number;
  /** By the upper half of a key: one more than the index of the page, or 0 where no range reaches. */
  readonly index: Uint16Array;
  /** Entries by the lower half of a key. Pages that are the same are one. */
  readonly pages: readonly Uint32Array[];
}

/** Makes a directory of ranges, ascending, of values of so many bits; undefined where one entry would have too many ranges. */
export function directoryOf(ranges: IntSet, bits: number): Directory | undefined {
  if (ranges.length > MOST_RANGES) return undefined;
  const shift = Math.max(0, bits - KEY_BITS);
  const most = (1n << BigInt(bits)) - 1n;
  const key = (value: bigint): number => Number((value < 0n ? 0n : value > most ? most : value) >> BigInt(shift));
  const keys = ranges.map(({ low, high }) => (high < 0n || low > most ? undefined : ([key(low), key(high)] as const)));
  const index = new Uint16Array(1 << (KEY_BITS - PAGE_BITS));
  const pages: Uint32Array[] = [];
  const known = new Map<string, number>();
  let next = 0;
  for (let number = 0; number < index.length; number++) {
    const [from, to] = [number * PAGE_KEYS, (number + 1) * PAGE_KEYS - 1];
    while (next < keys.length && (keys[next]?.[1] ?? -1) < from) next++;
    const page = new Uint32Array(PAGE_KEYS);
    let isEmpty = true;
    for (let i = next; i < keys.length; i++) {
      const reach = keys[i];
      if (!reach) continue;
      if (reach[0] > to) break;
      isEmpty = false;
      if (!enter(page, i, Math.max(reach[0], from) - from, Math.min(reach[1], to) - from)) return undefined;
    }
    if (isEmpty) continue;
    const text = page.join();
    const place = known.get(text) ?? pages.push(page);
    known.set(text, place);
    index[number] = place;
  }
  return { shift, index, pages };
}

/** Adds a range to the entries of keys; those of one entry follow on one another, as ranges ascend. False where one is full. */
function enter(page: Uint32Array, range: number, from: number, to: number): boolean {
  for (let at = from; at <= to; at++) {
    const entry = page[at] ?? 0;
    if ((entry & MOST_IN_ENTRY) === MOST_IN_ENTRY) return false;
    page[at] = entry === 0 ? (range << COUNT_BITS) | 1 : entry + 1;
  }
  return true;
}
