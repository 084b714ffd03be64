/** Measures searches on the same literals and payloads, taking turns with Hyperscan where it is there. */
import type { Hyperscan } from '../hyperscan/process.js';
import { alone, compare, type Contestant, timed } from '../measure.js';
import { sample } from '../workload/payloads.js';
import type { BenchLiteral, Payloads, PreparedSearch, SearchCandidate } from './candidate.js';

/** The reference's name. */
export const HYPERSCAN = 'Hyperscan';

/** One search of one set of literals in one set of payloads. */
export interface Measurement {
  readonly search: string;
  readonly literals: number;
  readonly payloads: string;
  /** Bytes of one pass, and matches in them: less than all of the payloads where the search is slow. */
  readonly bytes: number;
  readonly matches: number;
  /** 10⁹ bytes a second. */
  readonly gigabytesPerSecond: number;
  /** How many times as fast as Hyperscan, which took turns with it; the median and the middle half. */
  readonly timesHyperscan?: { readonly median: number; readonly low: number; readonly high: number };
  /** What differs from Hyperscan where nothing may: a fault of the search. */
  readonly disagreement?: string;
}

/** A candidate that has been prepared for a set of literals. */
export interface Entrant {
  readonly candidate: SearchCandidate;
  readonly search: PreparedSearch;
}

/** What one set of literals is measured with. */
export interface Field {
  readonly literals: readonly BenchLiteral[];
  readonly entrants: readonly Entrant[];
  readonly hyperscan: Hyperscan | undefined;
}

/** Hyperscan on all of the payloads, then each candidate beside Hyperscan on what it can manage of them. */
export async function measureAll(field: Field, payloads: Payloads): Promise<Measurement[]> {
  const reference = field.hyperscan ? [await measureReference(field, field.hyperscan, payloads)] : [];
  const rows: Measurement[] = [];
  for (const entrant of field.entrants) rows.push(await measureEntrant(field, entrant, payloads));
  return [...reference, ...rows];
}

async function measureReference({ literals }: Field, hyperscan: Hyperscan, payloads: Payloads): Promise<Measurement> {
  await hyperscan.load(payloads);
  const seconds = await alone(turnsOf(hyperscan));
  const { matches } = await hyperscan.run(1);
  return measurement(HYPERSCAN, literals, payloads, matches, seconds);
}

async function measureEntrant(field: Field, { candidate, search }: Entrant, all: Payloads): Promise<Measurement> {
  const { literals, hyperscan } = field;
  const payloads = sample(all, candidate.mostBytes?.(literals.length) ?? Infinity);
  search.load(payloads);
  const matches = search.run();
  if (!hyperscan) return measurement(candidate.name, literals, payloads, matches, await alone(passesOf(search)));
  await hyperscan.load(payloads);
  const fault = candidate.reportsLess === undefined ? await disagreement(search, hyperscan) : undefined;
  const { seconds, ratio, low, high } = await compare(passesOf(search), turnsOf(hyperscan));
  return {
    ...measurement(candidate.name, literals, payloads, matches, seconds[0]),
    timesHyperscan: { median: ratio, low, high },
    ...(fault !== undefined && { disagreement: fault }),
  };
}

function measurement(
  search: string,
  literals: readonly BenchLiteral[],
  { name, bytes }: Payloads,
  matches: number,
  seconds: number,
): Measurement {
  const gigabytesPerSecond = bytes.length / seconds / 1e9;
  return { search, literals: literals.length, payloads: name, bytes: bytes.length, matches, gigabytesPerSecond };
}

async function disagreement(search: PreparedSearch, hyperscan: Hyperscan): Promise<string | undefined> {
  const { matches, checksum } = await hyperscan.checksum();
  const own = { matches: search.run(), checksum: search.checksum() };
  if (own.matches !== matches) return `${own.matches} matches, Hyperscan has ${matches}`;
  return own.checksum === checksum ? undefined : `checksum ${own.checksum}, Hyperscan's is ${checksum}`;
}

function turnsOf({ run }: Hyperscan): Contestant {
  return { pass: async (times) => (await run(times)).seconds };
}

function passesOf({ run }: PreparedSearch): Contestant {
  return {
    pass: (times) =>
      timed(() => {
        for (let i = 0; i < times; i++) run();
      })[1],
  };
}
