/** What decoding knows of a packet. */
import type { Layout } from '../../logic/layout.js';

/** A packet as the interpreter takes it; `runtime/packet.ts` has the same and a time. */
export interface RawPacket {
  readonly link: number;
  readonly bytes: Uint8Array;
  readonly wireLength: number;
}

/** A header (or a list's entry) that is there: places are byte offsets in the packet. */
export interface Decoded {
  readonly layout: Layout;
  readonly start: number;
  /** Where what it carries begins; on the wire, so it may lie behind what was captured. */
  readonly payload: number;
  /** Nothing inside reaches further; on the wire. */
  readonly extent: number;
  /** By list: what was found in it. */
  readonly lists: readonly DecodedList[];
}

export interface DecodedList {
  readonly malformed: boolean;
  /** By case: where its first entry begins; nothing where there is none. */
  readonly entries: readonly (number | undefined)[];
}

/** What decoding knows of a packet. */
export interface Stack {
  readonly packet: RawPacket;
  /** By layout, then by slot. */
  readonly headers: readonly (readonly Decoded[])[];
  /** By layout. */
  readonly malformed: readonly boolean[];
  readonly transport: Decoded | undefined;
  readonly network: Decoded | undefined;
  /** By space: the last value given for what comes next, followed or not. */
  readonly last: ReadonlyMap<string, bigint>;
  readonly tooDeep: boolean;
}
