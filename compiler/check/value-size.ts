/** How large values are: those with a name are shared while compiling, and reckoned anew at each place while judging. */
import type { Value } from '../logic/value.js';

export interface ValueSize {
  /** Everything that is reckoned to know it. */
  readonly parts: number;
  /** How deep it nests. */
  readonly depth: number;
}

const known = new WeakMap<Value, ValueSize>();

/** The size of a value; what several values share is measured once. */
export function sizeOf(value: Value): ValueSize {
  const found = known.get(value) ?? measure(insideOf(value).map(sizeOf));
  known.set(value, found);
  return found;
}

function measure(inside: readonly ValueSize[]): ValueSize {
  return {
    parts: inside.reduce((sum, { parts }) => sum + parts, 1),
    depth: inside.reduce((most, { depth }) => Math.max(most, depth), 0) + 1,
  };
}

function insideOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'Read':
    case 'Digits':
      return [value.position];
    case 'First':
      return value.of;
    case 'Negate':
      return [value.of];
    case 'Arithmetic':
      return [value.left, value.right];
    default:
      return [];
  }
}
