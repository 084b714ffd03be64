/** `count by ip.src > 20 per 10s`, and what `limit` has of the same: keys, a number, a time. */
import type { Expr, SignatureEntry } from '../../grammar/ast.js';
import type { Value } from '../logic/value.js';
import type { Count } from '../ruleset.js';
import { complain, type Env, quote } from './context.js';
import { constantKey, eitherAlone, notConstant, outOfRange, tooManyKeys, typeMismatch } from './diagnostics.js';
import { typeOf } from './expressions.js';
import { intOf } from './ints.js';
import { constantOf, describe } from './types.js';

/** Of each key so many times are kept, so this bounds memory. */
export const MOST_COUNTED = 65_535;
/** Two addresses, two ports and the protocol are five; a key of a thousand fields would take the time of as many. */
const MOST_KEYS = 8;

/** What a `count` says, or nothing where it is impossible and that has been said. */
export function countOf(entry: Extract<SignatureEntry, { kind: 'Count' }>, env: Env): Count | undefined {
  const least = entry.operator === '>' ? 1 : 2;
  const by = keysOf(entry.by, env);
  const high = least + MOST_COUNTED - 1;
  const number = numberOf(
    entry.number,
    `count ${entry.operator}`,
    least,
    high,
    env,
    'leave out `count`: every packet matches',
  );
  const nanoseconds = timeOf(entry.per, env);
  if (!by || number === undefined || nanoseconds === undefined) return undefined;
  return { by, more: number - least + 1, nanoseconds };
}

/** The values by which packets are told apart, or nothing where one is none. */
export function keysOf(exprs: readonly Expr[], env: Env): readonly Value[] | undefined {
  const [, last] = [exprs[0], exprs[MOST_KEYS]];
  if (last) complain(env, tooManyKeys, { limit: MOST_KEYS }, { span: last.span });
  const keys = exprs.slice(0, MOST_KEYS).flatMap((expr) => keyOf(expr, env) ?? []);
  return keys.length === exprs.length ? keys : undefined;
}

function keyOf(expr: Expr, env: Env): Value | undefined {
  const typed = typeOf(expr, env);
  if (typed.kind === 'error') return undefined;
  if (typed.kind === 'either') complain(env, eitherAlone, { name: typed.name }, { span: expr.span });
  else if (typed.kind !== 'int' && typed.kind !== 'address') {
    const help = 'packets are counted by a field, such as `ip.src` or `tcp.dst_port`';
    complain(
      env,
      typeMismatch,
      { expected: 'a number or an address', found: describe(typed), help },
      { span: expr.span },
    );
  } else if (constantOf(typed) !== undefined)
    complain(env, constantKey, { text: quote(env, expr) }, { span: expr.span });
  else return typed.value;
  return undefined;
}

/** A constant number from `low` to `high`, or nothing where it is none and that has been said; `below` is advice where it is less. */
export function numberOf(
  expr: Expr,
  what: string,
  low: number,
  high: number,
  env: Env,
  below?: string,
): number | undefined {
  const typed = intOf(expr, env);
  if (!typed) return undefined;
  const value = constantOf(typed);
  if (value === undefined) complain(env, notConstant, { text: quote(env, expr) }, { span: expr.span });
  else if (value < BigInt(low) || value > BigInt(high)) {
    const help = value < BigInt(low) ? below : undefined;
    const p = { value: quote(env, expr), what, low: `${low}`, high: `${high}`, help };
    complain(env, outOfRange, p, { span: expr.span });
  } else return Number(value);
  return undefined;
}

/** What a time may be: up to a day, because what is longer, a table that forgets under load cannot promise. */
const PER = { what: 'per', longest: 86_400_000_000_000n, shown: '1d' };

/** A time, in nanoseconds, or nothing where it is none and that has been said. */
export function timeOf(expr: Expr, env: Env, { what, longest, shown } = PER): bigint | undefined {
  const typed = typeOf(expr, env);
  if (typed.kind === 'error') return undefined;
  if (typed.kind !== 'duration') {
    const p = { expected: 'a duration', found: describe(typed), help: 'with a unit, such as `10s`' };
    complain(env, typeMismatch, p, { span: expr.span });
    return undefined;
  }
  if (typed.nanoseconds >= 1n && typed.nanoseconds <= longest) return typed.nanoseconds;
  complain(env, outOfRange, { value: quote(env, expr), what, low: '1ns', high: shown }, { span: expr.span });
  return undefined;
}
