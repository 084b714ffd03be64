/** Formulas over a packet, directly: short and slow. This is the meaning of the language. */
import type { Atom, ComputedWindow, Formula, Occurs } from '../../logic/formula.js';
import { setHas } from '../../logic/set.js';
import { type BytesRef, holds } from '../../logic/value.js';
import type { Stack } from './stack.js';
import { isAmong, occurrences, occursIn, windowIn } from './occurs.js';
import { bytesOf, evaluateValue, isPresent, type Scope } from './value.js';

/** Whether the formula holds for the packet. */
export function evaluateFormula(formula: Formula, stack: Stack, scope: Scope = {}): boolean {
  switch (formula.kind) {
    case 'True':
      return true;
    case 'False':
      return false;
    case 'And':
      return formula.of.every((f) => evaluateFormula(f, stack, scope));
    case 'Or':
      return formula.of.some((f) => evaluateFormula(f, stack, scope));
    case 'Not':
      return !evaluateFormula(formula.of, stack, scope);
    case 'Occurs':
      return standsAmong(formula, positionsOf(formula, stack), stack, scope);
    default:
      return evaluateAtom(formula, stack, scope);
  }
}

function evaluateAtom(atom: Atom, stack: Stack, scope: Scope): boolean {
  switch (atom.kind) {
    case 'Present':
      return isPresent(atom.header, stack);
    case 'PresentBytes':
      return bytesOf(atom.bytes, stack) !== undefined;
    case 'Malformed':
      if (atom.list === undefined) return stack.malformed[atom.layout] === true;
      return stack.headers[atom.layout]?.[0]?.lists[atom.list]?.malformed === true;
    case 'Packet':
      return atom.property === 'too_deep' ? stack.tooDeep : stack.packet.bytes.length < stack.packet.wireLength;
    case 'Compare': {
      const left = evaluateValue(atom.left, stack, scope);
      const right = evaluateValue(atom.right, stack, scope);
      return left !== undefined && right !== undefined && holds(atom.operator, left, right);
    }
    case 'Member': {
      const value = evaluateValue(atom.value, stack, scope);
      return value !== undefined && setHas(atom.set, value) !== atom.negated;
    }
    case 'Contains':
      return evaluateContains(atom, stack, scope);
  }
}

function evaluateContains(atom: Extract<Atom, { kind: 'Contains' }>, stack: Stack, scope: Scope): boolean {
  const bytes = bytesOf(atom.bytes, stack);
  if (!bytes) return false;
  // Where another one's occurrences are tried one by one, what depends on none of them is searched for once.
  if (!atom.window && scope.occurrence) return allOf(atom, stack).length > 0 !== atom.negated;
  if (!atom.window) return occursIn(atom.literal, bytes) !== atom.negated;
  const every = allOf(atom, stack);
  // Most payloads do not have the literal at all: then nothing is reckoned for each occurrence of another one.
  if (every.length === 0 && !atom.negated) return false;
  const window = evaluateWindow(atom.window, stack, scope);
  // A window that reads a missing byte makes the atom false, negated or not.
  if (!window) return false;
  const found = windowIn(atom.literal, bytes, window);
  return (found !== undefined && isAmong(every, found)) !== atom.negated;
}

/** Whether one of the positions lies in the formula's window. */
function standsAmong(formula: Occurs, positions: readonly number[], stack: Stack, scope: Scope): boolean {
  const bytes = bytesOf(formula.bytes, stack);
  if (!bytes || positions.length === 0) return false;
  if (!formula.window) return true;
  const window = evaluateWindow(formula.window, stack, scope);
  const found = window && windowIn(formula.literal, bytes, window);
  return found !== undefined && isAmong(positions, found);
}

function evaluateWindow(
  window: ComputedWindow,
  stack: Stack,
  scope: Scope,
): { first: bigint; last: bigint } | undefined {
  const first = evaluateValue(window.first, stack, scope);
  const last = evaluateValue(window.last, stack, scope);
  return first === undefined || last === undefined ? undefined : { first, last };
}

/** What was found in a packet already. Positions depend on nothing outside of their formula, so each is looked for once. */
const found = new WeakMap<Stack, Map<object, readonly number[]>>();

function once(key: object, stack: Stack, compute: () => readonly number[]): readonly number[] {
  let known = found.get(stack);
  if (!known) found.set(stack, (known = new Map<object, readonly number[]>()));
  let positions = known.get(key);
  if (!positions) known.set(key, (positions = compute()));
  return positions;
}

/** Every place where the literal stands in its own window, ascending. */
function allOf(of: { readonly bytes: BytesRef; readonly literal: Occurs['literal'] }, stack: Stack): readonly number[] {
  const bytes = bytesOf(of.bytes, stack);
  return bytes ? once(of.literal, stack, () => occurrences(of.literal, bytes)) : [];
}

/** Those of them for which `where` holds. */
function positionsOf(formula: Occurs, stack: Stack): readonly number[] {
  const every = allOf(formula, stack);
  const holdsAt = (position: number): boolean =>
    evaluateFormula(formula.where, stack, { occurrence: { name: formula.name, position } });
  return every.length === 0 ? every : once(formula, stack, () => every.filter(holdsAt));
}
