/** Writing pcapng: packets of several link types in one file, each with a comment. Little-endian, microseconds. */
import type { Packet } from '../packet.js';
import { MAX_PACKET_BYTES } from './format.js';

const SECTION = 0x0a0d_0d0a;
const INTERFACE = 1;
const PACKET = 6;
const BYTE_ORDER = 0x1a2b_3c4d;

/** The block that a file begins with: version 1.0, of a length that nobody says. */
export function pcapngHeader(): Uint8Array {
  const body = new Uint8Array(16);
  const view = new DataView(body.buffer);
  view.setUint32(0, BYTE_ORDER, true);
  view.setUint16(4, 1, true);
  view.setBigInt64(8, -1n, true);
  return block(SECTION, body);
}

/** The block that says how packets of an interface begin; interfaces are numbered in order from 0. */
export function pcapngInterface(link: number): Uint8Array {
  const body = new Uint8Array(8);
  const view = new DataView(body.buffer);
  view.setUint16(0, link & 0xffff, true);
  view.setUint32(4, MAX_PACKET_BYTES, true);
  return block(INTERFACE, body);
}

/** A comment has at most so many bytes: its length is said in 16 bits. */
const MOST_COMMENT = 65_000;

/** The block of a packet. What the format cannot hold is cut, as in `pcapRecord`. */
export function pcapngPacket(packet: Packet, index: number, comment: string): Uint8Array {
  const bytes = packet.bytes.subarray(0, MAX_PACKET_BYTES);
  const text = new TextEncoder().encode(comment).subarray(0, MOST_COMMENT);
  const data = 20 + padded(bytes.length);
  const body = new Uint8Array(data + 4 + padded(text.length) + 4);
  const view = new DataView(body.buffer);
  const microseconds = packet.time < 0n ? 0n : packet.time / 1000n;
  view.setUint32(0, index, true);
  view.setUint32(4, Number(BigInt.asUintN(32, microseconds >> 32n)), true);
  view.setUint32(8, Number(BigInt.asUintN(32, microseconds)), true);
  view.setUint32(12, bytes.length, true);
  view.setUint32(16, Math.max(packet.wireLength, bytes.length), true);
  body.set(bytes, 20);
  // Option 1 is a comment; option 0, of no length, ends them.
  view.setUint16(data, 1, true);
  view.setUint16(data + 2, text.length, true);
  body.set(text, data + 4);
  return block(PACKET, body);
}

function padded(length: number): number {
  return (length + 3) & ~3;
}

/** A block's length stands before and behind what it holds. */
function block(type: number, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(body.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, bytes.length, true);
  bytes.set(body, 8);
  view.setUint32(bytes.length - 4, bytes.length, true);
  return bytes;
}
