/** A packet that is being made: what its fields, entries and bytes may still be. A value; narrowing gives another one. */
import type { Literal } from '../logic/formula.js';
import type { FieldPlace } from '../logic/value.js';
import { addressKey } from '../logic/value.js';
import { intersection, type IntSet } from '../logic/set.js';
import { type Domain, domainOf, narrowed } from './domain.js';

/** Which byte values may stand somewhere: bit `b` for byte `b`. */
export type ByteSet = bigint;

/** Any byte. */
export const ANY_BYTE: ByteSet = (1n << 256n) - 1n;

/** A literal that must not stand in the bytes of a header: nowhere from the first to the last position. */
export interface Absence {
  /** The header's place in the chain. */
  readonly carrier: number;
  readonly literal: Literal;
  readonly first: bigint;
  readonly last: bigint;
}

export interface Draft {
  /** By the name of the place (`tcp#0.flags`): what is asked of fields. The others are as a builder makes them. */
  readonly fields: ReadonlyMap<string, Domain>;
  /** By the name of the entry (`tcp#0/0:2`): whether it must be there or must not. */
  readonly entries: ReadonlyMap<string, boolean>;
  /** Names of lists (`tcp#0/0`) that must contradict themselves. */
  readonly broken: ReadonlySet<string>;
  /** How many bytes stand behind the last header. */
  readonly length: IntSet;
  /** What these bytes may be, by position. */
  readonly cells: ReadonlyMap<number, ByteSet>;
  /** How the author wrote them, where either case of a letter does. */
  readonly wished: ReadonlyMap<number, number>;
  readonly absent: readonly Absence[];
}

/** More bytes than these do not fit a packet with its headers. */
export const MOST_BYTES = 65_000n;

/** Nothing is asked yet. */
export const EMPTY: Draft = {
  fields: new Map(),
  entries: new Map(),
  broken: new Set(),
  length: [{ low: 0n, high: MOST_BYTES }],
  cells: new Map(),
  wished: new Map(),
  absent: [],
};

/** Every integer that fits a field. */
export function fullDomain({ type, width }: FieldPlace): Domain {
  return domainOf([{ low: addressKey(type, 0n), high: addressKey(type, (1n << BigInt(width)) - 1n) }]);
}

/** Asks something of a field; nothing where that contradicts what was asked before. */
export function narrowField(
  draft: Draft,
  name: string,
  field: FieldPlace,
  set: IntSet,
  ones = 0n,
  zeros = 0n,
): Draft | undefined {
  const domain = narrowed(draft.fields.get(name) ?? fullDomain(field), set, ones, zeros);
  return domain && { ...draft, fields: new Map(draft.fields).set(name, domain) };
}

/** Asks something of the number of bytes. */
export function narrowLength(draft: Draft, set: IntSet): Draft | undefined {
  const length = intersection(draft.length, set);
  const [first] = length;
  const last = length.at(-1);
  return !first || !last || last.high < neededBytes(draft) ? undefined : { ...draft, length };
}

/** So many bytes at least, because something is asked of them. */
export function neededBytes({ cells }: Draft): bigint {
  let most = -1;
  for (const position of cells.keys()) if (position > most) most = position;
  return BigInt(most + 1);
}

/** Asks something of bytes behind the last header, from a position on. */
export function narrowCells(draft: Draft, from: number, sets: readonly ByteSet[]): Draft | undefined {
  if (from < 0) return undefined;
  const cells = new Map(draft.cells);
  for (const [i, set] of sets.entries()) {
    const both = (cells.get(from + i) ?? ANY_BYTE) & set;
    if (both === 0n) return undefined;
    cells.set(from + i, both);
  }
  const end = BigInt(from + sets.length);
  return narrowLength({ ...draft, cells }, [{ low: end, high: MOST_BYTES }]);
}

/** Asks that an entry be there, or that it be not. */
export function narrowEntry(draft: Draft, name: string, isThere: boolean): Draft | undefined {
  const before = draft.entries.get(name);
  if (before === isThere) return draft;
  return before === undefined ? { ...draft, entries: new Map(draft.entries).set(name, isThere) } : undefined;
}

/** The set of one byte; of both cases of a letter where case does not matter. */
export function byteSet(byte: number, nocase = false): ByteSet {
  const one = 1n << BigInt(byte);
  const isLetter = nocase && ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a));
  return isLetter ? one | (1n << BigInt(byte ^ 0x20)) : one;
}

/** Whether the byte may stand there. */
export function mayBe(set: ByteSet, byte: number): boolean {
  return ((set >> BigInt(byte)) & 1n) === 1n;
}

/** The only byte that is left, or nothing. */
export function onlyByte(set: ByteSet | undefined): number | undefined {
  return set === undefined || (set & (set - 1n)) !== 0n ? undefined : leastByte(set);
}

/** The least byte that may stand there. */
export function leastByte(set: ByteSet): number {
  return (set & -set).toString(2).length - 1;
}

/** What a literal asks of the bytes under it. */
export function cellsOf({ bytes, nocase }: Pick<Literal, 'bytes' | 'nocase'>): ByteSet[] {
  return Array.from(bytes, (byte) => byteSet(byte, nocase));
}
