/** What of the comparison of searches is asked for. */
import { parseArgs } from 'node:util';
import { LITERAL_COUNTS } from '../workload/literals.js';
import { NEAR_KINDS } from '../workload/near.js';
import { CANDIDATES } from './candidates.js';
import { HYPERSCAN } from './compare.js';
import type { SearchCandidate } from './candidate.js';

/** Lengths of the payloads that are pieces of the real ones. */
const CHUNKS = [64, 512, 1460] as const;

/** Names of all sets of payloads. */
const PAYLOAD_KINDS: readonly string[] = ['real', ...CHUNKS.map(String), ...NEAR_KINDS];

/** Rows and columns. */
export interface SearchOptions {
  readonly counts: readonly number[];
  readonly kinds: readonly string[];
  readonly candidates: readonly SearchCandidate[];
  readonly seed: number;
}

/** Everything. */
export const ALL: SearchOptions = { counts: LITERAL_COUNTS, kinds: PAYLOAD_KINDS, candidates: CANDIDATES, seed: 1 };

/** How the options are written. */
export const USAGE = `usage: search.js [--literals 10,100] [--payloads real,64,near] [--searches NAME,NAME] [--seed 1]
  --literals  any numbers of literals; without: ${LITERAL_COUNTS.join(', ')}
  --payloads  ${PAYLOAD_KINDS.join(', ')}, or how several begin
  --searches  how the names of searches begin: ${CANDIDATES.map(({ name }) => name).join(', ')}; ${HYPERSCAN} is always there, and alone if only it is named
  --seed      another list of literals
`;

/** Reads the arguments; undefined where they are none of these. */
export function searchOptions(args: readonly string[]): SearchOptions | undefined {
  const texts = valuesOf(args);
  if (!texts) return undefined;
  const counts = texts.literals?.split(',').map(Number) ?? ALL.counts;
  const kinds = chosen(PAYLOAD_KINDS, texts.payloads, (kind) => kind);
  // The reference is measured in any case; naming it alone leaves out all others.
  const searches = chosen([{ name: HYPERSCAN }, ...CANDIDATES], texts.searches, ({ name }) => name);
  const candidates = searches && CANDIDATES.filter((candidate) => searches.includes(candidate));
  const seed = Number(texts.seed ?? ALL.seed);
  const right = [...counts, seed].every((value) => Number.isInteger(value) && value > 0);
  return right && kinds && candidates ? { counts, kinds, candidates, seed } : undefined;
}

function valuesOf(
  args: readonly string[],
): Partial<Record<'literals' | 'payloads' | 'searches' | 'seed', string>> | undefined {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...args], options: { literals: text, payloads: text, searches: text, seed: text } })
      .values;
  } catch {
    return undefined;
  }
}

/** Those whose names begin with one of the beginnings, case aside; undefined where one begins none. */
function chosen<T>(
  all: readonly T[],
  beginnings: string | undefined,
  nameOf: (one: T) => string,
): readonly T[] | undefined {
  if (beginnings === undefined) return all;
  const wanted = beginnings.toLowerCase().split(',');
  const fits = (one: T, beginning: string): boolean => nameOf(one).toLowerCase().startsWith(beginning);
  if (!wanted.every((beginning) => all.some((one) => fits(one, beginning)))) return undefined;
  return all.filter((one) => wanted.some((beginning) => fits(one, beginning)));
}
