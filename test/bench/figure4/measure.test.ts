import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { realTraffic } from '../../../bench/engine/traffic.js';
import { type Axis, pointsOf, timesOne } from '../../../bench/figure4/measure.js';

const folder = mkdtempSync(join(os.tmpdir(), 'sigward bench '));
afterAll(() => rmSync(folder, { recursive: true }));

const traffic = await realTraffic(folder, join(folder, 'not there'), 1000);
/** All of them match every packet with an IP header. */
const axis: Axis = {
  kind: 'headers',
  rules: (count) =>
    Array.from(
      { length: count },
      (_, i) => `signature s${i} { id ${i + 1} when ip and ip.ttl != ${70 + i} then log }\n`,
    ).join(''),
};

test('each number of signatures is a point, its speed a part of what the engine manages without any', async () => {
  const points = await pointsOf(axis, 'wasm', [0, 1, 3], traffic, folder);
  expect(points.map(({ signatures, packets }) => [signatures, packets])).toEqual([0, 1, 3].map((n) => [n, traffic.packets])); // prettier-ignore
  const [none, one, three] = points.map(({ matches }) => matches);
  expect(none).toBe(0);
  expect(one).toBeGreaterThan(traffic.packets / 2);
  expect(three).toBe(3 * (one ?? 0));
  const bases = points.map(({ packetsPerSecond, relative }) => packetsPerSecond / relative);
  for (const base of bases) expect(base / (bases[0] ?? 0)).toBeCloseTo(1);
});

test('each number is compared with one signature', async () => {
  const rows = await timesOne(axis, [2, 4], traffic, folder);
  expect(rows.map(({ kind, signatures }) => [kind, signatures])).toEqual([['headers', 2], ['headers', 4]]); // prettier-ignore
  expect(rows.every(({ low, ratio, high }) => 0 < low && low <= ratio && ratio <= high)).toBe(true);
});
