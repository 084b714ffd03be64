/** Writing the classic capture format: little-endian, microseconds, as tcpdump does on most machines. */
import type { Packet } from '../packet.js';
import { MAX_PACKET_BYTES } from './format.js';
import { FILE_HEADER_BYTES, MICROSECOND_MAGIC, RECORD_HEADER_BYTES } from './pcap.js';

/** The file header for packets of a LINKTYPE number: 24 bytes, version 2.4. */
export function pcapHeader(link: number): Uint8Array {
  const bytes = new Uint8Array(FILE_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MICROSECOND_MAGIC, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, MAX_PACKET_BYTES, true);
  view.setUint32(20, link & 0xffff, true);
  return bytes;
}

/**
 * The record of a packet: 16 bytes and the packet. What the format cannot hold is cut: nanoseconds to microseconds, bytes
 * past the snap length of the header, times before 1970 to 1970.
 */
export function pcapRecord(packet: Packet): Uint8Array {
  const captured = Math.min(packet.bytes.length, MAX_PACKET_BYTES);
  const bytes = new Uint8Array(RECORD_HEADER_BYTES + captured);
  const view = new DataView(bytes.buffer);
  const microseconds = packet.time < 0n ? 0n : packet.time / 1000n;
  view.setUint32(0, Number(BigInt.asUintN(32, microseconds / 1_000_000n)), true);
  view.setUint32(4, Number(microseconds % 1_000_000n), true);
  view.setUint32(8, captured, true);
  view.setUint32(12, Math.max(packet.wireLength, captured), true);
  bytes.set(packet.bytes.subarray(0, captured), RECORD_HEADER_BYTES);
  return bytes;
}
