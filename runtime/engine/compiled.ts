/** The compiled engine: batches of packets go through WebAssembly, and only those that match cost more. */
import { DESCRIPTOR } from '../../compiler/backend/wasm/abi.js';
import { judgeBatch, judgePlaced, type Outcome } from '../../compiler/backend/wasm/batch.js';
import { type Instance, instantiate } from '../../compiler/backend/wasm/instance.js';
import { announcer, decode } from '../../compiler/backend/interpreter/decode.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { BATCH_BYTES, BATCH_PACKETS, batchIn, type PacketBatch } from '../packet-batch.js';
import { endpointsOf } from './endpoints.js';
import type { Engine, Judgement } from './engine.js';
import { keyCounts } from '../../compiler/backend/wasm/walk/keys.js';
import { keysOfRecord } from '../state/keys.js';
import { judging, NOTHING } from './judge.js';
import { linkCheck } from './links.js';
import { plainTraffic } from './warm-up.js';

/** What becomes of a packet that the engine could not judge: unseen it does not pass. */
const FAILED: Judgement = { verdict: 'drop', matches: [], alerts: [] };

/**
 * Rounds of 240 packets. The first 256 packets of a cold engine take 12 ms with rules/, after these 1.5 ms: functions are compiled when
 * first called, and optimised when they have run for a while.
 */
const WARM_UP_ROUNDS = 100;

/** Runs a module that `compileModule` made of the ruleset. Throws where the bytes are no such module. */
export function compiledEngine(ruleset: Ruleset, code: Uint8Array<ArrayBuffer>): Engine {
  const { layouts, signatures } = ruleset;
  const instance = instantiate(
    code,
    { packets: BATCH_PACKETS, bytes: BATCH_BYTES },
    signatures.length,
    keyCounts(signatures),
  );
  const own = batchOf(instance);
  const announce = announcer(layouts);
  const judge = judging(ruleset);
  const judgements: Judgement[] = [];
  let failures = 0;
  return {
    batch: own,
    evaluate(packets) {
      judgements.length = packets.length;
      judgements.fill(NOTHING);
      const list = packets === own ? undefined : [...packets];
      const outcome: Outcome = {
        matched(index, holding, keys) {
          const time = list ? (list[index]?.time ?? 0n) : own.time(index);
          judgements[index] = judge.judge(holding, keysOfRecord(signatures, instance.words, holding, keys), time);
        },
        failed(index) {
          judgements[index] = FAILED;
          failures++;
        },
      };
      if (list) judgeBatch(instance, list, outcome);
      else judgePlaced(instance, 0, own.length, outcome);
      return judgements;
    },
    warmUp() {
      const packets = plainTraffic();
      const rehearsal = judging(ruleset);
      const outcome: Outcome = {
        matched: (index, holding, keys) =>
          void rehearsal.judge(holding, keysOfRecord(signatures, instance.words, holding, keys), BigInt(index)),
        failed: () => undefined,
      };
      for (let round = 0; round < WARM_UP_ROUNDS; round++) judgeBatch(instance, packets, outcome);
    },
    knowsLink: linkCheck(announce),
    endpoints: (packet) => endpointsOf(decode(packet, layouts, announce), announce),
    evictions: () => judge.evictions(),
    failures: () => failures,
  };
}

/** The batch that lies in an instance's memory. */
export function batchOf({ memory, descriptors, packets }: Instance): PacketBatch {
  const words = (packets.most * DESCRIPTOR.size) / 4;
  return batchIn({
    memory,
    descriptors: new Int32Array(memory.buffer, descriptors, words),
    room: memory.subarray(packets.address, packets.end),
  });
}
