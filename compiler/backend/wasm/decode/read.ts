/** Reading integers of the network's byte order out of memory. The caller knows that the bytes are there, and 16 more. */
import type { FieldPlace } from '../../../logic/value.js';
import type { Expression } from '../assembler/code.js';
import type { Locals } from '../assembler/module.js';
import { i32, i64, v128 } from '../assembler/instructions.js';
import type { Variable } from '../assembler/control.js';

/** Eight bytes from the last to the first; the other lanes do not matter. */
const REVERSED = [7, 6, 5, 4, 3, 2, 1, 0, 7, 6, 5, 4, 3, 2, 1, 0] as const;

/** Sixteen bits, most significant byte first. */
function big16(at: Variable<'i32'>, offset = 0): Expression<'i32'> {
  return i32.or(i32.shl(i32.load8(at, offset), 8), i32.load8(at, offset + 1));
}

/** Thirty-two bits, most significant byte first. */
export function big32(at: Variable<'i32'>, { local }: Locals, offset = 0): Expression<'i32'> {
  const word = local('i32');
  const swapped = i32.and(i32.rotl(word.tee(i32.load(at, offset)), 8), 0x00ff00ff);
  return i32.or(swapped, i32.and(i32.rotl(word, 24), 0xff00ff00 | 0));
}

/** Sixty-four bits, most significant byte first. */
export function big64(at: Expression<'i32'>, offset = 0): Expression<'i64'> {
  const bytes = v128.load(at, offset);
  return v128.extract64(v128.shuffle(bytes, v128.const(Array.from({ length: 16 }, () => 0)), REVERSED), 0);
}

/** The integer in a field's bits of a header that begins at `at`; 63 bits at most. */
export function readField(
  at: Variable<'i32'>,
  field: Pick<FieldPlace, 'offset' | 'width'>,
  locals: Locals,
): Expression<'i64'> {
  const from = field.offset >> 3;
  const bit = field.offset & 7;
  const bits = bit + field.width;
  if (bits <= 32) return i64.extendU(narrow(at, from, bit, field.width, locals));
  const high = bit === 0 ? big64(at, from) : i64.shl(big64(at, from), BigInt(bit));
  const whole = bits <= 64 ? high : i64.or(high, i64.shrU(i64.load8(at, from + 8), BigInt(8 - bit)));
  return i64.shrU(whole, BigInt(64 - field.width));
}

function narrow(at: Variable<'i32'>, from: number, bit: number, width: number, locals: Locals): Expression<'i32'> {
  const bits = bit + width;
  const span = bits <= 8 ? 8 : bits <= 16 ? 16 : 32;
  const read = span === 8 ? i32.load8(at, from) : span === 16 ? big16(at, from) : big32(at, locals, from);
  const shifted = span === bits ? read : i32.shrU(read, span - bits);
  return bit === 0 ? shifted : i32.and(shifted, width === 32 ? -1 : 2 ** width - 1);
}
