/** Tables that programs refer to: literals, sets. Each is in memory once, however many programs use it. */
import { LOWER } from '../../../logic/fold.js';
import type { Literal } from '../../../logic/formula.js';
import { type IntSet, intersection } from '../../../logic/set.js';
import { addressKey } from '../../../logic/value.js';
import { bordersOf } from '../../interpreter/knuth-morris-pratt.js';
import type { MemoryPlan } from '../assembler/memory.js';
import { clip } from '../decode/conditions.js';

/** Byte offsets in a literal's record; all are words. */
export const LITERAL = {
  /** Addresses: the bytes, folded where case does not matter; what is or-ed to a byte of the payload first; the borders; what each byte counts as. */
  bytes: 0,
  fold: 4,
  borders: 8,
  counts: 12,
  length: 16,
  /** The window, as in `Literal`. */
  first: 20,
  last: 24,
  size: 28,
} as const;

/** Byte offsets in the record of a set of addresses: ranges and how many, of integers, of IPv4 and of IPv6. */
export const ADDRESSES = { integers: 0, v4: 8, v6: 16, size: 24 } as const;

export interface Tables {
  /** The record of a literal. */
  literal(literal: Literal): number;
  /** Ranges of integers: pairs of 8 bytes, ascending. */
  ranges(set: IntSet): { readonly address: number; readonly count: number };
  /** The record of a set of addresses. */
  addresses(set: IntSet): number;
}

/** No literal reaches further, and windows count no further than packets are long. */
const FAR = 0x3fff_ffff;
const near = (position: number): number => Math.max(-FAR, Math.min(FAR, position));

/** Tables that are laid out as they are asked for. */
export function createTables(memory: MemoryPlan): Tables {
  const identity = memory.data(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  const lower = memory.data(LOWER);
  const literals = new Map<string, number>();
  const sets = new Map<IntSet, { address: number; count: number }>();
  const records = new Map<IntSet, number>();

  const ranges: Tables['ranges'] = (set) => {
    const known = sets.get(set) ?? { address: memory.data(pairs(set, 8)), count: set.length };
    sets.set(set, known);
    return known;
  };
  return {
    ranges,
    literal(literal) {
      const key = `${literal.nocase} ${literal.first} ${literal.last} ${literal.bytes.join()}`;
      const known = literals.get(key) ?? literalRecord(literal, memory, { identity, lower });
      literals.set(key, known);
      return known;
    },
    addresses(set) {
      const known = records.get(set) ?? addressRecord(set, memory);
      records.set(set, known);
      return known;
    },
  };
}

function literalRecord(literal: Literal, memory: MemoryPlan, folds: { identity: number; lower: number }): number {
  const { nocase, bytes, first, last } = literal;
  const folded = nocase ? bytes.map((byte) => LOWER[byte] ?? 0) : bytes;
  const isLetter = (byte: number): boolean => nocase && byte >= 0x61 && byte <= 0x7a;
  const padded = Math.ceil(bytes.length / 16) * 16;
  // Behind its end everything counts as equal.
  const wanted = Uint8Array.from({ length: padded }, (_, i) => folded[i] ?? 0xff);
  const fold = Uint8Array.from({ length: padded }, (_, i) => {
    const byte = folded[i];
    return byte === undefined ? 0xff : isLetter(byte) ? 0x20 : 0;
  });
  const borders = Uint16Array.from(bordersOf(folded));
  const words = new Int32Array(LITERAL.size / 4);
  words[LITERAL.bytes / 4] = memory.data(wanted);
  words[LITERAL.fold / 4] = memory.data(fold);
  words[LITERAL.borders / 4] = memory.data(new Uint8Array(borders.buffer), 2);
  words[LITERAL.counts / 4] = nocase ? folds.lower : folds.identity;
  words[LITERAL.length / 4] = bytes.length;
  words[LITERAL.first / 4] = near(first);
  words[LITERAL.last / 4] = near(last);
  return memory.data(new Uint8Array(words.buffer), 4);
}

const V4: IntSet = [{ low: addressKey('addr4', 0n), high: addressKey('addr4', (1n << 32n) - 1n) }];
const V6: IntSet = [{ low: addressKey('addr6', 0n), high: addressKey('addr6', (1n << 128n) - 1n) }];
const INTEGERS: IntSet = [{ low: -(1n << 63n), high: (1n << 63n) - 1n }];

/** What of a set lies in one family, without the family's number. */
export function familiesOf(set: IntSet): { readonly integers: IntSet; readonly v4: IntSet; readonly v6: IntSet } {
  const within = (family: IntSet, bits: bigint): IntSet =>
    intersection(set, family).map(({ low, high }) => ({
      low: BigInt.asUintN(Number(bits), low),
      high: BigInt.asUintN(Number(bits), high),
    }));
  return { integers: intersection(set, INTEGERS), v4: within(V4, 32n), v6: within(V6, 128n) };
}

function addressRecord(set: IntSet, memory: MemoryPlan): number {
  const { integers, v4, v6 } = familiesOf(set);
  const words = new Int32Array(ADDRESSES.size / 4);
  const put = (at: number, ranges: IntSet, size: 8 | 16): void => {
    words[at / 4] = memory.data(pairs(ranges, size));
    words[at / 4 + 1] = ranges.length;
  };
  put(ADDRESSES.integers, integers, 8);
  put(ADDRESSES.v4, v4, 8);
  put(ADDRESSES.v6, v6, 16);
  return memory.data(new Uint8Array(words.buffer), 4);
}

/** Both ends of each range, so many bytes each, the lower half first. */
export function pairs(set: IntSet, size: 8 | 16): Uint8Array {
  const bytes = new Uint8Array(set.length * 2 * size);
  const view = new DataView(bytes.buffer);
  set.forEach((range, i) => {
    [range.low, range.high].forEach((end, side) => {
      const at = (2 * i + side) * size;
      const value = size === 8 ? clip(end) : end;
      view.setBigUint64(at, BigInt.asUintN(64, value), true);
      if (size === 16) view.setBigUint64(at + 8, BigInt.asUintN(64, value >> 64n), true);
    });
  });
  return bytes;
}
