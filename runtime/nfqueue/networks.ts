/** Networks of a policy as the kernel's sets have them: prefixes, by version of IP. */
import { addressKey } from '../../compiler/logic/value.js';
import type { IntSet } from '../../compiler/logic/set.js';

export const FAMILIES = ['ipv4', 'ipv6'] as const;
export type Family = (typeof FAMILIES)[number];

/** Prefixes such as `10.0.0.0/8`, ascending. */
export type Networks = Readonly<Record<Family, readonly string[]>>;

const BITS = { ipv4: 32, ipv6: 128 } as const;
const FIRST = { ipv4: addressKey('addr4', 0n), ipv6: addressKey('addr6', 0n) } as const;

/** The fewest prefixes that have exactly the addresses of a set of keys (`addressKey`). */
export function prefixesOf(set: IntSet): Networks {
  const prefixes = (family: Family): string[] => set.flatMap(({ low, high }) => prefixesWithin(family, low, high));
  return { ipv4: prefixes('ipv4'), ipv6: prefixes('ipv6') };
}

/** Every address there is. */
export const EVERYWHERE: Networks = prefixesOf(
  FAMILIES.map((family) => ({ low: FIRST[family], high: FIRST[family] + (1n << BigInt(BITS[family])) - 1n })),
);

function prefixesWithin(family: Family, low: bigint, high: bigint): string[] {
  const last = (1n << BigInt(BITS[family])) - 1n;
  const within = (key: bigint): bigint => clamp(key - FIRST[family], -1n, last + 1n);
  const end = within(high) > last ? last : within(high);
  const prefixes = [];
  for (let at = within(low) < 0n ? 0n : within(low); at <= end;) {
    const host = largestBlock(BITS[family], at, end);
    prefixes.push(`${addressText(family, at)}/${BITS[family] - host}`);
    at += 1n << BigInt(host);
  }
  return prefixes;
}

/** The kernel's sets have no prefix of length 0. */
function largestBlock(bits: number, at: bigint, end: bigint): number {
  let host = 0;
  while (host < bits - 1 && (at >> BigInt(host)) % 2n === 0n && at + (2n << BigInt(host)) - 1n <= end) host++;
  return host;
}

function clamp(value: bigint, least: bigint, most: bigint): bigint {
  if (value < least) return least;
  return value > most ? most : value;
}

function addressText(family: Family, bits: bigint): string {
  const [width, count] = family === 'ipv4' ? [8, 4] : [16, 8];
  const parts = Array.from({ length: count }, (_, i) => BigInt.asUintN(width, bits >> BigInt(width * (count - 1 - i))));
  return parts.map((part) => part.toString(family === 'ipv4' ? 10 : 16)).join(family === 'ipv4' ? '.' : ':');
}
