/**
 * Packets of a queue, with real traffic through a router. Needs root, gcc and iptables; what no policy covers, ipset.
 *
 *     node dist/bench/inline.js [turns] [uncovered] [lossless] [collections]     all of them unless some are named
 *
 * turns        processor time a packet beside a program in C that only accepts, in turns; delays at half of what it carries
 * uncovered    what a packet costs that the policy does not cover and that enters no queue, beside forwarding without Sigward
 * lossless     the highest rate that the program in C carries without loss, and what Sigward loses at nine tenths of it
 * collections  garbage collections of the packet thread
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ruleset } from '../compiler/ruleset.js';
import { loadRules } from '../cli/load.js';
import { packageRoot } from '../cli/paths.js';
import type { Host } from '../lab/host.js';
import { createNetwork, type Network } from '../lab/network.js';
import { writeArtefact } from '../lab/packets/artefact.js';
import { isStarted } from './alone.js';
import { literalRules, rulesetOf } from './engine/rulesets.js';
import { headerRules } from './figure4/header-rules.js';
import { collectionsOf, traceTime, tracing } from './inline/collections.js';
import { artefactPath, type Contestant, nativeReader, packageReader, sigwardChild } from './inline/contestants.js';
import { compareLosses } from './inline/lossless.js';
import { buildNative } from './inline/native.js';
import { takeTurn, type Turn } from './inline/turn.js';
import { measureUncovered } from './inline/uncovered.js';
import { median } from './measure.js';
import { keepFigures } from './results.js';
import { table } from './table.js';
import { inTemporaryFolder } from './temporary.js';
import { say } from './terminal.js';
import { literalSet } from './workload/literals.js';
import { inChunks, realPayloads } from './workload/payloads.js';
import { ruleLiterals } from './workload/rule-literals.js';

const SIGNATURES = 200;
const PAYLOAD_BYTES = 1_400;
const ROUNDS = 5;
const TURN_SECONDS = 1;
/** Until JavaScript is optimised. */
const WARM_UP_SECONDS = 4;
/** Behind the program in C. */
const FIRST_QUEUE = 20;

/** What all parts measure with. */
interface Scene {
  readonly folder: string;
  readonly network: Network;
  readonly accept: string;
  readonly blast: string;
  /** Files of payloads, by what they are. */
  readonly workloads: Readonly<Record<'constant' | 'real', string>>;
  /** Files of compiled rulesets, by what they are. */
  readonly rulesets: Readonly<Record<string, string>>;
}

const PARTS: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  turns: compareTurns,
  uncovered: showUncovered,
  lossless: showLosses,
  collections: showCollections,
};

/** Measures, prints tables and keeps the figures. */
export function inlineBench(parts: readonly string[] = []): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const native = buildNative(folder);
    if ('missing' in native) return void say(`left out: ${native.missing}`);
    if (process.getuid?.() !== 0) return void say('left out: it makes network namespaces, for which it has to be root');
    const { ruleset: own } = loadRules([join(packageRoot, 'rules')]);
    const workloads = await writeWorkloads(folder, own);
    const rulesets = writeRulesets(folder, own);
    for (const [name, part] of Object.entries(PARTS)) {
      if (parts.length > 0 && !parts.includes(name)) continue;
      const network = createNetwork('swpk-bench');
      try {
        await part({ folder, network, ...native, workloads, rulesets });
      } finally {
        await network.close();
      }
    }
  });
}

async function writeWorkloads(folder: string, own: Ruleset): Promise<Scene['workloads']> {
  const real = inChunks(await realPayloads(own), PAYLOAD_BYTES);
  const constant = { bytes: Buffer.alloc(PAYLOAD_BYTES, 'x'), lengths: Uint32Array.of(PAYLOAD_BYTES) };
  const files = { constant: join(folder, 'constant.bin'), real: join(folder, 'real.bin') };
  writeFileSync(files.constant, payloadFile(constant));
  writeFileSync(files.real, payloadFile(real));
  return files;
}

function writeRulesets(folder: string, own: Ruleset): Scene['rulesets'] {
  const texts = {
    empty: '',
    'header signatures': headerRules(SIGNATURES),
    'payload signatures': literalRules(literalSet(SIGNATURES, ruleLiterals(own))),
  };
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      writeArtefact(artefactPath(folder, name), rulesetOf(text, folder)),
    ]),
  );
}

/** A packet child for each ruleset. */
async function sigwardChildren(
  host: Host,
  rulesets: Scene['rulesets'],
  env?: NodeJS.ProcessEnv,
): Promise<Contestant[]> {
  const children: Contestant[] = [];
  for (const [name, path] of Object.entries(rulesets))
    children.push(await sigwardChild(host, name, FIRST_QUEUE + 1 + children.length, path, env));
  return children;
}

