/** Many strings in one pass, against looking for each by itself. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ahoCorasick } from '../../../compiler/backend/tree/aho-corasick.js';
import { runs } from '../../support/runs.js';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

function found(patterns: readonly string[], ...texts: readonly string[]): number[][] {
  const { search } = ahoCorasick(patterns.map(bytes));
  return texts.map((text) => {
    const told: number[] = [];
    search(bytes(text), (pattern) => told.push(pattern));
    return told.sort((a, b) => a - b);
  });
}

describe('what stands in the bytes', () => {
  test('the paper’s example', () => {
    expect(found(['he', 'she', 'his', 'hers'], 'ushers', 'ahishers', 'nothing', '')).toEqual([
      [0, 1, 3],
      [0, 1, 2, 3],
      [],
      [],
    ]);
  });

  test('each is told once, in each text anew', () => {
    expect(found(['a', 'aa', 'aaa'], 'aaaa', 'aa', 'aaaa')).toEqual([
      [0, 1, 2],
      [0, 1],
      [0, 1, 2],
    ]);
  });

  test('ASCII letters of either case, and no other bytes', () => {
    expect(found(['cmd.exe', '\xe9'], 'CMD.eXe', '\xc9', '\xe9')).toEqual([[0], [], [1]]);
  });

  test('no patterns', () => {
    expect(found([], 'abc')).toEqual([[]]);
  });

  test('a pattern of 1,400 bytes that repeats itself', () => {
    expect(found(['ab'.repeat(700), 'b'.repeat(1400)], 'ab'.repeat(701), 'ab'.repeat(699) + 'a')).toEqual([[0], []]);
  });
});

test('the same as looking for each by itself', () => {
  const text = (maxLength: number): fc.Arbitrary<string> =>
    fc.string({ unit: fc.constantFrom('a', 'b', 'A', '\0', '\xff'), maxLength });
  const patterns = fc.uniqueArray(
    text(5).filter((p) => p !== ''),
    { selector: (p) => p.toLowerCase(), maxLength: 12 },
  );
  fc.assert(
    fc.property(patterns, fc.array(text(40), { maxLength: 4 }), (all, texts) => {
      const fold = (s: string): string => s.replace(/A/g, 'a');
      const expected = texts.map((t) => all.flatMap((p, i) => (fold(t).includes(fold(p)) ? [i] : [])));
      expect(found(all, ...texts)).toEqual(expected);
    }),
    { numRuns: runs(2000) },
  );
});
