import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance, verdictRuns } from '../../../runtime/nfqueue/verdicts.js';

/** What the kernel does with runs: each settles all that waits up to its id, in order of arrival. */
function kernel(waiting: readonly number[], runs: ReturnType<typeof verdictRuns>): Map<number, boolean> {
  const verdicts = new Map<number, boolean>();
  const queue = [...waiting];
  for (const { id, accept } of runs) {
    while (queue[0] !== undefined && distance(queue[0], id) >= 0) verdicts.set(queue.shift() ?? -1, accept);
  }
  return verdicts;
}

describe('runs of verdicts', () => {
  it('one message settles packets that have the same verdict', () => {
    expect(verdictRuns(0, [1, 2, 3], () => ({ accept: true }))).toEqual([{ id: 3, accept: true }]);
  });

  it('a message for each change', () => {
    expect(verdictRuns(4, [5, 6, 7, 8], (i) => ({ accept: i !== 2 }))).toEqual([
      { id: 6, accept: true },
      { id: 7, accept: false },
      { id: 8, accept: true },
    ]);
  });

  it('a message for each change of the mark', () => {
    const marks = [1, 1, undefined, 2, 2];
    const fate = (i: number) => ({ accept: true, ...(marks[i] !== undefined && { mark: marks[i] }) });
    expect(verdictRuns(0, [1, 2, 3, 4, 5], fate)).toEqual([
      { id: 2, accept: true, mark: 1 },
      { id: 3, accept: true },
      { id: 5, accept: true, mark: 2 },
    ]);
  });

  it('drops what was never seen before it accepts what comes behind it', () => {
    expect(verdictRuns(4, [7], () => ({ accept: true }))).toEqual([
      { id: 6, accept: false },
      { id: 7, accept: true },
    ]);
  });

  it('counts on at 2^32', () => {
    expect(verdictRuns(0xfffffffe, [0xffffffff, 0, 1], () => ({ accept: true }))).toEqual([{ id: 1, accept: true }]);
    expect(verdictRuns(0xfffffffe, [0, 1], () => ({ accept: true }))).toEqual([
      { id: 0xffffffff, accept: false },
      { id: 1, accept: true },
    ]);
  });

  it('gives every packet that was seen its verdict, drops every other, and is never longer than two a packet', () => {
    const packets = fc.array(fc.record({ seen: fc.boolean(), accept: fc.boolean() }), { maxLength: 64 });
    fc.assert(
      fc.property(fc.constantFrom(0, 1000, 0x7fffffe0, 0xffffffe0), packets, (settled, all) => {
        const ids = all.map((_, i) => (settled + 1 + i) >>> 0);
        const seen = ids.filter((_, i) => all[i]?.seen);
        const accepts = all.filter((p) => p.seen).map((p) => p.accept);
        const result = verdictRuns(settled, seen, (i) => ({ accept: accepts[i] === true }));
        const verdicts = kernel(ids, result);
        expect(result.length).toBeLessThanOrEqual(2 * seen.length);
        all.forEach((packet, i) => {
          const expected = packet.seen && packet.accept;
          const waits = seen.length === 0 || distance(seen.at(-1) ?? 0, ids[i] ?? 0) > 0;
          expect(verdicts.get(ids[i] ?? -1)).toBe(waits ? undefined : expected);
        });
      }),
    );
  });
});
