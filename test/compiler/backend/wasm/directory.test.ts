/** Directories of ranges. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COUNT_BITS, directoryOf, PAGE_BITS } from '../../../../compiler/backend/wasm/walk/directory.js';
import type { IntSet } from '../../../../compiler/logic/set.js';
import { runs } from '../../../support/runs.js';

/** The range that a directory leads to. */
function find(ranges: IntSet, bits: number, value: bigint): number | undefined {
  const directory = directoryOf(ranges, bits);
  if (!directory) throw new Error('no directory');
  const key = Number(value >> BigInt(directory.shift));
  const page = directory.pages[(directory.index[key >> PAGE_BITS] ?? 0) - 1];
  const entry = page?.[key & ((1 << PAGE_BITS) - 1)] ?? 0;
  const first = entry >>> COUNT_BITS;
  const count = entry & ((1 << COUNT_BITS) - 1);
  const place = ranges.slice(first, first + count).findIndex(({ low, high }) => low <= value && value <= high);
  return place < 0 ? undefined : first + place;
}

/** Ranges that do not overlap, ascending; they may reach beyond the values on both sides. */
const arbRanges = (bits: number): fc.Arbitrary<IntSet> =>
  fc
    .uniqueArray(fc.bigInt({ min: -3n, max: (1n << BigInt(bits)) + 3n }), { maxLength: 40 })
    .map((ends) => ends.sort((a, b) => (a < b ? -1 : 1)))
    .map((ends) => ends.flatMap((low, i) => (i % 2 === 0 ? [{ low, high: ends[i + 1] ?? low }] : [])));

test('a value is found in the range that has it, and in no other', () => {
  const cases = fc.constantFrom(1, 4, 8, 13, 16, 17, 24, 32, 48, 63).chain((bits) =>
    fc.record({
      bits: fc.constant(bits),
      ranges: arbRanges(bits),
      value: fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n }),
      pick: fc.nat(),
    }),
  );
  fc.assert(
    fc.property(cases, ({ bits, ranges, value, pick }) => {
      const ends = ranges.flatMap(({ low, high }) => [low - 1n, low, high, high + 1n]);
      const near = ends.filter((end) => end >= 0n && end < 1n << BigInt(bits));
      for (const one of [value, near[pick % Math.max(1, near.length)] ?? value]) {
        const expected = ranges.findIndex(({ low, high }) => low <= one && one <= high);
        expect(find(ranges, bits, one)).toBe(expected < 0 ? undefined : expected);
      }
    }),
    { numRuns: runs(1000) },
  );
});

test('pages that are the same are one, and empty ones none', () => {
  expect(directoryOf([{ low: 1024n, high: 65_535n }], 16)?.pages).toHaveLength(1);
  expect(directoryOf([{ low: 80n, high: 80n }, { low: 60_000n, high: 60_000n }], 16)?.pages).toHaveLength(2); // prettier-ignore
});

test('an entry with thousands of ranges is refused', () => {
  const many = Array.from({ length: 5000 }, (_, i) => ({ low: BigInt(2 * i), high: BigInt(2 * i) }));
  expect(directoryOf(many, 32)).toBeUndefined();
  expect(directoryOf(many.slice(0, 4000), 32)?.pages).toHaveLength(1);
});
