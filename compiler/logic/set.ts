/** Sets of integers (ports, sizes, address keys) as ranges. */

/** Both ends included. */
export interface Range {
  readonly low: bigint;
  readonly high: bigint;
}

/** Ascending, disjoint and not adjacent. */
export type IntSet = readonly Range[];

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** The set of all integers in the ranges, which may overlap and come in any order. */
export function setOf(ranges: Iterable<Range>): IntSet {
  const merged: Range[] = [];
  for (const range of [...ranges].sort((a, b) => compare(a.low, b.low))) {
    const last = merged.at(-1);
    if (!last || range.low > last.high + 1n) merged.push(range);
    else if (range.high > last.high) merged[merged.length - 1] = { low: last.low, high: range.high };
  }
  return merged;
}

/** Whether the set has the value; logarithmic in the number of ranges. */
export function setHas(set: IntSet, value: bigint): boolean {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const range = set[middle];
    if (!range || value < range.low) high = middle;
    else if (value > range.high) low = middle + 1;
    else return true;
  }
  return false;
}
