/** Goes over the candidates that a filter has found and compares them. */
import type { Statement } from '../assembler/code.js';
import { block, branch, branchIf, giveBack, loop, type Variable } from '../assembler/control.js';
import { i32 } from '../assembler/instructions.js';
import type { Defined, Locals, ModuleBuilder } from '../assembler/module.js';
import type { Buffers, Comparison } from './candidates.js';
import type { Records } from './records.js';

/** Deals with the candidate at the address. */
export type Compare = (at: Variable<'i32'>, comparison: Comparison, locals: Locals) => readonly Statement[];

/** Defines (start, length, end of the candidates) → 1, or 0 where it was too much. */
export function defineDrain(m: ModuleBuilder, buffers: Buffers, records: Records, compare: Compare): Defined<'i32'> {
  return m.define('drain', ['i32', 'i32', 'i32'], 'i32', ([start, length, end], locals) => {
    const [candidate, at] = [locals.local('i32'), locals.local('i32')];
    const [record, position, size] = [locals.local('i32'), locals.local('i32'), locals.local('i32')];
    const [matchesEnd, work] = [locals.local('i32'), locals.local('i32')];
    const comparison = { records, start, length, record, position, size, matchesEnd, work };
    return [
      matchesEnd.set(buffers.matchesEnd),
      work.set(buffers.work),
      block((tooMuch) => [
        candidate.set(buffers.candidates),
        block((done) => [
          loop((next) => [
            branchIf(done, i32.geU(candidate, end)),
            at.set(i32.load(candidate)),
            candidate.set(i32.add(candidate, 4)),
            ...compare(at, { ...comparison, tooMuch }, locals),
            branch(next),
          ]),
        ]),
        buffers.matchesEnd.set(matchesEnd),
        buffers.work.set(work),
        giveBack(1),
      ]),
      i32.const(0),
    ];
  });
}
