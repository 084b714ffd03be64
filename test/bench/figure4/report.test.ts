import { expect, test } from 'vitest';
import type { Point } from '../../../bench/figure4/measure.js';
import { figureCharts, pointTable, timesOneTable } from '../../../bench/figure4/report.js';
import { wellFormed } from '../well-formed.js';

const point = (engine: Point['engine'], signatures: number, relative: number): Point => ({
  kind: 'headers', engine, signatures, packets: 10, matches: signatures / 100, relative, packetsPerSecond: 1e6 * relative,
}); // prettier-ignore
const points = [point('wasm', 0, 1), point('wasm', 200, 0.8), point('wasm', 400, 0.7), point('tree', 0, 1), point('tree', 400, 0.0123)]; // prettier-ignore

test('engines stand side by side, with gaps where one was given fewer points', () => {
  const [head, none, first, second] = pointTable(points, 'headers').split('\n').map((line) => line.trim().split(/\s{2,}/)); // prettier-ignore
  expect(head).toEqual(['header signatures', 'matches', 'wasm packets/s', 'of none', 'tree packets/s', 'of none']);
  expect(none).toEqual(['0', '0', '1,000,000', '100 %', '1,000,000', '100 %']);
  expect(first).toEqual(['200', '2', '800,000', '80 %']);
  expect(second).toEqual(['400', '4', '700,000', '70 %', '12,300', '1.2 %']);
});

test('a comparison with one signature is a ratio of times', () => {
  const [, row] = timesOneTable([{ kind: 'payloads', signatures: 2000, ratio: 1.456, low: 1.4, high: 1.5 }]).split(
    '\n',
  );
  expect(row?.trim().split(/\s{2,}/)).toEqual(['payload signatures', '2,000', '1.46 ×', '1.40–1.50']);
});

test('each kind has two charts, with a line an engine', () => {
  const charts = figureCharts(points);
  expect([...charts.keys()]).toEqual(['figure4-headers.svg', 'figure4-headers-speed.svg']);
  for (const chart of charts.values()) {
    expect(wellFormed(chart)).toBe(true);
    expect(chart.match(/<polyline/g)).toHaveLength(2);
  }
});
