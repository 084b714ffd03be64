/**
 * WebAssembly code as values: an expression is its type and the instructions that leave it on the stack, a statement leaves nothing.
 * Blocks, branches and calls stay symbolic until the module is encoded, so code can be put together from the inside out.
 */

export type ValueType = 'i32' | 'i64' | 'v128';

/** Bytes, and what is known only when the function is encoded: how deep a label lies, which number a function has. */
export type Code = number | readonly Code[] | Block | Branch | Call;

/** The target of branches: the end of a block or an `if`, the beginning of a loop. Compared by identity. */
export interface Label {
  readonly name: string;
}

export interface Block {
  readonly kind: 'block' | 'loop' | 'if';
  readonly label: Label;
  readonly result: ValueType | 'void';
  readonly body: Code;
  readonly otherwise?: Code;
}

export interface Branch {
  readonly kind: 'br' | 'br_if' | 'br_table';
  /** One; of a `br_table` all, the one for every other number last. */
  readonly labels: readonly Label[];
}

export interface Call {
  readonly kind: 'call';
  readonly callee: Callee;
}

/** A function of the module; it may be called before it is defined. */
export interface Callee {
  readonly name: string;
  readonly params: readonly ValueType[];
  readonly result: ValueType | 'void';
}

export interface Expression<T extends ValueType = ValueType> {
  readonly type: T;
  readonly code: Code;
}

export interface Statement {
  readonly type: 'void';
  readonly code: Code;
}

/** What may stand for a value: an expression, or a constant of JavaScript. */
export type I32 = Expression<'i32'> | number;
export type I64 = Expression<'i64'> | bigint;
export type V128 = Expression<'v128'>;

export function expression<T extends ValueType>(type: T, code: Code): Expression<T> {
  return { type, code };
}

export function statement(code: Code): Statement {
  return { type: 'void', code };
}

/** Seven bits a byte, the lowest first; the eighth bit says that more follow (specification 5.2.2). */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
}

/** The same with a sign: the last byte's bit 6 stands for all higher ones. */
export function signed(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    if ((rest === 0n && low < 0x40) || (rest === -1n && low >= 0x40)) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}
