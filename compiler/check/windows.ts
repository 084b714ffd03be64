/** Windows: `at N`, `in A..B`. */
import type { ContainsExpr, Expr } from '../../grammar/ast.js';
import { report } from '../../grammar/diagnostic.js';
import { notAvailable } from '../../grammar/diagnostics.js';
import { complain, type Env, quote } from './context.js';
import { reversedRange, typeMismatch, windowBeyond, windowTooSmall } from './diagnostics.js';
import { intOf, MAX_BYTES } from './expressions.js';
import { constantOf } from './types.js';

/** Positions of the first and last byte; negative ones count from the end, -1 is the last. */
export interface Window {
  readonly first: number;
  readonly last: number;
}

/** Where a literal of `length` bytes may stand, or nothing where the window is impossible and that has been said. */
export function windowOf(expr: ContainsExpr, length: number, env: Env): Window | undefined {
  const { at, within } = expr;
  if (at && within) {
    const help = '`at` gives the first byte, `in` the bytes from which to which';
    complain(env, typeMismatch, { expected: 'one window', found: 'two', help }, { span: within.span });
    return undefined;
  }
  if (at) return windowAt(at, length, env);
  return within ? windowIn(within, length, env) : { first: 0, last: -1 };
}

function windowAt(at: Expr, length: number, env: Env): Window | undefined {
  const first = position(at, env);
  if (first === undefined) return undefined;
  const last = first + length - 1;
  if (first < 0 && last >= 0) {
    tooSmall(at, length, -first, env);
    return undefined;
  }
  return inPacket({ first, last }, at, at, env);
}

function windowIn(within: Expr, length: number, env: Env): Window | undefined {
  if (within.kind !== 'Range') {
    const help = 'a window is a range of positions: `in 4..511`; the first byte alone is `at 4`';
    complain(
      env,
      typeMismatch,
      { expected: 'a range', found: `\`${quote(env, within)}\``, help },
      { span: within.span },
    );
    return undefined;
  }
  const [first, last] = [position(within.low, env), position(within.high, env)];
  if (first === undefined || last === undefined) return undefined;
  // One end counted from the front and one from the back: whether anything fits, only the packet knows.
  if (first < 0 === last < 0) {
    if (first > last) {
      complain(
        env,
        reversedRange,
        { low: quote(env, within.low), high: quote(env, within.high) },
        { span: within.span },
      );
      return undefined;
    }
    if (last - first + 1 < length) {
      tooSmall(within, length, last - first + 1, env);
      return undefined;
    }
  }
  return inPacket({ first, last }, within.low, within.high, env);
}

function tooSmall(at: Expr, length: number, room: number, env: Env): void {
  complain(env, windowTooSmall, { length, room }, { span: at.span });
}

function inPacket(window: Window, low: Expr, high: Expr, env: Env): Window | undefined {
  for (const [place, expr] of [
    [window.first, low],
    [window.last, high],
  ] as const) {
    if (place < MAX_BYTES && place >= -MAX_BYTES) continue;
    complain(env, windowBeyond, { value: `${place}`, limit: MAX_BYTES - 1 }, { span: expr.span });
    return undefined;
  }
  return window;
}

function position(expr: Expr, env: Env): number | undefined {
  const typed = intOf(expr, env);
  if (!typed) return undefined;
  const value = constantOf(typed);
  if (value === undefined) {
    env.context.problems.push(
      report(notAvailable, { what: 'a window that depends on the packet' }, { span: expr.span }),
    );
    return undefined;
  }
  return Number(value);
}
