/** Which search a set of literals gets. */
import type { Literal } from '../logic/formula.js';
import { type Automaton, buildAutomaton } from './automaton.js';
import {
  bigramFilter,
  bitmapFilter,
  type Filter,
  pairFilter,
  STRIDE_2_BYTES,
  teddyFilter,
  windowsIn,
} from './filters.js';
import { type Pattern, patternsOf } from './patterns.js';
import type { Window } from './windows.js';

/** What was chosen for a set of literals. */
export type SearchPlan = NoSearch | AutomatonPlan | FilteredPlan;

/** What every plan says. */
interface Planned {
  readonly literals: number;
  /** One sentence for people. */
  readonly why: string;
}

/** There is nothing to look for. */
export interface NoSearch extends Planned {
  readonly design: 'nothing';
}

/** Every byte goes through the automaton. */
export interface AutomatonPlan extends Planned {
  readonly design: 'automaton';
  readonly patterns: readonly Pattern[];
  readonly automaton: Automaton;
}

/** Filters, and the automaton for payloads in which they find too much. */
export interface FilteredPlan extends Planned {
  readonly design: 'filtered';
  readonly patterns: readonly Pattern[];
  readonly automaton: Automaton;
  /**
   * Passes that find all patterns, and passes that find them by other windows: hostile traffic, full of what the first ones look for,
   * is searched with the next.
   */
  readonly attempts: readonly (readonly Filter[])[];
}

/** A design that can be asked for. */
export type Design = 'automaton' | 'pair' | 'teddy' | 'fat-teddy' | 'bigram' | 'bitmap';

/** How the search is chosen. */
export interface SearchOptions {
  /** This one instead of the one that is expected to be the fastest; where it cannot be used, the automaton. */
  readonly design?: Design;
}

/**
 * Sets of so many patterns at most are looked for with these designs. GB/s on real payloads, literals of 4 to 32 bytes: 2 literals
 * 9.3 (pair) and 8.1 (Teddy); 10: 7.2 and 5.9 (16 groups), 20: 3.2 and 5.0; 30: 4.5 and 4.3 (bigrams), 50: 3.4 and 4.2; 500: 2.4 and
 * 1.9 (bitmap), 1,000: 1.4 and 1.7.
 */
const MOST = { pair: 2, teddy: 12, 'fat-teddy': 32, bigram: 640 } as const;
/** Patterns of one to three bytes are looked for with Teddy as long as there are so many at most. */
const MOST_TINY = 8;
/**
 * Every second window of a pattern of four bytes has a byte that may be anything, so it stands 256 times in the lookup: 5,000 such
 * patterns took 82 MB. Of more than these only the automaton stays small.
 */
const MOST_SHORT = 1000;
/** Forced designs are not used for more: their code or the work of making them grows with each pattern. */
const LIMITS: Readonly<Record<Design, number>> = {
  automaton: Infinity,
  pair: 4,
  teddy: 64,
  'fat-teddy': 64,
  bigram: Infinity,
  bitmap: Infinity,
};

/** Chooses the search; a literal's id is its index in the list. */
export function planSearch(literals: readonly Literal[], { design }: SearchOptions = {}): SearchPlan {
  if (literals.length === 0) return { design: 'nothing', literals: 0, why: 'there are no literals' };
  const patterns = patternsOf(literals);
  const common = { literals: literals.length, patterns, automaton: buildAutomaton(patterns) };
  const chosen = design ?? fastest(patterns);
  const { filters, why } = filtersFor(patterns, chosen, []);
  if (filters.length === 0) return { design: 'automaton', why, ...common };
  const avoided = filters.flatMap(windowsIn);
  const attempts = [filters, ...(avoided.length > 0 ? [filtersFor(patterns, chosen, avoided).filters] : [])];
  return { design: 'filtered', why, attempts, ...common };
}

function fastest(patterns: readonly Pattern[]): Design {
  const tiny = patterns.filter(isTiny).length;
  if (patterns.length <= MOST.pair) return 'pair';
  if (tiny > MOST_TINY) return 'automaton';
  if (patterns.length <= MOST.teddy) return 'teddy';
  if (patterns.length <= MOST['fat-teddy']) return 'fat-teddy';
  if (patterns.length <= MOST.bigram) return 'bigram';
  return patterns.filter(({ bytes }) => bytes.length === STRIDE_2_BYTES).length > MOST_SHORT ? 'automaton' : 'bitmap';
}

function isTiny({ bytes }: Pattern): boolean {
  return bytes.length < STRIDE_2_BYTES;
}

function filtersFor(
  patterns: readonly Pattern[],
  design: Design,
  avoided: readonly Window[],
): { filters: readonly Filter[]; why: string } {
  const all = [...patterns.keys()];
  const tiny = all.filter((index) => isTiny(patterns[index]!));
  const others = all.filter((index) => !isTiny(patterns[index]!));
  const count = `${patterns.length} different byte ${patterns.length === 1 ? 'string' : 'strings'}`;
  if (patterns.length > LIMITS[design] || tiny.length > LIMITS.teddy) return { filters: [], why: AUTOMATON };
  switch (design) {
    case 'automaton':
      return { filters: [], why: AUTOMATON };
    case 'pair':
      return {
        filters: [pairFilter(patterns, all)],
        why: `${count}: two rare bytes of each are compared at 16 places at once`,
      };
    case 'teddy':
    case 'fat-teddy':
      return {
        filters: [teddyFilter(patterns, all, design === 'fat-teddy', avoided)],
        why: `${count}: the rarest four bytes for every place modulo four, in ${design === 'teddy' ? 8 : 16} groups (Teddy)`,
      };
    case 'bigram':
      return {
        filters: [
          ...(others.length > 0 ? [bigramFilter(patterns, others, avoided)] : []),
          ...(tiny.length > 0 ? [teddyFilter(patterns, tiny, true, avoided)] : []),
        ],
        why: `${count}: the rarest four bytes for every place modulo two, by two tables of pairs of bytes`,
      };
    case 'bitmap':
      return {
        filters: [
          ...(others.length > 0 ? [bitmapFilter(patterns, others, avoided)] : []),
          ...(tiny.length > 0 ? [teddyFilter(patterns, tiny, true, avoided)] : []),
        ],
        why: `${count}: a bit for the hash of the rarest four bytes for every place modulo four`,
      };
  }
}

const AUTOMATON = 'the automaton is right for every set and linear whatever the traffic';
