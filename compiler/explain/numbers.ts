/** Integers and sets of them in the author's words: addresses and networks out of their keys, flags by name. */
import { formatAddress } from '../../grammar/literals.js';
import type { IntSet, Range } from '../logic/set.js';
import { addressKey, type FieldPlace } from '../logic/value.js';

/** What integers of a value mean: addresses of some families, a row of flags, or a number of so many bits. */
export interface Meaning {
  readonly families: readonly AddressFamily[];
  readonly flags?: ReadonlyMap<string, bigint>;
  /** The least and greatest that it can be, where that is known. */
  readonly low?: bigint;
  readonly high?: bigint;
}

type AddressFamily = Exclude<FieldPlace['type'], 'int'>;

const WIDTHS: Readonly<Record<AddressFamily, number>> = { addr4: 32, addr6: 128, mac: 48 };

/** One integer: `22`, `10.0.0.9`, `SYN | ACK`. */
export function numberText(value: bigint, { families, flags }: Meaning): string {
  const family = familyOf(value, families);
  if (family) return formatAddress(family, BigInt.asUintN(WIDTHS[family], value));
  return flags ? flagsText(value, flags) : `${value}`;
}

function familyOf(value: bigint, families: readonly AddressFamily[]): AddressFamily | undefined {
  return families.find((family) => value >= addressKey(family, 0n) && value <= addressKey(family, ones(family)));
}

function ones(family: AddressFamily): bigint {
  return (1n << BigInt(WIDTHS[family])) - 1n;
}

function flagsText(value: bigint, flags: ReadonlyMap<string, bigint>): string {
  if (value === 0n) return 'none';
  const set = [...flags].filter(([, bits]) => (value & bits) === bits && bits !== 0n);
  const rest = set.reduce((left, [, bits]) => left & ~bits, value);
  return [...set.map(([name]) => name), ...(rest === 0n ? [] : [`0x${rest.toString(16)}`])].join(' | ');
}

/** More values than these are no row of named flags. */
const MOST_VALUES = 4096n;

/** `SYN, with or without ECE | CWR`: the values that agree in all other flags, where that is what they are. */
function flagsEitherWay(set: IntSet, flags: ReadonlyMap<string, bigint>): string | undefined {
  const size = set.reduce((sum, range) => sum + range.high - range.low + 1n, 0n);
  if (size > MOST_VALUES || size < 2n) return undefined;
  const values = set.flatMap(({ low, high }) =>
    Array.from({ length: Number(high - low) + 1 }, (_, i) => low + BigInt(i)),
  );
  const common = values.reduce((a, b) => a & b);
  const free = values.reduce((a, b) => a | b) ^ common;
  const bits = free.toString(2).replace(/0/g, '').length;
  return size === 1n << BigInt(bits)
    ? `${flagsText(common, flags)}, with or without ${flagsText(free, flags)}`
    : undefined;
}

/** A set as its elements: numbers, ranges, networks, addresses. Where it is nearly everything, what it lacks comes with `others`. */
export function setText(set: IntSet, meaning: Meaning, most = 8): string {
  const { low, high, flags } = meaning;
  const inside = low === undefined || high === undefined ? set : clip(set, low, high);
  const lacking = low === undefined || high === undefined ? undefined : gaps(inside, low, high);
  if (lacking?.length === 0) return 'anything';
  const either = flags ? flagsEitherWay(inside, flags) : undefined;
  if (either !== undefined) return either;
  if (lacking && lacking.length < inside.length) return `anything but ${listed(lacking, meaning, most)}`;
  return listed(inside, meaning, most);
}

function listed(set: IntSet, meaning: Meaning, most: number): string {
  const elements = set.flatMap((range) => elementsOf(range, meaning));
  const shown = elements.slice(0, elements.length > most ? most - 1 : most);
  const rest = elements.length - shown.length;
  const only = elements.length === 1 ? shown[0] : undefined;
  return only ?? `{ ${[...shown, ...(rest > 0 ? [`… ${rest} more`] : [])].join(', ')} }`;
}

function clip(set: IntSet, low: bigint, high: bigint): IntSet {
  return set.flatMap((range) => {
    const [from, to] = [range.low > low ? range.low : low, range.high < high ? range.high : high];
    return from > to ? [] : [{ low: from, high: to }];
  });
}

function gaps(set: IntSet, low: bigint, high: bigint): IntSet {
  const found: Range[] = [];
  let next = low;
  for (const range of set) {
    if (range.low > next) found.push({ low: next, high: range.low - 1n });
    next = range.high + 1n;
  }
  return next > high ? found : [...found, { low: next, high }];
}

/** Farther than any value: what analyses write for "and so on". */
const FAR = 1n << 136n;

function elementsOf({ low, high }: Range, meaning: Meaning): string[] {
  const [first, last] = [numberText(low, meaning), numberText(high, meaning)];
  if (low === high) return [first];
  const family = familyOf(low, meaning.families);
  if (family && familyOf(high, meaning.families) === family) {
    const networks = networksOf(low, high, family);
    return networks.length <= MOST_NETWORKS ? networks : [`${first}..${last}`];
  }
  if (meaning.flags && high - low < 8n) {
    return Array.from({ length: Number(high - low) + 1 }, (_, i) => numberText(low + BigInt(i), meaning));
  }
  if (high >= FAR) return [low <= -FAR ? 'anything' : `from ${first}`];
  return [low <= -FAR ? `up to ${last}` : `${low}..${high}`];
}

/** A range that is more networks than this is shorter as a range. */
const MOST_NETWORKS = 3;

function networksOf(low: bigint, high: bigint, family: AddressFamily): string[] {
  const width = WIDTHS[family];
  const networks: string[] = [];
  for (let at = low; at <= high && networks.length <= MOST_NETWORKS;) {
    let bits = 0;
    while (bits < width && isNetwork(at, bits + 1) && at + (1n << BigInt(bits + 1)) - 1n <= high) bits++;
    const address = formatAddress(family, BigInt.asUintN(width, at));
    networks.push(bits === 0 ? address : `${address}/${width - bits}`);
    at += 1n << BigInt(bits);
  }
  return networks;
}

function isNetwork(address: bigint, hostBits: number): boolean {
  return BigInt.asUintN(hostBits, address) === 0n;
}
