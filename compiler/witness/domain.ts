/** What an integer may still be: one of a set, with some bits known. Masks of wide fields are no ranges, ranges are no bits. */
import { type IntSet, intersection, setHas } from '../logic/set.js';

export interface Domain {
  readonly set: IntSet;
  /** Bits that must be 1, and bits that must be 0. */
  readonly ones: bigint;
  readonly zeros: bigint;
}

/** All of a set. */
export function domainOf(set: IntSet): Domain {
  return { set, ones: 0n, zeros: 0n };
}

/** What is in both; nothing where that is nothing at once. */
export function narrowed(domain: Domain, set: IntSet, ones = 0n, zeros = 0n): Domain | undefined {
  const both = { set: intersection(domain.set, set), ones: domain.ones | ones, zeros: domain.zeros | zeros };
  return (both.ones & both.zeros) !== 0n || from(both, undefined) === undefined ? undefined : both;
}

/** Whether the integer is one of them. */
export function inDomain({ set, ones, zeros }: Domain, value: bigint): boolean {
  return (value & ones) === ones && (value & zeros) === 0n && setHas(set, value);
}

/** The only one that is left, if there is only one. */
export function onlyOf(domain: Domain): bigint | undefined {
  const least = from(domain, undefined);
  return least === undefined || from(domain, least + 1n) !== undefined ? undefined : least;
}

/** The least that is not below `low` (the least of all without it). Ranges are tried in order, so it takes as many steps as there are. */
export function from({ set, ones, zeros }: Domain, low: bigint | undefined): bigint | undefined {
  for (const range of set) {
    if (low !== undefined && range.high < low) continue;
    const start = low !== undefined && low > range.low ? low : range.low;
    const found = withBits(start, ones, zeros);
    if (found !== undefined && found <= range.high) return found;
  }
  return undefined;
}

/** Wider than any integer of a packet with its family. */
const WIDTH = 132;

/** The least integer from `low` on that has these bits: one bit of `low` is raised, the lower the less is added. */
function withBits(low: bigint, ones: bigint, zeros: bigint): bigint | undefined {
  if ((low & ones) === ones && (low & zeros) === 0n) return low;
  if (low < 0n) return withBits(0n, ones, zeros);
  for (let bit = 0n; bit < WIDTH; bit++) {
    const raised = 1n << bit;
    if ((low & raised) !== 0n || (zeros & raised) !== 0n) continue;
    const high = (low >> (bit + 1n)) << (bit + 1n);
    const above = (ones >> (bit + 1n)) << (bit + 1n);
    if ((high & zeros) === 0n && (high & above) === above) return high | raised | (ones & (raised - 1n));
  }
  return undefined;
}

/** The one that lies nearest, the greater of two. */
export function nearest(domain: Domain, to: bigint): bigint | undefined {
  const above = from(domain, to);
  if (above === to) return above;
  const below = upTo(domain, to);
  if (above === undefined || below === undefined) return above ?? below;
  return above - to <= to - below ? above : below;
}

/** So far it is looked for below: beyond, what lies above does as well. */
const NEAR = 300n;

function upTo(domain: Domain, high: bigint): bigint | undefined {
  const ranges = domain.set.filter((range) => range.low <= high);
  for (let i = ranges.length - 1; i >= 0 && i >= ranges.length - 8; i--) {
    const range = ranges[i];
    const top = range && (range.high < high ? range.high : high);
    for (let at = top; range && at !== undefined && at >= range.low && top !== undefined && top - at < NEAR; at--) {
      if (inDomain(domain, at)) return at;
    }
  }
  return undefined;
}

/** A few that are unlike one another: what stands at the ends of the first ranges and beside them. */
export function samples(domain: Domain, most: number): bigint[] {
  const found = new Set<bigint>();
  for (const { low, high } of domain.set.slice(0, most)) {
    for (const start of [low, low + 1n, low + 2n, (low + high) >> 1n, high]) {
      const one = start > high ? undefined : from(domain, start);
      if (one !== undefined) found.add(one);
    }
  }
  return [...found].slice(0, most);
}
