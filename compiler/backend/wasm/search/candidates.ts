/** What filters find: candidates in a buffer, then matches in another, both limited by the length of the payload. */
import type { Expression, I32, Label, Statement } from '../assembler/code.js';
import { block, branchIf, breakUnless, type globalVariable, loop, type Variable } from '../assembler/control.js';
import { i32 } from '../assembler/instructions.js';
import type { MemoryPlan } from '../assembler/memory.js';
import type { Locals, ModuleBuilder } from '../assembler/module.js';
import { lengthOf, type Records, type Report, reportUses, stands } from './records.js';

type Global = ReturnType<typeof globalVariable<'i32'>>;

/** The two buffers. A candidate is an address in the payload, a match is a record and a position. */
export interface Buffers {
  readonly candidates: number;
  readonly matches: number;
  /** The end of the matches so far. */
  readonly matchesEnd: Global;
  /** How much may still be compared in this payload. */
  readonly work: Global;
}

const MATCH = 8;
/** The longest payload. */
const LONGEST = 300_000;
/** A candidate for so many bytes, and so many more. */
const BYTES_A_CANDIDATE_LOG2 = 3;
const CANDIDATES_AT_LEAST = 32;
/** One comparison for so many bytes, and so many more. */
const BYTES_A_COMPARISON_LOG2 = 2;
const COMPARISONS_AT_LEAST = 64;
/** A filter looks at the limit after so many more candidates at most. */
const ROUND = 64;

/** Makes room for the limits of the longest payload. */
export function placeBuffers(m: ModuleBuilder, memory: MemoryPlan): Buffers {
  const candidates = CANDIDATES_AT_LEAST + (LONGEST >> BYTES_A_CANDIDATE_LOG2) + ROUND;
  const matches = COMPARISONS_AT_LEAST + (LONGEST >> BYTES_A_COMPARISON_LOG2) + 1;
  return {
    candidates: memory.room(candidates * 4),
    matches: memory.room(matches * MATCH),
    matchesEnd: m.global('i32', 0n),
    work: m.global('i32', 0n),
  };
}

/** The address in the buffer behind which a filter gives up. */
export function candidateLimit({ candidates }: Buffers, length: I32): Expression<'i32'> {
  return i32.add(i32.shl(i32.shrU(length, BYTES_A_CANDIDATE_LOG2), 2), candidates + 4 * CANDIDATES_AT_LEAST);
}

/** Begins a payload. */
export function beginPayload({ matches, matchesEnd, work }: Buffers, length: I32): Statement[] {
  return [matchesEnd.set(matches), work.set(i32.add(i32.shrU(length, BYTES_A_COMPARISON_LOG2), COMPARISONS_AT_LEAST))];
}

/** What is at hand while candidates are compared. */
export interface Comparison {
  readonly records: Records;
  readonly start: Variable<'i32'>;
  readonly length: Variable<'i32'>;
  readonly record: Variable<'i32'>;
  readonly position: Variable<'i32'>;
  /** How long the pattern is. */
  readonly size: Variable<'i32'>;
  /** The end of the matches so far, and how much may still be compared. */
  readonly matchesEnd: Variable<'i32'>;
  readonly work: Variable<'i32'>;
  readonly tooMuch: Label;
}

/** A comparison more: where it is one too many, the payload is given up. */
export function spend({ work, tooMuch }: Comparison): Statement {
  return branchIf(tooMuch, i32.ltS(work.tee(i32.sub(work, 1)), 0));
}

/** Adds a match where the pattern of `record` stands at `position`. */
export function compareAt({ records, start, length, record, position, size, matchesEnd }: Comparison): Statement {
  return block((differs) => [
    size.set(lengthOf(record)),
    branchIf(differs, i32.gtU(position, length)),
    branchIf(differs, i32.gtU(i32.add(position, size), length)),
    breakUnless(differs, stands(records, record, i32.add(start, position), size)),
    i32.store(matchesEnd, record),
    i32.store(matchesEnd, position, 4),
    matchesEnd.set(i32.add(matchesEnd, MATCH)),
  ]);
}

/** Reports all matches of the payload. */
export function reportMatches(
  { matches, matchesEnd }: Buffers,
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
      ...reportUses({ record, position, length }, report, locals),
      match.set(i32.add(match, MATCH)),
      branchIf(next, 1),
    ]),
  ]);
}
