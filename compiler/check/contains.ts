/** `contains`, `==` and `!=` with byte strings: literals in the bytes of a packet. */
import type { CompareExpr, ContainsExpr } from '../../grammar/ast.js';
import type { Span } from '../../grammar/diagnostic.js';
import { all, type ComputedWindow, FALSE, type Formula, type Literal, not } from '../logic/formula.js';
import type { BytesRef } from '../logic/value.js';
import { complain, type Env, noteOnly } from './context.js';
import { cannotCompare, emptyLiteral, literalTooLong, typeMismatch } from './diagnostics.js';
import { describe, MAX_BYTES, type Typed } from './types.js';
import { windowOf } from './windows.js';

type ByteField = Extract<Typed, { kind: 'byteField' }>;

/** What `contains` looks for, and where. */
export interface Found {
  readonly field: ByteField;
  readonly bytes: BytesRef;
  readonly literal: Literal;
  readonly window?: ComputedWindow;
}

/** `payload contains "…"`, without a name. */
export function contains(expr: ContainsExpr, env: Env): Formula {
  const found = literalIn(expr, env);
  if (!found) return FALSE;
  const { bytes, literal, window } = found;
  return { kind: 'Contains', bytes, literal, ...(window && { window }), negated: expr.negated, span: expr.span };
}

/** The literal, its bytes and its window, or nothing where one of them is none and that has been said. */
export function literalIn(expr: ContainsExpr, env: Env): Found | undefined {
  const field = env.context.typeOf(expr.subject, env);
  const literal = env.context.typeOf(expr.literal, env);
  if (field.kind === 'error' || literal.kind === 'error') {
    noteOnly([expr.at, expr.within], env);
    return undefined;
  }
  if (field.kind !== 'byteField') {
    const help = 'bytes are searched in `payload`, or in what a header carries: `udp.payload`';
    const p = { expected: 'the bytes of a packet', found: describe(field), help };
    complain(env, typeMismatch, p, { span: expr.subject.span });
    return undefined;
  }
  if (literal.kind !== 'bytes') {
    complain(env, typeMismatch, { expected: 'a byte string', found: describe(literal) }, { span: expr.literal.span });
    return undefined;
  }
  if (!checkLength(literal.bytes, expr.literal.span, env)) return undefined;
  const place = windowOf(expr, literal.bytes.length, field, env);
  if (!place) return undefined;
  const { first, last, window } = place;
  const { nocase } = expr;
  return {
    field,
    bytes: field.bytes,
    literal: { bytes: literal.bytes, nocase, first, last },
    ...(window && { window }),
  };
}

function checkLength(bytes: Uint8Array, span: Span, env: Env): boolean {
  if (bytes.length === 0) complain(env, emptyLiteral, undefined, { span });
  else if (bytes.length > MAX_BYTES)
    complain(env, literalTooLong, { length: bytes.length, limit: MAX_BYTES }, { span });
  return bytes.length > 0 && bytes.length <= MAX_BYTES;
}

/** `payload == "x"`: it stands at the beginning, and nothing else is there. `!=`: there, and different. */
export function equalBytes(
  { operator, span, right }: CompareExpr,
  field: ByteField,
  bytes: Uint8Array,
  env: Env,
): Formula {
  if (operator !== '==' && operator !== '!=') {
    const p = { left: describe(field), right: 'a byte string', help: 'bytes have no order' };
    complain(env, cannotCompare, p, { span });
    return FALSE;
  }
  const length: Formula = {
    kind: 'Compare',
    operator: '==',
    left: { kind: 'Length', bytes: field.bytes },
    right: { kind: 'Constant', value: BigInt(bytes.length) },
    span,
  };
  const usable = bytes.length === 0 || checkLength(bytes, right.span, env);
  const literal: Literal = { bytes, nocase: false, first: 0, last: bytes.length - 1 };
  const same =
    bytes.length === 0
      ? length
      : all([length, { kind: 'Contains', bytes: field.bytes, literal, negated: false, span }]);
  if (!usable) return FALSE;
  return operator === '==' ? same : all([{ kind: 'PresentBytes', bytes: field.bytes, span }, not(same)]);
}
