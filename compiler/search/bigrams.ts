/**
 * Which windows a pass with bigrams looks for, and in which groups: a window is two pairs of bytes, and two tables say which groups
 * have a window with this first pair, and which have one with this second pair.
 */
import type { Pattern } from './patterns.js';
import { rarity } from './rarity.js';
import { type Shared, type Window, WINDOW, WITHIN } from './windows.js';

/** Groups, as many as a byte has bits. */
const GROUPS = 8;
/** A byte that fits any stands for 256 windows in the tables; it is worth that where the others are four times as rare. */
const A_WILDCARD = 4;

/**
 * For each place modulo two the offset of the rarest window that has three bytes of the pattern at least: there is one where the
 * pattern has four.
 */
export function bigramOffsets({ bytes }: Pattern, shared: Shared): [number, number] {
  const end = Math.min(bytes.length, WITHIN);
  const best = [-Infinity, -Infinity];
  const offsets: [number, number] = [0, 0];
  for (let offset = -1; offset + WINDOW <= end + 1; offset++) {
    const [from, to] = [Math.max(0, offset), Math.min(end, offset + WINDOW)];
    const found = rarity(bytes, from, to) - (to - from < WINDOW ? A_WILDCARD : shared.price(bytes, offset));
    const parity = offset & 1;
    if (found > best[parity]!) [best[parity], offsets[parity]] = [found, offset];
  }
  for (const offset of offsets) shared.add(bytes, offset);
  return offsets;
}

/**
 * The group of each window. Those with the same first pair come into the same group, so that a group has few first pairs; then what
 * has the first pair of one window and the second of another of the group is rare.
 */
export function groupsOf(patterns: readonly Pattern[], windows: readonly Window[]): Uint8Array {
  const keys = windows.map(({ pattern, offset }) => sortKey(patterns[pattern]!, offset));
  const order = [...windows.keys()].sort((a, b) => keys[a]! - keys[b]! || a - b);
  const groupOf = new Uint8Array(windows.length);
  order.forEach((window, rank) => (groupOf[window] = Math.floor((rank * GROUPS) / windows.length)));
  return groupOf;
}

function sortKey({ bytes }: Pattern, offset: number): number {
  let key = 0;
  for (let place = 0; place < WINDOW; place++) key = key * 256 + ((bytes[offset + place] ?? 0) | 0x20);
  return key;
}
