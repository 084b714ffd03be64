/** Sets of words, one bit each: what is in a set is always found there, and so is a small part of what is not. */
import type { Expression, I32 } from '../assembler/code.js';
import { i32 } from '../assembler/instructions.js';
import type { MemoryPlan } from '../assembler/memory.js';

/** A set of `2 ** bits` bits that words get into by their product with an odd number. */
export interface Bits {
  readonly at: number;
  readonly bits: number;
  readonly multiplier: number;
}

/** How large a set is made: bits for each word, and between which powers of two. */
export interface Sizes {
  readonly bitsAWord: number;
  readonly fewest: number;
  readonly most: number;
}

/** Lays out a set. A word's bit is bit `31 - (product & 31)` of the 32 bits at byte `product >>> (35 - bits)`. */
export function placeBits(memory: MemoryPlan, words: readonly number[], multiplier: number, sizes: Sizes): Bits {
  const wanted = 32 - Math.clz32(new Set(words).size * sizes.bitsAWord - 1);
  const bits = Math.max(sizes.fewest, Math.min(sizes.most, wanted));
  const bytes = new Uint8Array(2 ** (bits - 3) + 4);
  for (const word of words) {
    const product = Math.imul(word, multiplier) >>> 0;
    const bit = 31 - (product & 31);
    bytes[(product >>> (35 - bits)) + (bit >> 3)]! |= 1 << (bit & 7);
  }
  return { at: memory.data(bytes, 64), bits, multiplier };
}

/** A number that is negative where the word with this product is in the set. */
export function isIn({ at, bits }: Bits, product: Expression<'i32'>): Expression<'i32'> {
  return i32.shl(i32.load(i32.shrU(product, 35 - bits), at), product);
}

/** So many bytes where the number is negative, else none: stores go on only behind what is kept. */
export function bytesIfNegative(value: I32, bytes: 4 | 8): Expression<'i32'> {
  return i32.and(i32.shrS(value, 31), bytes);
}
