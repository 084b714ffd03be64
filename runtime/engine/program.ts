/** A ruleset as the compiled engine runs it, in a form that goes from one thread to another: code, and what follows from a match. */
import { DESCRIPTOR } from '../../compiler/backend/wasm/abi.js';
import { judgeBatch, judgePlaced, type Outcome } from '../../compiler/backend/wasm/batch.js';
import { type Code, type Instance, instantiate } from '../../compiler/backend/wasm/instance.js';
import { keyCounts } from '../../compiler/backend/wasm/walk/keys.js';
import { conditionsOf, type Linked } from '../../compiler/link/linked.js';
import { keyOf } from '../../compiler/logic/key.js';
import type { Policy } from '../../compiler/ruleset.js';
import { BATCH_BYTES, BATCH_PACKETS, batchIn, type PacketBatch, type Packets } from '../packet-batch.js';
import { keysOfRecord } from '../state/keys.js';
import type { Carried } from '../state/rates.js';
import type { Engine, Judgement } from './engine.js';
import { type Acting, type Judge, type Judged, judging, NOTHING } from './judge.js';
import { plainTraffic } from './warm-up.js';

/** All of it survives being sent to another thread. */
export interface Program extends Judged {
  readonly code: Code;
  /** Questions that the code answers: one a signature, and one more where a policy is in force. */
  readonly conditions: number;
}

/** What becomes of a packet that the engine could not judge: unseen it does not pass. */
export const FAILED: Judgement = { verdict: 'drop', matches: [], alerts: [] };

/**
 * Rounds of 240 packets. The first 256 packets of a cold engine take 12 ms with rules/, after these 1.5 ms: functions are compiled when
 * first called, and optimised when they have run for a while.
 */
const WARM_UP_ROUNDS = 100;

/** A linked ruleset, under its policy, with the code that was made of it. */
export function programOf(linked: Linked, policy: Pick<Policy, 'otherwise'> | undefined, code: Code): Program {
  return {
    code,
    conditions: conditionsOf(linked).length,
    signatures: actingOf(linked.signatures),
    ...(policy && { policy: { otherwise: policy.otherwise } }),
  };
}

/** Signatures that do the same share an object: most do, and to send an object twice costs nothing. */
function actingOf(signatures: readonly Acting[]): Acting[] {
  const known = new Map<string, Acting>();
  return signatures.map(({ verdict, log, count, limit, mark, delay }) => {
    const acting: Acting = {
      ...{ verdict, log },
      ...(count && { count }),
      ...(limit && { limit }),
      ...(mark && { mark }),
      ...(delay !== undefined && { delay }),
    };
    const key = keyOf(acting);
    const found = known.get(key) ?? acting;
    known.set(key, found);
    return found;
  });
}

/** A program at work: what of an engine does not depend on names. */
export interface ProgramEngine extends Pick<Engine, 'evaluate' | 'batch' | 'warmUp' | 'evictions' | 'failures'> {
  /** Takes over what another engine remembers of counts and limits that both have; the other one is not to be used any more. */
  carryOver(from: ProgramEngine, carried: Carried): void;
  /** Judges the engine's own batch: one judgement for each packet, and behind them what was there before. */
  judgeOwn(): readonly Judgement[];
  readonly judge: Judge;
}

/** Starts a program, in memory of its own. Throws where its code is of another one, or of another version of the engine. */
export function programEngine(program: Program): ProgramEngine {
  const { signatures } = program;
  const room = { packets: BATCH_PACKETS, bytes: BATCH_BYTES };
  const instance = instantiate(program.code, room, program.conditions, keyCounts(signatures));
  const own = batchOf(instance);
  const judge = judging(program);
  const judgements: Judgement[] = [];
  let failures = 0;
  /** What is judged at the moment, where it is not the batch of its own. */
  let list: Packets | undefined;
  let times: readonly bigint[] = [];
  const outcome: Outcome = {
    matched(index, holding, keys) {
      const time = list ? (times[index] ?? 0n) : own.time(index);
      judgements[index] = judge.judge(holding, keysOfRecord(signatures, instance.words, holding, keys), time);
    },
    failed(index) {
      judgements[index] = FAILED;
      failures++;
    },
  };
  const begin = (packets: Packets | undefined, length: number): void => {
    list = packets;
    // To set the length of an array costs more than to judge some packets.
    if (judgements.length < length) judgements.length = length;
    judgements.fill(NOTHING, 0, length);
  };
  const judgeOwn = (): readonly Judgement[] => {
    begin(undefined, own.length);
    judgePlaced(instance, 0, own.length, outcome);
    return judgements;
  };
  return {
    batch: own,
    judge,
    judgeOwn,
    evaluate(packets) {
      if (packets === own) return judgeOwn().slice(0, own.length);
      const copied = [...packets];
      times = copied.map(({ time }) => time);
      begin(packets, copied.length);
      judgeBatch(instance, copied, outcome);
      return judgements.slice(0, copied.length);
    },
    warmUp: () => rehearse(instance, program),
    carryOver: (from, carried) => judge.carryOver(from.judge, carried),
    evictions: () => judge.evictions(),
    failures: () => failures,
  };
}

function rehearse(instance: Instance, program: Program): void {
  const packets = plainTraffic();
  const rehearsal = judging(program);
  const outcome: Outcome = {
    matched: (index, holding, keys) =>
      void rehearsal.judge(holding, keysOfRecord(program.signatures, instance.words, holding, keys), BigInt(index)),
    failed: () => undefined,
  };
  for (let round = 0; round < WARM_UP_ROUNDS; round++) judgeBatch(instance, packets, outcome);
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
