/** Windows: `at E`, `in A..B`. */
import type { ContainsExpr, Expr } from '../../grammar/ast.js';
import type { ComputedWindow } from '../logic/formula.js';
import type { Value } from '../logic/value.js';
import { complain, type Env, quote } from './context.js';
import { reversedRange, typeMismatch, windowBeyond, windowTooSmall } from './diagnostics.js';
import { LIMIT } from './intervals.js';
import { type Field, fromFront, positionIn } from './positions.js';
import { constantOf, type IntType, MAX_BYTES } from './types.js';

/** Positions of the first and last byte; negative ones count from the end, -1 is the last. */
export interface Window {
  readonly first: number;
  readonly last: number;
  /** What the packet adds to it. */
  readonly window?: ComputedWindow;
}

const ANYWHERE = { first: 0, last: -1 } as const;

/** Where a literal of `length` bytes may stand, or nothing where the window is impossible and that has been said. */
export function windowOf(expr: ContainsExpr, length: number, field: Field, env: Env): Window | undefined {
  const { at, within } = expr;
  if (at && within) {
    const help = '`at` gives the first byte, `in` the bytes from which to which';
    complain(env, typeMismatch, { expected: 'one window', found: 'two', help }, { span: within.span });
    return undefined;
  }
  if (at) return windowAt(at, length, field, env);
  return within ? windowIn(within, length, field, env) : ANYWHERE;
}

function windowAt(at: Expr, length: number, field: Field, env: Env): Window | undefined {
  const first = positionIn(field, at, env);
  if (!first) return undefined;
  const constant = constantOf(first);
  if (constant === undefined) return { ...ANYWHERE, window: { first: first.value, last: plus(first, length - 1) } };
  const last = Number(constant) + length - 1;
  if (constant < 0n && last >= 0) {
    complain(env, windowTooSmall, { length, room: -Number(constant) }, { span: at.span });
    return undefined;
  }
  if (last < MAX_BYTES) return { first: Number(constant), last };
  complain(env, windowBeyond, { value: `${last}`, limit: MAX_BYTES - 1 }, { span: at.span });
  return undefined;
}

function plus({ value, high }: IntType, add: number): Value {
  // No packet has such positions; the sum has to stay within 63 bits all the same.
  if (add === 0 || high + BigInt(add) >= LIMIT) return value;
  return { kind: 'Arithmetic', operator: '+', left: value, right: { kind: 'Constant', value: BigInt(add) } };
}

function windowIn(within: Expr, length: number, field: Field, env: Env): Window | undefined {
  if (within.kind !== 'Range') {
    const help = 'a window is a range of positions: `in 4..511`; the first byte alone is `at 4`';
    const p = { expected: 'a range', found: `\`${quote(env, within)}\``, help };
    complain(env, typeMismatch, p, { span: within.span });
    return undefined;
  }
  const { low, high, span } = within;
  const [first, last] = [positionIn(field, low, env), positionIn(field, high, env)];
  if (!first || !last) return undefined;
  const room = roomBetween(first, last);
  if (room !== undefined && room <= 0) {
    complain(env, reversedRange, { low: quote(env, low), high: quote(env, high) }, { span });
    return undefined;
  }
  if (room !== undefined && room < length) {
    complain(env, windowTooSmall, { length, room: Number(room) }, { span });
    return undefined;
  }
  const [from, to] = [constantOf(first), constantOf(last)];
  if (from !== undefined && to !== undefined) return { first: Number(from), last: Number(to) };
  return { ...ANYWHERE, window: { first: fromFront(first, field), last: fromFront(last, field) } };
}

/** How many bytes lie between two positions, both included; nothing where only the packet knows. */
function roomBetween(first: IntType, last: IntType): bigint | undefined {
  const [from, to] = [split(first.value), split(last.value)];
  // One end counted from the front and one from the back: whether anything fits, only the packet knows.
  if (from.base === undefined && to.base === undefined && from.add < 0n !== to.add < 0n) return undefined;
  return isSame(from.base, to.base) ? to.add - from.add + 1n : undefined;
}

interface Sum {
  readonly base?: Value;
  readonly add: bigint;
}

/** A value as a sum of something and a constant. */
function split(value: Value): Sum {
  if (value.kind === 'Constant') return { add: value.value };
  if (value.kind !== 'Arithmetic' || value.right.kind !== 'Constant') return { base: value, add: 0n };
  if (value.operator !== '+' && value.operator !== '-') return { base: value, add: 0n };
  const { base, add } = split(value.left);
  return { ...(base && { base }), add: value.operator === '+' ? add + value.right.value : add - value.right.value };
}

/** Whether two values are the same one; of those that are not plain, only where a name stands for both. */
function isSame(a: Value | undefined, b: Value | undefined): boolean {
  if (a?.kind === 'Occurrence' && b?.kind === 'Occurrence') return a.name === b.name;
  return a === b;
}
