/**
 * What building the decision tree takes, and what it spares. Seconds are of this machine and say only how it grows; the last column
 * is a ratio of two times in the same run.
 *
 *     node --expose-gc dist/bench/tree.js
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { loadRules } from '../cli/load.js';
import { packageRoot } from '../cli/paths.js';
import { interpreter } from '../compiler/backend/interpreter/interpreter.js';
import { walker } from '../compiler/backend/tree/evaluator.js';
import { link } from '../compiler/link/link.js';
import type { Ruleset } from '../compiler/ruleset.js';
import { buildTree } from '../compiler/tree/build.js';
import { sizeOf, type TreeSize } from '../compiler/tree/size.js';
import { openCapture } from '../runtime/capture/open.js';
import { number } from '../runtime/output/figures.js';
import type { Packet } from '../runtime/packet.js';
import { isStarted } from './alone.js';
import { lineChart } from './chart.js';
import { median, timed } from './measure.js';
import { keep, keepFigures } from './results.js';
import { signatures } from './signatures.js';
import { table } from './table.js';

const COUNTS = [100, 1000, 5000, 30_000] as const;
/** Evaluating is compared on so many packets at most; one by one, 30,000 signatures take a second for few. */
const WORK = 3_000_000;
const RUNS = 5;

interface Row {
  readonly name: string;
  readonly signatures: number;
  readonly checkSeconds: number;
  readonly buildSeconds: number;
  readonly heapBytes: number;
  readonly size: TreeSize;
  readonly speedup: number;
}

/** Measures, prints the table and keeps figures and charts. */
export async function treeBench(): Promise<void> {
  const packets = await shippedPackets();
  const folder = mkdtempSync(join(os.tmpdir(), 'sigward-bench-'));
  try {
    const rows = [measure('rules/', join(packageRoot, 'rules'), packets)];
    for (const count of COUNTS) {
      const path = join(folder, `${count}.sig`);
      writeFileSync(path, signatures(count));
      rows.push(measure('generated', path, packets));
    }
    const files = [keepFigures('tree', { rows }), ...keepCharts(rows)];
    process.stdout.write(`${treeTable(rows)}\n\nkept: ${files.join(', ')}\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The packets of the captures that ship. */
async function shippedPackets(): Promise<Packet[]> {
  const from = join(packageRoot, 'rules', 'captures');
  const all: Packet[] = [];
  for (const name of readdirSync(from)
    .sort()
    .filter((n) => n.endsWith('.pcap'))) {
    const capture = openCapture(join(from, name));
    for (let batch = await capture.receive(); batch; batch = await capture.receive())
      all.push(...Array.from(batch, (packet) => ({ ...packet, bytes: packet.bytes.slice() })));
    capture.close();
  }
  return all;
}

function measure(name: string, path: string, packets: readonly Packet[]): Row {
  const [loaded, checkSeconds] = timed(() => loadRules([path]));
  const { ruleset } = loaded;
  const before = heap();
  const builds = Array.from({ length: RUNS }, () => timed(() => buildTree(link(ruleset))));
  const [tree] = builds[0] ?? [buildTree(link(ruleset))];
  builds.length = 1;
  const heapBytes = heap() - before;
  const buildSeconds = median(Array.from({ length: RUNS }, () => timed(() => buildTree(link(ruleset)))[1]));
  const matching = walker(tree);
  const speedup = speedupOf(ruleset, matching, packets);
  return {
    name,
    signatures: ruleset.signatures.length,
    checkSeconds,
    buildSeconds,
    heapBytes,
    size: sizeOf(tree),
    speedup,
  };
}

/** How many times as long the interpreter takes as the tree, decoding left out; the median of runs that take turns. */
function speedupOf(ruleset: Ruleset, matching: ReturnType<typeof walker>, packets: readonly Packet[]): number {
  const reference = interpreter(ruleset);
  const step = Math.max(1, Math.ceil((packets.length * ruleset.signatures.length) / WORK));
  const some = packets.filter((_, i) => i % step === 0);
  const stacks = some.map((packet) => reference.decode(packet));
  const ratios = Array.from({ length: RUNS }, () => {
    const [, slow] = timed(() => stacks.map(reference.matching));
    const [, fast] = timed(() => stacks.map(matching));
    return slow / fast;
  });
  return median(ratios);
}

function heap(): number {
  // What weak references held goes with the second collection.
  for (let i = 0; i < 3; i++) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function treeTable(rows: readonly Row[]): string {
  const head = [
    'rules',
    'signatures',
    'check s',
    'build s',
    'tree MB',
    'nodes',
    'in the tree',
    'literals',
    'interpreter / tree',
  ];
  const lines = rows.map((r) => [
    r.name,
    number(r.signatures),
    r.checkSeconds.toFixed(2),
    r.buildSeconds.toFixed(2),
    (r.heapBytes / 1e6).toFixed(0),
    number(r.size.nodes),
    `${(r.size.standing / Math.max(1, r.signatures)).toFixed(2)} ×`,
    number(r.size.needles),
    `${r.speedup.toFixed(1)} ×`,
  ]);
  return table(head, lines);
}

/** How times and gain grow with generated signatures. */
function keepCharts(rows: readonly Row[]): string[] {
  const generated = rows.filter((row) => row.name === 'generated');
  const series = (name: string, value: (row: Row) => number) => ({
    name,
    points: generated.map((row) => [row.signatures, value(row)] as const),
  });
  const x = { label: 'signatures', scale: 'log' } as const;
  const seconds = lineChart({
    title: 'Compiling a ruleset',
    x,
    y: { label: 'seconds', scale: 'log' },
    series: [series('parse and check', (row) => row.checkSeconds), series('build the tree', (row) => row.buildSeconds)],
  });
  const gain = lineChart({
    title: 'Evaluating by the tree instead of one by one',
    x,
    y: { label: 'times as fast', scale: 'log', mark: 1 },
    series: [series('tree', (row) => row.speedup)],
  });
  return [keep('tree-seconds.svg', seconds), keep('tree-gain.svg', gain)];
}

if (isStarted(import.meta.url)) await treeBench();
