/** Recent times by key: exact, bounded, forgetting the least recent. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRateTable, type RateTable } from '../../../runtime/state/rate-table.js';
import { runs } from '../../support/runs.js';

const ROOMY = { keys: 1000, times: 100_000 };

function step(table: RateTable, key: string, time: bigint): boolean {
  const full = table.isFull(key, time);
  table.enter(key, time);
  return full;
}

/** All times of each key, kept for ever, and counted one by one. */
function naive(most: number, nanoseconds: bigint): (key: string, time: bigint) => boolean {
  const all = new Map<string, bigint[]>();
  return (key, given) => {
    const last = all.get(key)?.at(-1);
    if (last !== undefined && last - given > nanoseconds) all.set(key, []);
    const times = all.get(key) ?? [];
    const before = times.at(-1);
    const time = before !== undefined && before > given ? before : given;
    const full = times.filter((t) => t > time - nanoseconds && t <= time).length >= most;
    all.set(key, [...times, time]);
    return full;
  };
}

const steps = fc.array(
  fc.record({
    key: fc.constantFrom('a', 'b', 'c'),
    // Mostly a little forwards; sometimes not at all, back, or far away.
    step: fc.oneof(
      { arbitrary: fc.integer({ min: 0, max: 12 }), weight: 8 },
      { arbitrary: fc.integer({ min: -30, max: 40 }), weight: 2 },
    ),
  }),
  { maxLength: 120 },
);

test('it says what counting all times says', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 25 }), steps, (most, nanoseconds, all) => {
      const table = createRateTable(most, BigInt(nanoseconds), ROOMY);
      const expected = naive(most, BigInt(nanoseconds));
      let time = 0n;
      for (const { key, step: by } of all) {
        time += BigInt(by);
        expect(step(table, key, time)).toBe(expected(key, time));
      }
      expect(table.evictions).toBe(0);
    }),
    { numRuns: runs(1000) },
  );
});

test('times far beyond 64 bits are times', () => {
  const table = createRateTable(1, 10n, ROOMY);
  const late = 1n << 80n;
  expect([late, late + 9n, late + 19n, -late, -late + 9n].map((t) => step(table, 'a', t))).toEqual([
    false, true, false, false, true,
  ]); // prettier-ignore
});

describe('a clock that goes back', () => {
  test('by less than the time: what comes counts as if it came with the last one', () => {
    const table = createRateTable(2, 10n, ROOMY);
    expect([100n, 95n, 90n, 109n, 110n].map((t) => step(table, 'a', t))).toEqual([false, false, true, true, false]);
  });

  test('by more: the key begins anew', () => {
    const table = createRateTable(2, 10n, ROOMY);
    expect([100n, 100n, 89n, 89n, 89n].map((t) => step(table, 'a', t))).toEqual([false, false, false, false, true]);
  });
});

describe('bounds', () => {
  test('the key that was entered least recently is forgotten', () => {
    const table = createRateTable(1, 100n, { keys: 2, times: 10 });
    for (const key of ['a', 'b', 'a', 'c']) step(table, key, 1n);
    expect(['a', 'b', 'c'].map((key) => table.isFull(key, 1n))).toEqual([true, false, true]);
    expect(table.evictions).toBe(1);
  });

  test('a key whose times no longer count is no loss', () => {
    const table = createRateTable(1, 10n, { keys: 1, times: 10 });
    step(table, 'a', 0n);
    step(table, 'b', 10n);
    expect(table.evictions).toBe(0);
    step(table, 'c', 19n);
    expect(table.evictions).toBe(1);
  });

  test('where times are scarce, others make room; one key has it all at least', () => {
    const table = createRateTable(4, 100n, { keys: 10, times: 4 });
    for (const key of ['a', 'b', 'c']) step(table, key, 1n);
    for (let i = 0; i < 4; i++) expect(step(table, 'd', 2n)).toBe(false);
    expect(step(table, 'd', 2n)).toBe(true);
    expect(table.evictions).toBe(3);
  });

  test('a key that was busy once gives its room back', () => {
    const table = createRateTable(8, 10n, { keys: 10, times: 9 });
    for (let i = 0; i < 8; i++) step(table, 'a', 0n);
    step(table, 'a', 50n);
    for (let i = 0; i < 8; i++) step(table, 'b', 51n);
    expect(table.evictions).toBe(0);
    expect([table.isFull('a', 51n), table.isFull('b', 51n)]).toEqual([false, true]);
  });

  test('whatever is evicted, a full key was full: nothing is counted that was not there', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 3, max: 8 }), (all, keys, times) => {
        const table = createRateTable(3, 20n, { keys, times });
        const expected = naive(3, 20n);
        let time = 0n;
        for (const { key, step: by } of all) {
          time += BigInt(Math.abs(by));
          const full = expected(key, time);
          if (step(table, key, time)) expect(full).toBe(true);
        }
      }),
      { numRuns: runs(300) },
    );
  });
});
