/** One batch between the slots and the caller: messages become packets, verdicts become messages. Makes no calls. */
import type { Mark, Verdict } from '../../compiler/ruleset.js';
import type { Packet } from '../packet.js';
import { type QueuedPacket, readMessage, type VerdictMessage, writeVerdict } from './netlink.js';
import { LAYOUT, slotCut, slotLength, slotStart, type Slots } from './slots.js';
import type { Fate } from './verdicts.js';

/** LINKTYPE_RAW: a packet begins with its IPv4 or IPv6 header. */
export const LINK_RAW = 101;

/** What was received and waits for verdicts. */
export interface Batch {
  /** Packets that can be judged. */
  readonly packets: readonly Packet[];
  /** Every packet that waits, in order of arrival; one that is not `readable` is not among `packets`. */
  readonly waiting: readonly Waiting[];
}

interface Waiting {
  readonly id: number;
  readonly readable: boolean;
  readonly mark: number;
}

export const EMPTY: Batch = { packets: [], waiting: [] };

/**
 * Reads the first `count` slots; `now` is the time of packets that carry none. Messages that are no packets are left out.
 * A packet whose message was cut, or that has no payload, is not readable: it cannot be judged, so it must not pass.
 */
export function readBatch(slots: Slots, count: number, now: bigint): Batch {
  const packets: Packet[] = [];
  const waiting = [];
  for (let i = 0; i < count; i++) {
    const start = slotStart(i);
    const message = readMessage(slots.view, start, start + slotLength(slots, i));
    if (message.kind !== 'packet') continue;
    const readable = message.end > message.start && !slotCut(slots, i);
    waiting.push({ id: message.id, readable, mark: message.mark });
    if (readable) packets.push(packetOf(slots.bytes, message, now));
  }
  return { packets, waiting };
}

function packetOf(bytes: Uint8Array, message: QueuedPacket, now: bigint): Packet {
  const { start, end, fullLength, time } = message;
  const captured = end - start;
  return {
    link: LINK_RAW,
    bytes: bytes.subarray(start, end),
    wireLength: Math.max(fullLength ?? captured, captured),
    time: time ?? now,
  };
}

/** For each packet that waits, whether it goes on, and with which mark. Without a verdict it does not. */
export function fatesOf(batch: Batch, verdicts: readonly Verdict[], marks: readonly (Mark | undefined)[]): Fate[] {
  let next = 0;
  return batch.waiting.map(({ readable, mark: old }) => {
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
  return runs.reduce((at, run) => at + writeVerdict(slots.view, LAYOUT.outgoing + at, queue, run), 0);
}
