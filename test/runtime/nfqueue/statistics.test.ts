import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCounters } from '../../../runtime/nfqueue/statistics.js';

describe("the kernel's counters", () => {
  it('reads every queue of the table', () => {
    const table =
      '    0   7634     3 2 65531     5     7   558212  1\n   12 4294964000     0 2 65531     0     0        0  1\n';
    expect(parseCounters(table)).toEqual([
      { queue: 0, owner: 7634, waiting: 3, dropped: 5, undelivered: 7, lastId: 558212 },
      { queue: 12, owner: 4294964000, waiting: 0, dropped: 0, undelivered: 0, lastId: 0 },
    ]);
  });

  it('leaves out what does not have the form', () => {
    expect(parseCounters('')).toEqual([]);
    expect(parseCounters('1 2 3\nqueue owner waiting mode range dropped undelivered id 1\n')).toEqual([]);
  });

  it('never throws, and gives only numbers', () => {
    const table = fc
      .array(fc.oneof(fc.string(), fc.nat().map(String), fc.constantFrom(' ', '\n')))
      .map((a) => a.join(' '));
    fc.assert(
      fc.property(table, (text) => {
        const values = parseCounters(text).flatMap((c) => Object.values(c) as unknown[]);
        expect(values.every((v) => typeof v === 'number' && !Number.isNaN(v))).toBe(true);
      }),
    );
  });
});
