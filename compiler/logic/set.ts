/** Sets of integers (ports, sizes, address keys) as ranges. */
import type { CompareOperator } from '../../grammar/ast.js';

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

/** Beyond every value: integers have 63 bits and a sign, address keys (`addressKey`) 131 bits. */
const FAR = 1n << 140n;

/** All integers from the value on. */
export function from(low: bigint): IntSet {
  return [{ low, high: FAR }];
}

/** All integers up to the value. */
export function upTo(high: bigint): IntSet {
  return [{ low: -FAR, high }];
}

/** Every integer that is not in the set. */
export function complement(set: IntSet): IntSet {
  const gaps: Range[] = [];
  let low = -FAR;
  for (const range of set) {
    if (range.low > low) gaps.push({ low, high: range.low - 1n });
    low = range.high + 1n;
  }
  if (low <= FAR) gaps.push({ low, high: FAR });
  return gaps;
}

/** What both sets have. */
export function intersection(a: IntSet, b: IntSet): IntSet {
  const shared: Range[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [x, y] = [a[i], b[j]];
    if (!x || !y) break;
    const low = x.low > y.low ? x.low : y.low;
    const high = x.high < y.high ? x.high : y.high;
    if (low <= high) shared.push({ low, high });
    if (x.high < y.high) i++;
    else j++;
  }
  return shared;
}

/** The integers that compare so with a constant on their right. */
export function satisfying(operator: CompareOperator, value: bigint): IntSet {
  switch (operator) {
    case '==':
      return [{ low: value, high: value }];
    case '!=':
      return complement([{ low: value, high: value }]);
    case '<':
      return upTo(value - 1n);
    case '<=':
      return upTo(value);
    case '>':
      return from(value + 1n);
    case '>=':
      return from(value);
  }
}

/** How many integers the set has. */
export function sizeOf(set: IntSet): bigint {
  return set.reduce((sum, { low, high }) => sum + high - low + 1n, 0n);
}
