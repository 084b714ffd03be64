/** Values of a packet: what an expression over header fields gives, or nothing where a byte that it reads is missing. */
import {
  addressKey,
  arithmetic,
  type BytesRef,
  type FieldPlace,
  type HeaderRef,
  type Value,
} from '../../logic/value.js';
import type { Decoded, Stack } from './stack.js';

/** The integer in the field's bits of a header that begins at byte `start`; the caller knows that the bytes are there. */
export function readField(bytes: Uint8Array, start: number, field: FieldPlace): bigint {
  const from = field.offset >> 3;
  const to = (field.offset + field.width + 7) >> 3;
  // Up to 48 bits fit a double exactly; most fields do, and bigints are slow.
  if (to - from <= 6) {
    let value = 0;
    for (let i = from; i < to; i++) value = value * 256 + (bytes[start + i] ?? 0);
    const shifted = Math.floor(value / 2 ** (to * 8 - field.offset - field.width));
    return addressKey(field.type, BigInt(shifted % 2 ** field.width));
  }
  let value = 0n;
  for (let i = from; i < to; i++) value = (value << 8n) | BigInt(bytes[start + i] ?? 0);
  const shifted = value >> BigInt(to * 8 - field.offset - field.width);
  return addressKey(field.type, BigInt.asUintN(field.width, shifted));
}

/** What a value may refer to beside the packet. */
export interface Scope {
  /** The header that is being decoded. */
  readonly current?: Decoded;
  /** The occurrence that is being tried. */
  readonly occurrence?: { readonly name: number; readonly position: number };
}

/** Where the header begins that a reference means, or nothing where it is not there. */
export function startOf(ref: HeaderRef, stack: Stack, { current }: Scope): number | undefined {
  const header = ref.slot === 'current' ? current : stack.headers[ref.layout]?.[ref.slot];
  if (!header || !ref.entry) return header?.start;
  return header.lists[ref.entry.list]?.entries[ref.entry.case];
}

/** Whether a header or a list's entry is there. */
export function isPresent(ref: HeaderRef, stack: Stack): boolean {
  return startOf(ref, stack, {}) !== undefined;
}

/** The bytes that a header carries, as far as they were captured; nothing where it is not there. Empty is something. */
export function bytesOf(ref: BytesRef, stack: Stack): Uint8Array | undefined {
  const header = carrierOf(ref, stack);
  return header && stack.packet.bytes.subarray(header.payload, Math.max(header.payload, header.extent));
}

/** The header that carries the bytes, if one is there. */
export function carrierOf(ref: BytesRef, stack: Stack): Decoded | undefined {
  if (ref === 'transport') return stack.transport;
  for (const { layout, slot } of ref) {
    const header = slot === 'current' ? undefined : stack.headers[layout]?.[slot];
    if (header) return header;
  }
  return undefined;
}

/** The value's integer. */
export function evaluateValue(value: Value, stack: Stack, scope: Scope = {}): bigint | undefined {
  switch (value.kind) {
    case 'Constant':
      return value.value;
    case 'Field': {
      const start = startOf(value.header, stack, scope);
      return start === undefined ? undefined : readField(stack.packet.bytes, start, value.field);
    }
    case 'Last':
      return isPresent(value.of, stack) ? stack.last.get(value.space) : undefined;
    case 'Length': {
      const length = bytesOf(value.bytes, stack)?.length;
      return length === undefined ? undefined : BigInt(length);
    }
    case 'Occurrence':
      return scope.occurrence?.name === value.name ? BigInt(scope.occurrence.position) : undefined;
    case 'Read':
    case 'Digits':
      return readBytes(value, stack, scope);
    case 'First':
      for (const alternative of value.of) {
        const found = evaluateValue(alternative, stack, scope);
        if (found !== undefined) return found;
      }
      return undefined;
    case 'Negate': {
      const found = evaluateValue(value.of, stack, scope);
      return found === undefined ? undefined : -found;
    }
    case 'Arithmetic': {
      const left = evaluateValue(value.left, stack, scope);
      const right = evaluateValue(value.right, stack, scope);
      return left === undefined || right === undefined ? undefined : arithmetic(value.operator, left, right);
    }
  }
}

/** An integer out of a byte field. A position below 0 counts from the end where it is a constant, and is missing otherwise. */
function readBytes(value: Extract<Value, { kind: 'Read' | 'Digits' }>, stack: Stack, scope: Scope): bigint | undefined {
  const bytes = bytesOf(value.bytes, stack);
  const position = evaluateValue(value.position, stack, scope);
  if (!bytes || position === undefined) return undefined;
  const length = BigInt(bytes.length);
  const at = position < 0n && value.position.kind === 'Constant' ? length + position : position;
  if (at < 0n || at >= length) return undefined;
  if (value.kind === 'Digits') return readDigits(bytes, Number(at), value.most, value.base);
  if (at + BigInt(value.size) > length) return undefined;
  const row = bytes.subarray(Number(at), Number(at) + value.size);
  return BigInt((value.little ? row.toReversed() : row).reduce((sum, byte) => sum * 256 + byte, 0));
}

function readDigits(bytes: Uint8Array, at: number, most: number, base: 10 | 16): bigint | undefined {
  const text = String.fromCharCode(...bytes.subarray(at, at + most));
  const digits = (base === 10 ? /^[0-9]+/ : /^[0-9A-Fa-f]+/).exec(text)?.[0];
  return digits === undefined ? undefined : BigInt(base === 10 ? digits : `0x${digits}`);
}
