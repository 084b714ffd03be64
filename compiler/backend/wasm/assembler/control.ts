/** Control flow, variables and calls. */
import {
  type Branch,
  type Callee,
  type Code,
  type Expression,
  expression,
  type I32,
  type I64,
  type Label,
  statement,
  type Statement,
  unsigned,
  type V128,
  type ValueType,
} from './code.js';
import { lift, type Loose } from './instructions.js';

type Operand = I32 | I64 | V128;

/** A parameter or local variable of a function: used as an expression, it is its value. */
export interface Variable<T extends ValueType = ValueType> extends Expression<T> {
  set(value: Loose<T>): Statement;
  /** Sets it and is the value. */
  tee(value: Loose<T>): Expression<T>;
}

export function variable<T extends ValueType>(type: T, index: number): Variable<T> {
  return {
    ...expression(type, [0x20, unsigned(index)]),
    set: (value) => statement([lift(value), 0x21, unsigned(index)]),
    tee: (value) => expression(type, [lift(value), 0x22, unsigned(index)]),
  };
}

/** A mutable global variable; `index` is its place in the module. */
export function globalVariable<T extends ValueType>(type: T, index: number): Omit<Variable<T>, 'tee'> {
  return {
    ...expression(type, [0x23, unsigned(index)]),
    set: (value) => statement([lift(value), 0x24, unsigned(index)]),
  };
}

/** Statements that a branch to `leave` ends. */
export function block(body: (leave: Label) => readonly Statement[], name = 'block'): Statement {
  const label: Label = { name };
  return statement({ kind: 'block', label, result: 'void', body: body(label).map((s) => s.code) });
}

/** An expression after statements, all of them inside one block. */
export function valueBlock<T extends ValueType>(
  result: T,
  body: (leave: Label) => readonly (Statement | Expression<T>)[],
): Expression<T> {
  const label: Label = { name: 'value' };
  return expression(result, { kind: 'block', label, result, body: body(label).map((s) => s.code) });
}

/** Statements that a branch to `again` begins anew; without one, they end. */
export function loop(body: (again: Label) => readonly Statement[], name = 'loop'): Statement {
  const label: Label = { name };
  return statement({ kind: 'loop', label, result: 'void', body: body(label).map((s) => s.code) });
}

/** As long as the condition holds. */
export function whileLoop(condition: I32, body: (leave: Label, again: Label) => readonly Statement[]): Statement {
  return block((leave) => [loop((again) => [breakUnless(leave, condition), ...body(leave, again), branch(again)])]);
}

/** `then` where the condition is not 0, else `otherwise`. */
export function when(condition: I32, then: readonly Statement[], otherwise?: readonly Statement[]): Statement {
  return statement([
    lift(condition),
    {
      kind: 'if',
      label: { name: 'if' },
      result: 'void',
      body: then.map((s) => s.code),
      ...(otherwise && { otherwise: otherwise.map((s) => s.code) }),
    },
  ]);
}

/** One of two values; only the one that is chosen is evaluated. */
export function choose<T extends ValueType>(
  condition: I32,
  then: Expression<T>,
  otherwise: Expression<T>,
): Expression<T> {
  const label: Label = { name: 'choose' };
  const choice: Code = { kind: 'if', label, result: then.type, body: then.code, otherwise: otherwise.code };
  return expression(then.type, [lift(condition), choice]);
}

export function branch(to: Label): Statement {
  return statement({ kind: 'br', labels: [to] });
}

export function branchIf(to: Label, condition: I32): Statement {
  return statement([lift(condition), { kind: 'br_if', labels: [to] }]);
}

export function breakUnless(to: Label, condition: I32): Statement {
  return statement([lift(condition), 0x45, { kind: 'br_if', labels: [to] } satisfies Branch]);
}

/** Goes to the label at the index, or to the last one for every number beyond. */
export function branchTable(index: I32, labels: readonly Label[], otherwise: Label): Statement {
  return statement([lift(index), { kind: 'br_table', labels: [...labels, otherwise] }]);
}

/** Runs the case of that number, or `otherwise`. */
export function switchOn(
  index: I32,
  cases: readonly (readonly Statement[])[],
  otherwise: readonly Statement[],
): Statement {
  return block((done) => {
    const labels = cases.map((_, i): Label => ({ name: `case ${i}` }));
    const fallback: Label = { name: 'default' };
    let code: Code = branchTable(index, labels, fallback).code;
    cases.forEach((body, i) => {
      const label = labels[i] ?? fallback;
      const inner: Code = { kind: 'block', label, result: 'void', body: code };
      code = [inner, body.map((s) => s.code), branch(done).code];
    });
    const whole: Code = { kind: 'block', label: fallback, result: 'void', body: code };
    return [statement(whole), ...otherwise];
  }, 'switch');
}

/** Ends the function with this value. */
export function giveBack(value?: Operand): Statement {
  return statement(value === undefined ? 0x0f : [lift(value), 0x0f]);
}

/** Calls a function that gives a value. */
export function call<T extends ValueType>(callee: Callee & { readonly result: T }, ...args: Operand[]): Expression<T> {
  return expression(callee.result, [args.map(lift), { kind: 'call', callee }]);
}

/** Calls a function that gives none. */
export function perform(callee: Callee & { readonly result: 'void' }, ...args: Operand[]): Statement {
  return statement([args.map(lift), { kind: 'call', callee }]);
}
