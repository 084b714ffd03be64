/** A condition with one part changed: what a good test would notice. */
import type { Formula } from '../../compiler/logic/formula.js';
import { all, some } from '../../compiler/logic/formula.js';

export interface Mutant {
  /** The part that was given up or taken away. */
  readonly part: Formula;
  readonly formula: Formula;
}

/**
 * The condition with one part given up, in every way: a conjunction without one of its parts, a disjunction with one branch
 * weakened. An atom alone becomes its opposite, which still asks that what it reads is there (`!=`: present and different). What
 * matches one of them and not the condition is a near miss.
 */
export function weakened(formula: Formula): Mutant[] {
  switch (formula.kind) {
    case 'And':
      return formula.of.flatMap((part, i) => {
        const others = formula.of.filter((_, at) => at !== i);
        const inside = part.kind === 'Or' ? weakened(part) : [];
        return [
          { part, formula: all(others) },
          ...inside.map((mutant) => ({ ...mutant, formula: all([...others, mutant.formula]) })),
        ];
      });
    case 'Or':
      return formula.of.flatMap(weakened);
    case 'Compare':
      return [{ part: formula, formula: { ...formula, operator: OPPOSITE[formula.operator] } }];
    case 'Member':
    case 'Contains':
      return [{ part: formula, formula: { ...formula, negated: !formula.negated } }];
    case 'Present': {
      // An option: the header that could have it.
      const { layout, slot } = formula.header;
      return [{ part: formula, formula: { ...formula, header: { layout, slot } } }];
    }
    case 'Malformed':
    case 'Packet':
      return [{ part: formula, formula: { kind: 'Not', of: formula } }];
    default:
      return [];
  }
}

const OPPOSITE = { '==': '!=', '!=': '==', '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;

/** The condition with one branch of one of its disjunctions taken away, in every way: it matches less. */
export function narrowed(formula: Formula): Mutant[] {
  if (formula.kind !== 'And' && formula.kind !== 'Or') return [];
  const join = formula.kind === 'And' ? all : some;
  const inside = formula.of.flatMap((part, i) =>
    narrowed(part).map((mutant) => ({ ...mutant, formula: join(formula.of.with(i, mutant.formula)) })),
  );
  if (formula.kind === 'And') return inside;
  return [...inside, ...formula.of.map((part, i) => ({ part, formula: some(formula.of.filter((_, at) => at !== i)) }))];
}
