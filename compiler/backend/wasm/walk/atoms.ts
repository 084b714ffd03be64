/** Conditions of signatures as emitted code: all but named occurrences and windows that the packet gives, which are the machine's. */
import { all, type Atom, type Formula } from '../../../logic/formula.js';
import type { Label, Statement } from '../assembler/code.js';
import { block, branchIf, breakUnless, call } from '../assembler/control.js';
import { i32 } from '../assembler/instructions.js';
import { addressLocals, emitAddress, sameAddress } from '../decode/addresses.js';
import { layoutAtom, type RequireAtom } from '../decode/conditions.js';
import { emitValue, type ValueContext } from '../decode/values.js';
import { isAddress } from '../program/encode.js';
import type { LiteralSearch } from '../program/literals.js';
import type { SetFunctions } from '../program/sets.js';
import type { Tables } from '../program/tables.js';

/** What code for conditions may use. */
export interface ConditionContext extends ValueContext {
  readonly tables: Tables;
  readonly sets: SetFunctions;
  readonly literals: LiteralSearch;
}

/** Whether all of it can be code. */
function isCode(formula: Formula): boolean {
  switch (formula.kind) {
    case 'And':
    case 'Or':
      return formula.of.every(isCode);
    case 'Not':
      return isCode(formula.of);
    case 'Occurs':
      return false;
    case 'Contains':
      return formula.window === undefined;
    default:
      return true;
  }
}

/** A condition in two: what can be code, and what is left for the machine. Both must hold. */
export function split(formula: Formula): { readonly code: Formula; readonly rest: Formula } {
  const parts = formula.kind === 'And' ? formula.of : [formula];
  return { code: all(parts.filter(isCode)), rest: all(parts.filter((part) => !isCode(part))) };
}

/** Requires atoms of signatures. */
export function packetAtom(context: ConditionContext): RequireAtom {
  const simple = layoutAtom(context);
  const { cells, bytes } = context;
  return (atom, fails) => {
    switch (atom.kind) {
      case 'Malformed': {
        const { layout, list } = atom;
        return breakUnless(
          fails,
          i32.load(list === undefined ? cells.malformed(layout) : cells.listMalformed(layout, 0, list)),
        );
      }
      case 'Packet':
        return breakUnless(fails, i32.load(atom.property === 'too_deep' ? cells.tooDeep : cells.truncated));
      case 'PresentBytes':
        return breakUnless(fails, call(bytes.resolve, bytes.record(atom.bytes)));
      case 'Contains':
        return contains(atom, context, fails);
      case 'Member':
        return isAddress(atom.value) || atom.set.length > FEW ? member(atom, context, fails) : simple(atom, fails);
      case 'Compare':
        return isAddress(atom.left) || isAddress(atom.right) ? compared(atom, context, fails) : simple(atom, fails);
      case 'Present':
        return simple(atom, fails);
    }
  };
}

/** So many ranges are compared one by one. */
const FEW = 4;

type Of<K extends Atom['kind']> = Extract<Atom, { kind: K }>;

function contains(
  { literal, bytes: ref, negated }: Of<'Contains'>,
  context: ConditionContext,
  fails: Label,
): Statement {
  const { bytes, literals, tables } = context;
  const found = call(literals.find, i32.const(tables.literal(literal)), bytes.start, bytes.end, 0);
  return block(() => [
    breakUnless(fails, call(bytes.resolve, bytes.record(ref))),
    negated ? branchIf(fails, found) : breakUnless(fails, found),
  ]);
}

function member({ value, set, negated }: Of<'Member'>, context: ConditionContext, fails: Label): Statement {
  const { tables, sets } = context;
  const decided = (found: ReturnType<typeof call<'i32'>>): Statement =>
    negated ? branchIf(fails, found) : breakUnless(fails, found);
  if (!isAddress(value)) {
    const { address, count } = tables.ranges(set);
    return decided(call(sets.member, address, count, emitValue(value, context, fails)));
  }
  const at = addressLocals(context.locals);
  return block(() => [
    ...emitAddress(value, at, context, fails),
    decided(call(sets.addressMember, tables.addresses(set), at.family, at.low, at.high)),
  ]);
}

function compared({ left, right, operator }: Of<'Compare'>, context: ConditionContext, fails: Label): Statement {
  const [a, b] = [addressLocals(context.locals), addressLocals(context.locals)];
  return block(() => [
    ...emitAddress(left, a, context, fails),
    ...emitAddress(right, b, context, fails),
    operator === '!=' ? branchIf(fails, sameAddress(a, b)) : breakUnless(fails, sameAddress(a, b)),
  ]);
}
