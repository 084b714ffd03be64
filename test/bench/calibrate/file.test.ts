/** The file of the cost model's constants is what the calibration writes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { constantsFile } from '../../../bench/calibrate/file.js';
import { type Constant, PACKET, PROBES } from '../../../bench/calibrate/measure.js';
import { packageRoot } from '../../../cli/paths.js';
import { COST, SEARCH_ROWS } from '../../../compiler/cost/constants.js';

const committed = readFileSync(join(packageRoot, 'compiler', 'cost', 'constants.ts'), 'utf8');

it('holds what was measured, with the comments of what measures it', () => {
  const values = new Map<string, number>(Object.entries(COST));
  const constants = [PACKET, ...PROBES].map(({ name, says }): Constant => ({
    name,
    says,
    value: values.get(name) ?? 0,
  }));
  const machine = /^ \* on (.*)\.$/m.exec(committed)?.[1] ?? '';
  expect(constantsFile({ constants, rows: SEARCH_ROWS }, machine)).toBe(committed);
});

it('has a whole number above 0 for everything', () => {
  const rows = Object.values(SEARCH_ROWS).flat();
  const values = [...Object.values(COST), ...rows.flatMap((row) => [row.patterns, row.expected, row.worst])];
  expect(values.filter((value) => !Number.isInteger(value) || value < 1)).toEqual([]);
});

it('has the search rows in order, and each at worst no cheaper than expected', () => {
  for (const rows of Object.values(SEARCH_ROWS)) {
    expect(rows.map((row) => row.patterns)).toEqual(rows.map((row) => row.patterns).sort((a, b) => a - b));
    expect(rows.filter((row) => row.worst < row.expected)).toEqual([]);
  }
});

it('is measured by pairs of cases that are rulesets', () => {
  for (const { cases, count } of PROBES) {
    const [first, second] = cases();
    expect(count).toBeGreaterThan(0);
    expect(first.packets.length).toBe(second.packets.length);
  }
});
