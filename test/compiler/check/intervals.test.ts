import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Interval, intervalOf, LIMIT } from '../../../compiler/check/intervals.js';
import { arithmetic } from '../../../compiler/logic/value.js';
import type { ArithmeticOperator } from '../../../grammar/ast.js';
import { runs } from '../../support/runs.js';

const operators: readonly ArithmeticOperator[] = ['|', '^', '&', '<<', '>>', '+', '-', '*', '/', '%'];

/** Small and large integers of either sign, with those around powers of two. */
const integer = fc.oneof(
  fc.bigInt(-20n, 20n),
  fc.bigInt(-(1n << 62n), 1n << 62n),
  fc.tuple(fc.nat(62), fc.integer({ min: -1, max: 1 })).map(([bits, d]) => (1n << BigInt(bits)) + BigInt(d)),
);

/** An interval and a value inside it. */
const inside = fc
  .tuple(integer, integer, fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([a, b, share]): Interval & { readonly value: bigint } => {
    const [low, high] = a < b ? [a, b] : [b, a];
    const value = low + ((high - low) * BigInt(Math.floor(share * 1_000_000))) / 1_000_000n;
    return { low, high, value };
  });

describe.each(operators)('a %s b', (operator) => {
  test('lies in the interval of the result, whatever the operands inside theirs', () => {
    fc.assert(
      fc.property(inside, inside, (a, b) => {
        const result = arithmetic(operator, a.value, b.value);
        const { low, high } = intervalOf(operator, a, b);
        expect(low <= high).toBe(true);
        if (result === undefined) return;
        expect(result >= low && result <= high, `${a.value} ${operator} ${b.value} = ${result}`).toBe(true);
      }),
      { numRuns: runs(2000) },
    );
  });

  test('with all values of small intervals', () => {
    const small = fc.tuple(fc.bigInt(-9n, 9n), fc.bigInt(0n, 5n)).map(([low, d]) => ({ low, high: low + d }));
    fc.assert(
      fc.property(small, small, (a, b) => {
        const { low, high } = intervalOf(operator, a, b);
        for (let x = a.low; x <= a.high; x++)
          for (let y = b.low; y <= b.high; y++) {
            const result = arithmetic(operator, x, y);
            if (result !== undefined) expect(result >= low && result <= high).toBe(true);
          }
      }),
      { numRuns: runs(300) },
    );
  });
});

describe('how tight', () => {
  const of = (low: bigint, high = low): Interval => ({ low, high });
  test.each<[ArithmeticOperator, Interval, Interval, Interval]>([
    ['+', of(0n, 255n), of(1n), of(1n, 256n)],
    ['-', of(0n, 15n), of(5n), of(-5n, 10n)],
    ['*', of(5n, 15n), of(4n), of(20n, 60n)],
    ['/', of(0n, 255n), of(4n), of(0n, 63n)],
    ['%', of(0n, 255n), of(4n), of(0n, 3n)],
    ['&', of(0n, 255n), of(0x0fn), of(0n, 15n)],
    ['<<', of(0n, 15n), of(2n), of(0n, 60n)],
    ['>>', of(0n, 255n), of(4n), of(0n, 15n)],
    ['|', of(0n, 5n), of(0n, 2n), of(0n, 7n)],
  ])('%s', (operator, a, b, expected) => {
    expect(intervalOf(operator, a, b)).toEqual(expected);
  });

  test('a shift by up to 63 bits goes beyond what a value may be, and is seen to', () => {
    expect(intervalOf('<<', of(0n, 1n), of(0n, 63n)).high).toBe(LIMIT);
  });
});
