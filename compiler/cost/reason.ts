/** What makes a signature dear, in words for whoever wrote it. */
import { literalText, windowText, type Words } from '../explain/words.js';
import type { Formula, Literal } from '../logic/formula.js';
import { mostOccurrences } from './occurrences.js';
import type { Dear, PacketSizes, SignatureCost } from './ruleset.js';

/** So many literals are named; the signature itself has them all. */
const MOST_LITERALS = 2;

/** What most of the expected cost is spent on. */
export function expectedReason({ dear, waits }: Pick<SignatureCost, 'dear' | 'waits'>, words: Words): string {
  const { expected } = dear;
  switch (expected.kind) {
    case 'search':
      return `waits for ${literalsText(expected.literals)}`;
    case 'visit':
      return 'decided by the tree';
    case 'condition':
      return conditionText(expected.part.formula, waits, words);
  }
}

function conditionText(formula: Formula, waits: boolean, words: Words): string {
  const behind = waits ? 'where its literal is found, ' : '';
  if (formula.kind === 'Occurs') return `${behind}tries occurrences of ${placed(formula, words)}`;
  if (formula.kind === 'Contains') return `${behind}looks for ${placed(formula, words)} by itself`;
  return `${behind}asks ${words.about(formula).formula(formula)}`;
}

function placed(formula: Extract<Formula, { kind: 'Occurs' | 'Contains' }>, words: Words): string {
  const where = formula.kind === 'Contains' ? windowText(formula, words) : '';
  return `${literalText(formula.literal)}${where}`;
}

/** Less, in picoseconds, is not worth a word. */
const WORTH = 1_000_000;

/** What a packet that is made for it spends most time on; nothing where that is little, or neither a loop nor a search. */
export function worstReason({ worst }: { readonly worst: Dear }, { longestBytes }: PacketSizes): string | undefined {
  if (worst.kind !== 'condition' || worst.part.worst < WORTH) return undefined;
  const { formula } = worst.part;
  if (formula.kind !== 'Occurs' && formula.kind !== 'Contains') return undefined;
  const { literal } = formula;
  const most = mostOccurrences(literal, longestBytes);
  if (formula.kind === 'Contains' && !formula.window) return `near misses of ${literalText(literal)}`;
  return `${most} ${most === 1 ? 'occurrence' : 'occurrences'} of ${literalText(literal)}`;
}

/** `"a" or "b", … 3 more` */
function literalsText(literals: readonly Literal[]): string {
  const shown = literals.slice(0, MOST_LITERALS).map(literalText);
  const rest = literals.length - shown.length;
  return `${shown.join(' or ')}${rest > 0 ? `, … ${rest} more` : ''}`;
}
