import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boyerMoore } from '../../../compiler/backend/interpreter/boyer-moore.js';
import { bordersOf, findAll } from '../../../compiler/backend/interpreter/knuth-morris-pratt.js';
import { runs } from '../../support/runs.js';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

function all(literal: Uint8Array, text: Uint8Array, nocase = false, from = 0, to = text.length): number[] {
  const search = boyerMoore(literal, nocase);
  return findAll(search, bordersOf(search.pattern), text, from, to);
}

/** Every place, tried one by one. */
function naive(literal: Uint8Array, text: Uint8Array, from: number, to: number): number[] {
  return Array.from({ length: text.length }, (_, place) => place).filter(
    (place) => place >= from && place + literal.length <= to && literal.every((byte, i) => text[place + i] === byte),
  );
}

describe('every occurrence', () => {
  it.each([
    ['a', 'banana', [1, 3, 5]],
    ['ana', 'banana', [1, 3]],
    ['aa', 'aaaa', [0, 1, 2]],
    ['abab', 'abababab', [0, 2, 4]],
    ['aab', 'aaaab', [2]],
    ['x', 'banana', []],
    ['banana', 'banana', [0]],
    ['bananas', 'banana', []],
  ])('%s in %s', (literal, text, expected) => {
    expect(all(bytes(literal), bytes(text))).toEqual(expected);
  });

  it('folds letters where case does not matter, and nothing else', () => {
    expect(all(bytes('aB'), bytes('AbabABxb'), true)).toEqual([0, 2, 4]);
    expect(all(bytes('@['), bytes('`{@['), true)).toEqual([2]);
  });

  it('finds what is there, in any part of any bytes', () => {
    const text = fc.array(fc.constantFrom(0x61, 0x62), { maxLength: 40 }).map((row) => Uint8Array.from(row));
    const literal = fc.array(fc.constantFrom(0x61, 0x62), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(literal, text, fc.nat(40), fc.nat(40), (row, within, from, to) => {
        const end = Math.min(to, within.length);
        const found = all(Uint8Array.from(row), within, false, from, end);
        expect(found).toEqual(naive(Uint8Array.from(row), within, from, end));
      }),
      { numRuns: runs(1000) },
    );
  });
});
