import type { BenchLiteral, Payloads } from '../../../bench/search/candidate.js';
import { addMatch } from '../../../bench/search/checksum.js';
import { LOWER } from '../../../compiler/logic/fold.js';

/** Every match of every literal at every position, compared byte by byte. */
export function naiveSearch(
  literals: readonly BenchLiteral[],
  { bytes, lengths }: Payloads,
): { matches: number; checksum: number } {
  let [matches, checksum, start] = [0, 0, 0];
  lengths.forEach((length, payload) => {
    for (let from = start; from < start + length; from++)
      literals.forEach((literal, id) => {
        const end = from + literal.bytes.length;
        if (end > start + length || !standsAt(literal, bytes, from)) return;
        matches++;
        checksum = addMatch(checksum, id, end - start, payload);
      });
    start += length;
  });
  return { matches, checksum };
}

function standsAt({ bytes, nocase }: BenchLiteral, all: Uint8Array, from: number): boolean {
  const folded = (byte = 0): number => (nocase ? (LOWER[byte] ?? byte) : byte);
  return bytes.every((byte, index) => folded(byte) === folded(all[from + index]));
}
