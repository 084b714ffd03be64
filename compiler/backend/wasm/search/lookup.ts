/** From the four bytes of a window to the patterns that have them: a hash table whose entries lie side by side. */
import type { Pattern } from '../../../search/patterns.js';
import { secondOffset, type Window, wordsOf } from '../../../search/windows.js';
import type { Expression, I32, Statement } from '../assembler/code.js';
import { block, branch, branchIf, loop, type Variable } from '../assembler/control.js';
import { i32 } from '../assembler/instructions.js';
import type { MemoryPlan } from '../assembler/memory.js';
import type { Locals } from '../assembler/module.js';
import { type Buffers, MATCH_LOG2 } from './candidates.js';
import type { Drain } from './drain.js';
import type { Records } from './records.js';
import { littleEndian } from '../assembler/words.js';

/** The table's place and size. */
export interface Lookup {
  readonly heads: number;
  readonly bits: number;
  readonly fold: number;
}

/** Of an entry: the word, the record and whether it is the last, the offset of the window, where a second one lies, its word. */
const [WORD, RECORD, OFFSET, DISTANCE, SECOND] = [0, 4, 8, 10, 12] as const;
const ENTRY = 16;
/** In an entry's record: its bucket ends here; it holds at every fourth place only, and would be found twice at those in between. */
const [LAST, FOURTH] = [1, 2] as const;
/** Another multiplier than the bitmap's, so that what collides there does not here. */
const SPREAD = 0x85ebca6b;

/** Windows that were made for every fourth place of a payload, and those for every second. */
export interface LookupWindows {
  readonly fold: number;
  readonly windows: readonly Window[];
  readonly halfway: readonly Window[];
}

/** The multiplied word's upper bits. */
function bucketOf(word: number, bits: number): number {
  return Math.imul(word, SPREAD) >>> (32 - bits);
}

/** Four bytes of both letters' cases. */
export function foldedWord(fold: number): number {
  return Math.imul(fold, 0x01010101) >>> 0;
}

/** Lays out the table of windows with one wildcard at most. */
export function placeLookup(
  memory: MemoryPlan,
  patterns: readonly Pattern[],
  { windows, halfway, fold }: LookupWindows,
  { addresses }: Records,
): Lookup {
  const all = [...windows, ...halfway];
  const words = all.map(({ pattern, offset }) => wordsOf(patterns[pattern]!, offset, fold));
  const count = words.reduce((sum, { length }) => sum + length, 0);
  const bits = Math.max(8, 33 - Math.clz32(count));
  const ends = bucketEnds(words, bits);
  const entries = new Int32Array((count * ENTRY) / 4);
  const filled = ends.slice();
  const seconds = secondWords(patterns, fold);
  // Buckets are filled from their ends, so that the entry that is written first is the last.
  for (let index = all.length - 1; index >= 0; index--) {
    const { pattern, offset } = all[index]!;
    const [distance, second] = seconds(pattern, offset);
    const record = addresses[pattern]! | (index < windows.length ? FOURTH : 0);
    for (const word of words[index]!) {
      const bucket = bucketOf(word, bits);
      const at = --filled[bucket]!;
      const last = at + 1 === ends[bucket]! ? LAST : 0;
      entries.set([word, record | last, (offset & 0xffff) | (distance << 16), second ?? word], (at * ENTRY) / 4);
    }
  }
  const base = memory.data(littleEndian(entries));
  // No word of an empty bucket is that of the last entry, which ends its own.
  const none = base + (count - 1) * ENTRY;
  const heads = filled.map((begin, bucket) => (begin < ends[bucket]! ? base + begin * ENTRY : none));
  return { heads: memory.data(littleEndian(heads)), bits, fold };
}

/** By bucket: the number of entries up to it. */
function bucketEnds(words: readonly (readonly number[])[], bits: number): Uint32Array {
  const ends = new Uint32Array(2 ** bits);
  for (const some of words) for (const word of some) ends[bucketOf(word, bits)]!++;
  let sum = 0;
  return ends.map((length) => (sum += length));
}

