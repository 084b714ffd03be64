/** Which literal a candidate waits for: one that it cannot match without. */
import type { Formula, Literal } from '../logic/formula.js';
import type { BytesRef } from '../logic/value.js';

/** Literals in the same bytes of which one at least must stand there. */
export interface Waiting {
  readonly bytes: BytesRef;
  readonly literals: readonly Literal[];
}

/**
 * A disjunction of more is no good filter, and stands in the search as often. Those of rules/ have up to 42: with 8 at most, four
 * signatures were decided for every request.
 */
const MOST_ALTERNATIVES = 64;

/** What the formula waits for, the best that can be had; nothing where it may hold without any literal. */
export function waitingOf(formula: Formula): Waiting | undefined {
  switch (formula.kind) {
    case 'Contains':
      return formula.negated ? undefined : { bytes: formula.bytes, literals: [formula.literal] };
    case 'Occurs':
      return { bytes: formula.bytes, literals: [formula.literal] };
    case 'And':
      return formula.of.reduce<Waiting | undefined>((best, f) => better(best, waitingOf(f)), undefined);
    case 'Or':
      return oneOf(formula.of.map(waitingOf));
    default:
      return undefined;
  }
}

function oneOf(alternatives: readonly (Waiting | undefined)[]): Waiting | undefined {
  const all = alternatives.flatMap((a) => a ?? []);
  const [first] = all;
  if (!first || all.length < alternatives.length) return undefined;
  const literals = all.flatMap((a) => a.literals);
  const isOneField = all.every((a) => JSON.stringify(a.bytes) === JSON.stringify(first.bytes));
  return isOneField && literals.length <= MOST_ALTERNATIVES ? { bytes: first.bytes, literals } : undefined;
}

/** The longer the shortest literal, the rarer it is found by chance; of two alike the first, so that the choice is the author's. */
function better(a: Waiting | undefined, b: Waiting | undefined): Waiting | undefined {
  if (!a || !b) return a ?? b;
  return weight(b) > weight(a) ? b : a;
}

function weight({ literals }: Waiting): number {
  return Math.min(...literals.map((l) => l.bytes.length)) * 16 - literals.length;
}

/** Positions that a literal has to be tried at: few where its window is narrow. */
export function placesOf({ first, last, bytes }: Literal): number {
  return first < 0 === last < 0 ? Math.max(0, last - first + 2 - bytes.length) : Infinity;
}
