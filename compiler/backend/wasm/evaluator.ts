/** The compiled engine in the shape of every evaluator, packet by packet: for tests, and wherever a batch is not worth while. */
import { link, type Unlinked } from '../../link/link.js';
import { conditionsOf } from '../../link/linked.js';
import type { Evaluator } from '../evaluator.js';
import { announcer, decode } from '../interpreter/decode.js';
import type { RawPacket } from '../interpreter/stack.js';
import { judgeBatch } from './batch.js';
import { compileModule, LONGEST_PACKET } from './compile.js';
import { type Instance, instantiate, type Room } from './instance.js';
import { keyCounts } from './walk/keys.js';

/** Room for one packet at a time. */
export const ONE_PACKET: Room = { packets: 1, bytes: LONGEST_PACKET };

/** Compiles a ruleset and starts it. */
export function wasmEvaluator(ruleset: Unlinked): Evaluator {
  const announce = announcer(ruleset.layouts);
  const linked = link(ruleset);
  const code = compileModule(linked);
  const instance = instantiate(code, ONE_PACKET, conditionsOf(linked).length, keyCounts(linked.signatures));
  return {
    decode: (packet) => decode(packet, ruleset.layouts, announce),
    matching: ({ packet }) => matchesOf(instance, packet),
  };
}

/** The signatures that one packet matches, ascending. */
export function matchesOf(instance: Instance, packet: RawPacket): readonly number[] {
  let matches: readonly number[] = [];
  judgeBatch(instance, [packet], {
    matched: (_, signatures) => (matches = signatures),
    failed: () => {
      throw new Error('the compiled engine failed on a packet');
    },
  });
  return matches;
}
