/**
 * Sets of literals with the shape of public rulesets: 4 to 32 bytes, seven of ten have 11 or more, one of ten 4 to 6; about half
 * disregard case. One long list, of which a set is the beginning, so that a larger set is a smaller one and more.
 */
import { LOWER } from '../../compiler/logic/fold.js';
import type { BenchLiteral } from '../search/candidate.js';
import { generatedLiteral } from './generated.js';
import { type Random, randomFrom, shuffled } from './random.js';

/** How many literals the sets have. */
export const LITERAL_COUNTS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] as const;

/** Lengths, both included. */
const SHORT = [4, 6] as const;
const MIDDLE = [7, 10] as const;
const LONG = [11, 32] as const;

type Class = typeof SHORT | typeof MIDDLE | typeof LONG;

/** Any ten literals in a row are of these; the first of all is a long one. */
const TEN: readonly Class[] = [LONG, LONG, MIDDLE, LONG, LONG, SHORT, LONG, MIDDLE, LONG, LONG];

/** Of the literals of a class, one of so many is taken from the rules, as long as there are any. */
const RULES_ONE_OF = 4;

/**
 * The first literals of the list that belongs to a seed; all differ also without regard to case.
 *
 * @param own literals of existing rules, among the generated ones
 */
export function literalSet(count: number, own: readonly BenchLiteral[] = [], seed = 1): BenchLiteral[] {
  const random = randomFrom(seed);
  const from = shuffled(random, own);
  const seen = new Set<string>();
  return Array.from({ length: count }, (_, index) => {
    const length = TEN[index % TEN.length] ?? LONG;
    const taken = random(RULES_ONE_OF) === 0 ? takeNew(from, length, seen) : undefined;
    return taken ?? generateNew(random, length, seen);
  });
}

/** Removes the first that fits from `from`. */
function takeNew(from: BenchLiteral[], [least, most]: Class, seen: Set<string>): BenchLiteral | undefined {
  const index = from.findIndex(
    (l) => l.bytes.length >= least && l.bytes.length <= most && !seen.has(withoutCase(l.bytes)),
  );
  const [taken] = index < 0 ? [] : from.splice(index, 1);
  if (taken) seen.add(withoutCase(taken.bytes));
  return taken && { bytes: taken.bytes, nocase: taken.nocase };
}

function generateNew(random: Random, [least, most]: Class, seen: Set<string>): BenchLiteral {
  for (;;) {
    // Of two lengths the smaller: long ones are rarer the longer they are.
    const spread = most - least + 1;
    const made = generatedLiteral(random, least + Math.min(random(spread), random(spread)));
    const key = withoutCase(made.bytes);
    if (seen.has(key)) continue;
    seen.add(key);
    return made;
  }
}

function withoutCase(bytes: Uint8Array): string {
  return Buffer.from(bytes.map((byte) => LOWER[byte] ?? byte)).toString('latin1');
}
