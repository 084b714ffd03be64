/** A signature's `count` in the author's words. */
import type { Count } from '../ruleset.js';
import type { Words } from './words.js';

/** `count by ip.src > 20 per 10s` */
export function countText({ by, more, nanoseconds }: Count, words: Words): string {
  const keys = by.length === 0 ? '' : ` by ${by.map(words.value).join(', ')}`;
  return `count${keys} > ${more} per ${durationText(nanoseconds)}`;
}

const UNITS: readonly (readonly [string, bigint])[] = [
  ['d', 86_400_000_000_000n],
  ['h', 3_600_000_000_000n],
  ['m', 60_000_000_000n],
  ['s', 1_000_000_000n],
  ['ms', 1_000_000n],
  ['us', 1_000n],
];

/** In the largest unit that says it whole. */
export function durationText(nanoseconds: bigint): string {
  const unit = UNITS.find(([, size]) => nanoseconds % size === 0n);
  return unit ? `${nanoseconds / unit[1]}${unit[0]}` : `${nanoseconds}ns`;
}
