import { expect, test } from 'vitest';
import { createKernelTotals } from '../../../runtime/supervisor/kernel-totals.js';

const counters = (queue: number, lastId: number, dropped: number, undelivered = 0) => ({
  ...{ queue, owner: 1, waiting: 0 },
  ...{ lastId, dropped, undelivered },
});

test('nothing is known before the kernel tells', () => {
  expect(createKernelTotals().sums()).toBeUndefined();
});

test('what queues count is added up, each time what is new', () => {
  const totals = createKernelTotals();
  totals.note(counters(0, 100, 1));
  totals.note(counters(1, 50, 0, 2));
  totals.note(counters(0, 110, 4));
  totals.note(counters(0, 110, 4));
  expect(totals.sums()).toEqual({ packets: 160, drops: 6 });
});

test('numbers of 32 bits go round', () => {
  const totals = createKernelTotals();
  totals.note(counters(0, 0xffff_fff0, 0xffff_ffff));
  totals.note(counters(0, 0x10, 1));
  expect(totals.sums()).toEqual({ packets: 2 ** 32 + 0x10, drops: 2 ** 32 + 1 });
});
