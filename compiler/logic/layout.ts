/** Protocol layouts after checking: what a decoder needs, and what a packet builder needs. The compiler knows no protocol by name. */
import type { CompareOperator } from '../../grammar/ast.js';
import type { Formula } from './formula.js';
import type { FieldPlace, Value } from './value.js';

/** What a field holds in a packet that a test builds and does not say. */
export type Initial =
  | { readonly kind: 'Auto' }
  | { readonly kind: 'Value'; readonly value: bigint }
  | { readonly kind: 'Checksum'; readonly function: ChecksumFunction; readonly over: readonly ChecksumPart[] };

/** `inet` is the Internet checksum (RFC 1071), `crc32c` that of SCTP (RFC 9260 appendix A), in the order in which it is sent. */
export type ChecksumFunction = (typeof CHECKSUM_FUNCTIONS)[number];
export const CHECKSUM_FUNCTIONS = ['inet', 'crc32c'] as const;

/** `pseudo`: the ends of the network header around it, the protocol and the length (RFC 9293 3.1, RFC 8200 8.1). */
export type ChecksumPart = (typeof CHECKSUM_PARTS)[number];
export const CHECKSUM_PARTS = ['pseudo', 'header', 'payload'] as const;

export interface Field extends FieldPlace {
  /** Read, but not part of the header: what comes next begins where this one does. */
  readonly peek: boolean;
  readonly flags?: ReadonlyMap<string, bigint>;
  readonly initial?: Initial;
  readonly constraint?: Constraint;
}

/** Where it fails, the header (or the list whose entry it is in) is malformed. */
export interface Constraint {
  readonly operator: CompareOperator;
  readonly value: bigint;
}

/** One kind of list entry (a TCP option), told apart by the selector's value. */
export interface ListCase {
  /** Absent for `else`. */
  readonly value?: bigint;
  readonly name?: string;
  readonly action: 'stop' | 'skip' | 'entry';
  /** Fields from the beginning of the entry, the selector first. */
  readonly fields: readonly Field[];
  /** Bytes that its fields take, the selector included. */
  readonly minimum: number;
  /** Bytes of the whole entry. */
  readonly size: Value;
}

/** A list of entries between the fixed fields and `until`. */
export interface ListLayout {
  readonly name: string;
  /** Bytes from the beginning of the header. */
  readonly start: number;
  readonly until: Value;
  readonly selector: Field;
  readonly cases: readonly ListCase[];
}

/** The two fields that name a packet's ends: `either port = src_port | dst_port`. */
export interface Ends {
  readonly name: string;
  readonly source: FieldPlace;
  readonly destination: FieldPlace;
}

export interface Layout {
  readonly name: string;
  /** Its place in `ruleset.layouts`. */
  readonly index: number;
  /** By which values in which space it is announced. */
  readonly keys: readonly { readonly space: string; readonly values: readonly bigint[] }[];
  /** How many of its kind are kept. */
  readonly slots: number;
  /** Whether further ones are decoded over; a second header of a kind that does not repeat begins another stack. */
  readonly repeats: boolean;
  readonly role?: 'link' | 'network' | 'transport';
  /** How an alert names the protocol ("TCP"). */
  readonly label?: string;
  readonly fields: readonly Field[];
  /** Bytes of the fixed fields without those that are only peeked at: the least size. */
  readonly minimum: number;
  /** Bytes that must be there to read every fixed field. */
  readonly reach: number;
  readonly size: Value;
  readonly lists: readonly ListLayout[];
  /** Nothing inside reaches further than so many bytes from the beginning of the header. */
  readonly extent?: { readonly value: Value; readonly when: Formula };
  /** In this order; the first whose condition holds and whose value announces a header is followed. */
  readonly next: readonly { readonly space: string; readonly value: Value; readonly when: Formula }[];
  readonly ends?: Ends;
}

/** The space that the LINKTYPE of a capture is looked up in: where decoding begins. */
export const LINK_SPACE = 'link';

/** Headers that are decoded of one packet: RFC 8200 chains and tag stacks have fewer; an attacker's have more. */
export const MAX_HEADERS = 16;
