/** What every operation of the machine is made of. */
import type { Callee, Expression, Label, Statement } from '../../assembler/code.js';
import { branch, call, type Variable, when } from '../../assembler/control.js';
import { i32, i64, select } from '../../assembler/instructions.js';
import type { Locals } from '../../assembler/module.js';
import type { Bytes } from '../../decode/bytes.js';
import type { LiteralSearch } from '../literals.js';
import type { Operation } from '../operations.js';
import type { SetFunctions } from '../sets.js';

/** What programs need at most, and the longest row of bytes that is searched. */
export interface MachineNeeds {
  readonly depth: number;
  readonly lists: number;
  readonly longest: number;
}

/** The machine while it is emitted: its functions, its memory, its variables. */
export interface Machine {
  readonly bytes: Bytes;
  readonly literals: LiteralSearch;
  readonly sets: SetFunctions;
  readonly needs: MachineNeeds;
  readonly stack: number;
  readonly lists: number;
  readonly buffers: number;
  /** The number of the run, so that lists need not be cleared. */
  readonly run: Omit<Variable<'i32'>, 'tee'>;
  /** Decides a part that conditions share. */
  readonly decide: Callee & { readonly result: 'i32' };
  readonly program: Variable<'i32'>;
  readonly pc: Variable<'i32'>;
  readonly sp: Variable<'i32'>;
  readonly fail: Variable<'i32'>;
  readonly failDepth: Variable<'i32'>;
  readonly again: Label;
  readonly locals: Locals;
}

export type Word = Expression<'i32'>;

/** Bytes of a list's record; it begins with the run in which it was collected. */
export const LIST_BYTES = 32;

/** What was collected so far counts no more. */
export function beginRun({ run, lists, needs }: Pick<Machine, 'run' | 'lists' | 'needs'>): Statement[] {
  return [
    run.set(i32.add(run, 1)),
    // After four thousand million runs they begin again, and no list may look as if it had been collected.
    when(i32.eqz(run), [
      ...Array.from({ length: needs.lists }, (_, i) => i32.store(lists + i * LIST_BYTES, 0)),
      run.set(1),
    ]),
  ];
}

/** The statements of some operations. */
export type Cases<K extends Operation> = Readonly<Record<K, () => Statement[]>>;

/** An operand of the operation, from 0. */
export function operand({ pc }: Machine, index: number): Word {
  return i32.load(pc, 4 + 4 * index);
}

/** On behind so many operands. */
export function next({ pc }: Machine, operands: number): Statement {
  return pc.set(i32.add(pc, 4 + 4 * operands));
}

/** On at the operand that is a target. */
export function jump(machine: Machine, index: number): Statement {
  return machine.pc.set(i32.add(machine.program, operand(machine, index)));
}

/** On at one of two neighbouring operands. */
export function either(machine: Machine, condition: Word, index: number): Statement {
  const place = i32.add(machine.pc, select(condition, i32.const(4 + 4 * index), i32.const(8 + 4 * index)));
  return machine.pc.set(i32.add(machine.program, i32.load(place)));
}

/** A value is missing. */
export function miss({ pc, sp, program, fail, failDepth, stack, again }: Machine): Statement[] {
  return [pc.set(i32.add(program, fail)), sp.set(i32.add(stack, i32.shl(failDepth, 3))), branch(again)];
}

export function push({ sp }: Machine, value: Expression<'i64'>): Statement[] {
  return [i64.store(sp, value), sp.set(i32.add(sp, 8))];
}

export function pop({ sp }: Machine, into: Variable<'i64'>): Statement[] {
  return [sp.set(i32.sub(sp, 8)), into.set(i64.load(sp))];
}

/** Finds the bytes, or goes on as `otherwise` says. */
export function resolve(machine: Machine, index: number, otherwise: Statement[]): Statement {
  return when(i32.eqz(call(machine.bytes.resolve, operand(machine, index))), otherwise);
}

export function length({ bytes }: Machine): Word {
  return i32.sub(bytes.end, bytes.start);
}
