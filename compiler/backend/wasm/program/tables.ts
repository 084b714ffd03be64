/** Tables that programs refer to: literals, sets. Each is in memory once, however many programs use it. */
import { LOWER } from '../../../logic/fold.js';
import { type Literal, literalKey } from '../../../logic/formula.js';
import { type IntSet, intersection } from '../../../logic/set.js';
import { addressKey } from '../../../logic/value.js';
import { isLetter, near } from '../../../search/patterns.js';
import { bordersOf } from '../../interpreter/knuth-morris-pratt.js';
import type { MemoryPlan } from '../assembler/memory.js';
import { littleEndian } from '../assembler/words.js';
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
} as const;

/** Byte offsets in the record of a set of addresses: ranges and how many, of integers, of IPv4 and of IPv6. */
export const ADDRESSES = { integers: 0, v4: 8, v6: 16 } as const;

export interface Tables {
  /** The record of a literal. */
  literal(literal: Literal): number;
  /** Ranges of integers: pairs of 8 bytes, ascending. */
  ranges(set: IntSet): { readonly address: number; readonly count: number };
  /** The record of a set of addresses. */
  addresses(set: IntSet): number;
}

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
      const key = literalKey(literal);
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
  const padded = Math.ceil(bytes.length / 16) * 16;
  // Behind its end everything counts as equal.
  const wanted = Uint8Array.from({ length: padded }, (_, i) => folded[i] ?? 0xff);
  const fold = Uint8Array.from({ length: padded }, (_, i) => {
    const byte = folded[i];
    return byte === undefined ? 0xff : nocase && isLetter(byte) ? 0x20 : 0;
  });
  return memory.data(
    littleEndian([
      memory.data(wanted),
      memory.data(fold),
      memory.data(halfWords(bordersOf(folded)), 2),
      nocase ? folds.lower : folds.identity,
      bytes.length,
      near(first),
      near(last),
    ]),
    4,
  );
}

/** 16-bit numbers as bytes. */
export function halfWords(values: ArrayLike<number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * values.length));
  for (let i = 0; i < values.length; i++) view.setUint16(2 * i, values[i] ?? 0, true);
  return new Uint8Array(view.buffer);
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
  const row = (ranges: IntSet, size: 8 | 16): number[] => [memory.data(pairs(ranges, size)), ranges.length];
  return memory.data(littleEndian([...row(integers, 8), ...row(v4, 8), ...row(v6, 16)]), 4);
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
