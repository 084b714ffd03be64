/** Headers on their way to bytes. */
import type { Layout } from '../logic/layout.js';

/** One header of a packet to be built. */
export interface HeaderPlan {
  readonly layout: Layout;
  /** Fields that the author gives, by name; the bits of an address without its family. */
  readonly values: ReadonlyMap<string, bigint>;
  /** The bytes of its list (its options), if given. */
  readonly list: Uint8Array | undefined;
  /** Bytes of the whole header, where it is to have more room than what stands in it takes; zeros fill it. */
  readonly size?: number;
}

/** A header in its place: byte offsets in the packet. */
export interface PlacedHeader extends HeaderPlan {
  readonly start: number;
  readonly payload: number;
  /** Under which value it is announced, for the pseudo header. */
  readonly announcedAs: bigint;
}

/** Writes an unsigned integer into a field's bits, leaving its neighbours as they are. */
export function writeField(
  bytes: Uint8Array,
  start: number,
  field: { offset: number; width: number },
  value: bigint,
): void {
  for (let bit = 0; bit < field.width; bit++) {
    const at = field.offset + bit;
    const mask = 0x80 >> (at & 7);
    const index = start + (at >> 3);
    const set = (value >> BigInt(field.width - 1 - bit)) & 1n;
    bytes[index] = set ? (bytes[index] ?? 0) | mask : (bytes[index] ?? 0) & ~mask;
  }
}
