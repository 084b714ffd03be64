/** The literals that rules look for in bytes. */
import type { Formula } from '../../compiler/logic/formula.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import type { BenchLiteral } from '../search/candidate.js';

/** All of them as often as they stand there, in the order of the signatures. */
export function ruleLiterals({ signatures }: Pick<Ruleset, 'signatures'>): BenchLiteral[] {
  return signatures.flatMap(({ when }) => literalsIn(when));
}

function literalsIn(formula: Formula): BenchLiteral[] {
  switch (formula.kind) {
    case 'And':
    case 'Or':
      return formula.of.flatMap(literalsIn);
    case 'Not':
      return literalsIn(formula.of);
    case 'Contains':
      return [formula.literal];
    case 'Occurs':
      return [formula.literal, ...literalsIn(formula.where)];
    default:
      return [];
  }
}
