/** Batches of packets for an instance: received into its memory, or copied there. */
import type { RawPacket } from '../interpreter/stack.js';
import { DESCRIPTOR, KEY, RECORD_HEADER_BYTES } from './abi.js';
import type { Instance } from './instance.js';

/** What came of a batch; both are called with places in it, ascending. */
export interface Outcome {
  /** A packet matches the signatures at these indices, ascending; the values that they count by lie from word `keys` on. */
  matched(packet: number, signatures: readonly number[], keys: number): void;
  /** A packet could not be judged: the engine failed on it, or has no room for it. */
  failed(packet: number): void;
}

/** Judges packets in order, copying them. One on which the engine traps is told as failed, and the next one goes on. */
export function judgeBatch(instance: Instance, batch: readonly RawPacket[], outcome: Outcome): void {
  for (let from = 0; from < batch.length;) {
    const to = place(instance, batch, from);
    if (to === from) outcome.failed(from++);
    else {
      judgePlaced(instance, from, to, outcome);
      from = to;
    }
  }
}

/** Puts packets from one on into the memory; gives the first one for which there was no room. */
function place(instance: Instance, batch: readonly RawPacket[], from: number): number {
  const { memory, packets } = instance;
  let address = packets.address;
  let index = from;
  for (; index < batch.length && index - from < packets.most; index++) {
    const packet = batch[index];
    if (!packet || address + packet.bytes.length > packets.end) break;
    memory.set(packet.bytes, address);
    describe(instance, index - from, address, packet);
    address += packet.bytes.length;
  }
  return index;
}

/** Judges packets that lie in the memory with their descriptors, the first of which is the packet `from` of the batch. */
export function judgePlaced(instance: Instance, from: number, to: number, outcome: Outcome): void {
  for (let next = from; next < to;) {
    const begun = next;
    const judged = evaluate(instance, begun - from, to - from);
    // What was written before a trap holds; only the packet at hand is lost.
    readRecords(instance, begun, outcome);
    next = begun + (judged ?? instance.progress());
    if (judged === undefined) outcome.failed(next++);
  }
}

/** How many packets were judged; undefined where the engine failed on one. A stack that is used up is a RangeError. */
function evaluate(instance: Instance, from: number, to: number): number | undefined {
  try {
    return instance.evaluate(from, to);
  } catch (cause) {
    if (cause instanceof WebAssembly.RuntimeError || cause instanceof RangeError) return undefined;
    throw cause;
  }
}

/** Tells what matched; numbers in the records count from the first packet of the call. */
function readRecords({ words, records, written, keys }: Instance, from: number, outcome: Outcome): void {
  const end = (records + written()) >> 2;
  for (let at = records >> 2; at < end;) {
    const [packet, count] = [words[at] ?? 0, words[at + 1] ?? 0];
    const first = at + RECORD_HEADER_BYTES / 4;
    const signatures = [...words.subarray(first, first + count)];
    at = first + count;
    outcome.matched(from + packet, signatures, at);
    for (const signature of signatures) at += ((keys[signature] ?? 0) * KEY.size) / 4;
  }
}

/** Writes the descriptor of packet `index` of the batch, which lies at an address of the memory. */
function describe(
  { words, descriptors }: Instance,
  index: number,
  address: number,
  { bytes, wireLength, link }: RawPacket,
): void {
  const at = (descriptors + index * DESCRIPTOR.size) >> 2;
  words[at + DESCRIPTOR.address / 4] = address;
  words[at + DESCRIPTOR.captured / 4] = bytes.length;
  words[at + DESCRIPTOR.wire / 4] = wireLength;
  words[at + DESCRIPTOR.link / 4] = link;
}
