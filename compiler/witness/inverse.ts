/** For which `x` an expression in `x` and a constant lies in a set. Where no set says it, nothing is given, and one has to try. */
import type { ArithmeticOperator } from '../../grammar/ast.js';
import { type IntSet, type Range, setOf } from '../logic/set.js';

/** What compares so is all that does not compare as it. */
export const OPPOSITE = { '==': '!=', '!=': '==', '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;

const each = (set: IntSet, change: (range: Range) => Range): IntSet =>
  setOf(set.map(change).filter((range) => range.low <= range.high));

/** `-x` in the set. */
export function negated(set: IntSet): IntSet {
  return each(set, ({ low, high }) => ({ low: -high, high: -low }));
}

/** `x op right` in the set. */
export function leftOf(operator: ArithmeticOperator, right: bigint, set: IntSet): IntSet | undefined {
  switch (operator) {
    case '+':
      return moved(set, -right);
    case '-':
      return moved(set, right);
    case '*':
      return divided(set, right);
    case '/':
      if (right === 0n) return [];
      return right > 0n ? quotient(set, right) : quotient(negated(set), -right);
    case '<<':
      return isShift(right) ? divided(set, 1n << right) : [];
    case '>>':
      return isShift(right)
        ? each(set, ({ low, high }) => ({ low: low << right, high: (high << right) + (1n << right) - 1n }))
        : [];
    case '^':
    case '%':
    case '&':
    case '|':
      return undefined;
  }
}

/** `left op x` in the set. */
export function rightOf(operator: ArithmeticOperator, left: bigint, set: IntSet): IntSet | undefined {
  switch (operator) {
    case '+':
    case '*':
      return leftOf(operator, left, set);
    case '-':
      return moved(negated(set), left);
    default:
      return undefined;
  }
}

function isShift(count: bigint): boolean {
  return count >= 0n && count <= 63n;
}

function moved(set: IntSet, by: bigint): IntSet {
  return each(set, ({ low, high }) => ({ low: low + by, high: high + by }));
}

/** `x * factor` in the set; with factor 0 that is undecided, since it depends on 0 alone. */
function divided(set: IntSet, factor: bigint): IntSet | undefined {
  if (factor === 0n) return undefined;
  if (factor < 0n) return divided(negated(set), -factor);
  return each(set, ({ low, high }) => ({ low: -floor(-low, factor), high: floor(high, factor) }));
}

function floor(value: bigint, by: bigint): bigint {
  const rest = value % by;
  return (value - rest) / by - (rest < 0n ? 1n : 0n);
}

/** Division goes towards zero: 0 comes of `by - 1` integers on either side. */
function quotient(set: IntSet, by: bigint): IntSet {
  return each(set, ({ low, high }) => ({
    low: low > 0n ? low * by : low * by - (by - 1n),
    high: high < 0n ? high * by : high * by + (by - 1n),
  }));
}
