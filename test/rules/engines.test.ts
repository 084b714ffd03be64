/** Every way of running the rules that ship finds the same, in real traffic and in what is left of it when bytes are changed. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadRules } from '../../cli/load.js';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import { treeEvaluator } from '../../compiler/backend/tree/evaluator.js';
import { wasmEvaluator } from '../../compiler/backend/wasm/evaluator.js';
import type { Packet } from '../../runtime/packet.js';
import { needs } from '../support/skip.js';
import { packetsOf } from './replay.js';

const MIXED = '../shared/captures/mixed.pcap';
const { ruleset } = loadRules(['rules']);
const [reference, tree, engine] = [interpreter(ruleset), treeEvaluator(ruleset), wasmEvaluator(ruleset)];

/** The numbers of packets that are judged differently; every `step`th is given to the interpreter, too. */
function differences(packets: readonly Packet[], step: number): number[] {
  return packets.flatMap((packet, i) => {
    const stack = tree.decode(packet);
    const found = engine.matching(stack).join();
    const isSame =
      tree.matching(stack).join() === found && (i % step > 0 || reference.matching(stack).join() === found);
    return isSame ? [] : [i];
  });
}

/** The same packets with a few bytes changed, or cut; the same ones in each run. */
function mutated(packets: readonly Packet[]): Packet[] {
  let state = 20_261_126;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return packets.map((packet) => {
    const bytes = packet.bytes.slice(0, next(4) === 0 ? next(packet.bytes.length + 1) : undefined);
    // Headers are where it hurts.
    for (let left = 1 + next(4); left > 0 && bytes.length > 0; left--)
      bytes[next(Math.min(bytes.length, 80))] = next(256);
    return { ...packet, bytes, wireLength: Math.max(bytes.length, next(3) === 0 ? bytes.length : packet.wireLength) };
  });
}

test('in the captures that ship, as they are and with bytes changed', async () => {
  const folder = join('rules', 'captures');
  const names = readdirSync(folder).filter((name) => name.endsWith('.pcap'));
  const packets = (await Promise.all(names.sort().map((name) => packetsOf(join(folder, name))))).flat();
  expect(differences(packets, 1)).toEqual([]);
  expect(differences(mutated(packets), 1)).toEqual([]);
});

const why = needs(MIXED);
describe.skipIf(why !== undefined)('in real traffic of several hundred protocols', () => {
  test('as it is, and with bytes changed', async () => {
    const packets = await packetsOf(MIXED);
    expect(differences(packets, 20)).toEqual([]);
    expect(differences(mutated(packets.filter((_, i) => i % 3 === 0)), 20)).toEqual([]);
  });
});
