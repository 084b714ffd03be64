/**
 * Boyer–Moore string search (R. S. Boyer, J S. Moore, "A Fast String Searching Algorithm", CACM 20(10), 1977), the seed paper's
 * algorithm, with both shift rules: the pattern is compared from its end, and after a mismatch it moves by the greater of what the
 * mismatching byte allows (bad character) and what the matched end allows (good suffix).
 */
import { LOWER } from '../../logic/fold.js';

export interface BoyerMoore {
  /** The pattern, folded where case does not matter. */
  readonly pattern: Uint8Array;
  /** What each byte counts as: itself, or its lower-case letter. */
  readonly fold: Uint8Array;
  /** By byte: the last place where the pattern has it, -1 for none. */
  readonly lastPlace: Int32Array;
  /** By the length of the matched end: how far the pattern may move at least. */
  readonly goodSuffix: Int32Array;
}

const IDENTITY = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** Prepares the search for a pattern of one byte or more. */
export function boyerMoore(literal: Uint8Array, nocase: boolean): BoyerMoore {
  const fold = nocase ? LOWER : IDENTITY;
  const pattern = literal.map((byte) => fold[byte] ?? 0);
  const lastPlace = new Int32Array(256).fill(-1);
  pattern.forEach((byte, place) => (lastPlace[byte] = place));
  return { pattern, fold, lastPlace, goodSuffix: goodSuffixShifts(pattern) };
}

/** For each length of matched end, the distance to the end's rightmost other occurrence behind another byte, or to a border. */
function goodSuffixShifts(pattern: Uint8Array): Int32Array {
  const n = pattern.length;
  const same = suffixLengths(pattern);
  const shifts = new Int32Array(n + 1).fill(n);
  // A beginning of the pattern that is also an end of it: the pattern may move until they lie over each other.
  for (let place = 0; place < n - 1; place++) {
    const length = at(same, place);
    if (length === place + 1) for (let matched = length; matched <= n; matched++) shifts[matched] = n - length;
  }
  // The matched end once more inside, behind another byte: rightmost last, so that the shortest move stays.
  for (let place = 0; place < n - 1; place++) {
    const length = at(same, place);
    if (length <= place) shifts[length] = n - 1 - place;
  }
  return shifts;
}

/** By place: how many bytes that end there equal the end of the pattern. Quadratic at worst, done once a literal. */
function suffixLengths(pattern: Uint8Array): Int32Array {
  const n = pattern.length;
  return Int32Array.from({ length: n }, (_, place) => {
    let length = 0;
    while (length <= place && pattern[place - length] === pattern[n - 1 - length]) length++;
    return length;
  });
}

function at(array: Int32Array | Uint8Array, index: number): number {
  return array[index] ?? 0;
}

/** Where the pattern first stands in `bytes[from, to)`, or -1. */
export function find(
  { pattern, fold, lastPlace, goodSuffix }: BoyerMoore,
  bytes: Uint8Array,
  from: number,
  to: number,
): number {
  const n = pattern.length;
  for (let start = from; start + n <= to;) {
    let place = n - 1;
    while (place >= 0 && at(fold, at(bytes, start + place)) === pattern[place]) place--;
    if (place < 0) return start;
    const bad = place - at(lastPlace, at(fold, at(bytes, start + place)));
    start += Math.max(bad, at(goodSuffix, n - 1 - place));
  }
  return -1;
}
