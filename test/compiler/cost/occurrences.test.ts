/** How often a literal can stand in a row of bytes, beside how often it does. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mostOccurrences } from '../../../compiler/cost/occurrences.js';
import { runs } from '../../support/runs.js';

const anywhere = (text: string, nocase = false) => ({
  bytes: new Uint8Array(Buffer.from(text)),
  nocase,
  first: 0,
  last: -1,
});

function count(text: string, literal: string): number {
  return Array.from(text).filter((_, at) => text.startsWith(literal, at)).length;
}

it.each([
  ['a', 1500, 1500],
  ['aa', 1500, 1499],
  ['ab', 1500, 750],
  ['aba', 1500, 749],
  ['abcd', 3, 0],
  ['abcd', 4, 1],
])('%s in %i bytes: %i times at most', (literal, bytes, most) => {
  expect(mostOccurrences(anywhere(literal), bytes)).toBe(most);
  // The row in which it follows on itself as closely as it can.
  const period = Array.from(literal).findIndex((_, i) => i > 0 && literal.startsWith(literal.slice(i)));
  const unit = literal.slice(0, period > 0 ? period : literal.length);
  expect(count(unit.repeat(bytes).slice(0, bytes), literal)).toBe(most);
});

it('is what the window has room for', () => {
  expect(mostOccurrences({ ...anywhere('ab'), first: 10, last: 29 }, 1500)).toBe(10);
  expect(mostOccurrences({ ...anywhere('ab'), first: 10, last: 11 }, 1500)).toBe(1);
  expect(mostOccurrences(anywhere('aA', true), 1500)).toBe(1499);
});

it('is never less than there are', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 40 });
  const property = fc.property(text, fc.nat(39), fc.integer({ min: 1, max: 6 }), (row, from, length) => {
    const literal = row.slice(from % row.length).slice(0, length);
    expect(count(row, literal)).toBeLessThanOrEqual(mostOccurrences(anywhere(literal), row.length));
  });
  fc.assert(property, { numRuns: runs(1000) });
});
