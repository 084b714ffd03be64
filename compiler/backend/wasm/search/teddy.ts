/** Teddy: four streams of bytes, whose halves look up which groups of windows may stand at every fourth place. */
import type { TeddyFilter } from '../../../search/filters.js';
import type { Pattern } from '../../../search/patterns.js';
import { WINDOW, type Window } from '../../../search/windows.js';
import type { Statement, V128 } from '../assembler/code.js';
import { block, branch, branchIf, loop, type Variable, when } from '../assembler/control.js';
import { i32, v128 } from '../assembler/instructions.js';
import type { MemoryPlan } from '../assembler/memory.js';
import type { Defined, Locals, ModuleBuilder } from '../assembler/module.js';
import { type Buffers, MATCH_LOG2, ROUND } from './candidates.js';
import type { Drain } from './drain.js';
import { foldedWord } from './lookup.js';
import type { Records } from './records.js';
import { all, allBytes, type Vectors, vectors } from './vectors.js';

const LANE = 16;
const GROUPS = 8;

/** Defines (from, to) → the end of the candidates. */
export function defineTeddy(
  m: ModuleBuilder,
  memory: MemoryPlan,
  filter: TeddyFilter,
  buffers: Buffers,
): Defined<'i32'> {
  return m.define('teddy', ['i32', 'i32'], 'i32', ([at, to], locals) => {
    const [end, mask] = [locals.local('i32'), locals.local('i32')];
    const hits = locals.local('v128');
    const constants = vectors(memory, locals);
    const test = tester(filter, at, hits, constants, locals);
    return [
      end.set(buffers.candidates),
      ...constants.load(),
      block((done) => [
        loop((round) => [
          branchIf(done, i32.geU(at, to)),
          ...test,
          when(v128.anyTrue(hits), [
            mask.set(i32.xor(v128.bitmask8(v128.eq8(hits, all(0))), 0xffff)),
            loop((next) => [
              i32.store(end, i32.add(at, i32.shl(i32.ctz(mask), 2))),
              end.set(i32.add(end, 4)),
              branchIf(next, mask.tee(i32.and(mask, i32.sub(mask, 1)))),
            ]),
          ]),
          at.set(i32.add(at, ROUND)),
          branch(round),
        ]),
      ]),
      end,
    ];
  });
}

/** Looks up both halves of each stream's bytes in the tables of the first eight groups, then in those of the others. */
function tester(
  { tables, fat }: TeddyFilter,
  at: Variable<'i32'>,
  hits: Variable<'v128'>,
  constants: Vectors,
  { local }: Locals,
): Statement[] {
  const streams = Array.from({ length: WINDOW }, () => local('v128'));
  const halves = Array.from({ length: 2 * WINDOW }, () => local('v128'));
  const low = constants.of(allBytes(0x0f));
  const found = (fat ? [0, GROUPS] : [0]).map((shift) =>
    tables
      .map((values, i) => v128.swizzle(constants.of(values.map((bits) => (bits >> shift) & 0xff)), halves[i]!))
      .reduce((a, b) => v128.and(a, b)),
  );
  return [
    ...transpose(at, streams, constants, local),
    ...streams.flatMap((stream, i) => [
      halves[2 * i]!.set(v128.and(stream, low)),
      halves[2 * i + 1]!.set(v128.and(v128.shrU16(stream, 4), low)),
    ]),
    hits.set(found.reduce((a, b) => v128.or(a, b))),
  ];
}

/** Takes 64 bytes apart: stream k gets byte k of each four. */
function transpose(
  at: Variable<'i32'>,
  streams: readonly Variable<'v128'>[],
  constants: Vectors,
  local: Locals['local'],
): Statement[] {
  const quarters = [0, 1, 2, 3].map(() => local('v128'));
  const pairs = [0, 1, 2, 3].map(() => local('v128'));
  const grouped = constants.of([0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15]);
  const [x, y] = [quarters, pairs];
  return [
    ...x.map((quarter, i) => quarter.set(v128.swizzle(v128.load(at, i * LANE), grouped))),
    y[0]!.set(lanes(x[0]!, x[1]!, 4, [0, 4, 1, 5])),
    y[1]!.set(lanes(x[0]!, x[1]!, 4, [2, 6, 3, 7])),
    y[2]!.set(lanes(x[2]!, x[3]!, 4, [0, 4, 1, 5])),
    y[3]!.set(lanes(x[2]!, x[3]!, 4, [2, 6, 3, 7])),
    streams[0]!.set(lanes(y[0]!, y[2]!, 8, [0, 2])),
    streams[1]!.set(lanes(y[0]!, y[2]!, 8, [1, 3])),
    streams[2]!.set(lanes(y[1]!, y[3]!, 8, [0, 2])),
    streams[3]!.set(lanes(y[1]!, y[3]!, 8, [1, 3])),
  ];
}

/** A shuffle of wider lanes. */
function lanes(a: V128, b: V128, width: number, order: readonly number[]): V128 {
  return v128.shuffle(
    a,
    b,
    order.flatMap((lane) => Array.from({ length: width }, (_, i) => lane * width + i)),
  );
}

/** Proposes the patterns of windows that are too short to be looked up. */
export function proposeListed(
  patterns: readonly Pattern[],
  { addresses }: Records,
  { listed, fold }: TeddyFilter,
  { candidates }: Buffers,
  { end, matchesEnd, work, tooMuch }: Drain,
  { local }: Locals,
): Statement[] {
  const [candidate, at, word, fits] = [local('i32'), local('i32'), local('i32'), local('i32')];
  const propose = ({ pattern, offset }: Window): Statement[] => {
    const masked = maskedWord(patterns[pattern]!, { pattern, offset }, fold);
    return [
      fits.set(i32.eq(i32.and(word, masked.mask), masked.word)),
      i32.store(matchesEnd, addresses[pattern]!),
      i32.store(matchesEnd, i32.sub(at, offset), 4),
      matchesEnd.set(i32.add(matchesEnd, i32.shl(fits, MATCH_LOG2))),
      work.set(i32.sub(work, fits)),
    ];
  };
  return [
    candidate.set(candidates),
    loop((next) => [
      at.set(i32.load(candidate)),
      word.set(i32.or(i32.load(at), foldedWord(fold))),
      ...listed.flatMap(propose),
      branchIf(tooMuch, i32.ltS(work, 0)),
      candidate.set(i32.add(candidate, 4)),
      branchIf(next, i32.ltU(candidate, end)),
    ]),
  ];
}

function maskedWord({ bytes }: Pattern, { offset }: Window, fold: number): { word: number; mask: number } {
  let [word, mask] = [0, 0];
  for (let place = 0; place < WINDOW; place++) {
    const byte = bytes[offset + place];
    if (byte === undefined) continue;
    word |= (byte | fold) << (8 * place);
    mask |= 0xff << (8 * place);
  }
  return { word, mask };
}
