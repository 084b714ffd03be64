/** Diagrams that were made, so that each is made once; to be forgotten when nodes are. */
import type { Formula } from '../logic/formula.js';
import type { Bits } from './bits.js';
import type { Diagram } from './diagram.js';

/** A number, and whether it is there. */
export interface Numeric {
  readonly given: Diagram;
  readonly bits: Bits;
}

export interface Memory {
  readonly formulas: Map<Formula, Diagram>;
  readonly values: Map<string, Numeric>;
  readonly headers: Map<string, Diagram>;
  readonly literals: Map<string, Diagram>;
  readonly clear: () => void;
}

/** Remembers nothing yet. */
export function memory(): Memory {
  const formulas = new Map<Formula, Diagram>();
  const values = new Map<string, Numeric>();
  const headers = new Map<string, Diagram>();
  const literals = new Map<string, Diagram>();
  const clear = (): void => [formulas, values, headers, literals].forEach((map) => void map.clear());
  return { formulas, values, headers, literals, clear };
}

/** What is known under the key, or made and known from now on. */
export function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}
