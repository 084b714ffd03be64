/** Instructions of WebAssembly 2.0 with 128-bit vectors, as functions on expressions; names and opcodes are the specification's. */
import {
  type Code,
  type Expression,
  expression,
  type I32,
  type I64,
  signed,
  statement,
  type Statement,
  unsigned,
  type V128,
  type ValueType,
} from './code.js';

const I32_CONST = 0x41;
const I64_CONST = 0x42;
/** All vector instructions begin with it. */
const SIMD = 0xfd;
/** Further memory instructions begin with it. */
const MISC = 0xfc;

/** The expression that an operand stands for. */
function lift32(value: I32): Expression<'i32'> {
  return typeof value === 'number' ? expression('i32', [I32_CONST, signed(BigInt(value | 0))]) : value;
}

function lift64(value: I64): Expression<'i64'> {
  return typeof value === 'bigint' ? expression('i64', [I64_CONST, signed(BigInt.asIntN(64, value))]) : value;
}

/** What may stand for a value of the type. */
export type Loose<T extends ValueType> = { i32: I32; i64: I64; v128: V128 }[T];

/** The instructions that leave an operand on the stack. */
export function lift(value: I32 | I64 | V128): Code {
  if (typeof value === 'number') return lift32(value).code;
  return typeof value === 'bigint' ? lift64(value).code : value.code;
}

/** An instruction on operands of one type that gives a value of another. */
function operation<F extends ValueType, T extends ValueType>(_from: F, to: T, opcode: Code) {
  return {
    one: (a: Loose<F>): Expression<T> => expression(to, [lift(a), opcode]),
    two: (a: Loose<F>, b: Loose<F>): Expression<T> => expression(to, [lift(a), lift(b), opcode]),
  };
}

/** Which bytes an access touches: `offset` is added to the address; the alignment is a hint, and packets have none. */
function memarg(offset: number): Code {
  return [0, unsigned(offset)];
}

function load<T extends ValueType>(to: T, opcode: Code) {
  return (address: I32, offset = 0): Expression<T> => expression(to, [lift(address), opcode, memarg(offset)]);
}

function store<T extends ValueType>(_of: T, opcode: Code) {
  return (address: I32, value: Loose<T>, offset = 0): Statement =>
    statement([lift(address), lift(value), opcode, memarg(offset)]);
}

const op32 = (opcode: number) => operation('i32', 'i32', opcode);
const op64 = (opcode: number) => operation('i64', 'i64', opcode);
const test64 = (opcode: number) => operation('i64', 'i32', opcode);
const simd = (opcode: number): Code => [SIMD, unsigned(opcode)];
const opV = (opcode: number) => operation('v128', 'v128', simd(opcode));

export const i32 = {
  const: (value: number): Expression<'i32'> => lift32(value),
  load: load('i32', 0x28),
  load8: load('i32', 0x2d),
  load16: load('i32', 0x2f),
  /** With a sign. */
  load16S: load('i32', 0x2e),
  store: store('i32', 0x36),
  store8: store('i32', 0x3a),
  store16: store('i32', 0x3b),
  eqz: op32(0x45).one,
  eq: op32(0x46).two,
  ne: op32(0x47).two,
  ltS: op32(0x48).two,
  ltU: op32(0x49).two,
  gtS: op32(0x4a).two,
  gtU: op32(0x4b).two,
  leS: op32(0x4c).two,
  leU: op32(0x4d).two,
  geS: op32(0x4e).two,
  geU: op32(0x4f).two,
  clz: op32(0x67).one,
  ctz: op32(0x68).one,
  popcnt: op32(0x69).one,
  add: op32(0x6a).two,
  sub: op32(0x6b).two,
  mul: op32(0x6c).two,
  and: op32(0x71).two,
  or: op32(0x72).two,
  xor: op32(0x73).two,
  shl: op32(0x74).two,
  shrS: op32(0x75).two,
  shrU: op32(0x76).two,
  rotl: op32(0x77).two,
  wrap: operation('i64', 'i32', 0xa7).one,
} as const;

