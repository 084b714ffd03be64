/** Small encoders of both formats, for tests: they also write what the product's writer never does. */
import type { Packet } from '../../../runtime/packet.js';

export type Variant = { readonly littleEndian: boolean; readonly nanoseconds: boolean };

export const PCAP_VARIANTS: readonly Variant[] = [true, false].flatMap((littleEndian) =>
  [true, false].map((nanoseconds) => ({ littleEndian, nanoseconds })),
);

/** Numbers of a width in bits, in a byte order. */
function pack(littleEndian: boolean, ...fields: readonly (readonly [bits: 16 | 32, value: number])[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [bits]) => sum + bits / 8, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [bits, value] of fields) {
    if (bits === 16) view.setUint16(at, value, littleEndian);
    else view.setUint32(at, value, littleEndian);
    at += bits / 8;
  }
  return bytes;
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

export function hex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.replace(/\s+/g, ''), 'hex'));
}

export function encodePcap(variant: Variant, link: number, packets: readonly Packet[]): Uint8Array {
  const { littleEndian, nanoseconds } = variant;
  const header = pack(
    littleEndian,
    [32, nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4],
    [16, 2],
    [16, 4],
    [32, 0],
    [32, 0],
    [32, 262144],
    [32, link],
  );
  const records = packets.map((p) => {
    const fraction = (p.time % 1_000_000_000n) / (nanoseconds ? 1n : 1000n);
    const fields = [Number(p.time / 1_000_000_000n), Number(fraction), p.bytes.length, p.wireLength];
    return concat(pack(littleEndian, ...fields.map((v) => [32, v] as const)), p.bytes);
  });
  return concat(header, ...records);
}

/** A block with its two lengths; the body is padded to a multiple of four. */
export function block(littleEndian: boolean, type: number, ...body: readonly Uint8Array[]): Uint8Array {
  const content = concat(...body);
  const padded = concat(content, new Uint8Array((4 - (content.length % 4)) % 4));
  const length = padded.length + 12;
  return concat(pack(littleEndian, [32, type], [32, length]), padded, pack(littleEndian, [32, length]));
}

export function section(littleEndian: boolean, major = 1): Uint8Array {
  const unknownLength = [32, 0xffffffff] as const;
  const fields = pack(littleEndian, [32, 0x1a2b3c4d], [16, major], [16, 0], unknownLength, unknownLength);
  return block(littleEndian, 0x0a0d0d0a, fields);
}

export function option(littleEndian: boolean, code: number, value: Uint8Array): Uint8Array {
  const padding = new Uint8Array((4 - (value.length % 4)) % 4);
  return concat(pack(littleEndian, [16, code], [16, value.length]), value, padding);
}

export interface InterfaceOptions {
  readonly snap?: number;
  readonly resolution?: number;
  readonly offset?: bigint;
}

export function idb(littleEndian: boolean, link: number, options: InterfaceOptions = {}): Uint8Array {
  const parts = [pack(littleEndian, [16, link], [16, 0], [32, options.snap ?? 0])];
  parts.push(option(littleEndian, 2, new TextEncoder().encode('eth0')));
  if (options.resolution !== undefined) parts.push(option(littleEndian, 9, Uint8Array.of(options.resolution)));
  if (options.offset !== undefined) {
    const value = new Uint8Array(8);
    new DataView(value.buffer).setBigInt64(0, options.offset, littleEndian);
    parts.push(option(littleEndian, 14, value));
  }
  return block(littleEndian, 1, ...parts, pack(littleEndian, [32, 0]));
}

export interface PacketFields {
  readonly iface?: number;
  readonly ticks?: bigint;
  readonly bytes: Uint8Array;
  readonly wire?: number;
}

function clocked(littleEndian: boolean, p: PacketFields): Uint8Array {
  const ticks = p.ticks ?? 0n;
  const fields = [Number(ticks >> 32n), Number(ticks & 0xffffffffn), p.bytes.length, p.wire ?? p.bytes.length];
  const padding = new Uint8Array((4 - (p.bytes.length % 4)) % 4);
  return concat(pack(littleEndian, ...fields.map((v) => [32, v] as const)), p.bytes, padding);
}

export function epb(littleEndian: boolean, p: PacketFields, ...options: readonly Uint8Array[]): Uint8Array {
  return block(littleEndian, 6, pack(littleEndian, [32, p.iface ?? 0]), clocked(littleEndian, p), ...options);
}

export function obsolete(littleEndian: boolean, p: PacketFields): Uint8Array {
  return block(littleEndian, 2, pack(littleEndian, [16, p.iface ?? 0], [16, 0xffff]), clocked(littleEndian, p));
}

export function spb(littleEndian: boolean, bytes: Uint8Array, wire = bytes.length): Uint8Array {
  return block(littleEndian, 3, pack(littleEndian, [32, wire]), bytes);
}
