/** Which four bytes of a pattern a filter looks at. */
import type { Pattern } from './patterns.js';
import { rarity } from './rarity.js';

/** Four bytes that begin at `offset` of a pattern; some may lie before or behind it, and fit any byte. */
export interface Window {
  readonly pattern: number;
  readonly offset: number;
}

/** Bytes of a window. */
export const WINDOW = 4;
/** Windows lie within so many bytes of a pattern: what is read behind a payload is bounded. */
export const WITHIN = 60;

/**
 * For each place modulo `stride` the offset of the rarest window, so that one of them begins at a multiple of the stride wherever
 * the pattern stands. A pattern of stride + 3 bytes has whole windows for all of them.
 */
export function windowOffsets({ bytes }: Pattern, stride: number, shared: Shared): number[] {
  const end = Math.min(bytes.length, WITHIN);
  const offsets = Array.from({ length: stride }, () => -WINDOW);
  const best = Array.from({ length: stride }, () => -1);
  // Where windows tell equally much, the first is taken; one with wildcards, only where there is none with fewer.
  for (const offset of order(end)) {
    const residue = (offset + WINDOW * stride) % stride;
    const known = Math.min(end, offset + WINDOW) - Math.max(0, offset);
    const found = known * A_BYTE + windowRarity(bytes, offset, end) - shared.price(bytes, offset);
    if (found > best[residue]!) [best[residue], offsets[residue]] = [found, offset];
  }
  for (const offset of offsets) shared.add(bytes, offset);
  return offsets;
}

/** How many patterns have taken which windows. */
export interface Shared {
  /** What sharing a window costs, in the unit of rarity. */
  readonly price: (bytes: Uint8Array, offset: number) => number;
  readonly add: (bytes: Uint8Array, offset: number) => void;
}

/**
 * Patterns of one set share windows only where they have none that is about as rare: each pattern of a window has to be compared
 * wherever it stands, and hostile traffic is full of the one that most have. Windows to be avoided are taken last.
 */
export function sharedWindows(patterns: readonly Pattern[], avoided: readonly Window[]): Shared {
  const counts = new Map<number, number>();
  const isWhole = (bytes: Uint8Array, offset: number): boolean => offset >= 0 && offset + WINDOW <= bytes.length;
  const count = (bytes: Uint8Array, offset: number): number => counts.get(wholeWord(bytes, offset, BIT_5)) ?? 0;
  for (const { pattern, offset } of avoided) {
    const { bytes } = patterns[pattern]!;
    if (isWhole(bytes, offset)) counts.set(wholeWord(bytes, offset, BIT_5), AVOIDED);
  }
  return {
    price: (bytes, offset) => (isWhole(bytes, offset) ? A_SHARE * (32 - Math.clz32(count(bytes, offset))) : 0),
    add: (bytes, offset) => {
      if (isWhole(bytes, offset)) counts.set(wholeWord(bytes, offset, BIT_5), count(bytes, offset) + 1);
    },
  };
}

/** So many patterns could not make a window dearer. */
const AVOIDED = 2 ** 30;
/** What letters of either case differ in. */
const BIT_5 = 0x20;
/** So much rarer has a window to be for twice as many patterns that share it, in half binary logarithms. */
const A_SHARE = 4;

/** More than the rarity of four bytes. */
const A_BYTE = 1000;

function order(end: number): number[] {
  const within = Array.from({ length: end }, (_, offset) => offset);
  return [...within, -1, -2, -3];
}

/** How rare the bytes of a window are, those that fit any byte aside; in half binary logarithms. */
export function windowRarity(bytes: Uint8Array, offset: number, end = bytes.length): number {
  const [from, to] = [Math.max(0, offset), Math.min(end, offset + WINDOW)];
  return from < to ? rarity(bytes, from, to) : -1;
}

/** How many bytes of the window fit any byte. */
export function wildcards({ bytes }: Pattern, offset: number): number {
  return WINDOW - Math.max(0, Math.min(bytes.length, offset + WINDOW) - Math.max(0, offset));
}

/** All words, in little-endian order and with the bits of `fold` set, that fit a window with one wildcard at most. */
export function wordsOf(pattern: Pattern, offset: number, fold: number): number[] {
  const whole = offset >= 0 && offset + WINDOW <= pattern.bytes.length;
  if (whole) return [wholeWord(pattern.bytes, offset, fold)];
  let words = [0];
  for (let place = 0; place < WINDOW; place++) {
    const byte = pattern.bytes[offset + place];
    const fits = byte === undefined ? (fold > 0 ? FOLDED : ANY) : [byte | fold];
    words = words.flatMap((word) => fits.map((b) => (word | (b << (8 * place))) >>> 0));
  }
  return words;
}

function wholeWord(bytes: Uint8Array, at: number, fold: number): number {
  const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  return (word | Math.imul(fold, 0x01010101)) >>> 0;
}

const ANY = Array.from({ length: 256 }, (_, byte) => byte);
const FOLDED = ANY.filter((byte) => (byte & 0x20) > 0);

/** A second window of the pattern, which shares as little as it can with the first and is rare; none in four bytes. */
export function secondOffset({ bytes }: Pattern, first: number): number | undefined {
  const end = Math.min(bytes.length, WITHIN);
  let [best, offset]: [number, number | undefined] = [-1, undefined];
  for (let at = 0; at + WINDOW <= end; at++) {
    const [from, to] = at < first ? [at, Math.min(first, at + WINDOW)] : [Math.max(at, first + WINDOW), at + WINDOW];
    const found = from < to ? rarity(bytes, from, to) : -1;
    if (found > best) [best, offset] = [found, at];
  }
  return offset;
}
