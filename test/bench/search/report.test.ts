import { describe, expect, test } from 'vitest';
import type { Measurement } from '../../../bench/search/compare.js';
import { searchCharts, searchTable } from '../../../bench/search/report.js';
import { wellFormed } from '../well-formed.js';

const row = (search: string, literals: number, payloads: string, speed: number): Measurement => ({
  search, literals, payloads, bytes: 1000, matches: 1234, gigabytesPerSecond: speed,
  ...(search !== 'Hyperscan' && { timesHyperscan: { median: speed / 2, low: 0.05, high: 3 } }),
}); // prettier-ignore

const rows = [10, 5000].flatMap((count) =>
  ['real', 'near-last'].flatMap((kind) => [row('Hyperscan', count, kind, 2), row('A & B', count, kind, 3)]),
);

describe('the comparison of searches', () => {
  test('as a table has a row for each number of literals', () => {
    expect(searchTable(rows, 'real')).toBe(
      [
        'real   matches  Hyperscan GB/s  A & B GB/s  × Hyperscan  middle half',
        '10       1,234            2.00        3.00         1.50    0.05–3.00',
        '5,000    1,234            2.00        3.00         1.50    0.05–3.00',
      ].join('\n'),
    );
  });

  test('as charts has speed, ratio and payloads side by side', () => {
    const charts = searchCharts(rows);
    expect([...charts.keys()].sort()).toEqual([
      'search-payloads-10.svg',
      'search-payloads-5000.svg',
      'search-ratio-a-b.svg',
      'search-speed-near-last.svg',
      'search-speed-real.svg',
    ]);
    for (const chart of charts.values()) expect(wellFormed(chart)).toBe(true);
  });

  test('without Hyperscan has speeds alone', () => {
    const { timesHyperscan: _, ...lone } = row('A', 10, 'real', 3);
    expect(searchTable([lone], 'real').split('\n')[1]?.trim()).toMatch(/^10 +1,234 +3\.00$/);
    expect(searchCharts([lone]).size).toBe(0);
  });
});
