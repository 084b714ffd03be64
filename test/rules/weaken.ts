/** What a near miss is: a packet that matches as soon as one part of a signature's condition is given up. */
import type { Formula } from '../../compiler/logic/formula.js';
import { all } from '../../compiler/logic/formula.js';

/**
 * The condition with one part given up, in every way: a conjunction without one of its parts, a disjunction with one branch
 * weakened. An atom alone becomes its opposite, which still asks that what it reads is there (`!=`: present and different).
 */
export function weakened(formula: Formula): Formula[] {
  switch (formula.kind) {
    case 'And':
      return formula.of.flatMap((part, i) => {
        const others = formula.of.filter((_, at) => at !== i);
        return [all(others), ...(part.kind === 'Or' ? weakened(part).map((p) => all([...others, p])) : [])];
      });
    case 'Or':
      return formula.of.flatMap(weakened);
    case 'Compare':
      return [{ ...formula, operator: OPPOSITE[formula.operator] }];
    case 'Member':
    case 'Contains':
      return [{ ...formula, negated: !formula.negated }];
    case 'Present': {
      // An option: the header that could have it.
      const { layout, slot } = formula.header;
      return [{ ...formula, header: { layout, slot } }];
    }
    default:
      return [];
  }
}

const OPPOSITE = { '==': '!=', '!=': '==', '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;
