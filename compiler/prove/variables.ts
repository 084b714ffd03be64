/**
 * What the variables of diagrams stand for. A packet gives each of them one value, so a diagram that no assignment satisfies holds
 * for no packet. A property test reckons each variable from packets and holds diagrams against the interpreter.
 */
import type { Formula } from '../logic/formula.js';
import type { BytesRef, Value } from '../logic/value.js';
import type { Diagram, Diagrams } from './diagram.js';

export type Meaning =
  /** Whether a formula holds. */
  | { readonly kind: 'Holds'; readonly formula: Formula }
  /** Bit `bit` of a number, from the least significant one, in two's complement; of a number that is missing, anything. */
  | { readonly kind: 'Bit'; readonly value: Value; readonly bit: number }
  /** Whether a number is there. */
  | { readonly kind: 'Given'; readonly value: Value }
  /** Bit `bit` of the byte at a position, from the end where negative; where there is none, anything. */
  | { readonly kind: 'Cell'; readonly bytes: BytesRef; readonly position: number; readonly bit: number }
  /** Bit `bit` of the number, from 1, of the formula that holds, of which at most one does; 0 where none does. */
  | { readonly kind: 'OneOf'; readonly formulas: readonly Formula[]; readonly bit: number };

export interface Variables {
  /** Variables that stand next to each other under one key, most significant first. */
  readonly row: (key: string, count: number, meaning: (bit: number) => Meaning) => readonly Diagram[];
  /** By variable. */
  readonly meanings: readonly Meaning[];
}

/** Variables in the order in which they are first asked for. */
export function variables({ variable }: Pick<Diagrams, 'variable'>): Variables {
  const meanings: Meaning[] = [];
  const rows = new Map<string, number>();
  return {
    meanings,
    row(key, count, meaning) {
      const first = rows.get(key) ?? meanings.length;
      if (first === meanings.length) {
        rows.set(key, first);
        for (let i = 0; i < count; i++) meanings.push(meaning(count - 1 - i));
      }
      return Array.from({ length: count }, (_, i) => variable(first + i));
    },
  };
}
