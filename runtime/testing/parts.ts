/** The parts of a condition, each with the condition as it would be without it: what a good test would notice. */
import { all, type Atom, FALSE, type Formula, not, some, TRUE } from '../../compiler/logic/formula.js';
import type { CompareOperator } from '../../grammar/ast.js';

/**
 * `near miss`: an atom, and the condition that does not ask for it. What matches that and not the signature is a near miss: the
 * signature fails because of this atom alone. `match`: an alternative, and the condition without it. What matches the signature
 * and not that matches by this alternative alone.
 */
export interface Part {
  readonly asks: 'near miss' | 'match';
  readonly part: Formula;
  readonly changed: Formula;
}

/** Every atom of a condition, and every alternative of its disjunctions. */
export function partsOf(formula: Formula): Part[] {
  return inside(formula, (changed) => changed, true);
}

/** `whole` puts what stands for the formula in its place; `holds` says whether the signature wants it to hold or, behind `not`, to fail. */
function inside(formula: Formula, whole: (changed: Formula) => Formula, holds: boolean): Part[] {
  switch (formula.kind) {
    case 'True':
    case 'False':
      return [];
    case 'Not':
      return inside(formula.of, (changed) => whole(not(changed)), !holds);
    case 'And':
    case 'Or':
      return insideJoined(formula, whole, holds);
    case 'Occurs': {
      const literal = without(formula, { ...formula, where: TRUE }, whole, holds);
      return [literal, ...inside(formula.where, (where) => whole({ ...formula, where }), holds)];
    }
    default:
      return [without(formula, formula, whole, holds)];
  }
}

function insideJoined(
  formula: Extract<Formula, { kind: 'And' | 'Or' }>,
  whole: (changed: Formula) => Formula,
  holds: boolean,
): Part[] {
  const { kind, of } = formula;
  const join = kind === 'And' ? all : some;
  const parts = of.flatMap((part, i) => inside(part, (changed) => whole(join(of.with(i, changed))), holds));
  // `not (a and b)` is `not a or not b`.
  if ((kind === 'Or') !== holds) return parts;
  const alternatives = of.map((part, i): Part => {
    return { asks: 'match', part, changed: whole(join(of.filter((_, at) => at !== i))) };
  });
  return [...parts, ...alternatives];
}

/** `asked` is what of the part the packet must lack (or, behind `not`, have) for it to be a near miss. */
function without(
  part: Exclude<Formula, { kind: 'True' | 'False' | 'And' | 'Or' | 'Not' }>,
  asked: Formula,
  whole: (changed: Formula) => Formula,
  holds: boolean,
): Part {
  const asks = 'near miss';
  if (!holds) return { asks, part, changed: whole(FALSE) };
  // Alone, a part is missed by every packet that has nothing to do with it: then what it reads has to be there.
  if (whole(TRUE).kind === 'True') return { asks, part, changed: opposite(part) };
  return { asks, part, changed: whole(part.kind === 'Occurs' ? not(asked) : TRUE) };
}

const OPPOSITE: Readonly<Record<CompareOperator, CompareOperator>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};

/** Present and different, where that can be said. */
function opposite(part: Atom | Extract<Formula, { kind: 'Occurs' }>): Formula {
  switch (part.kind) {
    case 'Compare':
      return { ...part, operator: OPPOSITE[part.operator] };
    case 'Member':
    case 'Contains':
      return { ...part, negated: !part.negated };
    case 'Occurs':
      return all([{ kind: 'PresentBytes', bytes: part.bytes, span: part.span }, not({ ...part, where: TRUE })]);
    case 'Present': {
      // An option: the header that could have it.
      const { layout, slot, entry } = part.header;
      return entry ? { ...part, header: { layout, slot } } : not(part);
    }
    case 'PresentBytes':
    case 'Malformed':
    case 'Packet':
      return not(part);
  }
}
