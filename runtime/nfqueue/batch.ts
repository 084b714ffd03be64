/** One batch between the slots and the caller: messages become packets, verdicts become messages. Makes no calls. */
import type { Mark, Verdict } from '../../compiler/ruleset.js';
import { type PacketBatch, type Time, timeOf } from '../packet-batch.js';
import { type QueuedPacket, readMessage, type VerdictMessage, writeVerdict } from './netlink.js';
import { LAYOUT, slotCut, slotLength, slotStart, type Slots } from './slots.js';
import type { Fate } from './verdicts.js';

/** LINKTYPE_RAW: a packet begins with its IPv4 or IPv6 header. */
export const LINK_RAW = 101;

/** A packet that waits for its verdict. One that is not `readable` was not handed over. */
export interface Waiting {
  readonly id: number;
  readonly readable: boolean;
  readonly mark: number;
}

/**
 * Reads the first `count` slots, which lie at the beginning of the batch's room, into the batch; `now` is the time of packets that
 * carry none. Gives every packet that waits, in order of arrival; messages that are no packets are left out. A packet whose
 * message was cut, or that has no payload, is not readable: it cannot be judged, so it must not pass.
 */
export function readBatch(slots: Slots, count: number, now: bigint, batch: PacketBatch): readonly Waiting[] {
  const waiting = [];
  const clock = timeOf(now);
  batch.clear();
  for (let i = 0; i < count; i++) {
    const start = slotStart(i);
    const message = readMessage(slots.view, start, start + slotLength(slots, i));
    if (message.kind !== 'packet') continue;
    const readable = message.end > message.start && !slotCut(slots, i);
    waiting.push({ id: message.id, readable, mark: message.mark });
    if (readable) add(batch, message, clock);
  }
  return waiting;
}

function add(batch: PacketBatch, { start, end, fullLength, time }: QueuedPacket, now: Time): void {
  const captured = end - start;
  const { seconds, nanoseconds } = time === undefined ? now : timeOf(time);
  batch.add(start, captured, Math.max(fullLength ?? captured, captured), LINK_RAW, seconds, nanoseconds);
}

/** For each packet that waits, whether it goes on, and with which mark. Without a verdict it does not. */
export function fatesOf(
  waiting: readonly Waiting[],
  verdicts: readonly Verdict[],
  marks: readonly (Mark | undefined)[],
): Fate[] {
  let next = 0;
  return waiting.map(({ readable, mark: old }) => {
    if (!readable) return { accept: false };
    const [verdict, change] = [verdicts[next], marks[next++]];
    if (!passes(verdict)) return { accept: false };
    const mark = change && newMark(old, change);
    return mark === undefined || mark === old ? { accept: true } : { accept: true, mark };
  });
}

/** Only the bits of the mask change: the others belong to somebody else. */
export function newMark(old: number, { value, mask }: Mark): number {
  return ((old & ~mask) | (value & mask)) >>> 0;
}

/** `reject` is a drop as far as the queue is concerned; the answer to the sender is not the queue's to give. */
export function passes(verdict: Verdict | undefined): boolean {
  return verdict === 'pass' || verdict === 'accept';
}

/** Writes the verdicts of a batch into the outgoing part, one message behind the other: how many bytes. */
export function writeRuns(slots: Slots, queue: number, runs: readonly VerdictMessage[]): number {
  return runs.reduce((at, run) => at + writeVerdict(slots.control.view, LAYOUT.outgoing + at, queue, run), 0);
}
