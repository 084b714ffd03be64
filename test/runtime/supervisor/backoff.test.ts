import { expect, it } from 'vitest';
import { delayAfter, nextStreak } from '../../../runtime/supervisor/backoff.js';

it('a child that dies soon again and again is started later and later, at most every five seconds', () => {
  let streak = 0;
  const delays = Array.from({ length: 12 }, () => delayAfter((streak = nextStreak(streak, 300))));
  expect(delays.slice(0, 3)).toEqual([0, 0, 250]);
  expect(delays).toEqual(delays.toSorted((a, b) => a - b));
  expect(new Set(delays.slice(6))).toEqual(new Set([5_000]));
});

it('the end of one that has judged for long says nothing of the next', () => {
  expect(delayAfter(nextStreak(6, 10_000))).toBe(0);
  expect(delayAfter(nextStreak(6, 9_999))).toBe(5_000);
});
