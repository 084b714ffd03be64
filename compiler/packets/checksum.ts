/** Checksums in packets that are built. */
import type { Field, Initial } from '../logic/layout.js';
import { crc32c } from './crc32c.js';
import { type PlacedHeader, writeField } from './plan.js';
import { readField } from '../backend/interpreter/value.js';

type Checksum = Extract<Initial, { kind: 'Checksum' }>;

/** Computes the checksums that the author did not give, innermost first, because an outer one may cover an inner one. */
export function fillChecksums(bytes: Uint8Array, headers: readonly PlacedHeader[]): void {
  for (const [i, header] of [...headers.entries()].reverse()) {
    const network = headers.slice(0, i).findLast((h) => h.layout.role === 'network');
    for (const field of header.layout.fields) {
      if (field.initial?.kind !== 'Checksum' || header.values.has(field.name)) continue;
      writeField(bytes, header.start, field, checksum(bytes, header, field.initial, network));
    }
  }
}

function checksum(
  bytes: Uint8Array,
  header: PlacedHeader,
  { function: name, over }: Checksum,
  network: PlacedHeader | undefined,
): bigint {
  const from = over.includes('header') ? header.start : header.payload;
  const to = over.includes('payload') ? bytes.length : header.payload;
  if (name === 'crc32c') return BigInt(swapped(crc32c(bytes.subarray(from, to))));
  let sum = over.includes('pseudo') && network ? pseudoSum(bytes, header, network) : 0;
  for (let at = from; at < to; at += 2) sum += (bytes[at] ?? 0) * 256 + (at + 1 < to ? (bytes[at + 1] ?? 0) : 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  const folded = 0xffff - sum;
  // RFC 768: a computed checksum of zero is sent as all ones, since zero says that there is none. The sum is the same.
  return BigInt(folded === 0 && over.includes('pseudo') ? 0xffff : folded);
}

/** RFC 9260 appendix A: the least significant byte is sent first. */
function swapped(crc: number): number {
  return ((crc & 0xff) * 0x100_0000 + (crc & 0xff00) * 0x100 + ((crc >>> 8) & 0xff00) + (crc >>> 24)) >>> 0;
}

/** Both pseudo headers sum to the same: addresses, protocol, length (RFC 9293 3.1, RFC 8200 8.1). */
function pseudoSum(bytes: Uint8Array, header: PlacedHeader, network: PlacedHeader): number {
  const { ends } = network.layout;
  const length = bytes.length - header.start;
  const words = [...(ends ? [ends.source, ends.destination] : [])].flatMap((place) => wordsOf(bytes, network, place));
  return (
    words.reduce((sum, word) => sum + word, 0) +
    Number(header.announcedAs) +
    (length & 0xffff) +
    Math.floor(length / 0x10000)
  );
}

function wordsOf(bytes: Uint8Array, network: PlacedHeader, place: { offset: number; width: number }): number[] {
  const count = place.width / 16;
  return Array.from({ length: count }, (_, i) => {
    const word: Field = { name: '', offset: place.offset + i * 16, width: 16, type: 'int', peek: false };
    return Number(readField(bytes, network.start, word));
  });
}
