/** Costs as two whole numbers, and what is reckoned with them. */
import { part } from './share.js';

/** Picoseconds a packet on the reference machine (`constants.ts`). */
export interface Cost {
  /** On average, where traffic is as the guesses of `share.ts` have it. */
  readonly expected: number;
  /** At most, whatever the packet. */
  readonly worst: number;
}

export const NOTHING: Cost = { expected: 0, worst: 0 };

/** The same whatever the packet. */
export function same(amount: number): Cost {
  return { expected: amount, worst: amount };
}

/** One after the other. */
export function add(...costs: readonly Cost[]): Cost {
  return costs.reduce((a, b) => ({ expected: a.expected + b.expected, worst: a.worst + b.worst }), NOTHING);
}

/** For each of several things: one of them for this share of the packets, so many at worst. */
export function each({ expected, worst }: Cost, count: { readonly share: number; readonly worst: number }): Cost {
  return { expected: part(expected, count.share), worst: worst * count.worst };
}

/** Where it comes to this for a share of the packets only; at worst it does. */
export function partOf({ expected, worst }: Cost, share: number): Cost {
  return { expected: part(expected, share), worst };
}
