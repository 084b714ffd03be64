import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CANDIDATES } from '../../../bench/search/candidates.js';
import { addMatch } from '../../../bench/search/checksum.js';
import { naiveSearch } from './naive.js';
import { workloads } from './workloads.js';

describe.each(CANDIDATES.filter(({ reportsLess }) => reportsLess === undefined))('$name', ({ prepare }) => {
  test('finds what comparing at every position finds', () => {
    fc.assert(
      fc.property(workloads, ({ literals, payloads }) => {
        const search = prepare(literals);
        search.load(payloads);
        const found = { matches: search.run(), checksum: search.checksum() };
        expect(found).toEqual(naiveSearch(literals, payloads));
      }),
    );
  });
});

describe('the checksum', () => {
  test('does not depend on the order', () => {
    expect(addMatch(addMatch(0, 1, 2, 3), 4, 5, 6)).toBe(addMatch(addMatch(0, 4, 5, 6), 1, 2, 3));
  });

  test('depends on the literal, the end and the payload', () => {
    const matches = [[0, 4, 0], [1, 4, 0], [0, 5, 0], [0, 4, 1], [4, 0, 0], [0, 0, 4]] as const; // prettier-ignore
    expect(new Set(matches.map(([id, end, payload]) => addMatch(0, id, end, payload))).size).toBe(6);
  });
});
