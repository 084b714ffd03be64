/**
 * The parts of a condition, and for each the formula of its near misses: everything else holds, and this does not. What else there is
 * depends on where the part stands: beside it in a conjunction all holds, in a disjunction no other branch does, and behind a named
 * occurrence some occurrence has all but this.
 */
import type { Span } from '../../grammar/diagnostic.js';
import { all, type Formula, not, some, TRUE } from '../logic/formula.js';

/** A part of a condition. */
export interface Part {
  readonly part: Formula;
  /** What else must hold. A near miss is a packet for which this holds and the condition does not. */
  readonly rest: Formula;
  /** Holds for near misses and for nothing else. */
  readonly miss: Formula;
}

/** A disjunction of more branches is one part: what an author lists is one thing. */
const MOST_BRANCHES = 4;

/** The parts of a condition in the order in which they stand. */
export function partsOf(formula: Formula): Part[] {
  switch (formula.kind) {
    case 'True':
    case 'False':
      return [];
    case 'And':
      if (isOneText(formula.of)) return [whole(formula)];
      return together(formula.of).flatMap((one, i, parts) => besides(one, parts.toSpliced(i, 1)));
    case 'Or':
      return formula.of.length <= MOST_BRANCHES && formula.of.some(isCompound) && !isOneText(formula.of)
        ? formula.of.flatMap((one, i, branches) => besides(one, branches.toSpliced(i, 1).map(not)))
        : [whole(formula)];
    case 'Not':
      return partsOfDenied(formula);
    case 'Occurs':
      return [
        whole({ ...formula, where: TRUE }),
        ...partsOf(formula.where).map(({ part, rest, miss }) => ({
          part,
          rest: { ...formula, where: rest },
          miss: all([{ ...formula, where: miss }, not(formula)]),
        })),
      ];
    default:
      return [whole(formula)];
  }
}

function whole(part: Formula): Part {
  return { part, rest: TRUE, miss: not(part) };
}

/** The parts of a condition that stands beside others: those hold, too. */
export function besides(one: Formula, others: readonly Formula[]): Part[] {
  return partsOf(one).map(({ part, rest, miss }) => ({
    part,
    rest: all([...others, rest]),
    miss: all([...others, miss]),
  }));
}

function partsOfDenied(formula: Extract<Formula, { kind: 'Not' }>): Part[] {
  const { of } = formula;
  if (of.kind === 'Not') return partsOf(of.of);
  if (of.kind === 'Or') return partsOf(all(of.of.map(not)));
  if (of.kind === 'And' && of.of.some(isCompound)) return partsOf(some(of.of.map(not)));
  return [whole(formula)];
}

function isCompound(formula: Formula): boolean {
  if (formula.kind === 'Not') return isCompound(formula.of);
  return formula.kind === 'And' || (formula.kind === 'Occurs' && formula.where.kind !== 'True');
}

/** Either-direction tests and views become several atoms of one place in the text, which are one part. */
function together(of: readonly Formula[]): Formula[] {
  const groups: Formula[][] = [];
  for (const one of of) {
    const last = groups.at(-1);
    if (last?.[0] && isOneText([last[0], one])) last.push(one);
    else groups.push([one]);
  }
  return groups.flatMap((group) => (group.length === 1 ? group : [{ kind: 'And' as const, of: group }]));
}

function isOneText(formulas: readonly Formula[]): boolean {
  const spans = formulas.map(spanOf);
  const [first] = spans;
  return (
    first !== undefined && spans.every((s) => s?.file === first.file && s.start === first.start && s.end === first.end)
  );
}

function spanOf(formula: Formula): Span | undefined {
  if (formula.kind === 'Not') return spanOf(formula.of);
  return 'span' in formula ? formula.span : undefined;
}
