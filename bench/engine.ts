/**
 * The whole engine, in one thread: a capture is read, its packets are decoded and judged.
 *
 *     node dist/bench/engine.js
 */
import { join } from 'node:path';
import { loadRules } from '../cli/load.js';
import { packageRoot } from '../cli/paths.js';
import type { Ruleset } from '../compiler/ruleset.js';
import { number } from '../runtime/output/figures.js';
import { isStarted } from './alone.js';
import { barChart } from './chart.js';
import { besideHyperscan, besideText } from './engine/beside-hyperscan.js';
import { literalRules, rulesetOf } from './engine/rulesets.js';
import { type Speed, speedsOf, speedTable } from './engine/throughput.js';
import { realTraffic } from './engine/traffic.js';
import { keep, keepFigures } from './results.js';
import { signatures } from './signatures.js';
import { inTemporaryFolder } from './temporary.js';
import { progress, say } from './terminal.js';
import { literalSet } from './workload/literals.js';
import { ruleLiterals } from './workload/rule-literals.js';

/** How many literals the whole engine looks for beside Hyperscan. */
const LITERALS = 200;
const GENERATED = [1000, 5000] as const;

/** Measures, prints what it found and keeps the figures; 1 where engines disagree. */
export function engineBench(): Promise<number> {
  return inTemporaryFolder(measureIn);
}

async function measureIn(folder: string): Promise<number> {
  const { ruleset: own } = loadRules([join(packageRoot, 'rules')]);
  const literals = literalSet(LITERALS, ruleLiterals(own));
  const searching = rulesetOf(literalRules(literals), folder);
  const traffic = await realTraffic(folder);
  const { source } = traffic;
  say(`traffic: ${source}, ${number(traffic.packets)} packets\n`);
  const beside = await besideHyperscan(searching, literals, traffic, folder);
  say(typeof beside === 'string' ? beside : besideText(beside));

  const rulesets: readonly (readonly [string, Ruleset])[] = [
    ['none', rulesetOf('', folder)],
    ['literals', searching],
    ['rules/', own],
    ...GENERATED.map((count) => ['generated', rulesetOf(signatures(count), folder)] as const),
  ];
  const rows: Speed[] = [];
  for (const [name, ruleset] of rulesets) {
    progress(`engines, ${name}`);
    rows.push(...(await speedsOf(name, ruleset, traffic, folder)));
  }
  progress('');
  say(`\n${speedTable(rows, traffic)}`);
  const figures = { source, rows, ...(typeof beside !== 'string' && { beside }) };
  say(`\nkept: ${[keepFigures('engine', figures), keep('engine.svg', speedChart(rows))].join(', ')}`);
  const faults = rows.filter(({ disagreement }) => disagreement !== undefined);
  for (const { engine, rules, disagreement } of faults) say(`${engine} disagrees, ${rules}: ${disagreement ?? ''}`);
  return faults.length > 0 ? 1 : 0;
}

function speedChart(rows: readonly Speed[]): string {
  const groups = rows.filter(({ engine }) => engine === 'wasm');
  const series = (['wasm', 'tree', 'interpreter'] as const).map((name) => ({
    name,
    values: groups.map(({ rules, signatures: count }) =>
      thousands(rows.find((row) => row.engine === name && row.rules === rules && row.signatures === count)),
    ),
  }));
  return barChart({
    title: 'Whole engine: a capture read, decoded, judged',
    groups: groups.map(({ rules, signatures: count }) => `${rules}\n${number(count)}`),
    y: { label: 'thousand packets a second', scale: 'log' },
    series,
  });
}

function thousands(row: Speed | undefined): number | undefined {
  return row && row.packetsPerSecond / 1000;
}

if (isStarted(import.meta.url)) process.exitCode = await engineBench();
