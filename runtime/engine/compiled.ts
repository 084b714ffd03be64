/** The compiled engine: batches of packets go through WebAssembly, and only those that match cost more. */
import { BATCH_ROOM, judgeBatch } from '../../compiler/backend/wasm/batch.js';
import { instantiate } from '../../compiler/backend/wasm/instance.js';
import { announcer, decode } from '../../compiler/backend/interpreter/decode.js';
import { LINK_SPACE } from '../../compiler/logic/layout.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { endpointsOf } from './endpoints.js';
import type { Engine, Judgement } from './engine.js';
import { judging } from './judge.js';

/** What becomes of a packet that the engine could not judge: unseen it does not pass. */
const FAILED: Judgement = { verdict: 'drop', matches: [], alerts: [] };
const NOTHING: Judgement = { verdict: 'accept', matches: [], alerts: [] };

/** Runs a module that `compileModule` made of the ruleset. Throws where the bytes are no such module. */
export function compiledEngine(ruleset: Ruleset, code: Uint8Array<ArrayBuffer>): Engine {
  const instance = instantiate(code, BATCH_ROOM, ruleset.signatures.length);
  const announce = announcer(ruleset.layouts);
  const judge = judging(ruleset);
  let failures = 0;
  return {
    evaluate(batch) {
      const judgements = batch.map(() => NOTHING);
      judgeBatch(instance, batch, {
        matched(index, holding) {
          const packet = batch[index];
          if (packet) judgements[index] = judge.judge(decode(packet, ruleset.layouts, announce), holding, packet.time);
        },
        failed(index) {
          judgements[index] = FAILED;
          failures++;
        },
      });
      return judgements;
    },
    knowsLink: (link) => announce(LINK_SPACE, BigInt(link)) !== undefined,
    endpoints: (packet) => endpointsOf(decode(packet, ruleset.layouts, announce), announce),
    evictions: () => judge.evictions(),
    failures: () => failures,
  };
}
