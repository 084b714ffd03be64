/** How near a packet came to a signature, and at which part it failed. */
import type { Formula } from '../logic/formula.js';
import type { Evidence } from './evidence.js';

/** Atoms that would have to turn out otherwise for the whole to hold; 0 where it does. */
export function failures(evidence: Evidence): number {
  if (evidence.holds) return 0;
  switch (evidence.kind) {
    case 'And':
      return evidence.of.reduce((sum, part) => sum + failures(part), 0);
    case 'Or':
      return Math.min(...evidence.of.map(failures));
    case 'Occurs':
      return evidence.tried.length === 0
        ? 1
        : Math.min(...evidence.tried.map(({ where }) => Math.max(1, failures(where))));
    case 'Constant':
    case 'Not':
    case 'Atom':
      return 1;
  }
}

/**
 * Parts of a conjunction that hold: what tells a near miss from a signature that has one atom only. What only excludes something
 * holds for nearly every packet, so it says nothing.
 */
export function satisfied(evidence: Evidence): number {
  if (evidence.kind === 'And') return evidence.of.reduce((sum, part) => sum + satisfied(part), 0);
  return evidence.holds && !isExclusion(evidence) ? 1 : 0;
}

function isExclusion(evidence: Evidence): boolean {
  if (evidence.kind !== 'Atom') return evidence.kind === 'Not';
  const { atom } = evidence;
  if (atom.kind === 'Compare') return atom.operator === '!=';
  return (atom.kind === 'Member' || atom.kind === 'Contains') && atom.negated;
}

/** The first part for want of which the whole does not hold: of a disjunction, all of it. */
export function blame(formula: Formula, evidence: Evidence): { formula: Formula; evidence: Evidence } | undefined {
  if (evidence.holds) return undefined;
  if (formula.kind !== 'And' || evidence.kind !== 'And') return { formula, evidence };
  const at = evidence.of.findIndex((part) => !part.holds);
  const [part, found] = [formula.of[at], evidence.of[at]];
  return part && found && blame(part, found);
}
