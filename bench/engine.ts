/**
 * The whole engine, in one thread: a capture is read, its packets are decoded and judged.
 *
 *     node dist/bench/engine.js
 *     node dist/bench/engine.js --beside     only beside Hyperscan, in some seconds; keeps nothing
 */
import { join } from 'node:path';
import { loadRules } from '../cli/load.js';
import { packageRoot } from '../cli/paths.js';
import type { Ruleset } from '../compiler/ruleset.js';
import { number } from '../runtime/output/figures.js';
import { isStarted } from './alone.js';
import { barChart } from './chart.js';
import { type BesideHyperscan, besideHyperscan, besideText } from './engine/beside-hyperscan.js';
import { literalRules, rulesetOf } from './engine/rulesets.js';
import { type Speed, speedsOf, speedTable } from './engine/throughput.js';
import { realTraffic, type Traffic } from './engine/traffic.js';
import { keep, keepFigures } from './results.js';
import type { BenchLiteral } from './search/candidate.js';
import { signatures } from './signatures.js';
import { inTemporaryFolder } from './temporary.js';
import { progress, say } from './terminal.js';
import { literalSet } from './workload/literals.js';
import { ruleLiterals } from './workload/rule-literals.js';

/** How many literals the whole engine looks for beside Hyperscan. */
const LITERALS = 200;
const GENERATED = [1000, 5000] as const;

interface Workload {
  readonly folder: string;
  readonly traffic: Traffic;
  readonly source: string;
  readonly literals: readonly BenchLiteral[];
  /** A signature for each of them. */
  readonly searching: Ruleset;
  /** What ships. */
  readonly own: Ruleset;
}

/** Measures, prints what it found and keeps the figures; 1 where engines disagree. */
export function engineBench(): Promise<number> {
  return inTemporaryFolder(async (folder) => {
    const workload = await workloadIn(folder);
    const beside = await measureBeside(workload);
    return measureSpeeds(workload, beside);
  });
}

async function workloadIn(folder: string): Promise<Workload> {
  const { ruleset: own } = loadRules([join(packageRoot, 'rules')]);
  const literals = literalSet(LITERALS, ruleLiterals(own));
  const { source, ...traffic } = await realTraffic(folder);
  say(`traffic: ${source}, ${number(traffic.packets)} packets\n`);
  return { folder, traffic, source, literals, searching: rulesetOf(literalRules(literals), folder), own };
}

async function measureBeside({ searching, literals, traffic, folder }: Workload): Promise<BesideHyperscan | undefined> {
  const beside = await besideHyperscan(searching, literals, traffic, folder);
  say(typeof beside === 'string' ? beside : besideText(beside));
  return typeof beside === 'string' ? undefined : beside;
}

async function measureSpeeds(
  { folder, traffic, source, searching, own }: Workload,
  beside: BesideHyperscan | undefined,
): Promise<number> {
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
  const figures = { source, beside, rows };
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

if (isStarted(import.meta.url)) {
  if (process.argv.includes('--beside'))
    await inTemporaryFolder(async (folder) => measureBeside(await workloadIn(folder)));
  else process.exitCode = await engineBench();
}
