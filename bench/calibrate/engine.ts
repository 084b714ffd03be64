/** Compiled rulesets at work on packets that lie in their memory: nothing else is measured. */
import { compileModule } from '../../compiler/backend/wasm/compile.js';
import { instantiate } from '../../compiler/backend/wasm/instance.js';
import { link } from '../../compiler/link/link.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { batchOf } from '../../runtime/engine/program.js';
import { rulesetOf } from '../engine/rulesets.js';
import { alone, compare, type Contestant, type Effort } from '../measure.js';
import { ETHERNET } from './packets.js';

/** A ruleset and what it is run on. */
export interface Case {
  /** Conditions, each a signature. */
  readonly when: readonly string[];
  readonly packets: readonly Uint8Array[];
}

const PICOSECONDS = 1e12;

/** On a machine that others use, too; a turn is long beside the clock's microsecond. */
const EFFORT: Effort = { rounds: 25, turnSeconds: 0.02, warmUpSeconds: 0.2 };

/** Picoseconds a packet of a case. */
export async function whole(one: Case, folder: string): Promise<number> {
  return (PICOSECONDS * (await alone(engineFor(one, folder), EFFORT))) / one.packets.length;
}

/** Picoseconds a packet that the second case takes more than the first; they take turns, and the median counts. */
export async function difference(first: Case, second: Case, folder: string): Promise<number> {
  const { seconds, ratio } = await compare(engineFor(first, folder), engineFor(second, folder), EFFORT);
  return (PICOSECONDS * seconds[0] * (ratio - 1)) / first.packets.length;
}

function engineFor({ when, packets }: Case, folder: string): Contestant {
  const text = when.map((condition, i) => `signature s${i} { id ${i + 1} when ${condition} then log }\n`).join('');
  return runningOn(rulesetOf(text, folder), packets);
}

function runningOn(ruleset: Ruleset, packets: readonly Uint8Array[]): Contestant {
  const { signatures } = ruleset;
  const room = { packets: packets.length, bytes: packets.reduce((sum, { length }) => sum + length, 0) };
  const instance = instantiate(compileModule(link(ruleset)), room, signatures.length);
  const batch = batchOf(instance);
  let at = 0;
  for (const bytes of packets) {
    batch.room.set(bytes, at);
    batch.add(at, bytes.length, bytes.length, ETHERNET, 0, 0);
    at += bytes.length;
  }
  return {
    pass: (times) =>
      processorSeconds(() => {
        for (let i = 0; i < times; i++) {
          // A call ends early where the records are full.
          for (let next = 0; next < packets.length;) next += instance.evaluate(next, packets.length);
        }
      }),
  };
}

/** Time of the processor and not of the clock: what else the machine does is not the engine's cost. */
export function processorSeconds(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
