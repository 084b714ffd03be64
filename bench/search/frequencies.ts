/**
 * Makes `compiler/search/frequencies.ts`: how often two bytes stand beside each other in payloads. The committed table is of the
 * mixed capture, 27 MB of harmless and hostile traffic of many protocols.
 *
 *     node dist/bench/search/frequencies.js > compiler/search/frequencies.ts
 */
import { join } from 'node:path';
import { loadRules } from '../../cli/load.js';
import { packageRoot } from '../../cli/paths.js';
import { isStarted } from '../alone.js';
import { realPayloads } from '../workload/payloads.js';
import type { Payloads } from './candidate.js';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Bytes with bit 5 set, as search folds them. */
const FOLDED = 128;
/** The most frequent pair has this value; a step is the square root of two. */
const MOST = DIGITS.length - 1;
const LINE = 108;

/** One digit for each pair of folded bytes: two times the binary logarithm of how often it stands in the payloads. */
export function pairDigits({ bytes, lengths }: Pick<Payloads, 'bytes' | 'lengths'>): string {
  const counts = new Uint32Array(FOLDED * FOLDED);
  let at = 0;
  for (const length of lengths) {
    for (const end = at + length - 1; at < end; at++) {
      const pair = dense(bytes[at] ?? 0) * FOLDED + dense(bytes[at + 1] ?? 0);
      counts[pair] = (counts[pair] ?? 0) + 1;
    }
    at++;
  }
  return Array.from(counts, (count) => DIGITS.charAt(Math.min(MOST, Math.round(2 * Math.log2(1 + count))))).join('');
}

/** The byte without its bit 5. */
function dense(byte: number): number {
  return (byte & 0x1f) | ((byte & 0xc0) >> 1);
}

function source(digits: string): string {
  const lines = digits.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return `/**
 * How often two bytes stand beside each other in typical payloads, without regard to their bit 5. Made from a capture by
 * bench/search/frequencies.ts: a digit of base 64 for each pair, two times the binary logarithm of its count.
 */
export const PAIR_DIGITS =
${lines.map((line) => `  '${line}'`).join(' +\n')};
`;
}

if (isStarted(import.meta.url)) {
  const { ruleset } = loadRules([join(packageRoot, 'rules')]);
  process.stdout.write(source(pairDigits(await realPayloads(ruleset))));
}
