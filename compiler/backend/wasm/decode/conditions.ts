/** Conditions as emitted code: what joins atoms, and the atoms of layouts (`next … when`), which compare a header's own fields. */
import type { CompareOperator } from '../../../../grammar/ast.js';
import type { Atom, Formula } from '../../../logic/formula.js';
import type { IntSet } from '../../../logic/set.js';
import type { Expression, Label, Statement } from '../assembler/code.js';
import { branch, branchIf, breakUnless, type Variable } from '../assembler/control.js';
import { block } from '../assembler/control.js';
import { i32, i64 } from '../assembler/instructions.js';
import { NOTHING } from '../assembler/module.js';
import { emitValue, type ValueContext } from './values.js';

/** How signed integers are compared. */
export const COMPARE = {
  '==': i64.eq,
  '!=': i64.ne,
  '<': i64.ltS,
  '<=': i64.leS,
  '>': i64.gtS,
  '>=': i64.geS,
} satisfies Record<CompareOperator, unknown>;

/** Goes on where an atom holds, and to `fails` where it does not, or reads what is missing. */
export type RequireAtom = (atom: Atom, fails: Label) => Statement;

/** Goes on where the formula holds, and to `fails` where it does not. */
export function requireFormula(formula: Formula, atom: RequireAtom, fails: Label): Statement {
  switch (formula.kind) {
    case 'True':
      return NOTHING;
    case 'False':
      return branch(fails);
    case 'And':
      return block(() => formula.of.map((f) => requireFormula(f, atom, fails)));
    case 'Or':
      return block((holds) => [
        ...formula.of.map((f) => block((next) => [requireFormula(f, atom, next), branch(holds)])),
        branch(fails),
      ]);
    case 'Not':
      return block((holds) => [requireFormula(formula.of, atom, holds), branch(fails)]);
    case 'Occurs':
      throw new Error('occurrences are the machine’s');
    default:
      return atom(formula, fails);
  }
}

/** Requires what a layout may ask for. */
export function layoutAtom(context: ValueContext): RequireAtom {
  return (atom, fails) => {
    switch (atom.kind) {
      case 'Present':
        return breakUnless(fails, i32.load(context.cells.presence(atom.header)));
      case 'Compare': {
        const left = emitValue(atom.left, context, fails);
        const right = emitValue(atom.right, context, fails);
        return breakUnless(fails, COMPARE[atom.operator](left, right));
      }
      case 'Member': {
        const value = context.locals.local('i64');
        const found = among(value, atom.set);
        return block(() => [
          value.set(emitValue(atom.value, context, fails)),
          atom.negated ? branchIf(fails, found) : breakUnless(fails, found),
        ]);
      }
      default:
        throw new Error(`a layout cannot ask for ${atom.kind}`);
    }
  };
}

/** Whether the value is in the set; sets in layouts are small. */
function among(value: Variable<'i64'>, set: IntSet): Expression<'i32'> {
  return set.reduce(
    (found, { low, high }) => i32.or(found, i32.and(i64.geS(value, clip(low)), i64.leS(value, clip(high)))),
    i32.const(0),
  );
}

const LIMIT = 1n << 63n;

/** The nearest integer of 64 bits: sets may reach further than values do. */
export function clip(value: bigint): bigint {
  return value >= LIMIT ? LIMIT - 1n : value < -LIMIT ? -LIMIT : value;
}
