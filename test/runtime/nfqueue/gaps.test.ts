import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createGaps } from '../../../runtime/nfqueue/gaps.js';
import { runs } from '../../support/runs.js';

it('gives the ids that were left out, oldest first, each once', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 })), fc.integer({ min: 1, max: 70 }), (numbers, limit) => {
      const ids = numbers.toSorted((a, b) => a - b);
      const gaps = createGaps();
      for (const id of ids) gaps.arrived(id);
      const taken: number[] = [];
      for (let more = gaps.take(limit); more.length > 0; more = gaps.take(limit)) {
        expect(more.length).toBeLessThanOrEqual(limit);
        taken.push(...more);
      }
      const missing = Array.from({ length: ids.at(-1) ?? 0 }, (_, i) => i + 1).filter((id) => !ids.includes(id));
      expect(taken).toEqual(missing);
    }),
    { numRuns: runs(200) },
  );
});

it('goes on behind 2^32, and counts what has passed as missing', () => {
  const gaps = createGaps();
  for (let id = 0; id < 2 ** 32; id += 2 ** 30) gaps.arrived(id);
  gaps.arrived(0xfffffffe);
  gaps.clear();
  gaps.arrived(1);
  gaps.passed(3);
  gaps.passed(2);
  expect(gaps.take(10)).toEqual([0xffffffff, 0, 2, 3]);
  expect(gaps.last).toBe(3);
});
