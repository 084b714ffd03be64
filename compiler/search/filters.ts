/**
 * Filters find where a pattern may stand; what they find is compared. They are fast in harmless traffic and limited in hostile one:
 * what goes beyond the limit is left to the automaton.
 */
import { bigramOffsets, groupsOf } from './bigrams.js';
import type { Pattern } from './patterns.js';
import { rarity, rarityOf } from './rarity.js';
import { teddyTables } from './teddy.js';
import { sharedWindows, type Window, WINDOW, wildcards, windowOffsets, windowRarity } from './windows.js';

/** One pass over a payload; patterns are indices. */
export type Filter = PairFilter | TeddyFilter | BigramFilter | BitmapFilter;

/** Two bytes of each pattern, compared sixteen places at once. */
export interface PairFilter {
  readonly kind: 'pair';
  readonly probes: readonly { readonly pattern: number; readonly offsets: readonly [number, number] }[];
}

/** Windows of four bytes at every fourth place, told apart by their halves: see teddy.ts. */
export interface TeddyFilter {
  readonly kind: 'teddy';
  /** Sixteen groups instead of eight. */
  readonly fat: boolean;
  readonly tables: readonly (readonly number[])[];
  readonly fold: number;
  /** Looked up by their bytes. */
  readonly windows: readonly Window[];
  /** With more than one wildcard: tried one after the other. */
  readonly listed: readonly Window[];
}

/** Windows of four bytes at every second place, whose halves look up which groups of windows they may belong to: see bigrams.ts. */
export interface BigramFilter {
  readonly kind: 'bigram';
  readonly fold: number;
  readonly windows: readonly Window[];
  /** By window, 0 to 7. */
  readonly groupOf: Uint8Array;
}

/** Windows of four bytes at every fourth place, and at every second one for those that need it, by one bit of a hash each. */
export interface BitmapFilter {
  readonly kind: 'bitmap';
  readonly fold: number;
  readonly windows: readonly Window[];
  /** Of patterns that are too short for one place in four. */
  readonly halfway: readonly Window[];
}

/** Patterns of fewer bytes have no whole window for each place modulo four. */
const STRIDE_4_BYTES = 7;
/** Patterns of fewer bytes do not have two for each place modulo four. */
const STRIDE_4_TWICE_BYTES = STRIDE_4_BYTES + 4;
/** Patterns of fewer bytes have no window of three bytes for each place modulo two. */
export const STRIDE_2_BYTES = 4;

/** What is set in every byte before words are compared: letters are folded where one pattern disregards case. */
function foldOf(patterns: readonly Pattern[]): number {
  return patterns.some(({ nocase }) => nocase) ? 0x20 : 0;
}

/** A pass that looks at the two neighbouring bytes that are rarest. */
export function pairFilter(patterns: readonly Pattern[], chosen: readonly number[]): PairFilter {
  return {
    kind: 'pair',
    probes: chosen.map((pattern) => ({ pattern, offsets: rarestPair(patterns[pattern]!.bytes) })),
  };
}

/** Bytes of a pattern that a pair is chosen from. */
const PAIR_WITHIN = 60;

function rarestPair(bytes: Uint8Array): [number, number] {
  const end = Math.min(PAIR_WITHIN, bytes.length);
  let [best, offsets]: [number, [number, number]] = [-1, [0, 0]];
  for (let at = 0; at < end; at++)
    for (let other = at + 1; other < end; other++) {
      const near = other === at + 1;
      const found = near ? rarity(bytes, at, at + 2) : rarityOf(bytes[at]!) + rarityOf(bytes[other]!);
      if (found > best) [best, offsets] = [found, [at, other]];
    }
  return offsets;
}

/** A pass with Teddy. */
export function teddyFilter(
  patterns: readonly Pattern[],
  chosen: readonly number[],
  fat: boolean,
  avoided: readonly Window[] = [],
): TeddyFilter {
  const all = windowsOf(patterns, chosen, WINDOW, avoided);
  const isListed = ({ pattern, offset }: Window): boolean => wildcards(patterns[pattern]!, offset) > 1;
  return {
    kind: 'teddy',
    fat,
    tables: teddyTables(patterns, all, fat ? 16 : 8),
    fold: foldOf(patterns),
    windows: all.filter((window) => !isListed(window)),
    listed: all.filter(isListed),
  };
}

/** A pass with tables of all pairs of bytes; patterns have four bytes at least. */
export function bigramFilter(
  patterns: readonly Pattern[],
  chosen: readonly number[],
  avoided: readonly Window[] = [],
): BigramFilter {
  const shared = sharedWindows(patterns, avoided);
  const windows = chosen.flatMap((pattern) =>
    bigramOffsets(patterns[pattern]!, shared).map((offset) => ({ pattern, offset })),
  );
  return { kind: 'bigram', fold: foldOf(patterns), windows, groupOf: groupsOf(patterns, windows) };
}

/** A pass with bitmaps. */
export function bitmapFilter(
  patterns: readonly Pattern[],
  chosen: readonly number[],
  avoided: readonly Window[] = [],
): BitmapFilter {
  const least = avoided.length > 0 ? STRIDE_4_TWICE_BYTES : STRIDE_4_BYTES;
  const isLong = (index: number): boolean => {
    const pattern = patterns[index]!;
    return pattern.bytes.length >= least && !(isFrequent(pattern, WINDOW) && !isFrequent(pattern, 2));
  };
  return {
    kind: 'bitmap',
    fold: foldOf(patterns),
    windows: windowsOf(patterns, chosen.filter(isLong), WINDOW, avoided),
    halfway: windowsOf(
      patterns,
      chosen.filter((index) => !isLong(index)),
      2,
      avoided,
    ),
  };
}

function windowsOf(
  patterns: readonly Pattern[],
  chosen: readonly number[],
  stride: number,
  avoided: readonly Window[],
): Window[] {
  const shared = sharedWindows(patterns, avoided);
  return chosen.flatMap((pattern) =>
    windowOffsets(patterns[pattern]!, stride, shared).map((offset) => ({ pattern, offset })),
  );
}

/**
 * Whether a pattern needs a window at this stride that stands everywhere in typical traffic: of 340,000 places where one of 5,000
 * literals might have stood, 166,000 had the four zeros of `01 00 00 00 00 50 4b 03`, which at every second place are not needed.
 */
function isFrequent(pattern: Pattern, stride: number): boolean {
  const offsets = windowOffsets(pattern, stride, sharedWindows([], []));
  return offsets.some((offset) => windowRarity(pattern.bytes, offset) < FREQUENT);
}

/** One place in 1,024. */
const FREQUENT = 20;

/** All windows that a filter looks for. */
export function windowsIn(filter: Filter): readonly Window[] {
  switch (filter.kind) {
    case 'pair':
      return [];
    case 'teddy':
      return [...filter.windows, ...filter.listed];
    case 'bigram':
      return filter.windows;
    case 'bitmap':
      return [...filter.windows, ...filter.halfway];
  }
}
