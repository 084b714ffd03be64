/** Bigrams: the two halves of a window look up in two tables which groups of windows they may belong to. */
import type { BigramFilter } from '../../../search/filters.js';
import { isLetter, type Pattern } from '../../../search/patterns.js';
import type { Expression, Statement } from '../assembler/code.js';
import { block, branch, branchIf, loop, type Variable, when } from '../assembler/control.js';
import { i32 } from '../assembler/instructions.js';
import type { MemoryPlan } from '../assembler/memory.js';
import type { Defined, Locals, ModuleBuilder } from '../assembler/module.js';
import { type Buffers, ROUND } from './candidates.js';

const STRIDE = 2;
/** Places that are tested with one branch; with eight, V8 loads more than it has registers for: 2.8 instead of 4.2 GB/s. */
const TOGETHER = 4;
/**
 * Of the sixteen bits of a pair the lower ones are looked up: both tables, 16 KiB, lie in the first cache. With all sixteen, 100
 * literals are searched at 1.9 instead of 4.1 GB/s. What is left out of the second byte is mostly its case.
 */
const BITS = 13;

/** Defines (from, to) → the end of the candidates. */
export function defineBigram(
  m: ModuleBuilder,
  memory: MemoryPlan,
  patterns: readonly Pattern[],
  filter: BigramFilter,
  buffers: Buffers,
): Defined<'i32'> {
  const tables = [0, 2].map((half) => memory.data(tableOf(patterns, filter, half), 64)) as [number, number];
  return m.define('bigram', ['i32', 'i32'], 'i32', ([at, to], locals) => {
    const end = locals.local('i32');
    return [
      end.set(buffers.candidates),
      block((done) => [
        loop((round) => [
          branchIf(done, i32.geU(at, to)),
          ...tests(tables, at, end, locals),
          at.set(i32.add(at, ROUND)),
          branch(round),
        ]),
      ]),
      end,
    ];
  });
}

/**
 * Tests all places of a round. Where one of those that share a branch is hit, every place is written and kept only where a group is
 * left.
 */
function tests(
  [first, second]: readonly [number, number],
  at: Variable<'i32'>,
  end: Variable<'i32'>,
  { local }: Locals,
): Statement[] {
  const places = Array.from({ length: ROUND / STRIDE }, (_, place) => place);
  const pairs = [...places, places.length].map(() => local('i32'));
  const left = places.map(() => local('i32'));
  const read = (place: number): Statement => pairs[place]!.set(i32.and(i32.load16(at, place * STRIDE), 2 ** BITS - 1));
  const keep = (place: number): Statement[] => [
    i32.store(end, i32.add(at, place * STRIDE)),
    end.set(i32.add(end, i32.shl(i32.ne(left[place]!, 0), 2))),
  ];
  const together = (some: readonly number[]): Statement => {
    const any = some.reduce((groups: Expression<'i32'>, place) => i32.or(groups, left[place]!), i32.const(0));
    return when(any, some.flatMap(keep));
  };
  return [
    read(0),
    ...places.flatMap((place) => [
      read(place + 1),
      left[place]!.set(i32.and(i32.load8(pairs[place]!, first), i32.load8(pairs[place + 1]!, second))),
      ...(place % TOGETHER === TOGETHER - 1 ? [together(places.slice(place + 1 - TOGETHER, place + 1))] : []),
    ]),
  ];
}

/** By pair of bytes: the groups that have a window with it at one of its halves. */
function tableOf(patterns: readonly Pattern[], { windows, groupOf }: BigramFilter, half: number): Uint8Array {
  const table = new Uint8Array(2 ** BITS);
  windows.forEach(({ pattern, offset }, window) => {
    const of = patterns[pattern]!;
    for (const high of fitting(of, offset + half + 1))
      for (const low of fitting(of, offset + half))
        table[(low | (high << 8)) & (2 ** BITS - 1)]! |= 1 << groupOf[window]!;
  });
  return table;
}

/** The bytes that fit at a place of a pattern; outside of it, all. */
function fitting({ bytes, nocase }: Pattern, place: number): readonly number[] {
  const byte = bytes[place];
  if (byte === undefined) return ANY;
  return nocase && isLetter(byte) ? [byte, byte ^ 0x20] : [byte];
}

const ANY = Array.from({ length: 256 }, (_, byte) => byte);
