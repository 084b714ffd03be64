/** Walks through conditions and values: what is in them, whatever it is for. */
import type { Formula } from './formula.js';
import type { BytesRef, HeaderRef, Value } from './value.js';

/** A formula and all that is in it, the outer one first, in the order of the text. */
export function* formulasIn(formula: Formula): Generator<Formula> {
  const open: Formula[] = [formula];
  for (let next = open.pop(); next; next = open.pop()) {
    yield next;
    const parts = partsOf(next);
    for (let i = parts.length - 1; i >= 0; i--) open.push(parts[i] as Formula);
  }
}

/** The formulas that one is directly made of. */
function partsOf(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case 'And':
    case 'Or':
      return formula.of;
    case 'Not':
      return [formula.of];
    case 'Occurs':
      return [formula.where];
    default:
      return [];
  }
}

/** The values that one is directly reckoned from, the position among them at which it is read. */
export function operandsOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'First':
      return value.of;
    case 'Negate':
      return [value.of];
    case 'Arithmetic':
      return [value.left, value.right];
    case 'Read':
    case 'Digits':
      return [value.position];
    default:
      return [];
  }
}

/** A value and all that it is reckoned from. */
export function* valuesWithin(value: Value): Generator<Value> {
  yield value;
  for (const operand of operandsOf(value)) yield* valuesWithin(operand);
}

/** Every value that a formula itself asks about, those of its parts not among them. */
function* valuesOf(formula: Formula): Generator<Value> {
  switch (formula.kind) {
    case 'Contains':
    case 'Occurs':
      if (!formula.window) return;
      yield* valuesWithin(formula.window.first);
      yield* valuesWithin(formula.window.last);
      return;
    case 'Compare':
      yield* valuesWithin(formula.left);
      yield* valuesWithin(formula.right);
      return;
    case 'Member':
      yield* valuesWithin(formula.value);
      return;
    default:
      return;
  }
}

/** Every value in a formula, with those that it is reckoned from. */
export function* valuesIn(formula: Formula): Generator<Value> {
  for (const part of formulasIn(formula)) yield* valuesOf(part);
}

/** The bytes that a formula itself looks into. */
export function bytesOf(formula: Formula): readonly BytesRef[] {
  const own = formula.kind === 'PresentBytes' || formula.kind === 'Contains' || formula.kind === 'Occurs';
  const read = [...valuesOf(formula)].flatMap((value) => ('bytes' in value ? [value.bytes] : []));
  return own ? [formula.bytes, ...read] : read;
}

/** The headers that a formula itself asks about; what carries `payload` has no name. */
export function headersOf(formula: Formula): readonly HeaderRef[] {
  const own: readonly HeaderRef[] =
    formula.kind === 'Present'
      ? [formula.header]
      : formula.kind === 'Malformed'
        ? [{ layout: formula.layout, slot: 0 }]
        : [];
  const read = [...valuesOf(formula)].flatMap((value): readonly HeaderRef[] => {
    if (value.kind === 'Last') return [value.of];
    return value.kind === 'Field' ? [value.header] : [];
  });
  return [...own, ...read, ...bytesOf(formula).flatMap((bytes) => (bytes === 'transport' ? [] : bytes))];
}

/** Every header that a formula asks about; what carries `payload` has no name. */
export function* headersIn(formula: Formula): Generator<HeaderRef> {
  for (const part of formulasIn(formula)) yield* headersOf(part);
}
