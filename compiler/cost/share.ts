/** How often things happen, as parts of all packets in whole numbers: guesses from the rules alone, as those of the tree are. */
import type { Atom, Formula, Literal } from '../logic/formula.js';
import { rarity } from '../search/rarity.js';
import { shareOf } from '../tree/cost.js';
import { type Guard, needsOf } from '../tree/guards.js';
import { placesOf } from '../tree/literals.js';

/** All packets. */
export const WHOLE = 2 ** 20;

/** So much of an amount, rounded down. */
export function part(amount: number, share: number): number {
  return Math.floor((amount * share) / WHOLE);
}

/** Faults, fragments and packets that were cut off are the exception. */
const RARE = WHOLE / 64;
/** Two numbers of a packet are seldom the same. */
const SAME = WHOLE / 16;

/** What is known of the packet: how many bytes it carries, and a literal that stands there. */
export interface Known {
  readonly bytes: number;
  readonly found?: Literal | undefined;
}

/** How often a condition holds where it is asked. */
export function chanceOf(formula: Formula, known: Known): number {
  switch (formula.kind) {
    case 'True':
      return WHOLE;
    case 'False':
      return 0;
    case 'Not':
      return WHOLE - chanceOf(formula.of, known);
    case 'And':
      return formula.of.reduce((share, one) => part(share, chanceOf(one, known)), WHOLE);
    case 'Or':
      return WHOLE - formula.of.reduce((share, one) => part(share, WHOLE - chanceOf(one, known)), WHOLE);
    case 'Contains': {
      const share = occurrenceChance(formula, known);
      return formula.negated ? WHOLE - share : share;
    }
    case 'Occurs':
      return part(occurrenceChance(formula, known), chanceOf(formula.where, known));
    default:
      return atomChance(formula);
  }
}

function atomChance(atom: Exclude<Atom, { kind: 'Contains' }>): number {
  switch (atom.kind) {
    case 'Present':
    case 'PresentBytes':
      return WHOLE / 2;
    case 'Malformed':
    case 'Packet':
      return RARE;
    case 'Compare':
    case 'Member':
      return decidedChance(atom) ?? betweenChance(atom);
  }
}

/** Two values of the packet, of which neither is known. */
function betweenChance(atom: Extract<Atom, { kind: 'Compare' | 'Member' }>): number {
  if (atom.kind === 'Member') return WHOLE / 2;
  if (atom.operator === '==') return SAME;
  return atom.operator === '!=' ? WHOLE - SAME : WHOLE / 2;
}

/** Conditions share atoms, and what stands in front of others is asked again for each of these: keys of guards are long texts. */
const CHANCES = new WeakMap<Formula, { readonly share: number | undefined }>();

/**
 * How often an atom holds that one number of the packet decides, or nearly: of a literal at a fixed place, its first bytes. Nothing
 * where there is no such number.
 */
function decidedChance(atom: Formula): number | undefined {
  const known = CHANCES.get(atom);
  if (known) return known.share;
  const guard = [...needsOf(atom).guards.values()].find(({ question }) => question.kind === 'Value');
  const share = guard && answerChance(guard);
  CHANCES.set(atom, { share });
  return share;
}

/** How often a question has one of these answers. */
export function answerChance({ question, answers }: Guard): number {
  return shareOf(question, answers, WHOLE);
}

type Searched = Extract<Formula, { kind: 'Contains' | 'Occurs' }>;

/** How often the literal of a condition stands in its window. */
export function occurrenceChance(searched: Searched, { bytes, found }: Known): number {
  if (searched.literal === found) return WHOLE;
  return decidedChance(searched) ?? standingChance(searched.literal, bytes);
}

/** How often a literal stands somewhere in its window, by how rare its bytes are beside each other in typical payloads. */
export function standingChance(literal: Literal, bytes: number): number {
  const places = placesWithin(literal, bytes);
  // Twice the binary logarithm; more than 2^64 places for one of ours are as good as never.
  const halves = Math.min(rarity(literal.bytes, 0, literal.bytes.length), 128);
  const half = halves % 2 === 0 ? 1000 : 1414;
  return Math.min(WHOLE, Math.floor((places * WHOLE * 1000) / (2 ** (halves >> 1) * half)));
}

/** Places where the literal may begin in so many bytes. */
export function placesWithin(literal: Literal, bytes: number): number {
  return Math.min(placesOf(literal), Math.max(0, bytes - literal.bytes.length + 1));
}
