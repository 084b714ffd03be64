/** How rare bytes are in typical payloads, in integers. */
import { PAIR_DIGITS } from './frequencies.js';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const FOLDED = 128;

/** By pair of folded bytes: two times the binary logarithm of its count. */
const PAIRS = Uint8Array.from(PAIR_DIGITS, (digit) => DIGITS.indexOf(digit));

/** Twice the binary logarithm of all pairs together. */
const TOTAL = halfLog(PAIRS.reduce((sum, value) => sum + power(value), 0));

/** By folded byte: two times the binary logarithm of its count. */
const BYTES = Uint8Array.from({ length: FOLDED }, (_, byte) =>
  halfLog(PAIRS.subarray(byte * FOLDED, (byte + 1) * FOLDED).reduce((sum, value) => sum + power(value), 0)),
);

/** 2 to the half of an integer, to an integer. */
function power(halves: number): number {
  const whole = 2 ** (halves >> 1);
  return halves % 2 === 0 ? whole : Math.floor((whole * 1414) / 1000);
}

/** The inverse of `power`, rounded down. */
function halfLog(value: number): number {
  let halves = 0;
  while (power(halves + 1) <= value) halves++;
  return halves;
}

function dense(byte: number): number {
  return (byte & 0x1f) | ((byte & 0xc0) >> 1);
}

/** The byte's own rarity: two times the binary logarithm of how many bytes there are for one of these. */
export function rarityOf(byte: number): number {
  return TOTAL - BYTES[dense(byte)]!;
}

/**
 * How rare the bytes from `from` to before `to` are beside each other, as a chain of pairs (Markov): two times the binary logarithm
 * of how many places there are for one where they stand. Bit 5 is disregarded.
 */
export function rarity(bytes: Uint8Array, from: number, to: number): number {
  let sum = rarityOf(bytes[from]!);
  for (let at = from; at + 1 < to; at++) {
    const [one, next] = [dense(bytes[at]!), dense(bytes[at + 1]!)];
    sum += Math.max(0, BYTES[one]! - PAIRS[one * FOLDED + next]!);
  }
  return sum;
}

/** Of 65,536 bytes in typical payloads, how many have this value, rounded up; the two values of a folded byte are counted alike. */
export function frequency(byte: number): number {
  return 1 + power(Math.max(0, 30 - rarityOf(byte)));
}
