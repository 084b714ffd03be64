/** What a packet thread leaves behind of the packets that it has settled: matches, alerts, answers to those that are rejected. */
import type { ProgramEngine } from '../engine/program.js';
import type { Packet } from '../packet.js';
import { createAnswers } from '../reject/answers.js';
import type { RawSockets } from '../reject/raw-socket.js';
import { isBlocking } from '../output/tally.js';
import { type AlertRecord, recordBytes, writeRecord } from './alert-record.js';
import { add, COUNT, type Counters } from './counters.js';
import type { Notable } from './deal.js';
import { ringWriter } from './ring.js';
import type { Handling } from './messages.js';

/** How answers are sent by open sockets. */
export type Senders = (sockets: RawSockets) => (answer: Uint8Array) => boolean;

/** By which ruleset packets were judged. */
export interface Judging {
  readonly generation: number;
  readonly engine: ProgramEngine;
  readonly matches: Counters;
}

export interface Chronicle {
  write(judging: Judging, notable: readonly Notable[]): void;
  /** From now on answers are sent by these; by none: rejected packets are not answered. */
  answerBy(sockets: RawSockets | undefined): void;
  /** Another engine judges from now on. */
  changed(engine: ProgramEngine): void;
  /** Brings counters up to date that are not kept packet by packet, every now and then or, with `last`, at once. */
  turn(now: number, engine: ProgramEngine | undefined, last: boolean): void;
}

/** Bytes of a packet that a record has where alerts do not carry packets: more than headers are deep. */
const HEADER_BYTES = 2_048;
const REFRESH_MILLISECONDS = 100;

/** Writes alerts to the ring. */
export function createChronicle(
  handling: Handling,
  counters: Counters,
  ring: SharedArrayBuffer,
  senders: Senders,
): Chronicle {
  const writer = ringWriter(ring);
  let send: ((answer: Uint8Array) => boolean) | undefined;
  const answers = createAnswers((answer) => send?.(answer) ?? false);
  /** Keys that engines of before had forgotten. */
  let forgotten = 0;
  let refreshed = 0;

  function alert(record: AlertRecord): void {
    const isWritten = writer.write(recordBytes(record), (bytes) => writeRecord(record, bytes));
    const lines = record.signatures.length;
    add(counters, isWritten ? COUNT.alerts : COUNT.alertsLost, lines);
  }

  function writeOne({ generation, engine, matches }: Judging, { place, judgement, verdict }: Notable): void {
    const blocked = isBlocking(verdict) ? 1 : 0;
    for (const signature of judgement.matches) {
      add(matches, 2 * signature, 1);
      add(matches, 2 * signature + 1, blocked);
    }
    const isAlert = handling.alerts && judgement.alerts.length > 0;
    const isAnswered = verdict === 'reject' && !handling.dryRun;
    if (!isAlert && !isAnswered) return;
    const packet = engine.batch.packet(place);
    if (isAnswered) answers.answer(packet);
    if (!isAlert) return;
    alert({ generation, verdict, signatures: judgement.alerts, packet: shown(packet, handling.alertPackets) });
  }

  return {
    write(judging, notable) {
      for (const one of notable) writeOne(judging, one);
    },
    answerBy(sockets) {
      if (sockets) send = senders(sockets);
    },
    changed(engine) {
      forgotten = (counters[COUNT.evictions] ?? 0) - engine.evictions();
    },
    turn(now, engine, last) {
      if (!last && now - refreshed < REFRESH_MILLISECONDS) return;
      refreshed = now;
      if (engine) counters[COUNT.evictions] = forgotten + engine.evictions();
      const { sent, suppressed, unanswerable, failed } = answers.counts;
      counters[COUNT.sent] = sent;
      counters[COUNT.suppressed] = suppressed;
      counters[COUNT.unanswerable] = unanswerable;
      counters[COUNT.failed] = failed;
    },
  };
}

function shown(packet: Packet, whole: boolean): Packet {
  return whole ? packet : { ...packet, bytes: packet.bytes.subarray(0, HEADER_BYTES) };
}
