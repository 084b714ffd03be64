/**
 * Every occurrence of a byte string (D. E. Knuth, J. H. Morris, V. R. Pratt, "Fast Pattern Matching in Strings", SIAM J. Comput. 6(2),
 * 1977). Each byte is looked at twice at most, whatever it holds: with Boyer–Moore, which begins anew behind each occurrence, 32,768
 * letters `a` in 65,535 of them would take 10⁹ comparisons.
 */

export interface Pattern {
  /** Folded where case does not matter. */
  readonly pattern: Uint8Array;
  /** What each byte counts as. */
  readonly fold: Uint8Array;
}

/** By length of a matched beginning: its longest shorter beginning that is also its end. */
export type Borders = Int32Array;

/** Prepares a pattern of one byte or more. */
export function bordersOf(pattern: Uint8Array): Borders {
  const borders = new Int32Array(pattern.length + 1);
  for (let place = 1, matched = 0; place < pattern.length; place++) {
    matched = extended(matched, pattern[place] ?? 0, pattern, borders);
    borders[place + 1] = matched;
  }
  return borders;
}

/** How much of the pattern is matched one byte later. */
function extended(matched: number, byte: number, pattern: Uint8Array, borders: Borders): number {
  let length = matched;
  while (length > 0 && (length === pattern.length || pattern[length] !== byte)) length = borders[length] ?? 0;
  return pattern[length] === byte ? length + 1 : 0;
}

/** Where the pattern stands in `bytes[from, to)`, ascending; occurrences may overlap. */
export function findAll(
  { pattern, fold }: Pattern,
  borders: Borders,
  bytes: Uint8Array,
  from: number,
  to: number,
): number[] {
  const places: number[] = [];
  let matched = 0;
  for (let place = from; place < to; place++) {
    matched = extended(matched, fold[bytes[place] ?? 0] ?? 0, pattern, borders);
    if (matched === pattern.length) places.push(place + 1 - matched);
  }
  return places;
}
