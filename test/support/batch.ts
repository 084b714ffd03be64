/** Packets as a driver hands them over. */
import { createBatch, type PacketBatch } from '../../runtime/packet-batch.js';
import type { Packet } from '../../runtime/packet.js';

/** A batch of these packets, which take a few KiB. */
export function batchFrom(packets: readonly Packet[]): PacketBatch {
  const batch = createBatch(1 << 16);
  let at = 0;
  for (const { bytes, wireLength, link, time } of packets) {
    batch.room.set(bytes, at);
    batch.add(at, bytes.length, wireLength, link, Number(time / 1_000_000_000n), Number(time % 1_000_000_000n));
    at += bytes.length;
  }
  return batch;
}
