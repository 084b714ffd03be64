/**
 * A signature's condition as a formula over atoms: sugar, names and files are gone. An atom is false if a field or byte that it
 * reads is missing; `Not` is plain negation. Everything that analyses or runs signatures works on this and on nothing else.
 */
import type { CompareOperator } from '../../grammar/ast.js';
import type { Span } from '../../grammar/diagnostic.js';
import type { IntSet } from './set.js';
import type { BytesRef, HeaderRef, Value } from './value.js';

/**
 * A byte string and where it may stand: all its bytes at positions `first` to `last` of the byte field, both included, counted
 * from 0, or from the end where negative (-1 is the last byte). Anywhere is 0 to -1.
 */
export interface Literal {
  readonly bytes: Uint8Array;
  /** ASCII letters of either case match. */
  readonly nocase: boolean;
  readonly first: number;
  readonly last: number;
}

/** A text that is equal for literals that match the same. */
export function literalKey({ nocase, first, last, bytes }: Literal): string {
  return `${nocase} ${first} ${last} ${bytes.join()}`;
}

/** A window that the packet gives: positions of the first and last byte, counted from 0; those below 0 do not exist. */
export interface ComputedWindow {
  readonly first: Value;
  readonly last: Value;
}

/** Facts of the packet as a whole: cut by the capture or the queue; more headers than are decoded. */
export type PacketProperty = 'truncated' | 'too_deep';

export type Atom =
  | { readonly kind: 'Present'; readonly header: HeaderRef; readonly span: Span }
  | { readonly kind: 'PresentBytes'; readonly bytes: BytesRef; readonly span: Span }
  /** The header, or the list of that number in it, should be here and contradicts the packet. */
  | { readonly kind: 'Malformed'; readonly layout: number; readonly list?: number; readonly span: Span }
  | { readonly kind: 'Packet'; readonly property: PacketProperty; readonly span: Span }
  | {
      readonly kind: 'Compare';
      readonly operator: CompareOperator;
      readonly left: Value;
      readonly right: Value;
      readonly span: Span;
    }
  | {
      readonly kind: 'Member';
      readonly value: Value;
      readonly set: IntSet;
      readonly negated: boolean;
      readonly span: Span;
    }
  | {
      readonly kind: 'Contains';
      readonly bytes: BytesRef;
      readonly literal: Literal;
      /** It narrows the literal's own window. */
      readonly window?: ComputedWindow;
      readonly negated: boolean;
      readonly span: Span;
    };

/**
 * There is an occurrence for which `where` holds, with `name` standing for it. Inside `where`, an `Occurs` may refer to this name in
 * its own window and not in its own `where`; everything else in `where` refers to this name or to none. So which positions fit
 * an `Occurs` depends on nothing outside of it but its window: a set of positions says all, and nothing backtracks.
 */
export interface Occurs {
  readonly kind: 'Occurs';
  readonly bytes: BytesRef;
  readonly literal: Literal;
  readonly window?: ComputedWindow;
  /** Unique within the signature. */
  readonly name: number;
  readonly where: Formula;
  readonly span: Span;
}

export type Formula =
  | { readonly kind: 'True' }
  | { readonly kind: 'False' }
  | { readonly kind: 'And'; readonly of: readonly Formula[] }
  | { readonly kind: 'Or'; readonly of: readonly Formula[] }
  | { readonly kind: 'Not'; readonly of: Formula }
  | Occurs
  | Atom;

/** Where what nobody wrote stands. */
export const NOWHERE: Span = { file: '', start: 0, end: 0 };

export const TRUE: Formula = { kind: 'True' };
export const FALSE: Formula = { kind: 'False' };

/** All hold; nested conjunctions are flattened. */
export function all(formulas: readonly Formula[]): Formula {
  const of = formulas.flatMap((f) => (f.kind === 'And' ? f.of : [f])).filter((f) => f.kind !== 'True');
  if (of.some((f) => f.kind === 'False')) return FALSE;
  return of.length === 0 ? TRUE : (of.length === 1 && of[0]) || { kind: 'And', of };
}

/** One holds at least; nested disjunctions are flattened. */
export function some(formulas: readonly Formula[]): Formula {
  const of = formulas.flatMap((f) => (f.kind === 'Or' ? f.of : [f])).filter((f) => f.kind !== 'False');
  if (of.some((f) => f.kind === 'True')) return TRUE;
  return of.length === 0 ? FALSE : (of.length === 1 && of[0]) || { kind: 'Or', of };
}

/** Plain negation: true also where what the formula reads is missing. */
export function not(formula: Formula): Formula {
  switch (formula.kind) {
    case 'True':
      return FALSE;
    case 'False':
      return TRUE;
    case 'Not':
      return formula.of;
    default:
      return { kind: 'Not', of: formula };
  }
}