async function compareTurns({ network, accept, blast, workloads, rulesets }: Scene): Promise<void> {
  const host = network.router;
  const first = await nativeReader(host, accept, FIRST_QUEUE);
  const others = await sigwardChildren(host, rulesets);
  const compared = 'header signatures';
  try {
    const artefact = rulesets[compared] ?? '';
    others.push(
      await packageReader(host, `package, one by one, ${compared}`, FIRST_QUEUE + 9, 'interpreter', artefact),
    );
  } catch (cause) {
    // It has said why: the package is not there where it could not be built.
    say(`left out: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  for (const [name, file] of Object.entries(workloads)) await compareAll(network, blast, first, others, name, file);
  for (const one of [first, ...others]) await one.stop();
}

async function showUncovered({ folder, blast, workloads }: Scene): Promise<void> {
  const { ways, queued } = await measureUncovered(folder, blast, workloads.constant);
  const rows = ways.map(({ name, nanoseconds, ratio, router, routerRatio }) => [
    ...[name, nanoseconds.toFixed(0), ratio.toFixed(2), router.toFixed(0), routerRatio.toFixed(2)],
  ]);
  say(`\nwhat the policy does not cover, constant payloads of ${PAYLOAD_BYTES} bytes: sent, forwarded and delivered\n`);
  say(table(['way', 'ns a packet', 'ratio', "of it the router's", 'ratio'], rows));
  say(`packets that entered the queue: ${queued}`);
  say(`kept: ${keepFigures('inline-uncovered', { ways, queued })}`);
}

async function showLosses({ network, accept, blast, workloads, rulesets }: Scene): Promise<void> {
  const first = await nativeReader(network.router, accept, FIRST_QUEUE);
  const all = [first, ...(await sigwardChildren(network.router, rulesets))] as const;
  const turn = (one: Contestant, seconds: number, rate: number): Promise<Turn> =>
    takeTurn(network, blast, one, { seconds, rate, payloads: workloads.constant });
  for (const one of all) await turn(one, WARM_UP_SECONDS, 0);
  const { highest, rate, losses } = await compareLosses(all, turn);
  for (const one of all) await one.stop();
  say(`\nC carries ${highest.toFixed(0)} packets of ${PAYLOAD_BYTES} bytes a second without loss; at ${rate}:\n`);
  const rows = losses.map(({ name, sent, lost }) => [name, String(sent), String(lost)]);
  say(table(['reader', 'sent', 'lost'], rows));
  say(`kept: ${keepFigures('inline-lossless', { highest, rate, losses })}`);
}

async function showCollections({ folder, network, blast, workloads, rulesets }: Scene): Promise<void> {
  const traces = join(folder, 'traces');
  mkdirSync(traces);
  const children = await sigwardChildren(network.router, rulesets, tracing(traces));
  const rows: string[][] = [];
  for (const one of children) {
    const turn = (seconds: number): Promise<Turn> =>
      takeTurn(network, blast, one, { seconds, rate: 0, payloads: workloads.real });
    await turn(WARM_UP_SECONDS);
    const begin = traceTime();
    const { judged } = await turn(WARM_UP_SECONDS);
    const end = traceTime();
    await one.stop();
    const times = collectionsOf(traces, one.pid, begin, end);
    const millions = judged / 1_000_000;
    rows.push([
      one.name,
      String(judged),
      String(times.length),
      (times.length / millions).toFixed(1),
      (times.reduce((sum, time) => sum + time, 0) / millions).toFixed(2),
      Math.max(0, ...times).toFixed(2),
    ]);
  }
  say(`\ngarbage collections of the packet thread, real payloads of ${PAYLOAD_BYTES} bytes\n`);
  const head = ['ruleset', 'packets', 'collections', 'a million packets', 'ms a million packets', 'longest ms'];
  say(table(head, rows));
  say(`kept: ${keepFigures('inline-collections', { head, rows })}`);
}

/** Each behind its length; what is too short for the time that is written into it is left out. */
function payloadFile({ bytes, lengths }: { readonly bytes: Uint8Array; readonly lengths: Uint32Array }): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const length of lengths) {
    if (length >= 8) parts.push(Uint8Array.of(length & 255, length >> 8), bytes.subarray(at, at + length));
    at += length;
  }
  return Buffer.concat(parts);
}

/** Everybody takes turns with the first one; ratios are to the turns of the first one around it. */
async function compareAll(
  network: Network,
  blast: string,
  first: Contestant,
  others: readonly Contestant[],
  workload: string,
  payloads: string,
): Promise<void> {
  const turn = (one: Contestant, seconds = TURN_SECONDS, rate = 0): Promise<Turn> =>
    takeTurn(network, blast, one, { seconds, rate, payloads });
  for (const one of [first, ...others]) await turn(one, WARM_UP_SECONDS);
  const taken = new Map<Contestant, Turn[]>([first, ...others].map((one) => [one, []]));
  const ratios = new Map<Contestant, number[]>(others.map((one) => [one, []]));
  let before = await turn(first);
  for (let round = 0; round < ROUNDS; round++) {
    for (const one of others) {
      const between = await turn(one);
      const after = await turn(first);
      taken.get(one)?.push(between);
      taken.get(first)?.push(after);
      ratios.get(one)?.push((2 * between.nanoseconds) / (before.nanoseconds + after.nanoseconds));
      before = after;
    }
  }
  const half = median((taken.get(first) ?? []).map(({ rate }) => rate)) / 2;
  const rows: string[][] = [];
  for (const [one, turns] of taken) {
    const { delays, sent, received } = await turn(one, TURN_SECONDS, half);
    const ratio = ratios.get(one);
    rows.push([
      one.name,
      median(turns.map(({ nanoseconds }) => nanoseconds)).toFixed(0),
      ratio ? median(ratio).toFixed(2) : '',
      ...delays.map((delay) => delay.toFixed(0)),
      `${sent - received} of ${sent}`,
    ]);
  }
  say(`\n${workload} payloads of ${PAYLOAD_BYTES} bytes; delays in microseconds at half of what C carries\n`);
  say(table(['reader', 'ns a packet', 'to C', 'p50', 'p99', 'p99.9', 'lost'], rows));
  say(`kept: ${keepFigures(`inline-${workload}`, { rows })}`);
}

if (isStarted(import.meta.url)) await inlineBench(process.argv.slice(2));
