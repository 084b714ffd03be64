/** A flood of distinct keys, as from forged addresses: memory stays where it is. */
import { expect, test } from 'vitest';
import { createRateTable } from '../../../runtime/state/rate-table.js';
import { ALL_TIMES, TABLE_KEYS } from '../../../runtime/state/rates.js';

const MEGABYTE = 1 << 20;

test('five million keys take no more memory than the first ones', () => {
  const table = createRateTable(20, 3_600_000_000_000n, { keys: TABLE_KEYS, times: ALL_TIMES });
  const used: number[] = [];
  for (let i = 0; i < 5_000_000; i++) {
    const key = `k${i.toString(16)}.`;
    table.isFull(key, BigInt(i));
    table.enter(key, BigInt(i));
    if (i === TABLE_KEYS * 4 || i === 4_999_999) used.push(process.memoryUsage().heapUsed);
  }
  expect(table.evictions).toBe(5_000_000 - TABLE_KEYS);
  // What is not yet collected counts as well, so the bound is loose; keeping every key would take 700 MB.
  expect((used[1] ?? Infinity) - (used[0] ?? 0)).toBeLessThan(100 * MEGABYTE);
});
