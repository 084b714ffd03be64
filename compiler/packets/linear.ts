/** Lengths in headers are linear: `ihl * 4`, `(len + 1) * 8`, `length + 40`. Solved backwards when a packet is built. */
import type { Value } from '../logic/value.js';

/** `factor * field + offset`, factor positive. */
export interface Line {
  readonly field: string;
  readonly factor: number;
  readonly offset: number;
}

interface Form {
  readonly field?: string;
  readonly factor: number;
  readonly offset: number;
}

/** The value as a line in one field, or nothing where it is not one. */
export function linearIn(value: Value): Line | undefined {
  const form = formOf(value);
  if (form?.field === undefined || form.factor <= 0) return undefined;
  return { field: form.field, factor: form.factor, offset: form.offset };
}

function formOf(value: Value): Form | undefined {
  switch (value.kind) {
    case 'Constant':
      return { factor: 0, offset: Number(value.value) };
    case 'Field':
      return { field: value.field.name, factor: 1, offset: 0 };
    case 'Arithmetic':
      return combine(value.operator, formOf(value.left), formOf(value.right));
    default:
      return undefined;
  }
}

function combine(operator: string, a: Form | undefined, b: Form | undefined): Form | undefined {
  if (!a || !b || (a.field !== undefined && b.field !== undefined)) return undefined;
  const field = a.field ?? b.field;
  const named = field === undefined ? {} : { field };
  switch (operator) {
    case '+':
      return { ...named, factor: a.factor + b.factor, offset: a.offset + b.offset };
    case '-':
      return { ...named, factor: a.factor - b.factor, offset: a.offset - b.offset };
    case '*':
      // One side is constant: its factor is 0.
      return { ...named, factor: a.factor * b.offset + b.factor * a.offset, offset: a.offset * b.offset };
    case '<<':
      return b.field === undefined
        ? { ...named, factor: a.factor * 2 ** b.offset, offset: a.offset * 2 ** b.offset }
        : undefined;
    default:
      return undefined;
  }
}
