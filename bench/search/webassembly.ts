/** The compiled search: what the compiler chooses for a set of literals, as WebAssembly. */
import { searchModule } from '../../compiler/backend/wasm/search/standalone.js';
import { planSearch, type SearchPlan } from '../../compiler/search/plan.js';
import type { BenchLiteral, Payloads, PreparedSearch, SearchCandidate } from './candidate.js';
import { addMatch } from './checksum.js';

const PAGE_BYTES = 65_536;
/** Readable bytes behind a payload. */
const SLACK_BYTES = 128;
const MATCH_WORDS = 3;
/** For payloads and matches: 512 MiB, of which only what is touched exists. */
const ROOM_PAGES = 8192;

/** Every match in one call for all payloads. */
export const compiledSearch: SearchCandidate = {
  name: 'WebAssembly',
  prepare: (literals) => prepared(literals, planSearch(anywhere(literals))),
};

function anywhere(literals: readonly BenchLiteral[]) {
  return literals.map((literal) => ({ ...literal, first: 0, last: -1 }));
}

/** A search by a plan. */
function prepared(literals: readonly BenchLiteral[], plan: SearchPlan): PreparedSearch {
  const { wasm, pages, free } = searchModule(anywhere(literals), plan);
  const memory = new WebAssembly.Memory({ initial: pages + ROOM_PAGES });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm), { env: { memory } });
  const search = exports['search'] as (table: number, payloads: number, matches: number) => number;
  let table = 0;
  let payloads = 0;
  return {
    memoryBytes: pages * PAGE_BYTES,
    load({ bytes, lengths }: Payloads) {
      table = Math.ceil((free + bytes.length + SLACK_BYTES) / 8) * 8;
      payloads = lengths.length;
      new Uint8Array(memory.buffer).set(bytes, free);
      const words = new Uint32Array(memory.buffer, table, payloads * 2);
      let at = free;
      lengths.forEach((length, index) => {
        words.set([at, length], index * 2);
        at += length;
      });
    },
    run: () => search(table, payloads, 0),
    checksum() {
      const out = table + payloads * 8;
      const words = search(table, payloads, 0) * MATCH_WORDS;
      search(table, payloads, out);
      const matches = new Uint32Array(memory.buffer, out, words);
      let sum = 0;
      for (let i = 0; i < words; i += MATCH_WORDS) sum = addMatch(sum, matches[i + 1]!, matches[i + 2]!, matches[i]!);
      return sum;
    },
  };
}
