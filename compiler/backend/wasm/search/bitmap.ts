/** Bitmaps: words at every fourth place, folded and multiplied four at a time, each tested by one bit. */
import type { BitmapFilter } from '../../../search/filters.js';
import type { Pattern } from '../../../search/patterns.js';
import { type Window, wordsOf } from '../../../search/windows.js';
import type { Expression, Statement } from '../assembler/code.js';
import { block, branchIf, giveBack, loop, type Variable } from '../assembler/control.js';
import { i32, i64, v128 } from '../assembler/instructions.js';
import type { MemoryPlan } from '../assembler/memory.js';
import type { Defined, Locals, ModuleBuilder } from '../assembler/module.js';
import { type Buffers, candidateLimit } from './candidates.js';
import { foldedWord } from './lookup.js';
import { allWords, type Vectors, vectors } from './vectors.js';

/** Of the golden ratio (Knuth, The Art of Computer Programming, 6.4). */
const SPREAD = 0x9e3779b1;
/** Bytes of a round. */
const ROUND = 32;
const LANE = 16;
/** So many bits of the map for each word, within limits: with half a million bits, 64 KiB, most of it is still in the second cache. */
const BITS_A_WORD = 32;
const [FEWEST, MOST] = [15, 19] as const;

interface Bitmap {
  readonly at: number;
  readonly bits: number;
}

/** Defines (from, to) → the end of the candidates, or 0 where there are too many. */
export function defineBitmap(
  m: ModuleBuilder,
  memory: MemoryPlan,
  patterns: readonly Pattern[],
  filter: BitmapFilter,
  buffers: Buffers,
): Defined<'i32'> {
  const { fold, windows, halfway } = filter;
  const whole = placeBitmap(memory, wordsFor(patterns, [...windows, ...halfway], fold));
  const half = halfway.length > 0 ? placeBitmap(memory, wordsFor(patterns, halfway, fold)) : undefined;
  return m.define('bitmap', ['i32', 'i32'], 'i32', ([at, to], locals) => {
    const [end, limit] = [locals.local('i32'), locals.local('i32')];
    const constants = vectors(memory, locals);
    const test = tester(end, at, fold, constants, locals);
    return [
      limit.set(candidateLimit(buffers, i32.sub(to, at))),
      end.set(buffers.candidates),
      ...constants.load(),
      block((done) => [
        loop((round) => [
          branchIf(done, i32.geU(at, to)),
          ...Array.from({ length: ROUND / LANE }, (_, i) => [
            ...test(whole, i * LANE),
            ...(half ? test(half, i * LANE + 2) : []),
          ]).flat(),
          at.set(i32.add(at, ROUND)),
          branchIf(round, i32.leU(end, limit)),
        ]),
        giveBack(0),
      ]),
      end,
    ];
  });
}

/**
 * Tests the four words that begin `offset` bytes behind `at`. Every place is written and kept only where its bit is set: a branch
 * for each is mispredicted too often (0.77 instead of 1.10 GB/s with 1,000 literals).
 */
function tester(end: Variable<'i32'>, at: Variable<'i32'>, fold: number, constants: Vectors, { local }: Locals) {
  const [products, two, hash] = [local('v128'), local('i64'), local('i32')];
  const spread = constants.of(allWords(SPREAD));
  const folding = constants.of(allWords(foldedWord(fold)));
  const one = (map: Bitmap, value: Expression<'i32'>, place: number): Statement[] => [
    hash.set(value),
    i32.store(end, i32.add(at, place)),
    end.set(i32.add(end, i32.shl(i32.and(i32.shrU(i32.load(i32.shrU(hash, 35 - map.bits), map.at), hash), 1), 2))),
  ];
  return (map: Bitmap, offset: number): Statement[] => {
    const words = v128.load(at, offset);
    const folded = fold === 0 ? words : v128.or(words, folding);
    return [
      products.set(v128.mul32(folded, spread)),
      ...[0, 1].flatMap((lane) => [
        two.set(v128.extract64(products, lane)),
        ...one(map, i32.wrap(two), offset + 8 * lane),
        ...one(map, i32.wrap(i64.shrU(two, 32n)), offset + 8 * lane + 4),
      ]),
    ];
  };
}

function wordsFor(patterns: readonly Pattern[], windows: readonly Window[], fold: number): number[] {
  return windows.flatMap(({ pattern, offset }) => wordsOf(patterns[pattern]!, offset, fold));
}

/** A word's bit is bit `hash & 31` of the 32 bits at byte `hash >>> (35 - bits)`. */
function placeBitmap(memory: MemoryPlan, words: readonly number[]): Bitmap {
  const bits = Math.max(FEWEST, Math.min(MOST, 32 - Math.clz32(words.length * BITS_A_WORD - 1)));
  const bytes = new Uint8Array(2 ** (bits - 3) + 4);
  for (const word of words) {
    const hash = Math.imul(word, SPREAD) >>> 0;
    bytes[(hash >>> (35 - bits)) + ((hash & 31) >> 3)]! |= 1 << (hash & 7);
  }
  return { at: memory.data(bytes, 64), bits };
}
