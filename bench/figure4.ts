/**
 * Figure 4 of the paper that sigward comes from, its axes ten times as long: throughput with 0 to 2,000 signatures that ask for
 * headers, and with as many that look for a literal each.
 *
 *     node dist/bench/figure4.js
 *     node dist/bench/figure4.js --one     only 200 and 2,000 signatures instead of one, in some seconds; keeps nothing
 */
import { join } from 'node:path';
import { loadRules } from '../cli/load.js';
import { packageRoot } from '../cli/paths.js';
import { ENGINE_KINDS } from '../runtime/engine/load.js';
import { number } from '../runtime/output/figures.js';
import { isStarted } from './alone.js';
import { literalRules } from './engine/rulesets.js';
import { realTraffic, sampleTraffic, type Traffic } from './engine/traffic.js';
import { headerRules } from './figure4/header-rules.js';
import { type Axis, type Point, pointsOf, type TimesOne, timesOne } from './figure4/measure.js';
import { figureCharts, pointTable, timesOneTable } from './figure4/report.js';
import { keep, keepFigures } from './results.js';
import { inTemporaryFolder } from './temporary.js';
import { say } from './terminal.js';
import { literalSet } from './workload/literals.js';
import { ruleLiterals } from './workload/rule-literals.js';

const MOST = 2000;
const EVERY_200 = Array.from({ length: MOST / 200 + 1 }, (_, i) => 200 * i);

/** Engines that are slow are given fewer packets and fewer points. */
const EFFORTS = {
  wasm: { packets: Infinity, counts: EVERY_200 },
  tree: { packets: 5000, counts: [0, 200, 600, 1000, 1400, MOST] },
  interpreter: { packets: 1000, counts: [0, 200, 1000, MOST] },
} as const;

/** Measures, prints the tables and keeps figures and charts. */
export function figure4Bench(): Promise<void> {
  return inTemporaryFolder(measureIn);
}

async function measureIn(folder: string): Promise<void> {
  const { axes, traffic, source } = await workloadIn(folder);
  const points: Point[] = [];
  for (const axis of axes) {
    for (const engine of ENGINE_KINDS) {
      const { packets, counts } = EFFORTS[engine];
      points.push(...(await pointsOf(axis, engine, counts, await sampleTraffic(traffic, packets, folder), folder)));
    }
    say(`\n${pointTable(points, axis.kind)}`);
  }
  const ones = await measureOnes(axes, traffic, folder);
  const files = [keepFigures('figure4', { source, points, ones })];
  for (const [name, chart] of figureCharts(points)) files.push(keep(name, chart));
  say(`\nkept: ${files.join(', ')}`);
}

async function workloadIn(folder: string): Promise<{ axes: readonly Axis[]; traffic: Traffic; source: string }> {
  const literals = literalSet(MOST, ruleLiterals(loadRules([join(packageRoot, 'rules')]).ruleset));
  const axes: readonly Axis[] = [
    { kind: 'headers', rules: headerRules },
    { kind: 'payloads', rules: (count) => literalRules(literals.slice(0, count)) },
  ];
  const { source, ...traffic } = await realTraffic(folder);
  say(`traffic: ${source}, ${number(traffic.packets)} packets`);
  return { axes, traffic, source };
}

async function measureOnes(axes: readonly Axis[], traffic: Traffic, folder: string): Promise<TimesOne[]> {
  const ones: TimesOne[] = [];
  for (const axis of axes) ones.push(...(await timesOne(axis, [200, MOST], traffic, folder)));
  say(`\n${timesOneTable(ones)}`);
  return ones;
}

if (isStarted(import.meta.url)) {
  if (process.argv.includes('--one'))
    await inTemporaryFolder(async (folder) => {
      const { axes, traffic } = await workloadIn(folder);
      await measureOnes(axes, traffic, folder);
    });
  else await figure4Bench();
}
