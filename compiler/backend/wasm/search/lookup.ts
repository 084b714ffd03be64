/** From the four bytes of a window to the patterns that have them: a hash table whose entries lie side by side. */
import type { Pattern } from '../../../search/patterns.js';
import { secondOffset, type Window, wordsOf } from '../../../search/windows.js';
import type { Expression, I32, Statement } from '../assembler/code.js';
import { branchIf, loop, type Variable, whileLoop } from '../assembler/control.js';
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

/**
 * Proposes all patterns whose window and second one stand at a candidate; gives up where that is too much. The first entries of all
 * buckets come first: nearly all buckets have no other, and there is nothing that could be predicted wrongly.
 */
export function lookUp(
  lookup: Lookup,
  { candidates }: Buffers,
  { end, matchesEnd, start, work, tooMuch }: Drain,
  { local }: Locals,
): Statement[] {
  const [from, rest, before] = [local('i32'), local('i32'), local('i32')];
  const [at, word, entry, record] = [local('i32'), local('i32'), local('i32'), local('i32')];
  const { find, propose } = proposer(lookup, { at, word, entry, record, start, matchesEnd });
  const isLast = i32.and(record, LAST);
  return [
    from.set(candidates),
    rest.set(candidates),
    before.set(matchesEnd),
    loop((next) => [
      at.set(i32.load(from)),
      ...find,
      ...propose,
      i32.store(rest, at),
      rest.set(i32.add(rest, i32.shl(i32.eqz(isLast), 2))),
      from.set(i32.add(from, 4)),
      branchIf(next, i32.ltU(from, end)),
    ]),
    branchIf(tooMuch, i32.ltS(work.tee(i32.sub(work, i32.shrU(i32.sub(matchesEnd, before), MATCH_LOG2))), 0)),
    from.set(candidates),
    whileLoop(i32.ltU(from, rest), () => [
      at.set(i32.load(from)),
      from.set(i32.add(from, 4)),
      ...find,
      loop((more) => [
        entry.set(i32.add(entry, ENTRY)),
        ...propose,
        branchIf(tooMuch, i32.ltS(work.tee(i32.sub(work, 1)), 0)),
        branchIf(more, i32.eqz(isLast)),
      ]),
    ]),
  ];
}

type I = Variable<'i32'>;

/** How the first entry of a bucket is found, and how the pattern of an entry is written and kept where its windows stand there. */
function proposer(
  { heads, bits, fold }: Lookup,
  {
    at,
    word,
    entry,
    record,
    start,
    matchesEnd,
  }: Readonly<Record<'at' | 'word' | 'entry' | 'record' | 'start' | 'matchesEnd', I>>,
): { find: Statement[]; propose: Statement[] } {
  const folded = (address: I32): Expression<'i32'> => i32.or(i32.load(address), foldedWord(fold));
  const between = i32.and(i32.and(record, i32.sub(at, start)), FOURTH);
  const differs = i32.xor(i32.load(entry, WORD), word);
  const secondDiffers = i32.xor(folded(i32.add(at, i32.load16S(entry, DISTANCE))), i32.load(entry, SECOND));
  const stands = i32.eqz(i32.or(between, i32.or(differs, secondDiffers)));
  return {
    find: [word.set(folded(at)), entry.set(i32.load(i32.shl(i32.shrU(i32.mul(word, SPREAD), 32 - bits), 2), heads))],
    propose: [
      record.set(i32.load(entry, RECORD)),
      i32.store(matchesEnd, i32.and(record, ~(LAST | FOURTH))),
      i32.store(matchesEnd, i32.sub(at, i32.load16S(entry, OFFSET)), 4),
      matchesEnd.set(i32.add(matchesEnd, i32.shl(stands, MATCH_LOG2))),
    ],
  };
}
