import { describe, expect, test } from 'vitest';
import { barChart, lineChart } from '../../bench/chart.js';
import { extentOf, placeOn, ticksOf } from '../../bench/chart/axis.js';
import { wellFormed } from './well-formed.js';

const log = { label: 'GB/s', scale: 'log' } as const;
const linear = { label: 'seconds', scale: 'linear' } as const;

/** The heights of the circles of a chart. */
function heights(chart: string): number[] {
  return [...chart.matchAll(/<circle [^>]*cy="([^"]*)"/g)].map((found) => Number(found[1]));
}

describe('a line chart', () => {
  const series = [{ name: 'a < b & "c"', points: [[1, 0.01], [10, 0.1], [5000, 1]] }] as const; // prettier-ignore
  const chart = lineChart({
    title: 'Speed <&>',
    x: { label: 'literals', scale: 'log' },
    y: { ...log, mark: 1 },
    series,
  });

  test('is well-formed, whatever the names', () => {
    expect(wellFormed(chart)).toBe(true);
    expect(chart).toContain('Speed &#60;&#38;&#62;');
  });

  test('names what was measured on the horizontal axis', () => {
    for (const text of ['>1<', '>10<', '>5,000<']) expect(chart).toContain(text);
  });

  test('has equal steps for equal ratios', () => {
    const [a = 0, b = 0, c = 0] = heights(chart);
    expect(a - b).toBeGreaterThan(0);
    expect(a - b).toBeCloseTo(b - c, 1);
  });

  test.each([
    ['no series', []],
    ['a series without points', [{ name: 'a', points: [] }]],
    ['one point', [{ name: 'a', points: [[1, 1]] }]],
    ['a zero on a logarithmic axis', [{ name: 'a', points: [[1, 0], [2, 1]] }]],
  ] as const)('with %s has no number that is none', (_, given) => {
    const drawn = lineChart({ title: '', x: log, y: log, series: given });
    expect(wellFormed(drawn)).toBe(true);
    expect(drawn).not.toMatch(/NaN|Infinity/);
  }); // prettier-ignore

  test('tells more series apart than there are colours', () => {
    const many = Array.from({ length: 9 }, (_, i) => ({ name: `s${i}`, points: [[1, i + 1], [2, i + 2]] as const })); // prettier-ignore
    const lines = lineChart({ title: '', x: log, y: log, series: many }).match(/<polyline [^>]*>/g) ?? [];
    const looks = lines.map((line) => line.replace(/points="[^"]*"/, ''));
    expect(new Set(looks).size).toBe(9);
  });
});

describe('a bar chart', () => {
  const chart = barChart({ title: 'Bars', groups: ['real', '64'], y: linear, series: [{ name: 'a', values: [1, undefined] }, { name: 'b', values: [2, 4] }] }); // prettier-ignore

  test('is well-formed and has a bar for each value that is there', () => {
    expect(wellFormed(chart)).toBe(true);
    expect(chart.match(/<rect /g)).toHaveLength(1 + 3);
  });

  test('has bars as high as their values', () => {
    const [one = 0, two = 0, four = 0] = [...chart.matchAll(/<rect x=[^>]*height="([^"]*)"/g)].map((found) =>
      Number(found[1]),
    );
    expect(two / one).toBeCloseTo(2, 1);
    expect(four / two).toBeCloseTo(2, 1);
  });
});

describe('an axis', () => {
  test('has room for all values, up to round ones', () => {
    expect(extentOf(log, [0.03, 7], 'loose')).toEqual({ low: 0.02, high: 10 });
    expect(extentOf(linear, [3, 42], 'loose')).toEqual({ low: 0, high: 50 });
    expect(extentOf({ ...log, mark: 1 }, [0.2, 0.5], 'loose')).toEqual({ low: 0.2, high: 1 });
  });

  test('names round values', () => {
    expect(ticksOf(log, { low: 0.02, high: 1 })).toEqual([0.02, 0.05, 0.1, 0.2, 0.5, 1]);
    expect(ticksOf(log, { low: 0.001, high: 100 })).toEqual([0.001, 0.01, 0.1, 1, 10, 100]);
    expect(ticksOf(linear, { low: 0, high: 0.5 })).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5]);
  });

  test('keeps what lies beyond it at its ends', () => {
    expect(placeOn(log, { low: 1, high: 10 }, 0)).toBe(0);
    expect(placeOn(linear, { low: 0, high: 10 }, 20)).toBe(1);
  });
});
