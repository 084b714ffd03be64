/**
 * Names, values and conditions of the syntax tree. Complete and with spans also for a file with mistakes in it: what could not be read is an `Error`
 * expression or a missing part. It knows form, not meaning: whether a name exists is the checker's business.
 */
import type { Span } from './diagnostic.js';

export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** Text between quotation marks, as written and with escapes resolved; one character a byte where `ascii`. */
export interface StringLiteral {
  readonly text: string;
  readonly span: Span;
}

export interface NumberExpr {
  readonly kind: 'Number';
  readonly value: bigint;
  readonly span: Span;
}
export interface DurationExpr {
  readonly kind: 'Duration';
  readonly nanoseconds: bigint;
  readonly span: Span;
}
export interface BytesExpr {
  readonly kind: 'Bytes';
  readonly bytes: Uint8Array;
  readonly span: Span;
}
/** An address (`prefix` absent) or a network. `bits` has the width of the family: 32, 128 or 48. */
export interface AddressExpr {
  readonly kind: 'Address';
  readonly family: 'addr4' | 'addr6' | 'mac';
  readonly bits: bigint;
  readonly prefix?: number;
  readonly span: Span;
}
export interface WordExpr {
  readonly kind: 'True' | 'False' | 'None' | 'Error';
  readonly span: Span;
}
export interface SetExpr {
  readonly kind: 'Set';
  readonly elements: readonly Expr[];
  readonly span: Span;
}
export interface RangeExpr {
  readonly kind: 'Range';
  readonly low: Expr;
  readonly high: Expr;
  readonly span: Span;
}
/** `file "list.txt"`: reserved. */
export interface FileExpr {
  readonly kind: 'File';
  readonly path: StringLiteral;
  readonly span: Span;
}

/** One step of a path: `vlan[1]`. */
export interface PathSegment {
  readonly name: Name;
  readonly index?: bigint;
}
export interface PathExpr {
  readonly kind: 'Path';
  readonly segments: readonly PathSegment[];
  readonly span: Span;
}
export interface CallExpr {
  readonly kind: 'Call';
  readonly callee: PathExpr;
  readonly args: readonly Expr[];
  readonly span: Span;
}
export type UnaryOperator = 'not' | '-' | '~';
export interface UnaryExpr {
  readonly kind: 'Unary';
  readonly operator: UnaryOperator;
  readonly operand: Expr;
  readonly span: Span;
}
export type ArithmeticOperator = '|' | '^' | '&' | '<<' | '>>' | '+' | '-' | '*' | '/' | '%';
export interface ArithmeticExpr {
  readonly kind: 'Arithmetic';
  readonly operator: ArithmeticOperator;
  readonly left: Expr;
  readonly right: Expr;
  readonly span: Span;
}
export interface LogicExpr {
  readonly kind: 'Logic';
  readonly operator: 'and' | 'or';
  readonly operands: readonly Expr[];
  readonly span: Span;
}
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';
export interface CompareExpr {
  readonly kind: 'Compare';
  readonly operator: CompareOperator;
  readonly left: Expr;
  readonly right: Expr;
  readonly span: Span;
}
export interface InExpr {
  readonly kind: 'In';
  readonly negated: boolean;
  readonly left: Expr;
  readonly right: Expr;
  readonly span: Span;
}
export interface FlagsExpr {
  readonly kind: 'Flags';
  readonly operator: 'has' | 'any' | 'lacks';
  readonly left: Expr;
  readonly right: Expr;
  readonly span: Span;
}
export interface ContainsExpr {
  readonly kind: 'Contains';
  readonly negated: boolean;
  readonly subject: Expr;
  readonly literal: Expr;
  readonly nocase: boolean;
  readonly at?: Expr;
  readonly within?: Expr;
  /** `as x`: what the occurrence is called in what follows. */
  readonly as?: Name;
  readonly span: Span;
}
/** `payload matches /…/`, `count by ip.src > 5 per 1s`: read over, not available yet. */
export interface ReservedExpr {
  readonly kind: 'Reserved';
  readonly word: Name;
  readonly span: Span;
}

export type Expr =
  | NumberExpr
  | DurationExpr
  | BytesExpr
  | AddressExpr
  | WordExpr
  | SetExpr
  | RangeExpr
  | FileExpr
  | PathExpr
  | CallExpr
  | UnaryExpr
  | ArithmeticExpr
  | LogicExpr
  | CompareExpr
  | InExpr
  | FlagsExpr
  | ContainsExpr
  | ReservedExpr;
