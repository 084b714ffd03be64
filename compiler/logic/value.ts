/**
 * Integers that a packet gives. Every value is exact; the checker has proved that 63 bits suffice. A value is *missing* where a
 * byte that it reads is missing or where it divides by zero, and the atom around it is then false.
 *
 * Addresses are integers too: the family's number above bit 128 (`addressKey`), so that those of two families never meet, and a
 * set of networks of both is a set of ranges.
 */
import type { ArithmeticOperator, CompareOperator } from '../../grammar/ast.js';

/** A header of the packet: the `slot`th of its layout. `current` is the header that is being decoded, inside its own layout. */
export interface HeaderRef {
  readonly layout: number;
  readonly slot: number | 'current';
  /** An entry of one of its lists (a TCP option): the first one of that case. */
  readonly entry?: { readonly list: number; readonly case: number };
}

/** Where a field lies, in bits from the beginning of its header or entry; the first bit is the most significant. */
export interface FieldPlace {
  readonly name: string;
  readonly offset: number;
  readonly width: number;
  readonly type: 'int' | 'addr4' | 'addr6' | 'mac';
}

/** A row of bytes: what a header carries. The first of the headers that is there counts; `transport` is the outermost of that role. */
export type BytesRef = readonly HeaderRef[] | 'transport';

export type Value =
  | { readonly kind: 'Constant'; readonly value: bigint }
  | { readonly kind: 'Field'; readonly header: HeaderRef; readonly field: FieldPlace }
  /** The last value that a header gave for what comes next in a space, whether something followed or not. */
  | { readonly kind: 'Last'; readonly space: string; readonly of: HeaderRef }
  | { readonly kind: 'Length'; readonly bytes: BytesRef }
  /** Where the first byte of a named occurrence stands; `Occurs` binds the name. */
  | { readonly kind: 'Occurrence'; readonly name: number }
  /** An unsigned integer of so many bytes at a position of a byte field, most significant byte first unless `little`. */
  | {
      readonly kind: 'Read';
      readonly bytes: BytesRef;
      readonly position: Value;
      readonly size: 1 | 2 | 3 | 4;
      readonly little: boolean;
    }
  /** An integer in ASCII digits at a position: the longest row of one to `most` digits; without a digit there is none. */
  | {
      readonly kind: 'Digits';
      readonly bytes: BytesRef;
      readonly position: Value;
      readonly most: number;
      readonly base: 10 | 16;
    }
  /** The value of the first alternative whose header is there. */
  | { readonly kind: 'First'; readonly of: readonly Value[] }
  | { readonly kind: 'Negate'; readonly of: Value }
  | {
      readonly kind: 'Arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Value;
      readonly right: Value;
    };

const FAMILY = { addr4: 4n << 128n, addr6: 6n << 128n, mac: 0n, int: 0n } as const;

/** The integer that stands for an address in values and sets. */
export function addressKey(family: FieldPlace['type'], bits: bigint): bigint {
  return FAMILY[family] | bits;
}

/** `left op right`, exactly; nothing where it divides by zero or shifts by a negative or absurd count. Division truncates. */
export function arithmetic(operator: ArithmeticOperator, left: bigint, right: bigint): bigint | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0n ? undefined : left / right;
    case '%':
      return right === 0n ? undefined : left % right;
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '<<':
      return right < 0n || right > 63n ? undefined : left << right;
    case '>>':
      return right < 0n || right > 63n ? undefined : left >> right;
  }
}

/** `left op right` on integers. */
export function holds(operator: CompareOperator, left: bigint, right: bigint): boolean {
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

/** What `a op b` becomes when it is written the other way round. */
export const MIRRORED = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;
