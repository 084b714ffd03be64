/** What the checker knows of an expression: its type and, where it has one, its value or formula. */
import type { Formula } from '../logic/formula.js';
import type { IntSet } from '../logic/set.js';
import type { BytesRef, HeaderRef, Value } from '../logic/value.js';

export type Family = 'addr4' | 'addr6' | 'mac';

/** The named bits of a field. */
export interface FlagSet {
  readonly owner: string;
  readonly names: ReadonlyMap<string, bigint>;
}

export interface IntType {
  readonly kind: 'int';
  readonly value: Value;
  /** The least and greatest integer it can be. */
  readonly low: bigint;
  readonly high: bigint;
  readonly flags?: FlagSet;
  /** Bits of the field it came from; what `~` turns over. */
  readonly width?: number;
}
export interface AddressType {
  readonly kind: 'address';
  readonly value: Value;
  readonly families: readonly Family[];
}
/** `tcp.port`: the same field of both ends. */
export interface EitherType {
  readonly kind: 'either';
  readonly name: string;
  readonly source: IntType | AddressType;
  readonly destination: IntType | AddressType;
}
export interface SetType {
  readonly kind: 'set';
  readonly of: 'int' | 'address' | 'nothing';
  readonly set: IntSet;
  readonly families: readonly Family[];
}
export interface OccurrenceType {
  readonly kind: 'occurrence';
  readonly name: number;
  readonly length: number;
}
export type Typed =
  | IntType
  | AddressType
  | EitherType
  | SetType
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'byteField'; readonly name: string; readonly bytes: BytesRef }
  | { readonly kind: 'duration'; readonly nanoseconds: bigint }
  | { readonly kind: 'condition'; readonly formula: Formula }
  /** A header, or an entry of one of its lists: there if one of them is. */
  | { readonly kind: 'header'; readonly name: string; readonly refs: readonly HeaderRef[] }
  /** A place where a literal stands: `name` of `Occurs`, and how many bytes it has. */
  | OccurrenceType
  /** Something is wrong with it and has been said. */
  | { readonly kind: 'error' };

/** An IP packet has 65,535 bytes at most, so nothing in it is longer. */
export const MAX_BYTES = 65_535;

export const ERROR: Typed = { kind: 'error' };

/** A constant integer. */
export function constant(value: bigint, flags?: FlagSet): IntType {
  return { kind: 'int', value: { kind: 'Constant', value }, low: value, high: value, ...(flags && { flags }) };
}

/** The integer of a constant, or nothing where it depends on the packet. */
export function constantOf(typed: IntType | AddressType): bigint | undefined {
  return typed.value.kind === 'Constant' ? typed.value.value : undefined;
}

/** Families in the author's words. */
export const FAMILY_NAMES: Readonly<Record<Family, string>> = {
  addr4: 'an IPv4 address',
  addr6: 'an IPv6 address',
  mac: 'a MAC address',
};

const FAMILY_PLURALS: Readonly<Record<Family, string>> = {
  addr4: 'IPv4 addresses',
  addr6: 'IPv6 addresses',
  mac: 'MAC addresses',
};

function describeSet({ of, families: [family, other] }: SetType): string {
  if (of === 'nothing') return 'an empty set';
  if (of === 'int') return 'a set of numbers';
  return `a set of ${family && !other ? FAMILY_PLURALS[family] : 'addresses'}`;
}

/** A type in the author's words. */
export function describe(typed: Typed): string {
  switch (typed.kind) {
    case 'int':
      return typed.flags ? `flags of \`${typed.flags.owner}\`` : 'a number';
    case 'address': {
      const [only] = typed.families;
      return typed.families.length === 1 && only ? FAMILY_NAMES[only] : 'an address';
    }
    case 'either':
      return describe(typed.source);
    case 'set':
      return describeSet(typed);
    case 'bytes':
      return 'a byte string';
    case 'byteField':
      return 'the bytes of a packet';
    case 'duration':
      return 'a duration';
    case 'condition':
      return 'a condition';
    case 'header':
      return 'a header';
    case 'occurrence':
      return 'an occurrence';
    case 'error':
      return 'nothing';
  }
}
