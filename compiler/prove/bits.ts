/**
 * Integers as rows of diagrams, one a bit, in two's complement: the sign first, then from the most significant bit down. Nothing
 * wraps: every result has as many bits as it takes.
 */
import type { CompareOperator } from '../../grammar/ast.js';
import type { IntSet } from '../logic/set.js';
import { ALWAYS, type Diagram, type Diagrams, NEVER } from './diagram.js';

export type Bits = readonly Diagram[];

/** A constant. */
export function bitsOf(value: bigint): Bits {
  const bits: Diagram[] = [];
  for (let rest = value; ; rest >>= 1n) {
    bits.push((rest & 1n) === 1n ? ALWAYS : NEVER);
    if (rest === 0n || rest === -1n) return bits.toReversed();
  }
}

/** The constant that they are, if they are one. */
export function constantOf(bits: Bits): bigint | undefined {
  let value = bits[0] === ALWAYS ? -1n : 0n;
  for (const bit of bits) {
    if (bit !== ALWAYS && bit !== NEVER) return undefined;
    value = (value << 1n) | BigInt(bit);
  }
  return value;
}

/** The same integer in `width` bits or more. */
function extended(bits: Bits, width: number): Bits {
  const sign = bits[0] ?? NEVER;
  return [...new Array<Diagram>(Math.max(0, width - bits.length)).fill(sign), ...bits];
}

function paired(a: Bits, b: Bits, more = 0): readonly [Bits, Bits] {
  const width = Math.max(a.length, b.length) + more;
  return [extended(a, width), extended(b, width)];
}

/** Bit by bit. */
export function bitwise(a: Bits, b: Bits, join: (f: Diagram, g: Diagram) => Diagram): Bits {
  const [x, y] = paired(a, b);
  return x.map((bit, i) => join(bit, y[i] ?? NEVER));
}

/** `a` where the condition holds, else `b`. */
export function either({ choose }: Diagrams, condition: Diagram, a: Bits, b: Bits): Bits {
  return bitwise(a, b, (f, g) => choose(condition, f, g));
}

/** The sum. */
export function add(d: Diagrams, a: Bits, b: Bits, carry: Diagram = NEVER): Bits {
  const [x, y] = paired(a, b, 1);
  const sum: Diagram[] = [];
  let over = carry;
  for (let i = x.length - 1; i >= 0; i--) {
    const [f, g] = [x[i] ?? NEVER, y[i] ?? NEVER];
    const differ = d.choose(f, d.not(g), g);
    sum.push(d.choose(differ, d.not(over), over));
    over = d.choose(differ, over, f);
  }
  return sum.toReversed();
}

/** The difference. */
export function subtract(d: Diagrams, a: Bits, b: Bits): Bits {
  const [x, y] = paired(a, b);
  return add(d, x, y.map(d.not), ALWAYS);
}

/** The product, by adding up. */
export function multiply(d: Diagrams, a: Bits, b: Bits): Bits {
  const factor = constantOf(b);
  if (factor === undefined) return constantOf(a) === undefined ? longProduct(d, a, b) : multiply(d, b, a);
  if (factor < 0n) return subtract(d, [NEVER], multiply(d, a, bitsOf(-factor)));
  let sum: Bits = [NEVER];
  for (let place = 0n; factor >> place !== 0n; place++) {
    if ((factor >> place) & 1n) sum = add(d, sum, shiftLeft(a, Number(place)));
  }
  return sum;
}

function longProduct(d: Diagrams, a: Bits, b: Bits): Bits {
  let sum: Bits = [NEVER];
  b.toReversed().forEach((bit, place) => {
    const part = shiftLeft(a, place).map((f) => d.and(bit, f));
    // The sign counts against the rest.
    sum = place === b.length - 1 ? subtract(d, sum, part) : add(d, sum, part);
  });
  return sum;
}

/** Multiplied by a power of two. */
export function shiftLeft(bits: Bits, places: number): Bits {
  return [...bits, ...new Array<Diagram>(places).fill(NEVER)];
}

/** Divided by a power of two, rounded down. */
export function shiftRight(bits: Bits, places: number): Bits {
  return bits.length > places + 1 ? bits.slice(0, bits.length - places) : bits.slice(0, 1);
}

/** What is left of a number that is not negative when divided by a power of two. */
export function lowest(bits: Bits, places: number): Bits {
  return [NEVER, ...extended(bits, places).slice(-places || bits.length)];
}

/** Whether the integer is in the set. */
export function isIn({ choose }: Diagrams, bits: Bits, set: IntSet): Diagram {
  // From bit `at` on the integer lies between `low` and `low + 2^n - 1`; of the ranges those that reach into it are left.
  const rest = (at: number, low: bigint, ranges: IntSet): Diagram => {
    const high = low + (1n << BigInt(bits.length - at)) - 1n;
    const inside = ranges.filter((range) => range.high >= low && range.low <= high);
    const [first] = inside;
    if (!first) return NEVER;
    if (first.low <= low && first.high >= high) return ALWAYS;
    const half = 1n << BigInt(bits.length - at - 1);
    const [zero, one] = at === 0 ? [low + half, low] : [low, low + half];
    const bit = bits[at] ?? NEVER;
    if (bit === ALWAYS) return rest(at + 1, one, inside);
    if (bit === NEVER) return rest(at + 1, zero, inside);
    return choose(bit, rest(at + 1, one, inside), rest(at + 1, zero, inside));
  };
  return rest(0, -(1n << BigInt(bits.length - 1)), set);
}

/** Whether two integers compare so. */
export function compare(d: Diagrams, operator: CompareOperator, a: Bits, b: Bits): Diagram {
  switch (operator) {
    case '==':
      return isEqual(d, a, b);
    case '!=':
      return d.not(isEqual(d, a, b));
    case '<':
      return subtract(d, a, b)[0] ?? NEVER;
    case '>=':
      return d.not(subtract(d, a, b)[0] ?? NEVER);
    case '>':
      return subtract(d, b, a)[0] ?? NEVER;
    case '<=':
      return d.not(subtract(d, b, a)[0] ?? NEVER);
  }
}

function isEqual(d: Diagrams, a: Bits, b: Bits): Diagram {
  // From the least significant bit up, because what is built last stands on top.
  return bitwise(a, b, (f, g) => d.choose(f, g, d.not(g))).reduceRight((all, same) => d.and(same, all), ALWAYS);
}
