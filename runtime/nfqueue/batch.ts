/** One batch from the slots to whoever judges it: messages become packets. Makes no calls. */
import type { PacketBatch, Time } from '../packet-batch.js';
import type { Verdict } from '../../compiler/ruleset.js';
import { FATE, type Hand, UNREADABLE } from './hand.js';
import { createMessage, readMessage } from './netlink.js';
import { slotCut, slotLength, slotStart, type Slots } from './slots.js';

/** LINKTYPE_RAW: a packet begins with its IPv4 or IPv6 header. */
export const LINK_RAW = 101;

const message = createMessage();

/**
 * Reads the first `count` slots, which lie at the beginning of the batch's room, into the batch; `now` is the time of
 * packets that carry none. Every packet that waits is put into the hand, in order of arrival; messages that are no
 * packets are left out. A packet whose message was cut, or that has no payload, is not readable: it cannot be judged.
 */
export function readBatch(slots: Slots, count: number, now: Time, batch: PacketBatch, hand: Hand): void {
  let length = 0;
  let bytes = 0;
  batch.clear();
  for (let i = 0; i < count; i++) {
    const start = slotStart(i);
    if (readMessage(slots.view, start, start + slotLength(slots, i), message) !== 'packet') continue;
    const captured = message.end - message.start;
    const isReadable = captured > 0 && !slotCut(slots, i);
    hand.ids[length] = message.id;
    hand.marks[length] = message.mark;
    hand.fates[length] = FATE.drop;
    hand.places[length++] = isReadable ? batch.length : UNREADABLE;
    if (!isReadable) continue;
    bytes += captured;
    const time = message.seconds >= 0 ? message : now;
    batch.add(message.start, captured, message.fullLength, LINK_RAW, time.seconds, time.nanoseconds);
  }
  hand.length = length;
  hand.bytes = bytes;
}

/** `reject` is a drop as far as the queue is concerned; the answer to the sender is not the queue's to give. */
export function passes(verdict: Verdict | undefined): boolean {
  return verdict === 'pass' || verdict === 'accept';
}
