/** Values of a packet with where they were read, or what was missing. */
import type { Stack } from '../backend/interpreter/stack.js';
import { bytesOf, carrierOf, evaluateValue, type Scope, startOf } from '../backend/interpreter/value.js';
import type { BytesRef, FieldPlace, HeaderRef, Value } from '../logic/value.js';

/** Why there is no value. */
export type Gap =
  /** None of the headers is there. */
  | { readonly kind: 'Header'; readonly headers: readonly HeaderRef[] }
  /** Nothing carries such bytes. */
  | { readonly kind: 'Bytes'; readonly bytes: BytesRef }
  /** The bytes end before the position, or it lies before their beginning. */
  | { readonly kind: 'Position'; readonly bytes: BytesRef; readonly position: bigint; readonly length: number }
  /** `byte` is where the digit would stand in the packet. */
  | { readonly kind: 'Digits'; readonly bytes: BytesRef; readonly position: bigint; readonly byte: number }
  /** It divides by zero, or shifts by what cannot be shifted by. */
  | { readonly kind: 'Arithmetic'; readonly value: Value };

/** Bytes of the packet, `end` not included. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** A named part of a value: what it is in this packet, and in which bytes that stands. */
export interface Reading {
  readonly value: Value;
  readonly result: bigint | undefined;
  readonly place?: Place;
  readonly gap?: Gap;
}

/** Every part of the value that the packet gives, from left to right. */
export function readingsOf(value: Value, stack: Stack, scope: Scope): Reading[] {
  switch (value.kind) {
    case 'Constant':
      return [];
    case 'Field':
      return [fieldReading(value, stack, scope)];
    case 'First': {
      const parts = value.of.flatMap((part) => readingsOf(part, stack, scope));
      const found = parts.find((part) => part.result !== undefined);
      const place = found?.place;
      if (found) return [{ value, result: found.result, ...(place && { place }) }];
      const headers = parts.flatMap(({ gap }) => (gap?.kind === 'Header' ? gap.headers : []));
      return [{ value, result: undefined, gap: { kind: 'Header', headers } }];
    }
    case 'Last': {
      const result = evaluateValue(value, stack, scope);
      return [{ value, result, ...(result === undefined && { gap: { kind: 'Header', headers: [value.of] } }) }];
    }
    case 'Length': {
      const result = evaluateValue(value, stack, scope);
      return [{ value, result, ...(result === undefined && { gap: { kind: 'Bytes', bytes: value.bytes } }) }];
    }
    case 'Occurrence':
      return [{ value, result: evaluateValue(value, stack, scope) }];
    case 'Read':
    case 'Digits':
      return [...readingsOf(value.position, stack, scope), bytesReading(value, stack, scope)];
    case 'Negate':
      return readingsOf(value.of, stack, scope);
    case 'Arithmetic':
      return [...readingsOf(value.left, stack, scope), ...readingsOf(value.right, stack, scope)];
  }
}

/** Why the value is missing. */
export function gapOf(value: Value, stack: Stack, scope: Scope): Gap | undefined {
  if (evaluateValue(value, stack, scope) !== undefined) return undefined;
  return readingsOf(value, stack, scope).find((r) => r.gap)?.gap ?? { kind: 'Arithmetic', value };
}

function fieldReading(value: Extract<Value, { kind: 'Field' }>, stack: Stack, scope: Scope): Reading {
  const start = startOf(value.header, stack, scope);
  if (start === undefined) return { value, result: undefined, gap: { kind: 'Header', headers: [value.header] } };
  return { value, result: evaluateValue(value, stack, scope), place: placeOf(start, value.field) };
}

/** The bytes in which a field of a header that begins at `start` lies. */
function placeOf(start: number, { offset, width }: Pick<FieldPlace, 'offset' | 'width'>): Place {
  return { start: start + (offset >> 3), end: start + ((offset + width + 7) >> 3) };
}

function bytesReading(value: Extract<Value, { kind: 'Read' | 'Digits' }>, stack: Stack, scope: Scope): Reading {
  const bytes = bytesOf(value.bytes, stack);
  const position = evaluateValue(value.position, stack, scope);
  const result = evaluateValue(value, stack, scope);
  const row = value.bytes;
  if (!bytes) return { value, result, gap: { kind: 'Bytes', bytes: row } };
  if (position === undefined) return { value, result }; // the position's own reading says why
  const at = position < 0n && value.position.kind === 'Constant' ? BigInt(bytes.length) + position : position;
  const start = (carrierOf(row, stack)?.payload ?? 0) + Number(at);
  if (result === undefined) {
    const isInside = value.kind === 'Digits' && at >= 0n && at < BigInt(bytes.length);
    if (isInside) return { value, result, gap: { kind: 'Digits', bytes: row, position: at, byte: start } };
    return { value, result, gap: { kind: 'Position', bytes: row, position, length: bytes.length } };
  }
  const size = value.kind === 'Read' ? value.size : digitsIn(bytes.subarray(Number(at)), value);
  return { value, result, place: { start, end: start + size } };
}

/** How many digits a row of bytes begins with, of those that are read. */
function digitsIn(bytes: Uint8Array, { base, most }: Extract<Value, { kind: 'Digits' }>): number {
  const row = bytes.subarray(0, most);
  const behind = row.findIndex((byte) => Number.isNaN(Number.parseInt(String.fromCharCode(byte), base)));
  return behind < 0 ? row.length : behind;
}
