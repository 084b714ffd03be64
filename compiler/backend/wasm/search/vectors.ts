/** Vectors that loops use, and vectors of one byte or word. */
import type { Statement, V128 } from '../assembler/code.js';
import type { Variable } from '../assembler/control.js';
import { v128 } from '../assembler/instructions.js';
import type { MemoryPlan } from '../assembler/memory.js';
import type { Locals } from '../assembler/module.js';

const LANE = 16;

/** A constant for use where it is written, outside of loops. */
export function all(byte: number): V128 {
  return v128.const(allBytes(byte));
}

/** Sixteen times a byte. */
export function allBytes(byte: number): number[] {
  return Array.from({ length: LANE }, () => byte);
}

/** Four times a word. */
export function allWords(word: number): number[] {
  return Array.from({ length: LANE }, (_, lane) => (word >>> (8 * (lane % 4))) & 0xff);
}

/** Constants of a function, and what loads them before its loops. */
export interface Vectors {
  readonly of: (bytes: readonly number[]) => Variable<'v128'>;
  readonly load: () => readonly Statement[];
}

/**
 * Puts constants into memory and loads them into variables: V8 makes a `v128.const` anew, in up to six instructions, wherever it is
 * used, in each round of a loop. Teddy with 10 literals and payloads of 1,460 bytes: 5.1 instead of 7.3 GB/s.
 */
export function vectors(memory: MemoryPlan, { local }: Locals): Vectors {
  const known = new Map<string, { readonly at: number; readonly variable: Variable<'v128'> }>();
  return {
    of(bytes) {
      const key = bytes.join();
      const vector = known.get(key) ?? { at: memory.data(Uint8Array.from(bytes)), variable: local('v128') };
      known.set(key, vector);
      return vector.variable;
    },
    load: () => [...known.values()].map(({ at, variable }) => variable.set(v128.load(0, at))),
  };
}
