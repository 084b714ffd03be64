/** Comparisons of a narrow field as sets of its values: `tcp.flags & (SYN | FIN) == SYN` is a question about `tcp.flags`. */
import type { Formula } from '../logic/formula.js';
import { type IntSet, setHas, setOf } from '../logic/set.js';
import { addressKey, arithmetic, holds, type Value } from '../logic/value.js';

/** Wider fields have too many values to try. */
const WIDEST = 8;

type FieldValue = Extract<Value, { kind: 'Field' }>;

/** The only field that the comparison reads, and for which of its values it holds; nothing where it reads anything else. */
export function tabulated(
  atom: Extract<Formula, { kind: 'Compare' | 'Member' }>,
): { value: FieldValue; answers: IntSet } | undefined {
  const values = atom.kind === 'Member' ? [atom.value] : [atom.left, atom.right];
  const fields = values.map(fieldsOf);
  if (!fields.every((f) => f !== undefined)) return undefined;
  const [field, ...others] = fields.flat();
  if (!field || field.field.width > WIDEST || others.some((other) => !isSame(field, other))) return undefined;
  const answers: bigint[] = [];
  for (let bits = 0; bits < 2 ** field.field.width; bits++) {
    const answer = addressKey(field.field.type, BigInt(bits));
    if (holdsFor(atom, answer)) answers.push(answer);
  }
  return { value: field, answers: setOf(answers.map((a) => ({ low: a, high: a }))) };
}

/** The fields in arithmetic over fields and constants; nothing for other values. */
function fieldsOf(value: Value): FieldValue[] | undefined {
  switch (value.kind) {
    case 'Constant':
      return [];
    case 'Field':
      return [value];
    case 'Negate':
      return fieldsOf(value.of);
    case 'Arithmetic': {
      const [left, right] = [fieldsOf(value.left), fieldsOf(value.right)];
      return left && right && [...left, ...right];
    }
    default:
      return undefined;
  }
}

function isSame(a: FieldValue, b: FieldValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function holdsFor(atom: Extract<Formula, { kind: 'Compare' | 'Member' }>, field: bigint): boolean {
  if (atom.kind === 'Member') {
    const value = valueFor(atom.value, field);
    return value !== undefined && setHas(atom.set, value) !== atom.negated;
  }
  const [left, right] = [valueFor(atom.left, field), valueFor(atom.right, field)];
  return left !== undefined && right !== undefined && holds(atom.operator, left, right);
}

function valueFor(value: Value, field: bigint): bigint | undefined {
  if (value.kind === 'Constant') return value.value;
  if (value.kind === 'Negate') {
    const of = valueFor(value.of, field);
    return of === undefined ? undefined : -of;
  }
  if (value.kind !== 'Arithmetic') return field;
  const [left, right] = [valueFor(value.left, field), valueFor(value.right, field)];
  return left === undefined || right === undefined ? undefined : arithmetic(value.operator, left, right);
}
