/**
 * The whole engine, in one thread: a capture is read, its packets are decoded and judged.
 *
 *     node dist/bench/engine.js
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { loadRules } from '../cli/load.js';
import { packageRoot } from '../cli/paths.js';
import { isStarted } from './alone.js';
import { besideHyperscan, besideText } from './engine/beside-hyperscan.js';
import { literalRules, rulesetOf } from './engine/rulesets.js';
import { realTraffic } from './engine/traffic.js';
import { keepFigures } from './results.js';
import { literalSet } from './workload/literals.js';
import { ruleLiterals } from './workload/rule-literals.js';

/** How many literals the whole engine looks for beside Hyperscan. */
const LITERALS = 200;

/** Measures, prints what it found and keeps the figures. */
export async function engineBench(): Promise<void> {
  const folder = mkdtempSync(join(os.tmpdir(), 'sigward-bench-'));
  try {
    await measureIn(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measureIn(folder: string): Promise<void> {
  const { ruleset: own } = loadRules([join(packageRoot, 'rules')]);
  const literals = literalSet(LITERALS, ruleLiterals(own));
  const ruleset = rulesetOf(literalRules(literals), folder);
  const traffic = await realTraffic(folder);
  say(`traffic: ${traffic.source}`);
  const beside = await besideHyperscan(ruleset, literals, traffic, folder);
  say(typeof beside === 'string' ? beside : besideText(beside));
  say(`\nkept: ${keepFigures('engine', { source: traffic.source, ...(typeof beside !== 'string' && { beside }) })}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (isStarted(import.meta.url)) await engineBench();
