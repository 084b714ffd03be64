/** Goes over the candidates that a filter has found and compares them. */
import type { Label, Statement } from '../assembler/code.js';
import { block, branch, branchIf, giveBack, loop, type Variable } from '../assembler/control.js';
import { i32 } from '../assembler/instructions.js';
import type { Defined, Locals, ModuleBuilder } from '../assembler/module.js';
import type { Buffers } from './candidates.js';

type Names = 'start' | 'length' | 'record' | 'position';

/** Variables of a comparison. */
export type Variables = Readonly<Record<Names, Variable<'i32'>>>;

/** Defines (start, length, end of the candidates) → 1, or 0 where it was too much. `compare` deals with the candidate at `at`. */
export function defineDrain(
  m: ModuleBuilder,
  buffers: Buffers,
  compare: (at: Variable<'i32'>, variables: Variables, tooMuch: Label, locals: Locals) => readonly Statement[],
): Defined<'i32'> {
  return m.define('drain', ['i32', 'i32', 'i32'], 'i32', ([start, length, end], locals) => {
    const [candidate, at, record, position] = [0, 0, 0, 0].map(() => locals.local('i32')) as [I, I, I, I];
    return [
      block((tooMuch) => [
        candidate.set(buffers.candidates),
        block((done) => [
          loop((next) => [
            branchIf(done, i32.geU(candidate, end)),
            at.set(i32.load(candidate)),
            candidate.set(i32.add(candidate, 4)),
            ...compare(at, { start, length, record, position }, tooMuch, locals),
            branch(next),
          ]),
        ]),
        giveBack(1),
      ]),
      i32.const(0),
    ];
  });
}

type I = Variable<'i32'>;
