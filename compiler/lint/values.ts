/** Every value and header that a condition asks about. */
import type { Formula } from '../logic/formula.js';
import type { BytesRef, Value } from '../logic/value.js';

/** All values of a condition, with those that they are calculated from. */
export function* valuesIn(formula: Formula): Generator<Value> {
  switch (formula.kind) {
    case 'And':
    case 'Or':
      for (const part of formula.of) yield* valuesIn(part);
      return;
    case 'Not':
      yield* valuesIn(formula.of);
      return;
    case 'Occurs':
    case 'Contains':
      if (formula.window) yield* partsOfValue(formula.window.first);
      if (formula.window) yield* partsOfValue(formula.window.last);
      if (formula.kind === 'Occurs') yield* valuesIn(formula.where);
      return;
    case 'Compare':
      yield* partsOfValue(formula.left);
      yield* partsOfValue(formula.right);
      return;
    case 'Member':
      yield* partsOfValue(formula.value);
      return;
    default:
      return;
  }
}

/** A value and those that it is calculated from. */
export function* partsOfValue(value: Value): Generator<Value> {
  yield value;
  switch (value.kind) {
    case 'First':
      for (const part of value.of) yield* partsOfValue(part);
      return;
    case 'Negate':
      yield* partsOfValue(value.of);
      return;
    case 'Read':
    case 'Digits':
      yield* partsOfValue(value.position);
      return;
    case 'Arithmetic':
      yield* partsOfValue(value.left);
      yield* partsOfValue(value.right);
      return;
    default:
      return;
  }
}

/** The layouts that a condition asks about; `payload` is nobody's. */
export function* layoutsIn(formula: Formula): Generator<number> {
  for (const value of valuesIn(formula)) {
    if (value.kind === 'Field') yield value.header.layout;
    if (value.kind === 'Last') yield value.of.layout;
    if (value.kind === 'Length' || value.kind === 'Read' || value.kind === 'Digits') yield* layoutsOf(value.bytes);
  }
  yield* layoutsOfParts(formula);
}

function layoutsOf(bytes: BytesRef): readonly number[] {
  return bytes === 'transport' ? [] : bytes.map(({ layout }) => layout);
}

function* layoutsOfParts(formula: Formula): Generator<number> {
  switch (formula.kind) {
    case 'And':
    case 'Or':
      for (const part of formula.of) yield* layoutsOfParts(part);
      return;
    case 'Not':
      yield* layoutsOfParts(formula.of);
      return;
    case 'Present':
      yield formula.header.layout;
      return;
    case 'Malformed':
      yield formula.layout;
      return;
    case 'PresentBytes':
    case 'Contains':
      yield* layoutsOf(formula.bytes);
      return;
    case 'Occurs':
      yield* layoutsOf(formula.bytes);
      yield* layoutsOfParts(formula.where);
      return;
    default:
      return;
  }
}