export const i64 = {
  const: (value: bigint): Expression<'i64'> => lift64(value),
  load: load('i64', 0x29),
  load8: load('i64', 0x31),
  load16: load('i64', 0x33),
  load32: load('i64', 0x35),
  store: store('i64', 0x37),
  eqz: test64(0x50).one,
  eq: test64(0x51).two,
  ne: test64(0x52).two,
  ltS: test64(0x53).two,
  ltU: test64(0x54).two,
  gtS: test64(0x55).two,
  gtU: test64(0x56).two,
  leS: test64(0x57).two,
  leU: test64(0x58).two,
  geS: test64(0x59).two,
  geU: test64(0x5a).two,
  ctz: op64(0x7a).one,
  add: op64(0x7c).two,
  sub: op64(0x7d).two,
  mul: op64(0x7e).two,
  divS: op64(0x7f).two,
  remS: op64(0x81).two,
  and: op64(0x83).two,
  or: op64(0x84).two,
  xor: op64(0x85).two,
  shl: op64(0x86).two,
  shrS: op64(0x87).two,
  shrU: op64(0x88).two,
  extendS: operation('i32', 'i64', 0xac).one,
  extendU: operation('i32', 'i64', 0xad).one,
} as const;

/** Vectors; the names say the shape of the lanes where the instruction has one. */
export const v128 = {
  load: load('v128', simd(0x00)),
  store: store('v128', simd(0x0b)),
  /** Sixteen bytes. */
  const: (bytes: readonly number[]): V128 => expression('v128', [simd(0x0c), bytes]),
  /** Bytes of `a` (0 to 15) and `b` (16 to 31) at constant places. */
  shuffle: (a: V128, b: V128, lanes: readonly number[]): V128 =>
    expression('v128', [a.code, b.code, simd(0x0d), lanes]),
  /** Bytes of `a` at the places that `b` says; 0 for places beyond 15. */
  swizzle: opV(0x0e).two,
  splat8: operation('i32', 'v128', simd(0x0f)).one,
  splat16: operation('i32', 'v128', simd(0x10)).one,
  splat32: operation('i32', 'v128', simd(0x11)).one,
  extract8: (a: V128, lane: number): Expression<'i32'> => expression('i32', [a.code, simd(0x16), lane]),
  extract32: (a: V128, lane: number): Expression<'i32'> => expression('i32', [a.code, simd(0x1b), lane]),
  extract64: (a: V128, lane: number): Expression<'i64'> => expression('i64', [a.code, simd(0x1d), lane]),
  eq8: opV(0x23).two,
  eq16: opV(0x2d).two,
  eq32: opV(0x37).two,
  gtU8: opV(0x28).two,
  not: opV(0x4d).one,
  and: opV(0x4e).two,
  andnot: opV(0x4f).two,
  or: opV(0x50).two,
  xor: opV(0x51).two,
  anyTrue: operation('v128', 'i32', simd(0x53)).one,
  bitmask8: operation('v128', 'i32', simd(0x64)).one,
  bitmask16: operation('v128', 'i32', simd(0x84)).one,
  bitmask32: operation('v128', 'i32', simd(0xa4)).one,
  /** Sixteen-bit lanes of both, as signed numbers, in bytes. */
  narrow16: opV(0x65).two,
  add8: opV(0x6e).two,
  add32: opV(0xae).two,
  mul32: opV(0xb5).two,
  shl16: (a: V128, count: I32): V128 => expression('v128', [a.code, lift(count), simd(0x8b)]),
  shrU16: (a: V128, count: I32): V128 => expression('v128', [a.code, lift(count), simd(0x8d)]),
  shrU32: (a: V128, count: I32): V128 => expression('v128', [a.code, lift(count), simd(0xad)]),
} as const;

/** `a` where the condition is not 0, else `b`; both are evaluated. */
export function select<T extends ValueType>(condition: I32, a: Expression<T>, b: Expression<T>): Expression<T> {
  return expression(a.type, [a.code, b.code, lift(condition), 0x1b]);
}

/** Fills bytes of the memory. */
export function fill(address: I32, byte: I32, count: I32): Statement {
  return statement([lift(address), lift(byte), lift(count), MISC, unsigned(11), 0]);
}

/** Copies bytes of the memory; the two places may overlap. */
export function copy(to: I32, from: I32, count: I32): Statement {
  return statement([lift(to), lift(from), lift(count), MISC, unsigned(10), 0, 0]);
}

/** Ends the call with a trap. */
export function trap(): Statement {
  return statement(0x00);
}
