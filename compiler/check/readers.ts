/** Integers out of bytes: `payload.u16(4)`, `payload.dec(x.end, 5)`. */
import type { Expr, Name } from '../../grammar/ast.js';
import type { Span } from '../../grammar/diagnostic.js';
import type { Value } from '../logic/value.js';
import { complain, type Env, quote } from './context.js';
import { argumentCount, digitsOutOfRange, readBeyondEnd, typeMismatch } from './diagnostics.js';
import { intOf } from './ints.js';
import { type Field, positionIn } from './positions.js';
import { constantOf, ERROR, type IntType, type Typed } from './types.js';

/** Digits that 63 bits hold: 10¹⁸ and 16¹⁵ are below 2⁶³. */
const DIGITS = { dec: { base: 10, limit: 18 }, hex: { base: 16, limit: 15 } } as const;

/** What can be read out of bytes, in the author's words. */
export const READERS: readonly string[] = ['u8', 'u16', 'u16le', 'u24', 'u24le', 'u32', 'u32le', 'dec', 'hex'];

/** Whether a word reads an integer. */
export function isReader(word: string): boolean {
  return READERS.includes(word);
}

/** Advice on what seems to be meant for a reader: other widths, signs, other byte orders. */
export function nearReader(word: string): string | undefined {
  if (!/^(?:[usi](?:int)?(?:8|16|24|32|64)|byte|word|dword|int|num|atoi)(?:le|be)?$/.test(word)) return undefined;
  return 'integers are read with `u8(0)`, `u16(0)`, `u24(0)`, `u32(0)`, the most significant byte first, or `u16le(0)` …';
}

/** The integer that `field.method(args)` reads. */
export function typeOfReader(field: Field, method: Name, args: readonly Expr[], env: Env, span: Span): Typed {
  const digits = method.text === 'dec' || method.text === 'hex' ? DIGITS[method.text] : undefined;
  const [at, most] = args;
  const expected = digits ? 2 : 1;
  if (!at || args.length !== expected) {
    if (env.context.isDamaged({ ...span, end: span.end + 1 })) return ERROR;
    const help = digits
      ? `\`${field.name}.${method.text}(4, 5)\` reads the digits from position 4 on, 5 at most`
      : `\`${field.name}.${method.text}(4)\` reads from position 4 on`;
    complain(env, argumentCount, { name: method.text, expected, found: args.length, help }, { span });
    return ERROR;
  }
  const position = positionIn(field, at, env);
  if (digits && most) return position ? digitsAt(field, position, digits, most, env) : ERROR;
  return position ? bytesAt(field, position, method.text, at, env) : ERROR;
}

function bytesAt({ name, bytes }: Field, position: IntType, method: string, at: Expr, env: Env): Typed {
  const size = ([1, 2, 3, 4] as const).find((n) => method.startsWith(`u${n * 8}`)) ?? 1;
  const fromEnd = -(constantOf(position) ?? 0n);
  if (fromEnd > 0n && fromEnd < BigInt(size)) {
    const [text, instead] = [`${name}.${method}(${quote(env, at)})`, `${name}.${method}(-${size})`];
    complain(env, readBeyondEnd, { text, size, left: Number(fromEnd), instead }, { span: at.span });
    return ERROR;
  }
  const value: Value = { kind: 'Read', bytes, position: position.value, size, little: method.endsWith('le') };
  return { kind: 'int', value, low: 0n, high: (1n << BigInt(size * 8)) - 1n, width: size * 8 };
}

function digitsAt(
  { bytes }: Field,
  { value: position }: IntType,
  { base, limit }: (typeof DIGITS)[keyof typeof DIGITS],
  expr: Expr,
  env: Env,
): Typed {
  const typed = intOf(expr, env);
  if (!typed) return ERROR;
  const most = constantOf(typed);
  if (most === undefined) {
    const p = {
      expected: `how many digits at most, as a constant from 1 to ${limit}`,
      found: `\`${quote(env, expr)}\``,
    };
    complain(env, typeMismatch, p, { span: expr.span });
    return ERROR;
  }
  if (most < 1n || most > BigInt(limit)) {
    complain(env, digitsOutOfRange, { text: quote(env, expr), isMore: most > 1n, limit }, { span: expr.span });
    return ERROR;
  }
  const value: Value = { kind: 'Digits', bytes, position, most: Number(most), base };
  return { kind: 'int', value, low: 0n, high: BigInt(base) ** most - 1n };
}
