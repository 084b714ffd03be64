/** From an answer to the edge that has it. */
import type { IntSet } from '../../logic/set.js';

/** The index of the set that has the value, or -1. */
export type Lookup = (value: bigint) => number;

/** Prepares the lookup among sets that do not overlap; logarithmic in the number of their ranges. */
export function lookup(sets: readonly IntSet[]): Lookup {
  const ranges = sets
    .flatMap((set, edge) => set.map(({ low, high }) => ({ low, high, edge })))
    .sort((a, b) => (a.low < b.low ? -1 : 1));
  return (value) => {
    let low = 0;
    let high = ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const range = ranges[middle];
      if (!range || value < range.low) high = middle;
      else if (value > range.high) low = middle + 1;
      else return range.edge;
    }
    return -1;
  };
}
