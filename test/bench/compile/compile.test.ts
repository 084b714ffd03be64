import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runProgram } from '../../../bench/compile/program.js';
import { type Compilation, compileCharts, compileTable } from '../../../bench/compile/report.js';
import { stagesOf } from '../../../bench/compile/stages.js';
import { signatures } from '../../../bench/signatures.js';
import { loadRules } from '../../../cli/load.js';
import { compileModule } from '../../../compiler/backend/wasm/compile.js';
import { link } from '../../../compiler/link/link.js';
import { wellFormed } from '../well-formed.js';

const folder = mkdtempSync(join(os.tmpdir(), 'sigward bench '));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('a program is told its arguments; what it says and its peak of memory come back, also when it leaves at once', () => {
  const path = file('hold.mjs', 'const all = Buffer.alloc(Number(process.argv[2]), 1); console.log(all.length); process.exit(0);'); // prettier-ignore
  const [small, large] = [runProgram(path, ['1000']), runProgram(path, ['100000000'])];
  expect(small.output).toBe('1000\n');
  expect(large.peakBytes - small.peakBytes).toBeGreaterThan(90e6);
  expect(large.peakBytes - small.peakBytes).toBeLessThan(150e6);
  expect(large.processorSeconds).toBeGreaterThan(0);
  expect(large.processorSeconds).toBeLessThan(60);
});

test('a program that fails says why', () => {
  expect(() => runProgram(file('fail.mjs', "console.error('no such luck'); process.exit(3)"), [])).toThrow(
    'no such luck',
  );
});

test.each([
  ['signatures', file('rules.sig', signatures(100))],
  ['signatures that count', 'rules/rates.sig'],
])('the stages make what compiling makes: %s', (_, path) => {
  const { ruleset } = loadRules([path]);
  const { signatures: count, codeBytes, engineBytes } = stagesOf(path);
  expect(count).toBe(ruleset.signatures.length);
  expect(codeBytes).toBe(compileModule(link(ruleset)).length);
  expect(engineBytes % 65_536).toBe(0);
  expect(engineBytes).toBeGreaterThan(0);
});

const row = (rules: string, count: number): Compilation => ({
  rules, signatures: count, runs: 3, checkSeconds: 0.5, treeSeconds: 0.25, moduleSeconds: 1, startSeconds: 0.01,
  programSeconds: 2, processorSeconds: 2.5, peakBytes: 120e6, artefactBytes: 1.5e6, codeBytes: 1e6, engineBytes: 2e6,
}); // prettier-ignore

test('a ruleset is a row', () => {
  const [, line] = compileTable([row('generated', 5000)]).split('\n');
  expect(line?.trim().split(/\s{2,}/)).toEqual(
    ['generated', '5,000', '3', '0.50', '0.25', '1.00', '0.01', '2.00', '2.50', '120', '1.5', '1.0', '2.0'],
  ); // prettier-ignore
});

test('rulesets of several sizes have charts, a single one has none', () => {
  const charts = compileCharts([row('rules/', 302), row('generated', 100), row('generated', 1000)]);
  expect([...charts.keys()]).toEqual(['compile-generated-seconds.svg', 'compile-generated-memory.svg']);
  for (const chart of charts.values()) expect(wellFormed(chart)).toBe(true);
});
