/** The decision tree's search in plain JavaScript. */
import { ahoCorasick } from '../../compiler/backend/tree/aho-corasick.js';
import type { BenchLiteral, Payloads, PreparedSearch, SearchCandidate } from './candidate.js';
import { addMatch } from './checksum.js';

/** It reports candidates, which is less work than reporting matches. */
export const treeSearch: SearchCandidate = {
  name: 'Aho–Corasick',
  mostBytes: () => 500_000,
  reportsLess: 'each literal once a payload, in either case and without its place',
  prepare,
};

function prepare(literals: readonly BenchLiteral[]): PreparedSearch {
  const { search } = ahoCorasick(literals.map(({ bytes }) => bytes));
  let payloads: readonly Uint8Array[] = [];
  return {
    load: (given) => (payloads = separate(given)),
    run: () => {
      let reports = 0;
      for (const payload of payloads) search(payload, () => reports++);
      return reports;
    },
    checksum: () => {
      let sum = 0;
      payloads.forEach((payload, index) => search(payload, (id) => (sum = addMatch(sum, id, 0, index))));
      return sum;
    },
  };
}

function separate({ bytes, lengths }: Payloads): Uint8Array[] {
  let end = 0;
  return Array.from(lengths, (length) => bytes.subarray(end, (end += length)));
}
