/** Formulas over a packet, directly: short and slow. This is the meaning of the language. */
import type { Atom, Formula } from '../../logic/formula.js';
import { setHas } from '../../logic/set.js';
import { holds } from '../../logic/value.js';
import type { Decoded, Stack } from './stack.js';
import { occursIn } from './occurs.js';
import { bytesOf, evaluateValue, isPresent } from './value.js';

/** Whether the formula holds for the packet. `current` is the header that is being decoded. */
export function evaluateFormula(formula: Formula, stack: Stack, current?: Decoded): boolean {
  switch (formula.kind) {
    case 'True':
      return true;
    case 'False':
      return false;
    case 'And':
      return formula.of.every((f) => evaluateFormula(f, stack, current));
    case 'Or':
      return formula.of.some((f) => evaluateFormula(f, stack, current));
    case 'Not':
      return !evaluateFormula(formula.of, stack, current);
    default:
      return evaluateAtom(formula, stack, current);
  }
}

function evaluateAtom(atom: Atom, stack: Stack, current: Decoded | undefined): boolean {
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
      const left = evaluateValue(atom.left, stack, current);
      const right = evaluateValue(atom.right, stack, current);
      return left !== undefined && right !== undefined && holds(atom.operator, left, right);
    }
    case 'Member': {
      const value = evaluateValue(atom.value, stack, current);
      return value !== undefined && setHas(atom.set, value) !== atom.negated;
    }
    case 'Contains': {
      const bytes = bytesOf(atom.bytes, stack);
      return bytes !== undefined && occursIn(atom.literal, bytes) !== atom.negated;
    }
  }
}
