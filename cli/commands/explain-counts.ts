/** How far the counts of signatures have come at one packet of a capture: the engine only says whether they were reached. */
import type { Evaluator } from '../../compiler/backend/evaluator.js';
import { evaluateFormula } from '../../compiler/backend/interpreter/evaluate.js';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import type { Stack } from '../../compiler/backend/interpreter/stack.js';
import { evaluateValue } from '../../compiler/backend/interpreter/value.js';
import { link } from '../../compiler/link/link.js';
import type { Count, Ruleset } from '../../compiler/ruleset.js';
import type { Packet } from '../../runtime/packet.js';

/** By index of the signature: the how manieth packet it is within the time; nothing where the packet is not counted. */
export type Counted = ReadonlyMap<number, number | undefined>;

export interface Counter {
  /** Counts a packet, in the order of the capture, and says what it is in each count. */
  see(packet: Packet): Counted;
}

/** A counter of all signatures with `count`. Times that no longer count are forgotten. */
export function counter(ruleset: Ruleset): Counter {
  const { decode }: Evaluator = interpreter(ruleset);
  // Only packets that reach the signature are counted.
  const rows = link(ruleset).signatures.flatMap(({ when, count }, index) => {
    return count ? [{ index, when, count, times: new Map<string, bigint[]>() }] : [];
  });
  return {
    see(packet) {
      if (rows.length === 0) return NONE;
      const stack = decode(packet);
      const counted = rows.filter(({ when }) => evaluateFormula(when, stack));
      return new Map(counted.map(({ index, count, times }) => [index, enter(times, count, stack, packet.time)]));
    },
  };
}

const NONE: Counted = new Map();

function enter(
  times: Map<string, bigint[]>,
  { by, nanoseconds }: Count,
  stack: Stack,
  time: bigint,
): number | undefined {
  const values = by.map((value) => evaluateValue(value, stack));
  if (values.includes(undefined)) return undefined;
  const key = values.join();
  const known = times.get(key) ?? [];
  const newest = known.at(-1) ?? time;
  // As in the engine: a packet out of order counts with the one before it, and a clock that was set begins anew.
  const now = time < newest && time + nanoseconds >= newest ? newest : time;
  const kept = [...(time + nanoseconds < newest ? [] : known.filter((t) => t > now - nanoseconds)), now];
  times.delete(key);
  times.set(key, kept);
  forget(times, now - nanoseconds);
  return kept.length;
}

/** The keys that were counted least recently stand first: those that are over go. */
function forget(times: Map<string, bigint[]>, start: bigint): void {
  for (const [key, row] of times) {
    if ((row.at(-1) ?? start) > start) return;
    times.delete(key);
  }
}
