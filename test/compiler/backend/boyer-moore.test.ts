import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boyerMoore, find } from '../../../compiler/backend/interpreter/boyer-moore.js';
import { occursIn } from '../../../compiler/backend/interpreter/occurs.js';
import { runs } from '../../support/runs.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Few letters, so that patterns repeat themselves; two of them are the same letter, and two differ by the same bit but are none. */
const letters = (constraints: fc.ArrayConstraints): fc.Arbitrary<Uint8Array> =>
  fc.array(fc.constantFrom(...bytes('abA@`')), constraints).map((all) => Uint8Array.from(all));

const lower = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte);

function isAt(literal: Uint8Array, nocase: boolean, text: Uint8Array, at: number): boolean {
  return literal.every((byte, i) => {
    const other = text[at + i] ?? -1;
    return nocase ? lower(byte) === lower(other) : byte === other;
  });
}

/** One place after the other. */
function naive(literal: Uint8Array, nocase: boolean, text: Uint8Array, from: number, to: number): number {
  for (let at = from; at + literal.length <= to; at++) if (isAt(literal, nocase, text, at)) return at;
  return -1;
}

describe('Boyer–Moore', () => {
  test('finds what a naive search finds, and never before or behind its window', () => {
    const window = fc.tuple(fc.nat(45), fc.nat(45));
    fc.assert(
      fc.property(
        letters({ minLength: 1, maxLength: 8 }),
        fc.boolean(),
        letters({ maxLength: 40 }),
        window,
        (literal, nocase, text, [a, b]) => {
          const [from, to] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)];
          expect(find(boyerMoore(literal, nocase), text, from, to)).toBe(naive(literal, nocase, text, from, to));
        },
      ),
      { numRuns: runs(20_000) },
    );
  });

  test('finds every literal that was put there', () => {
    fc.assert(
      fc.property(
        letters({ maxLength: 30 }),
        letters({ minLength: 1, maxLength: 30 }),
        letters({ maxLength: 30 }),
        (before, literal, after) => {
          const text = Uint8Array.from([...before, ...literal, ...after]);
          const at = find(boyerMoore(literal, false), text, 0, text.length);
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at).toBeLessThanOrEqual(before.length);
        },
      ),
      { numRuns: runs(2000) },
    );
  });

  test('no byte but the 26 letters has a case', () => {
    for (let byte = 0; byte < 256; byte++) {
      const { fold } = boyerMoore(bytes('a'), true);
      expect(fold[byte]).toBe(lower(byte));
    }
  });
});

describe('the shift rules', () => {
  test('bad character: the last place of each byte in the pattern', () => {
    const { lastPlace } = boyerMoore(bytes('at-that'), false);
    expect([...bytes('ath-x')].map((letter) => lastPlace[letter])).toEqual([5, 6, 4, 2, -1]);
  });

  test('bad character: a byte that the pattern does not have is passed in one step', () => {
    // Only every fourth byte is looked at: what stands between may be anything.
    const text = bytes('abcxabcxabcdabcd');
    expect(find(boyerMoore(bytes('abcd'), false), text, 0, text.length)).toBe(8);
  });

  test.each([
    // By the length of the matched end, 0 to n: a border, the end once more behind another byte, or the whole length.
    ['abcd', [1, 4, 4, 4, 4]],
    ['aaaa', [4, 3, 2, 1, 1]],
    ['abab', [1, 4, 2, 2, 2]],
    ['at-that', [1, 3, 5, 5, 5, 5, 5, 5]],
    ['x', [1, 1]],
  ])('good suffix: %s', (pattern, expected) => {
    expect([...boyerMoore(bytes(pattern), false).goodSuffix]).toEqual(expected);
  });

  test('good suffix: no shift is 0, so that every search ends', () => {
    fc.assert(
      fc.property(letters({ minLength: 1, maxLength: 12 }), fc.boolean(), (literal, nocase) => {
        expect(Math.min(...boyerMoore(literal, nocase).goodSuffix)).toBeGreaterThan(0);
      }),
      { numRuns: runs(2000) },
    );
  });

  test('the example of the article of 1977', () => {
    const text = bytes('WHICH-FINALLY-HALTS.--AT-THAT-POINT');
    expect(find(boyerMoore(bytes('AT-THAT'), false), text, 0, text.length)).toBe(22);
  });
});

describe('windows', () => {
  /** The positions that `first..last` names in so many bytes, by the definition: counted from 0, or from the end where negative. */
  const positions = (first: number, last: number, length: number): number[] =>
    Array.from({ length }, (_, i) => i).filter(
      (i) => i >= (first < 0 ? length + first : first) && i <= (last < 0 ? length + last : last),
    );

  test('at every length of payload, both ends from either side', () => {
    const literal = bytes('ab');
    for (let length = 0; length <= 6; length++) {
      for (let place = -2; place < length; place++) {
        const text = new Uint8Array(length).fill(0x78);
        literal.forEach((byte, i) => place + i >= 0 && place + i < length && (text[place + i] = byte));
        for (let first = -8; first <= 8; first++) {
          for (let last = -8; last <= 8; last++) {
            const inside = positions(first, last, length);
            const expected = place >= 0 && place + 1 < length && inside.includes(place) && inside.includes(place + 1);
            const found = occursIn({ bytes: literal, nocase: false, first, last }, text);
            expect([length, place, first, last, found]).toEqual([length, place, first, last, expected]);
          }
        }
      }
    }
  });

  test('never in fewer bytes than it has', () => {
    expect(occursIn({ bytes: bytes('a'), nocase: false, first: 0, last: -1 }, new Uint8Array(0))).toBe(false);
    expect(occursIn({ bytes: bytes('a'), nocase: false, first: 0, last: -1 }, bytes('a'))).toBe(true);
  });
});
