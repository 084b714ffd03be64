/** Comparisons that their form decides, whatever the packet: a slip, after which a rule fires always or never. */
import type { CompareExpr, CompareOperator, Expr, FlagsExpr, InExpr } from '../../grammar/ast.js';
import { setHas } from '../logic/set.js';
import { holds, MIRRORED } from '../logic/value.js';
import { complain, type Env, quote } from './context.js';
import { decided, typeMismatch } from './diagnostics.js';
import { letNamed } from './let-values.js';
import { type AddressType, constantOf, type IntType, type SetType } from './types.js';

type Outcome = 'always' | 'never';
type Scalar = IntType | AddressType;

const NOTHING_ASKED = 'it asks nothing of the packet';

/** Whether a comparison of two values is decided, or uses `none` for a number; then that has been said. */
export function isDecided(expr: CompareExpr, left: Scalar, right: Scalar, env: Env): boolean {
  const [a, b] = [constantOf(left), constantOf(right)];
  if (a !== undefined && b !== undefined) {
    if (!isWritten(expr.left, env) || !isWritten(expr.right, env)) return false;
    return say(expr, holds(expr.operator, a, b) ? 'always' : 'never', NOTHING_ASKED, env);
  }
  if (isNoneForNumber(expr, left, right, env)) return true;
  if (b !== undefined) return isDecidedByRange(expr, expr.operator, left, b, env);
  return a !== undefined && isDecidedByRange(expr, MIRRORED[expr.operator], right, a, env);
}

/** `tcp.dst_port >= 0`: every value that the field can have compares alike. */
function isDecidedByRange(expr: CompareExpr, operator: CompareOperator, of: Scalar, to: bigint, env: Env): boolean {
  if (of.kind !== 'int' || !isWritten(expr.left, env) || !isWritten(expr.right, env)) return false;
  const { low, high } = of;
  const ends = [low, high].map((end) => holds(operator, end, to));
  const differs = ends[0] !== ends[1] || ((operator === '==' || operator === '!=') && low !== high);
  if (differs) return false;
  const field = constantOf(of) === undefined && expr.operator === operator ? expr.left : expr.right;
  const range = low === high ? `is always ${low}` : `lies between ${low} and ${high}`;
  return say(expr, ends[0] ? 'always' : 'never', `\`${quote(env, field)}\` ${range}`, env);
}

/** `none` is no flag at all, so it says nothing of a number that has none. */
function isNoneForNumber(expr: CompareExpr, left: Scalar, right: Scalar, env: Env): boolean {
  const [none, other] = expr.right.kind === 'None' ? [expr.right, left] : [expr.left, right];
  if (none.kind !== 'None' || other.kind !== 'int' || other.flags) return false;
  const help = '`none` is for flags; a number is compared with `0`';
  complain(env, typeMismatch, { expected: 'a number', found: '`none`', help }, { span: none.span });
  return true;
}

/** `in { }`, `80 in { 80 }`. */
export function isDecidedMember(expr: InExpr, value: Scalar, set: SetType, env: Env): boolean {
  const constant = constantOf(value);
  const inside = (is: boolean): Outcome => (is === expr.negated ? 'never' : 'always');
  if (constant !== undefined && isWritten(expr.left, env) && isWritten(expr.right, env))
    return say(expr, inside(setHas(set.set, constant)), NOTHING_ASKED, env);
  const [only, further] = set.set;
  if (
    value.kind === 'int' &&
    !further &&
    only?.low === value.low &&
    only.high === value.high &&
    isWritten(expr.right, env)
  )
    return say(expr, inside(true), `it can only be ${value.low} to ${value.high}`, env);
  // A set that could not be read has been reported, and is not empty.
  const isRead = quote(env, expr.right).endsWith('}') && !env.context.isDamaged(expr.right.span);
  const isEmpty = isRead && expr.right.kind === 'Set' && expr.right.elements.length === 0;
  return isEmpty && say(expr, inside(false), 'the set is empty', env);
}

/** `tcp.flags any none`. */
export function isDecidedFlags(expr: FlagsExpr, mask: bigint, env: Env): boolean {
  if (mask !== 0n || !isWritten(expr.right, env)) return false;
  const help = `that no flag is set is asked with \`${quote(env, expr.left)} == none\``;
  return say(expr, expr.operator === 'any' ? 'never' : 'always', '`none` is no flag', env, help);
}

function say(expr: Expr, outcome: Outcome, why: string, env: Env, help?: string): true {
  // Without what is compared no comparison holds.
  const holdsWhere =
    outcome === 'always' && why !== NOTHING_ASKED
      ? 'holds in every packet that has what it compares'
      : `${outcome} holds`;
  complain(env, decided, { text: quote(env, expr), outcome: holdsWhere, why, help }, { span: expr.span });
  return true;
}

/** Whether a value stands here itself: one with a name may be another one tomorrow, or for another use of the predicate. */
function isWritten(expr: Expr, env: Env): boolean {
  switch (expr.kind) {
    case 'Path': {
      const name = expr.segments[0]?.name.text ?? '';
      const found = letNamed(name, env);
      if (found) return isWritten(found.value, env);
      const kind = env.scope.values.get(name)?.decl.kind;
      return !env.params?.has(name) && !env.scope.aliases.has(name) && kind !== 'Const' && kind !== 'Param';
    }
    case 'Arithmetic':
      return isWritten(expr.left, env) && isWritten(expr.right, env);
    case 'Range':
      return isWritten(expr.low, env) && isWritten(expr.high, env);
    case 'Set':
      return expr.elements.every((element) => isWritten(element, env));
    case 'Unary':
      return isWritten(expr.operand, env);
    default:
      return true;
  }
}
