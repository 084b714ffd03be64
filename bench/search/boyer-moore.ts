/** One literal after the other, each by the interpreter's Boyer–Moore: what a ruleset costs without a common search. */
import { type BoyerMoore, boyerMoore, find } from '../../compiler/backend/interpreter/boyer-moore.js';
import type { BenchLiteral, Payloads, PreparedSearch, SearchCandidate } from './candidate.js';
import { addMatch } from './checksum.js';

/** Bytes times literals of one pass: about a fiftieth of a second. */
const WORK = 10_000_000;

/** Every occurrence of every literal. */
export const oneByOne: SearchCandidate = {
  name: 'Boyer–Moore',
  mostLiterals: 200,
  mostBytes: (literals) => WORK / literals,
  prepare,
};

function prepare(literals: readonly BenchLiteral[]): PreparedSearch {
  const patterns = literals.map(({ bytes, nocase }) => boyerMoore(bytes, nocase));
  let payloads: Payloads = { name: '', bytes: new Uint8Array(), lengths: new Uint32Array() };
  return {
    load: (given) => (payloads = given),
    run: () => {
      let matches = 0;
      search(patterns, payloads, () => matches++);
      return matches;
    },
    checksum: () => {
      let sum = 0;
      search(patterns, payloads, (id, end, payload) => (sum = addMatch(sum, id, end, payload)));
      return sum;
    },
  };
}

function search(
  patterns: readonly BoyerMoore[],
  { bytes, lengths }: Payloads,
  found: (id: number, end: number, payload: number) => void,
): void {
  let start = 0;
  lengths.forEach((length, payload) => {
    const end = start + length;
    patterns.forEach((pattern, id) => {
      const behind = pattern.pattern.length - start;
      for (let at = find(pattern, bytes, start, end); at >= 0; at = find(pattern, bytes, at + 1, end))
        found(id, at + behind, payload);
    });
    start = end;
  });
}
