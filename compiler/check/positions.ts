/** Positions in the bytes of a packet: constants count from the end where they are negative, computed ones never do. */
import type { Expr } from '../../grammar/ast.js';
import { originsOf } from '../logic/occurrences.js';
import type { BytesRef, Value } from '../logic/value.js';
import { complain, type Env, quote } from './context.js';
import { otherBytes, windowBefore, windowBeyond } from './diagnostics.js';
import { intOf } from './ints.js';
import { constantOf, type IntType, MAX_BYTES } from './types.js';

/** Bytes of a packet, and what the author calls them. */
export interface Field {
  readonly name: string;
  readonly bytes: BytesRef;
}

/** A position in a field that some packet may have, or nothing where it cannot be one and that has been said. */
export function positionIn(field: Field, expr: Expr, env: Env): IntType | undefined {
  const typed = intOf(expr, env);
  if (!typed || !isOfField(typed.value, field, expr, env)) return undefined;
  const constant = constantOf(typed);
  const value = constant === undefined ? quote(env, expr) : `${constant}`;
  if (typed.low >= BigInt(MAX_BYTES) || (constant ?? 0n) < -BigInt(MAX_BYTES)) {
    complain(env, windowBeyond, { value, limit: MAX_BYTES - 1 }, { span: expr.span });
    return undefined;
  }
  if (constant === undefined && typed.high < 0n) {
    complain(env, windowBefore, { value }, { span: expr.span });
    return undefined;
  }
  return typed;
}

/** What is reckoned from an occurrence says nothing of other bytes than those it is in. */
function isOfField(value: Value, field: Field, expr: Expr, env: Env): boolean {
  for (const number of originsOf(value)) {
    const named = env.context.named[number];
    if (!named?.field || isSame(named.field.bytes, field.bytes)) continue;
    const p = { name: named.name.text, found: named.field.name, searched: field.name };
    complain(env, otherBytes, p, { span: expr.span }, { span: named.name.span, text: 'named here' });
    return false;
  }
  return true;
}

function isSame(a: BytesRef, b: BytesRef): boolean {
  if (a === 'transport' || b === 'transport') return a === b;
  return a.length === b.length && a.every((ref, i) => ref.layout === b[i]?.layout && ref.slot === b[i].slot);
}

/** The position counted from the first byte, also one that counts from the end. */
export function fromFront({ value }: IntType, { bytes }: Field): Value {
  if (value.kind !== 'Constant' || value.value >= 0n) return value;
  return { kind: 'Arithmetic', operator: '+', left: { kind: 'Length', bytes }, right: value };
}
