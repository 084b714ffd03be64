/** What a byte costs in the pass that looks for a set of literals, by the size of the set. */
import type { SearchRow } from '../../compiler/cost/constants.js';
import { planSearch } from '../../compiler/search/plan.js';
import { alone, type Effort } from '../measure.js';
import type { BenchLiteral, Payloads } from '../search/candidate.js';
import { compiledSearch } from '../search/webassembly.js';
import { literalSet } from '../workload/literals.js';
import { NEAR_KINDS, nearPayloads } from '../workload/near.js';
import { processorSeconds } from './engine.js';

const FILTERED_SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000] as const;
const AUTOMATON_SIZES = [10, 100, 1000, 5000] as const;
/** Bytes of what an attacker sends. */
const NEAR_BYTES = 200_000;
const EFFORT: Effort = { rounds: 9, turnSeconds: 0.02, warmUpSeconds: 0.05 };

/** Rows for sets of literals as rules have them, which get filters; and for those that get the automaton. */
export async function searchRows(typical: Payloads): Promise<Readonly<Record<SearchKind, readonly SearchRow[]>>> {
  return {
    filtered: await rows(FILTERED_SIZES, 'filtered', typical),
    automaton: await rows(AUTOMATON_SIZES, 'automaton', typical),
  };
}

type SearchKind = 'filtered' | 'automaton';

async function rows(sizes: readonly number[], kind: SearchKind, typical: Payloads): Promise<SearchRow[]> {
  const all: SearchRow[] = [];
  for (const patterns of sizes) {
    const literals = kind === 'filtered' ? literalSet(patterns) : [...TINY, ...literalSet(patterns - TINY.length)];
    const { design } = planSearch(literals.map((one) => ({ ...one, first: 0, last: -1 })));
    if (design !== kind) throw new Error(`${patterns} literals are looked for by another search than ${kind}`);
    const near: number[] = [];
    for (const one of NEAR_KINDS) near.push(await perByte(literals, nearPayloads(one, literals, typical, NEAR_BYTES)));
    const expected = await perByte(literals, typical);
    all.push({ patterns, expected, worst: Math.max(expected, ...near) });
  }
  return all;
}

/** Two bytes are too few for filters: with so many of these, every byte goes through the automaton. */
const TINY: readonly BenchLiteral[] = Array.from({ length: 9 }, (_, i) => ({
  bytes: Uint8Array.of(1 + i, 0xf8 - i),
  nocase: false,
}));

/** Picoseconds. */
async function perByte(literals: readonly BenchLiteral[], payloads: Payloads): Promise<number> {
  const { load, run } = compiledSearch.prepare(literals);
  load(payloads);
  const pass = (times: number): number =>
    processorSeconds(() => {
      for (let i = 0; i < times; i++) run();
    });
  return Math.round((1e12 * (await alone({ pass }, EFFORT))) / payloads.bytes.length);
}
