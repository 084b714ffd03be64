import { describe, expect, test } from 'vitest';
import { alone, compare, median } from '../../bench/measure.js';
import { table } from '../../bench/table.js';

/** Takes so many seconds, says it, and does not wait. */
function taking(...seconds: readonly number[]): { pass: (times: number) => number; calls: number[] } {
  const calls: number[] = [];
  return {
    calls,
    pass: (times) => {
      calls.push(times);
      return times * (seconds[(calls.length - 1) % seconds.length] ?? 0);
    },
  };
}

describe('comparing', () => {
  test('gives how many times as fast the first is', async () => {
    const { seconds, ratio } = await compare(taking(0.001), taking(0.004));
    expect(seconds[0]).toBeCloseTo(0.001);
    expect(seconds[1]).toBeCloseTo(0.004);
    expect(ratio).toBeCloseTo(4);
  });

  test('is not moved by a few times that were disturbed', async () => {
    const effort = { rounds: 9, turnSeconds: 0.001, warmUpSeconds: 0 };
    const { ratio, low, high } = await compare(taking(0.002, 0.002, 0.002, 0.002, 0.009), taking(0.002), effort);
    expect(ratio).toBeCloseTo(1);
    expect(low).toBeLessThanOrEqual(ratio);
    expect(high).toBeGreaterThanOrEqual(ratio);
  });

  test('repeats what is short within a turn, and not what is long', async () => {
    const [short, long] = [taking(0.0001), taking(1)];
    await compare(short, long);
    expect(short.calls.at(-1)).toBe(250);
    expect(long.calls).toEqual([1, 1, 1, 1]); // to warm up, and three rounds
  });
});

test('alone, the median time is given', async () => {
  expect(await alone(taking(0.003))).toBeCloseTo(0.003);
});

test('the median is the middle value', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([])).toBe(0);
});

test('a table has a name to the left and numbers to the right', () => {
  expect(table(['rules', 'n'], [['a', '1,000'], ['longer', '2']])).toBe('rules       n\na       1,000\nlonger      2'); // prettier-ignore
});
