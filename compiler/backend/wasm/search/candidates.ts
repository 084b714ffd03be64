/** What filters find: candidates in one buffer, then matches in another. */
import type { Filter } from '../../../search/filters.js';
import type { Expression, I32, Statement } from '../assembler/code.js';
import { block, branch, branchIf, call, type globalVariable, loop, type Variable, when } from '../assembler/control.js';
import { i32, select } from '../assembler/instructions.js';
import type { MemoryPlan } from '../assembler/memory.js';
import type { Locals, ModuleBuilder } from '../assembler/module.js';
import { lengthOf, LONG, type Records, type Report, reportUses } from './records.js';

type Global = ReturnType<typeof globalVariable<'i32'>>;

/** The two buffers. A candidate is an address in the payload, a match is a record and a position. */
export interface Buffers {
  /** Bytes that filters go over before what they have found is compared. */
  readonly block: number;
  readonly candidates: number;
  readonly matches: number;
  /** The end of the matches so far. */
  readonly matchesEnd: Global;
  /** How much may still be compared in this payload. */
  readonly work: Global;
}

/** Bytes of a match. */
export const MATCH_LOG2 = 3;
export const MATCH = 1 << MATCH_LOG2;
/**
 * Filters go over so many bytes before what they have found is compared: their candidates stay in the first cache, and an attempt
 * that finds too much ends early. A pass over 1,460 bytes of one window takes 0.5 µs with 50 literals, with blocks of 4,096 bytes 0.8.
 */
const BLOCK = 512;
/** Pairs find little, and are so fast that blocks are noticed. */
const PAIR_BLOCK = 4096;
/** Filters look at so many bytes at once, also behind the end of the payload. */
export const ROUND = 64;
/** Candidates that are written but not kept, at most. */
const UNKEPT = 8;

/** One comparison for so many bytes, and so many more; of long payloads no more than this. */
const BYTES_A_COMPARISON_LOG2 = 1;
const COMPARISONS_AT_LEAST = 64;
/** Candidates that a payload may have besides. */
export const CANDIDATES_AT_LEAST = 16;
const COMPARISONS_AT_MOST = 16_384;

/** Makes room for the limits of the longest payload. */
export function placeBuffers(m: ModuleBuilder, memory: MemoryPlan, filters: readonly Filter[]): Buffers {
  const block = filters.every(({ kind }) => kind === 'pair') ? PAIR_BLOCK : BLOCK;
  const candidates = block + ROUND + UNKEPT;
  return {
    block,
    candidates: memory.room(candidates * 4),
    // Of each of a block's candidates one match may have been proposed before they are counted.
    matches: memory.room((COMPARISONS_AT_LEAST + COMPARISONS_AT_MOST + candidates) * MATCH),
    matchesEnd: m.global('i32', 0n),
    work: m.global('i32', 0n),
  };
}

/** Begins a payload. */
export function beginPayload({ matches, matchesEnd, work }: Buffers, length: I32): Statement[] {
  const byLength = i32.shrU(length, BYTES_A_COMPARISON_LOG2);
  const limited = select(i32.gtU(byLength, COMPARISONS_AT_MOST), i32.const(COMPARISONS_AT_MOST), byLength);
  return [matchesEnd.set(matches), work.set(i32.add(limited, COMPARISONS_AT_LEAST))];
}

/**
 * How many candidates so many bytes more may have: three for sixteen bytes. A window of four bytes that is repeated makes four;
 * literals one after the other whose last byte is wrong make less than three with 5,000 literals, and with 100 one.
 */
export function candidatesFor(bytes: I32): Expression<'i32'> {
  return i32.add(i32.shrU(bytes, 3), i32.shrU(bytes, 4));
}

/** Reports all matches of the payload. Of patterns that are longer than what was compared, the middle is compared first. */
export function reportMatches(
  { matches, matchesEnd }: Buffers,
  { middle }: Records,
  start: Variable<'i32'>,
  length: Variable<'i32'>,
  report: Report,
  locals: Locals,
): Statement {
  const [match, record, position] = [locals.local('i32'), locals.local('i32'), locals.local('i32')];
  return block((done) => [
    match.set(matches),
    loop((next) => [
      branchIf(done, i32.geU(match, matchesEnd)),
      record.set(i32.load(match)),
      position.set(i32.load(match, 4)),
      match.set(i32.add(match, MATCH)),
      when(i32.gtU(lengthOf(record), LONG), [branchIf(next, i32.eqz(call(middle, record, i32.add(start, position))))]),
      ...reportUses({ record, position, length }, report, locals),
      branch(next),
    ]),
  ]);
}