/** How far from a window a second one lies, and its word; windows with a wildcard stand for many entries. */
function secondWords(patterns: readonly Pattern[], fold: number) {
  return (index: number, offset: number): [number, number?] => {
    const pattern = patterns[index]!;
    const second = secondOffset(pattern, offset);
    return second === undefined ? [0] : [second - offset, wordsOf(pattern, second, fold)[0]!];
  };
}

/** Adds all patterns whose window stands at a candidate to the matches, unproven; gives up where that is too much. */
export function lookUp(
  lookup: Lookup,
  { candidates }: Buffers,
  { end, matchesEnd, start, work, tooMuch }: Drain,
  { local }: Locals,
): Statement[] {
  const [candidate, at, word, entry, record] = [0, 0, 0, 0, 0].map(() => local('i32')) as [I, I, I, I, I];
  const { find, differs } = finder(lookup, { at, word, entry, record, start });
  return [
    ...sift(lookup, candidates, { end, start }, local),
    candidate.set(candidates),
    block((done) => [
      loop((next) => [
        branchIf(done, i32.geU(candidate, end)),
        at.set(i32.load(candidate)),
        candidate.set(i32.add(candidate, 4)),
        ...find,
        loop((more) => [
          record.set(i32.load(entry, RECORD)),
          i32.store(matchesEnd, i32.and(record, ~(LAST | FOURTH))),
          i32.store(matchesEnd, i32.sub(at, i32.load16S(entry, OFFSET)), 4),
          matchesEnd.set(i32.add(matchesEnd, i32.shl(i32.eqz(differs), MATCH_LOG2))),
          branchIf(tooMuch, i32.ltS(work.tee(i32.sub(work, 1)), 0)),
          entry.set(i32.add(entry, ENTRY)),
          branchIf(more, i32.eqz(i32.and(record, LAST))),
        ]),
        branch(next),
      ]),
    ]),
  ];
}

type I = Variable<'i32'>;

/** How the first entry of a bucket is found, and a number that is 0 where an entry's window and its second one stand there. */
function finder(
  { heads, bits, fold }: Lookup,
  { at, word, entry, record, start }: Readonly<Record<'at' | 'word' | 'entry' | 'record' | 'start', I>>,
): { find: Statement[]; differs: Expression<'i32'> } {
  const folded = (address: I32): Expression<'i32'> => i32.or(i32.load(address), foldedWord(fold));
  const between = i32.and(i32.and(record, i32.sub(at, start)), FOURTH);
  const differs = i32.xor(i32.load(entry, WORD), word);
  const secondDiffers = i32.xor(folded(i32.add(at, i32.load16S(entry, DISTANCE))), i32.load(entry, SECOND));
  return {
    find: [word.set(folded(at)), entry.set(i32.load(i32.shl(i32.shrU(i32.mul(word, SPREAD), 32 - bits), 2), heads))],
    differs: i32.or(between, i32.or(differs, secondDiffers)),
  };
}

/**
 * Keeps the candidates that agree with the only entry of their bucket, and those whose bucket has more. Nearly all buckets have one
 * entry, and nothing here can be predicted wrongly: a window that is repeated everywhere costs 3 ns each time.
 */
function sift(
  lookup: Lookup,
  candidates: number,
  { end, start }: Readonly<Record<'end' | 'start', I>>,
  local: Locals['local'],
): Statement[] {
  const [from, to] = [local('i32'), local('i32')];
  const [at, word, entry, record] = [local('i32'), local('i32'), local('i32'), local('i32')];
  const { find, differs } = finder(lookup, { at, word, entry, record, start });
  return [
    from.set(candidates),
    to.set(candidates),
    loop((next) => [
      at.set(i32.load(from)),
      ...find,
      record.set(i32.load(entry, RECORD)),
      i32.store(to, at),
      to.set(i32.add(to, i32.shl(i32.or(i32.eqz(differs), i32.eqz(i32.and(record, LAST))), 2))),
      from.set(i32.add(from, 4)),
      branchIf(next, i32.ltU(from, end)),
    ]),
    end.set(to),
  ];
}
