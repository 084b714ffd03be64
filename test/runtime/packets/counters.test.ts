/** Delays as the packet thread counts them. */
import { expect, it } from 'vitest';
import { addDelay, createCounters, createMatchCounts, readCounters } from '../../../runtime/packets/counters.js';
import { DELAY_BOUNDS } from '../../../runtime/packets/messages.js';

const NO_MATCHES = createMatchCounts(0);

it('counts each packet of a batch in the bucket of its delay, and adds their delays up', () => {
  const counters = createCounters();
  addDelay(counters, 10, 1);
  addDelay(counters, 10.5, 4);
  addDelay(counters, 2_000_000, 3);
  const { delays, delaySum, ...others } = readCounters(counters, 1, NO_MATCHES);
  expect(delays).toEqual([1, 4, ...DELAY_BOUNDS.slice(2).map(() => 0), 3]);
  expect(delaySum).toBe(10 + 42 + 6_000_000);
  expect(others).toMatchObject({ packets: 0, evictions: 0, failures: { 'queue-full': 0, 'log-unwritable': 0 } });
});

it('stays exact beyond 32 bits: days of packets', () => {
  const counters = createCounters();
  const batch = 64;
  for (let i = 0; i < 1_000; i++) addDelay(counters, 1_000_001, batch);
  expect(readCounters(counters, 1, NO_MATCHES).delaySum).toBe(1_000_001 * batch * 1_000);
});
