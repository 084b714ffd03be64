/** Answers to the senders of rejected packets, as many as do no harm. */
import type { Verdict } from '../../compiler/ruleset.js';
import type { Packets } from '../packet-batch.js';
import type { Packet } from '../packet.js';
import { createRateTable } from '../state/rate-table.js';
import { answerTo } from './answer.js';
import { readDatagram } from './datagram.js';

/** Answers a second: a flood from forged addresses must not become one of answers to those who have them. */
const MOST = 100;
/** Those of them that one address gets. */
const MOST_PER_ADDRESS = 20;
const SECOND = 1_000_000_000n;
/** Addresses that are remembered. No more than `MOST` are answered a second, so none that counts is ever forgotten. */
const ADDRESSES = 1_024;

/** What became of rejected packets since the start. */
export interface AnswerCounts {
  /** Answers that the system took. */
  sent: number;
  /** Left unanswered because there were too many. */
  suppressed: number;
  /** Of a kind that must not be answered, or is malformed. */
  unanswerable: number;
  /** Answers that the system refused, or could not send at all. */
  failed: number;
}

export interface Answers {
  /** Answers a packet that was rejected. */
  answer(packet: Packet): void;
  /** Answers those of the packets whose verdict is reject. */
  give(packets: Packets, verdicts: readonly Verdict[]): void;
  readonly counts: Readonly<AnswerCounts>;
}

/** `send` hands an IP packet to the system and says whether it took it. */
export function createAnswers(send: (answer: Uint8Array) => boolean): Answers {
  const counts: AnswerCounts = { sent: 0, suppressed: 0, unanswerable: 0, failed: 0 };
  const all = createRateTable(MOST, SECOND, { keys: 1, times: MOST });
  const addresses = createRateTable(MOST_PER_ADDRESS, SECOND, { keys: ADDRESSES, times: ADDRESSES * MOST_PER_ADDRESS });
  const answer = ({ bytes, time }: Packet): keyof AnswerCounts => {
    const source = readDatagram(bytes)?.source;
    const packet = answerTo(bytes);
    if (!source || !packet) return 'unanswerable';
    const key = `k${Buffer.from(source).toString('hex')}`;
    if (all.isFull('k', time) || addresses.isFull(key, time)) return 'suppressed';
    all.enter('k', time);
    addresses.enter(key, time);
    return send(packet) ? 'sent' : 'failed';
  };
  return {
    counts,
    answer: (packet) => void counts[answer(packet)]++,
    give(packets, verdicts) {
      if (!verdicts.includes('reject')) return;
      let index = 0;
      for (const packet of packets) if (verdicts[index++] === 'reject') counts[answer(packet)]++;
    },
  };
}
