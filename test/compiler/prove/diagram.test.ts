/** Diagrams are functions: equal ones are one number, and what collection keeps means what it meant. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALWAYS, type Diagram, type Diagrams, diagrams, NEVER } from '../../../compiler/prove/diagram.js';
import { TooLarge } from '../../../compiler/prove/nodes.js';
import { runs } from '../../support/runs.js';

const VARIABLES = 5;

type Expression =
  | { readonly op: 'variable'; readonly index: number }
  | { readonly op: 'not'; readonly of: Expression }
  | { readonly op: 'and' | 'or'; readonly left: Expression; readonly right: Expression };

const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'medium' },
    fc.nat(VARIABLES - 1).map((index): Expression => ({ op: 'variable', index })),
    tie('expression').map((of): Expression => ({ op: 'not', of })),
    fc
      .tuple(fc.constantFrom('and', 'or' as const), tie('expression'), tie('expression'))
      .map(([op, left, right]): Expression => ({ op, left, right })),
  ),
}));

function build(d: Diagrams, e: Expression): Diagram {
  if (e.op === 'variable') return d.variable(e.index);
  return e.op === 'not' ? d.not(build(d, e.of)) : d[e.op](build(d, e.left), build(d, e.right));
}

function value(e: Expression, world: number): boolean {
  if (e.op === 'variable') return ((world >> e.index) & 1) === 1;
  if (e.op === 'not') return !value(e.of, world);
  return e.op === 'and' ? value(e.left, world) && value(e.right, world) : value(e.left, world) || value(e.right, world);
}

function follow({ nodes }: Diagrams, diagram: Diagram, world: number): boolean {
  let at = diagram;
  while (at > ALWAYS) at = ((world >> (nodes.variables[at] ?? 0)) & 1 ? nodes.highs[at] : nodes.lows[at]) ?? NEVER;
  return at === ALWAYS;
}

const worlds = Array.from({ length: 2 ** VARIABLES }, (_, i) => i);

test('a diagram has the values of its expression, and two of the same values are one', () => {
  fc.assert(
    fc.property(expression, expression, (a, b) => {
      const d = diagrams(100_000);
      const [f, g] = [build(d, a), build(d, b)];
      expect(worlds.map((w) => follow(d, f, w))).toEqual(worlds.map((w) => value(a, w)));
      expect(f === g).toBe(worlds.every((w) => value(a, w) === value(b, w)));
    }),
    { numRuns: runs(300) },
  );
});

test('collecting keeps what roots mean, forgets the rest, and goes on as before', () => {
  fc.assert(
    fc.property(fc.array(expression, { minLength: 2, maxLength: 6 }), fc.nat(5), (all, kept) => {
      const d = diagrams(100_000);
      const made = all.map((e) => build(d, e));
      const root = made[kept % made.length] ?? NEVER;
      const before = d.nodes.size;
      const [moved = NEVER] = d.collect([root]);
      expect(d.nodes.size).toBeLessThanOrEqual(before);
      const e = all[kept % made.length];
      expect(worlds.map((w) => follow(d, moved, w))).toEqual(worlds.map((w) => e !== undefined && value(e, w)));
      // The table of nodes is whole again: the same function is the same number.
      expect(e && build(d, e)).toBe(moved);
    }),
    { numRuns: runs(300) },
  );
});

test('what would be too large is not made, and what was there stays', () => {
  const d = diagrams(5000);
  // x0 == x20 and x1 == x21 and …: two to the power of twenty nodes in this order.
  const equal = (): Diagram =>
    Array.from({ length: 20 }, (_, i) => d.choose(d.variable(i), d.variable(20 + i), d.not(d.variable(20 + i)))).reduce(
      d.and,
      ALWAYS,
    );
  expect(d.within(1000, equal)).toBeUndefined();
  expect(equal).toThrow(TooLarge);
  d.collect([]);
  const small = d.and(d.variable(1), d.variable(2));
  expect(d.collect([small])).toEqual([d.and(d.variable(1), d.variable(2))]);
});
