/** Goes over the candidates that a filter has found and keeps the patterns that stand there. */
import type { Label, Statement } from '../assembler/code.js';
import { block, branch, branchIf, giveBack, loop, type Variable } from '../assembler/control.js';
import { i32, v128 } from '../assembler/instructions.js';
import type { Defined, Locals, ModuleBuilder } from '../assembler/module.js';
import { type Buffers, MATCH } from './candidates.js';
import { endsDifference, lastFrom, lengthOf } from './records.js';

/** What is at hand while candidates are compared. */
export interface Drain {
  readonly start: Variable<'i32'>;
  /** The end of the candidates. */
  readonly end: Variable<'i32'>;
  /** The end of the matches so far; those of this block are unproven: a record, and the address of the first byte. */
  readonly matchesEnd: Variable<'i32'>;
  /** How much may still be compared in this payload. */
  readonly work: Variable<'i32'>;
  readonly tooMuch: Label;
}

/** Adds what may stand at the candidates to the matches. */
export type Propose = (drain: Drain, locals: Locals) => readonly Statement[];

/** Defines (start, length, end of the candidates, of which there are some) → 1, or 0 where it was too much. */
export function defineDrain(m: ModuleBuilder, buffers: Buffers, propose: Propose): Defined<'i32'> {
  return m.define('drain', ['i32', 'i32', 'i32'], 'i32', ([start, length, end], locals) => {
    const [matchesEnd, work, first] = [locals.local('i32'), locals.local('i32'), locals.local('i32')];
    return [
      matchesEnd.set(buffers.matchesEnd),
      first.set(matchesEnd),
      work.set(buffers.work),
      block((tooMuch) => [
        ...propose({ start, end, matchesEnd, work, tooMuch }, locals),
        ...prove(first, matchesEnd, start, length, locals),
        buffers.matchesEnd.set(matchesEnd),
        buffers.work.set(work),
        giveBack(1),
      ]),
      i32.const(0),
    ];
  });
}

/**
 * Keeps those of the proposed matches that lie within the payload and stand there with their first and last bytes. Each is written
 * and kept only where it is right: there is nothing that hostile traffic could make the processor predict wrongly.
 */
function prove(
  kept: Variable<'i32'>,
  matchesEnd: Variable<'i32'>,
  start: Variable<'i32'>,
  length: Variable<'i32'>,
  { local }: Locals,
): Statement[] {
  const [match, record, at, size] = [local('i32'), local('i32'), local('i32'), local('i32')];
  const [position, lies] = [local('i32'), local('i32')];
  const endsBefore = i32.sub(i32.sub(i32.add(position, size), length), 1);
  // What would end behind the payload may end behind the memory, too: only its first bytes are read.
  const last = i32.add(at, i32.and(lastFrom(size), lies));
  const differs = v128.anyTrue(endsDifference(record, at, last));
  return [
    match.set(kept),
    block((done) => [
      loop((next) => [
        branchIf(done, i32.geU(match, matchesEnd)),
        record.set(i32.load(match)),
        at.set(i32.load(match, 4)),
        size.set(lengthOf(record)),
        position.set(i32.sub(at, start)),
        // All bits where neither its position is negative nor what is left behind it, else none.
        lies.set(i32.shrS(i32.and(endsBefore, i32.xor(position, -1)), 31)),
        i32.store(kept, record),
        i32.store(kept, position, 4),
        kept.set(i32.add(kept, i32.and(i32.and(lies, i32.sub(differs, 1)), MATCH))),
        match.set(i32.add(match, MATCH)),
        branch(next),
      ]),
    ]),
    matchesEnd.set(kept),
  ];
}
