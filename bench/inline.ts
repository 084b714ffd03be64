/**
 * Packets of a queue, with real traffic through a router: processor time a packet beside a program in C that only accepts, in turns.
 * Needs root, gcc and iptables.
 *
 *     node dist/bench/inline.js
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRules } from '../cli/load.js';
import { packageRoot } from '../cli/paths.js';
import { createNetwork, type Network } from '../lab/network.js';
import { writeArtefact } from '../lab/packets/artefact.js';
import { isStarted } from './alone.js';
import { literalRules, rulesetOf } from './engine/rulesets.js';
import { headerRules } from './figure4/header-rules.js';
import { artefactPath, type Contestant, nativeReader, packageReader, sigwardChild } from './inline/contestants.js';
import { buildNative } from './inline/native.js';
import { takeTurn, type Turn } from './inline/turn.js';
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

/** Measures, prints the table and keeps the figures. */
export function inlineBench(): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const native = buildNative(folder);
    if ('missing' in native) return void say(`left out: ${native.missing}`);
    if (process.getuid?.() !== 0) return void say('left out: it makes network namespaces, for which it has to be root');
    const network = createNetwork('swpk-bench');
    try {
      await measureIn(folder, network, native);
    } finally {
      await network.close();
    }
  });
}

async function measureIn(
  folder: string,
  network: Network,
  { accept, blast }: { readonly accept: string; readonly blast: string },
): Promise<void> {
  const { ruleset: own } = loadRules([join(packageRoot, 'rules')]);
  const texts = {
    empty: '',
    'header signatures': headerRules(SIGNATURES),
    'payload signatures': literalRules(literalSet(SIGNATURES, ruleLiterals(own))),
  };
  const host = network.router;
  const first = await nativeReader(host, accept, 20);
  const others: Contestant[] = [];
  for (const [name, text] of Object.entries(texts)) {
    const path = writeArtefact(artefactPath(folder, name), rulesetOf(text, folder));
    others.push(await sigwardChild(host, name, 21 + others.length, path));
    if (name === 'header signatures')
      others.push(await packageReader(host, `package, one by one, ${name}`, 21 + others.length, 'interpreter', path));
  }
  const real = inChunks(await realPayloads(own), PAYLOAD_BYTES);
  const constant = { bytes: Buffer.alloc(PAYLOAD_BYTES, 'x'), lengths: Uint32Array.of(PAYLOAD_BYTES) };
  for (const [name, payloads] of Object.entries({ constant, real })) {
    const file = join(folder, `${name}.bin`);
    writeFileSync(file, payloadFile(payloads));
    await compareAll(network, blast, first, others, name, file);
  }
  for (const one of [first, ...others]) await one.stop();
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

if (isStarted(import.meta.url)) await inlineBench();
