/** Conditions of signatures as emitted code: all but named occurrences and windows that the packet gives, which are the machine's. */
import { all, type Atom, type Formula, type Literal } from '../../../logic/formula.js';
import type { Label, Statement } from '../assembler/code.js';
import { block, branchIf, breakUnless, call, when } from '../assembler/control.js';
import { i32, v128 } from '../assembler/instructions.js';
import { isLetter } from '../../../search/patterns.js';
import { addressLocals, emitAddress, sameAddress } from '../decode/addresses.js';
import { layoutAtom, type RequireAtom } from '../decode/conditions.js';
import { emitValue, type ValueContext } from '../decode/values.js';
import { isAddress } from '../program/is-address.js';
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
export function isCode(formula: Formula): boolean {
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

/** One compare has so many bytes; what lies behind the payload may be read (`SLACK_BEHIND`). */
const LANE = 16;
/** Positions beyond the longest packet hold nothing, and need no code of their own. */
const LONGEST = 1 << 18;

/** Whether there is one place in which the literal can stand, and one compare is enough. */
function isAnchored({ bytes, first, last }: Literal): boolean {
  const isNear = Math.abs(first) <= LONGEST && Math.abs(last) <= LONGEST;
  return bytes.length <= LANE && isNear && first < 0 === last < 0 && last - first + 1 === bytes.length;
}

/** Whether the literal stands in its one place. To begin a search takes 15 ns, and this two. */
function stands({ literal, bytes: ref, negated }: Of<'Contains'>, context: ConditionContext, fails: Label): Statement {
  const { bytes, locals } = context;
  const { first, last, nocase } = literal;
  const lanes = (of: (byte: number) => number): number[] =>
    Array.from({ length: LANE }, (_, i) => (i < literal.bytes.length ? of(literal.bytes[i] ?? 0) : 0xff));
  const isFolded = (byte: number): boolean => nocase && isLetter(byte);
  const fold = lanes((byte) => (isFolded(byte) ? 0x20 : 0));
  const wanted = lanes((byte) => (isFolded(byte) ? byte | 0x20 : byte));
  const at = first < 0 ? i32.add(bytes.end, first) : i32.add(bytes.start, first);
  const differs = v128.anyTrue(v128.xor(v128.or(v128.load(at), v128.const(fold)), v128.const(wanted)));
  const found = locals.local('i32');
  return block(() => [
    breakUnless(fails, call(bytes.resolve, bytes.record(ref))),
    found.set(0),
    when(i32.geU(i32.sub(bytes.end, bytes.start), first < 0 ? -first : last + 1), [found.set(i32.eqz(differs))]),
    negated ? branchIf(fails, found) : breakUnless(fails, found),
  ]);
}

function contains(atom: Of<'Contains'>, context: ConditionContext, fails: Label): Statement {
  const { literal, bytes: ref, negated } = atom;
  if (isAnchored(literal)) return stands(atom, context, fails);
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
