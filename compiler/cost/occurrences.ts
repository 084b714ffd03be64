/** How often a literal can stand in a row of bytes. */
import { LOWER } from '../logic/fold.js';
import type { Literal } from '../logic/formula.js';
import { placesWithin } from './share.js';

/**
 * The most occurrences that so many bytes have room for, all in the literal's window. Two of them are at least as far apart as the
 * smallest distance at which the literal agrees with itself: `aa` fits 1,499 times in 1,500 bytes, `ab` 750 times.
 */
export function mostOccurrences(literal: Literal, bytes: number): number {
  const places = placesWithin(literal, bytes);
  return Math.ceil(places / periodOf(literal));
}

function periodOf({ bytes, nocase }: Literal): number {
  const folded = nocase ? bytes.map((byte) => LOWER[byte] ?? 0) : bytes;
  const agrees = (distance: number): boolean =>
    folded.subarray(distance).every((byte, index) => byte === folded[index]);
  let period = 1;
  while (period < folded.length && !agrees(period)) period++;
  return period;
}
