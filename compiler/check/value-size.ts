/** How large values are: those with a name are shared while compiling, and reckoned anew at each place while judging. */
import { operandsOf } from '../logic/walk.js';
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
  const found = known.get(value) ?? measure(operandsOf(value).map(sizeOf));
  known.set(value, found);
  return found;
}

function measure(inside: readonly ValueSize[]): ValueSize {
  return {
    parts: inside.reduce((sum, { parts }) => sum + parts, 1),
    depth: inside.reduce((most, { depth }) => Math.max(most, depth), 0) + 1,
  };
}
