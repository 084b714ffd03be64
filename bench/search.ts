/**
 * Literal search beside Hyperscan: throughput and ratios, for 1 to 5,000 literals on real, cut and hostile payloads.
 *
 *     node dist/bench/search.js --literals 10,100 --payloads real,64
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { loadRules } from '../cli/load.js';
import { packageRoot } from '../cli/paths.js';
import { number } from '../runtime/output/figures.js';
import { isStarted } from './alone.js';
import { type Built, buildHyperscan } from './hyperscan/build.js';
import { startHyperscan } from './hyperscan/process.js';
import { timed } from './measure.js';
import { keep, keepFigures } from './results.js';
import type { BenchLiteral, Payloads } from './search/candidate.js';
import { type Entrant, HYPERSCAN, measureAll, type Measurement } from './search/compare.js';
import { ALL, searchOptions, type SearchOptions, USAGE } from './search/options.js';
import { searchCharts, searchTable } from './search/report.js';
import { literalSet } from './workload/literals.js';
import { NEAR_KINDS, nearPayloads } from './workload/near.js';
import { inChunks, type RealPayloads, realPayloads } from './workload/payloads.js';
import { ruleLiterals } from './workload/rule-literals.js';

/** Bytes of the payloads that nearly match: the slowest designs manage some 0.05 GB/s of them. */
const NEAR_BYTES = 4_000_000;

/** What preparing a search takes. */
interface Preparation {
  readonly search: string;
  readonly literals: number;
  readonly seconds: number;
  readonly memoryBytes?: number;
  /** Hyperscan's version and the instructions that it uses here. */
  readonly info?: string;
}

/** Measures, prints the tables and keeps figures and charts; 1 where a search disagrees with Hyperscan. */
export async function searchBench(options: SearchOptions = ALL): Promise<number> {
  const folder = mkdtempSync(join(os.tmpdir(), 'sigward-bench-'));
  try {
    return await measureIn(folder, options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measureIn(folder: string, options: SearchOptions): Promise<number> {
  const { ruleset } = loadRules([join(packageRoot, 'rules')]);
  const real = await realPayloads(ruleset);
  const built = buildHyperscan(folder);
  introduce(built, real, options);
  const own = ruleLiterals(ruleset);
  const rows: Measurement[] = [];
  const preparations: Preparation[] = [];
  for (const count of options.counts) {
    const literals = literalSet(count, own, options.seed);
    const measured = await measureSet(folder, built, literals, real, options);
    rows.push(...measured.rows);
    preparations.push(...measured.preparations);
  }
  return present(rows, preparations, real, options);
}

function introduce(built: Built, real: RealPayloads, { candidates }: SearchOptions): void {
  if ('missing' in built) say(built.missing);
  const mean = Math.round(real.bytes.length / Math.max(1, real.lengths.length));
  say(`real payloads: ${number(real.lengths.length)} of ${real.source}, ${mean} bytes on average`);
  for (const { name, reportsLess } of candidates)
    if (reportsLess !== undefined) say(`${name} reports ${reportsLess}; all others report every match`);
}

/** All payloads for one set of literals. */
async function measureSet(
  folder: string,
  built: Built,
  literals: readonly BenchLiteral[],
  real: Payloads,
  { kinds, candidates }: SearchOptions,
): Promise<{ rows: Measurement[]; preparations: Preparation[] }> {
  const hyperscan = 'program' in built ? await startHyperscan(built.program, folder, literals) : undefined;
  const fitting = candidates.filter(({ mostLiterals = Infinity }) => literals.length <= mostLiterals);
  const prepared = fitting.map((candidate) => prepare(candidate, literals));
  const entrants = prepared.map(({ entrant }) => entrant);
  const rows: Measurement[] = [];
  for (const kind of kinds) {
    progress(`${number(literals.length)} literals, ${kind}`);
    rows.push(...(await measureAll({ literals, entrants, hyperscan }, payloadsOf(kind, real, literals))));
  }
  progress('');
  hyperscan?.close();
  const reference = hyperscan && {
    search: HYPERSCAN,
    literals: literals.length,
    seconds: hyperscan.compileSeconds,
    memoryBytes: hyperscan.databaseBytes,
    info: hyperscan.info,
  };
  return { rows, preparations: [...(reference ? [reference] : []), ...prepared.map(({ preparation }) => preparation)] };
}

function prepare(
  candidate: Entrant['candidate'],
  literals: readonly BenchLiteral[],
): { entrant: Entrant; preparation: Preparation } {
  const [search, seconds] = timed(() => candidate.prepare(literals));
  const { memoryBytes } = search;
  const memory = memoryBytes === undefined ? {} : { memoryBytes };
  return {
    entrant: { candidate, search },
    preparation: { search: candidate.name, literals: literals.length, seconds, ...memory },
  };
}

function payloadsOf(kind: string, real: Payloads, literals: readonly BenchLiteral[]): Payloads {
  const near = NEAR_KINDS.find((name) => name === kind);
  if (near) return nearPayloads(near, literals, real, NEAR_BYTES);
  return kind === 'real' ? real : inChunks(real, Number(kind));
}

function present(
  rows: readonly Measurement[],
  preparations: readonly Preparation[],
  { source }: RealPayloads,
  { kinds, seed }: SearchOptions,
): number {
  for (const kind of kinds) say(`\n${searchTable(rows, kind)}`);
  const files = [keepFigures('search', { source, seed, rows, preparations })];
  for (const [name, chart] of searchCharts(rows)) files.push(keep(name, chart));
  say(`\nkept: ${files.join(', ')}`);
  const faults = rows.filter((row) => row.disagreement !== undefined);
  for (const { search, literals, payloads, disagreement } of faults)
    say(`${search} disagrees, ${number(literals)} literals, ${payloads}: ${disagreement ?? ''}`);
  return faults.length > 0 ? 1 : 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What is going on, where somebody is looking. */
function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
}

if (isStarted(import.meta.url)) {
  const options = searchOptions(process.argv.slice(2));
  if (options) process.exitCode = await searchBench(options);
  else {
    process.stderr.write(USAGE);
    process.exitCode = 2;
  }
}
