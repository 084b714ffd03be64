/** Ids that the kernel gave and that never arrived: their packets may still wait in the queue for a verdict. */
import { distance } from './verdicts.js';

export interface Gaps {
  /** Notes that the packet with this id has arrived. The kernel counts from 1, modulo 2^32. */
  arrived(id: number): void;
  /** Notes that nothing up to and including this id will arrive any more. */
  passed(id: number): void;
  /** The id up to which all have arrived or are known to be missing. */
  readonly last: number;
  /** Takes out missing ids, oldest first, so many at most. */
  take(limit: number): number[];
  /** None of them waits. */
  clear(): void;
}

interface Range {
  from: number;
  count: number;
}

/** Gaps in a sequence of which nothing has arrived yet. Memory grows with the number of gaps, not with their length. */
export function createGaps(): Gaps {
  const ranges: Range[] = [];
  let last = 0;
  const advance = (id: number, missing: number): void => {
    if (missing > 0) ranges.push({ from: (last + 1) >>> 0, count: missing });
    last = id;
  };
  return {
    arrived(id) {
      const step = distance(last, id);
      if (step > 0) advance(id, step - 1);
    },
    passed(id) {
      const step = distance(last, id);
      if (step > 0) advance(id, step);
    },
    get last() {
      return last;
    },
    take(limit) {
      const ids: number[] = [];
      while (ids.length < limit) {
        const range = ranges[0];
        if (!range) break;
        ids.push(range.from);
        range.from = (range.from + 1) >>> 0;
        if (--range.count === 0) ranges.shift();
      }
      return ids;
    },
    clear: () => void ranges.splice(0),
  };
}
