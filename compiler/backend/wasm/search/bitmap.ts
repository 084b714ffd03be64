/** Bitmaps: words at every fourth place, folded and multiplied four at a time, each tested by one bit. */
import type { BitmapFilter } from '../../../search/filters.js';
import type { Pattern } from '../../../search/patterns.js';
import { type Window, wordsOf } from '../../../search/windows.js';
import type { Expression, Statement } from '../assembler/code.js';
import { block, branch, branchIf, loop, type Variable, when } from '../assembler/control.js';
import { i32, i64, v128 } from '../assembler/instructions.js';
import type { MemoryPlan } from '../assembler/memory.js';
import type { Defined, Locals, ModuleBuilder } from '../assembler/module.js';
import { type Bits, bytesIfNegative, isIn, placeBits, type Sizes } from './bits.js';
import { type Buffers, ROUND } from './candidates.js';
import { foldedWord } from './lookup.js';
import { allWords, type Vectors, vectors } from './vectors.js';

/** Of the golden ratio (Knuth, The Art of Computer Programming, 6.4). */
const SPREAD = 0x9e3779b1;
const LANE = 16;
const SIZES: Sizes = { bitsAWord: 64, fewest: 15, most: 21 };

/** Defines (from, to) → the end of the candidates. */
export function defineBitmap(
  m: ModuleBuilder,
  memory: MemoryPlan,
  patterns: readonly Pattern[],
  filter: BitmapFilter,
  buffers: Buffers,
): Defined<'i32'> {
  const { fold, windows, halfway } = filter;
  const bitsFor = (of: readonly Window[]): Bits => placeBits(memory, wordsFor(patterns, of, fold), SPREAD, SIZES);
  const whole = bitsFor([...windows, ...halfway]);
  const half = halfway.length > 0 ? bitsFor(halfway) : undefined;
  return m.define('bitmap', ['i32', 'i32'], 'i32', ([at, to], locals) => {
    const end = locals.local('i32');
    const constants = vectors(memory, locals);
    const tests = Array.from({ length: ROUND / LANE }, (_, i) => i * LANE).flatMap((offset) => [
      ...tester(whole, fold, { at, end, offset }, constants, locals),
      ...(half ? tester(half, fold, { at, end, offset: offset + 2 }, constants, locals) : []),
    ]);
    return [
      end.set(buffers.candidates),
      ...constants.load(),
      block((done) => [
        loop((round) => [branchIf(done, i32.geU(at, to)), ...tests, at.set(i32.add(at, ROUND)), branch(round)]),
      ]),
      end,
    ];
  });
}

/**
 * Tests the four words that begin `offset` bytes behind `at`, with one branch. Where there is a hit, every place is written and kept
 * only where its bit is set. Without branches in between, V8 would load the bits of all words first, and has no registers for them.
 */
function tester(
  set: Bits,
  fold: number,
  { at, end, offset }: { readonly at: Variable<'i32'>; readonly end: Variable<'i32'>; readonly offset: number },
  constants: Vectors,
  { local }: Locals,
): Statement[] {
  const [products, two] = [local('v128'), [local('i64'), local('i64')] as const];
  const found = [0, 1, 2, 3].map(() => local('i32'));
  const words = v128.load(at, offset);
  const folded = fold === 0 ? words : v128.or(words, constants.of(allWords(foldedWord(fold))));
  return [
    products.set(v128.mul32(folded, constants.of(allWords(set.multiplier)))),
    ...two.flatMap((pair, i) => [
      pair.set(v128.extract64(products, i)),
      found[2 * i]!.set(isIn(set, i32.wrap(pair))),
      found[2 * i + 1]!.set(isIn(set, i32.wrap(i64.shrU(pair, 32n)))),
    ]),
    when(
      i32.ltS(
        found.reduce((a: Expression<'i32'>, b) => i32.or(a, b), found[0]!),
        0,
      ),
      found.flatMap((value, i) => [
        i32.store(end, i32.add(at, offset + 4 * i)),
        end.set(i32.add(end, bytesIfNegative(value, 4))),
      ]),
    ),
  ];
}

function wordsFor(patterns: readonly Pattern[], windows: readonly Window[], fold: number): number[] {
  return windows.flatMap(({ pattern, offset }) => wordsOf(patterns[pattern]!, offset, fold));
}
