import { describe, expect, test } from 'vitest';
import { LITERAL_COUNTS, literalSet } from '../../../bench/workload/literals.js';
import { ruleLiterals } from '../../../bench/workload/rule-literals.js';
import { TRUE, type Formula } from '../../../compiler/logic/formula.js';
import type { Signature } from '../../../compiler/ruleset.js';

const span = { file: 'a.sig', start: 0, end: 0 };
const literal = (text: string, nocase = false) => ({ bytes: Buffer.from(text), nocase, first: 0, last: -1 });
const contains = (text: string): Formula => ({
  kind: 'Contains', bytes: 'transport', literal: literal(text), negated: false, span,
}); // prettier-ignore

const all = literalSet(LITERAL_COUNTS.at(-1) ?? 0);
const share = (of: typeof all, counts: (l: (typeof all)[number]) => boolean): number =>
  of.filter(counts).length / of.length;

describe('literals', () => {
  test('are the same for the same seed, others for another', () => {
    expect(literalSet(500)).toEqual(all.slice(0, 500));
    expect(literalSet(500, [], 2)).not.toEqual(all.slice(0, 500));
  });

  test('all differ, also without regard to case', () => {
    expect(
      new Set(
        all.map(({ bytes }) =>
          Buffer.from(bytes)
            .toString('latin1')
            .replace(/[A-Z]/g, (c) => c.toLowerCase()),
        ),
      ).size,
    ).toBe(5000);
  });

  test.each([10, 100, 1000, 5000])('of %i, seven of ten are long and one is short', (count) => {
    const set = all.slice(0, count);
    expect(set.every(({ bytes }) => bytes.length >= 4 && bytes.length <= 32)).toBe(true);
    expect(share(set, ({ bytes }) => bytes.length >= 11)).toBeCloseTo(0.7);
    expect(share(set, ({ bytes }) => bytes.length <= 6)).toBeCloseTo(0.1);
  });

  test.each([100, 1000, 5000])('of %i, about half disregard case, and some are no text', (count) => {
    const nocase = share(all.slice(0, count), (l) => l.nocase);
    const binary = share(all.slice(0, count), ({ bytes }) => bytes.some((b) => b < 9 || b > 126));
    expect(nocase).toBeGreaterThan(0.35);
    expect(nocase).toBeLessThan(0.65);
    expect(binary).toBeGreaterThan(0.05);
    expect(binary).toBeLessThan(0.25);
  });

  test('take in those of rules that fit, once', () => {
    const own = ['abc', 'ABCDEF', 'abcdef', 'a literal of rules', 'a literal of more than thirty-two bytes'].map((t) =>
      literal(t),
    );
    const texts = literalSet(200, own).map(({ bytes }) => Buffer.from(bytes).toString('latin1'));
    expect(texts).toContain('a literal of rules');
    expect(texts.filter((text) => text.toLowerCase() === 'abcdef')).toHaveLength(1);
    expect(texts).not.toContain('abc');
    expect(texts.some((text) => text.length > 32)).toBe(false);
  });
});

test('the literals of rules are found wherever they stand in a condition', () => {
  const occurs: Formula = {
    kind: 'Occurs',
    bytes: 'transport',
    literal: literal('b'),
    name: 0,
    where: contains('c'),
    span,
  };
  const when: Formula = { kind: 'And', of: [TRUE, { kind: 'Or', of: [{ kind: 'Not', of: contains('a') }, occurs] }] };
  const found = ruleLiterals({ signatures: [{ when } as Signature] });
  expect(found.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['a', 'b', 'c']);
});
