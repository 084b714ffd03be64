/** Teddy's tables: which windows may stand where is told by the halves of four bytes, for up to 16 groups of windows at once. */
import { LOWER } from '../logic/fold.js';
import type { Pattern } from './patterns.js';
import { frequency } from './rarity.js';
import { type Window, WINDOW } from './windows.js';

/** By byte of a window, its low and its high half: which values a group of windows allows, 16 bits each. */
type Halves = readonly number[];

const VALUES = 16;
const ALL = 0xffff;

/**
 * Merges windows into at most `most` groups, always the two whose union lets the fewest more bytes pass; gives for each byte of a
 * window, low half and then high half, which groups each of 16 values allows.
 */
export function teddyTables(patterns: readonly Pattern[], windows: readonly Window[], most: number): number[][] {
  const halves = windows.map((window) => halvesOf(patterns[window.pattern]!, window.offset));
  const groups = merged([...new Map(halves.map((h) => [h.join(), h])).values()], most);
  return Array.from({ length: 2 * WINDOW }, (_, table) =>
    Array.from({ length: VALUES }, (_value, value) =>
      groups.reduce((bits, group, index) => bits | (((group[table]! >> value) & 1) << index), 0),
    ),
  );
}

function halvesOf({ bytes, nocase }: Pattern, offset: number): Halves {
  return Array.from({ length: WINDOW }, (_, place) => {
    const byte = bytes[offset + place];
    if (byte === undefined) return [ALL, ALL];
    const upper = nocase && byte >= 0x61 && LOWER[byte - 0x20] === byte ? 1 << ((byte - 0x20) >> 4) : 0;
    return [1 << (byte & 0xf), (1 << (byte >> 4)) | upper];
  }).flat();
}

function merged(items: readonly Halves[], most: number): Halves[] {
  const groups = [...items];
  const costs = groups.map(costOf);
  const joint = groups.map((a) => groups.map((b) => costOf(union(a, b))));
  while (groups.length > most) {
    const [i, j] = cheapest(costs, joint);
    const group = union(groups[i]!, groups[j]!);
    for (const list of [groups, costs, joint, ...joint]) list.splice(j, 1);
    groups[i] = group;
    costs[i] = costOf(group);
    groups.forEach((other, k) => (joint[i]![k] = joint[k]![i] = costOf(union(group, other))));
  }
  return groups;
}

function union(a: Halves, b: Halves): Halves {
  return a.map((value, index) => value | b[index]!);
}

function cheapest(costs: readonly number[], joint: readonly (readonly number[])[]): [number, number] {
  let [best, i, j] = [Infinity, 0, 1];
  for (let a = 0; a < costs.length; a++)
    for (let b = a + 1; b < costs.length; b++) {
      const more = joint[a]![b]! - costs[a]! - costs[b]!;
      if (more < best) [best, i, j] = [more, a, b];
    }
  return [i, j];
}

/** How many bytes in 2,048 typical ones, to the fourth power, a group lets pass. */
function costOf(group: Halves): number {
  let cost = 1;
  for (let place = 0; place < WINDOW; place++) cost *= passing(group[2 * place]!, group[2 * place + 1]!);
  return cost;
}

function passing(low: number, high: number): number {
  if (low === ALL && high === ALL) return 2048;
  let sum = 0;
  for (let h = 0, some = high; some > 0; h++, some >>= 1)
    if (some & 1) for (let l = 0, rest = low; rest > 0; l++, rest >>= 1) if (rest & 1) sum += FREQUENCIES[16 * h + l]!;
  return 1 + (sum >> 5);
}

const FREQUENCIES = Array.from({ length: 256 }, (_, byte) => frequency(byte));
