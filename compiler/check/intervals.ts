/** Between which integers a value lies, so that a constant out of reach and a value too wide are found before any packet. */
import type { ArithmeticOperator } from '../../grammar/ast.js';

export interface Interval {
  readonly low: bigint;
  readonly high: bigint;
}

/** Values are exact integers of 63 bits and a sign. */
export const LIMIT = 1n << 63n;

const least = (values: readonly bigint[]): bigint => values.reduce((a, b) => (b < a ? b : a));
const greatest = (values: readonly bigint[]): bigint => values.reduce((a, b) => (b > a ? b : a));
const hull = (values: readonly bigint[]): Interval => ({ low: least(values), high: greatest(values) });

/** Where `a op b` lies; a superset where the exact set is costly to know. */
export function intervalOf(operator: ArithmeticOperator, a: Interval, b: Interval): Interval {
  switch (operator) {
    case '+':
      return { low: a.low + b.low, high: a.high + b.high };
    case '-':
      return { low: a.low - b.high, high: a.high - b.low };
    case '*':
      return hull([a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high]);
    case '/':
      return quotient(a, b);
    case '%':
      return remainder(a, b);
    case '<<':
      return shifted(a, b, (value, by) => value << by);
    case '>>':
      return shifted(a, b, (value, by) => value >> by);
    case '&':
      return bitAnd(a, b);
    case '|':
    case '^':
      return bitOr(a, b);
  }
}

function quotient(a: Interval, b: Interval): Interval {
  if (b.low > 0n || b.high < 0n) return hull([a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high]);
  // The divisor may be 0 (then the atom is false), 1 or -1: the quotient is no greater than what is divided.
  const most = greatest([a.high, -a.low, 0n]);
  return { low: -most, high: most };
}

function remainder(a: Interval, b: Interval): Interval {
  const most = greatest([greatest([b.high, -b.low, 1n]) - 1n, 0n]);
  return { low: a.low < 0n ? -most : 0n, high: a.high > 0n ? most : 0n };
}

function shifted(a: Interval, b: Interval, shift: (value: bigint, by: bigint) => bigint): Interval {
  const clamp = (by: bigint): bigint => (by < 0n ? 0n : by > 63n ? 63n : by);
  const [least, most] = [clamp(b.low), clamp(b.high)];
  return hull([shift(a.low, least), shift(a.low, most), shift(a.high, least), shift(a.high, most)]);
}

function bitAnd(a: Interval, b: Interval): Interval {
  if (a.low >= 0n && b.low >= 0n) return { low: 0n, high: least([a.high, b.high]) };
  if (a.low >= 0n) return { low: 0n, high: a.high };
  if (b.low >= 0n) return { low: 0n, high: b.high };
  return bitOr(a, b);
}

/** All values with as many bits as the widest operand. */
function bitOr(a: Interval, b: Interval): Interval {
  const most = greatest([a.high, b.high, ~a.low, ~b.low, 0n]);
  const ones = (1n << BigInt(most.toString(2).length)) - 1n;
  return { low: a.low < 0n || b.low < 0n ? ~ones : 0n, high: ones };
}
