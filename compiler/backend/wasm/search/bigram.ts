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
/** After a round with so many candidates the next one is expected to have many, too. */
const DENSE = 3;
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
    const [end, before, isDense] = [locals.local('i32'), locals.local('i32'), locals.local('i32')];
    return [
      end.set(buffers.candidates),
      block((done) => [
        loop((round) => [
          branchIf(done, i32.geU(at, to)),
          before.set(end),
          when(isDense, denseRound(tables, at, end, locals), sparseRound(tables, at, end, locals)),
          isDense.set(i32.geU(i32.sub(end, before), 4 * DENSE)),
          at.set(i32.add(at, ROUND)),
          branch(round),
        ]),
      ]),
      end,
    ];
  });
}

type I = Variable<'i32'>;

/** The groups that are left at each place of a round, and the statements that find them out, one for each place. */
function places([first, second]: readonly [number, number], at: I, { local }: Locals) {
  const numbers = Array.from({ length: ROUND / STRIDE }, (_, place) => place);
  const pairs = [...numbers, numbers.length].map(() => local('i32'));
  const read = (place: number): Statement => pairs[place]!.set(i32.and(i32.load16(at, place * STRIDE), 2 ** BITS - 1));
  return numbers.map((place) => {
    const left = local('i32');
    const both = i32.and(i32.load8(pairs[place]!, first), i32.load8(pairs[place + 1]!, second));
    return { place, left, test: [...(place === 0 ? [read(0)] : []), read(place + 1), left.set(both)] };
  });
}

/** Writes a place and keeps it only where a group is left. */
function keep(at: I, end: I, { place, left }: { readonly place: number; readonly left: I }): Statement[] {
  return [i32.store(end, i32.add(at, place * STRIDE)), end.set(i32.add(end, i32.shl(i32.ne(left, 0), 2)))];
}

/** A round in which hits are rare: some places share a branch. */
function sparseRound(tables: readonly [number, number], at: I, end: I, locals: Locals): Statement[] {
  const all = places(tables, at, locals);
  return all.flatMap(({ place, test }) => {
    if (place % TOGETHER < TOGETHER - 1) return test;
    const some = all.slice(place + 1 - TOGETHER, place + 1);
    const any = some.reduce((groups: Expression<'i32'>, { left }) => i32.or(groups, left), i32.const(0));
    return [
      ...test,
      when(
        any,
        some.flatMap((one) => keep(at, end, one)),
      ),
    ];
  });
}

/** A round without branches, none of which could be predicted: literals whose last byte is wrong 1.4 times as fast. */
function denseRound(tables: readonly [number, number], at: I, end: I, locals: Locals): Statement[] {
  return places(tables, at, locals).flatMap((one) => [...one.test, ...keep(at, end, one)]);
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
