/** The bytes that a header carries: those of the headers inside of it, and behind these the free ones. */
import type { Field, Layout } from '../logic/layout.js';
import { type Context, pickField, sizeAt, sizeFrom } from './context.js';
import { ANY_BYTE, type ByteSet, type Draft, leastByte, mayBe, narrowCells, narrowField, onlyByte } from './draft.js';

/** How many bytes of headers stand before the free ones in what a header carries. */
export function offsetIn(on: Context, draft: Draft, carrier: number): number {
  return sizeFrom(on, draft, carrier + 1);
}

/** Asks something of bytes that a header carries, from a position on: of free ones, or of fields of the headers inside. */
export function narrowBytes(
  on: Context,
  draft: Draft,
  carrier: number,
  position: number,
  sets: readonly ByteSet[],
): Draft | undefined {
  const offset = offsetIn(on, draft, carrier);
  if (position >= offset) return narrowCells(draft, position - offset, sets);
  let next: Draft | undefined = draft;
  for (const [i, set] of sets.entries()) {
    const at = position + i;
    next = at >= offset ? narrowCells(next, at - offset, [set]) : narrowHeaderByte(on, next, carrier, at, set);
    if (!next) return undefined;
  }
  return next;
}

/** The only value that a byte can have, or nothing where it may have several or belongs to a header and is computed. */
export function knownByte(on: Context, draft: Draft, carrier: number, position: number): number | undefined {
  const offset = offsetIn(on, draft, carrier);
  return position >= offset ? onlyByte(draft.cells.get(position - offset)) : undefined;
}

function narrowHeaderByte(
  on: Context,
  draft: Draft,
  carrier: number,
  position: number,
  set: ByteSet,
): Draft | undefined {
  let start = 0;
  for (let i = carrier + 1; i < on.shape.chain.length; i++) {
    const size = sizeAt(on, draft, i);
    const layout = on.shape.chain[i];
    if (layout && position < start + size) return narrowFields(on, draft, i, layout, position - start, set);
    start += size;
  }
  return undefined;
}

/** The byte of a header is the bits of one field or more; the first of its values does that contradicts nothing. */
function narrowFields(
  on: Context,
  draft: Draft,
  header: number,
  layout: Layout,
  at: number,
  set: ByteSet,
): Draft | undefined {
  const fields = layout.fields.filter((f) => !f.peek && overlaps(f, at));
  if (fields.length === 0) return undefined;
  const place = on.places[header] ?? '';
  const usual = usualByte(on, draft, place, fields, at);
  for (const byte of [usual, ...ALL_BYTES]) {
    if (!mayBe(set, byte)) continue;
    const next = fields.reduce<Draft | undefined>((d, f) => d && withByte(d, place, f, at, byte), draft);
    if (next) return next;
  }
  return undefined;
}

const ALL_BYTES = Array.from({ length: 256 }, (_, byte) => byte);

/** How far the byte's last bit lies before the field's last bit; negative where the field ends within the byte. */
function shiftOf({ offset, width }: Field, at: number): number {
  return offset + width - (at * 8 + 8);
}

/** What a byte will likely be, of a header or free. */
export function likelyByte(on: Context, draft: Draft, carrier: number, position: number): number {
  const offset = offsetIn(on, draft, carrier);
  if (position >= offset) return likelyFree(on, draft, position - offset);
  let start = 0;
  for (let i = carrier + 1; i < on.shape.chain.length; i++) {
    const size = sizeAt(on, draft, i);
    const fields = on.shape.chain[i]?.fields.filter((f) => !f.peek && overlaps(f, position - start)) ?? [];
    if (position < start + size) return usualByte(on, draft, on.places[i] ?? '', fields, position - start);
    start += size;
  }
  return 0;
}

function likelyFree(on: Context, draft: Draft, position: number): number {
  const set = draft.cells.get(position) ?? ANY_BYTE;
  const base = on.base.payload?.[position];
  return base !== undefined && mayBe(set, base) ? base : leastByte(set);
}

function overlaps({ offset, width }: Field, at: number): boolean {
  return offset < at * 8 + 8 && offset + width > at * 8;
}

function usualByte(on: Context, draft: Draft, place: string, fields: readonly Field[], at: number): number {
  return fields.reduce((byte, field) => {
    const value = BigInt.asUintN(field.width, pickField(on, draft, `${place}.${field.name}`, field) ?? 0n);
    const shift = shiftOf(field, at);
    const part = shift >= 0 ? value >> BigInt(shift) : value << BigInt(-shift);
    return byte | Number(part & 0xffn);
  }, 0);
}

function withByte(draft: Draft, place: string, field: Field, at: number, byte: number): Draft | undefined {
  const all = (1n << BigInt(field.width)) - 1n;
  const moved = (bits: bigint): bigint => {
    const shift = shiftOf(field, at);
    return (shift >= 0 ? bits << BigInt(shift) : bits >> BigInt(-shift)) & all;
  };
  const mask = moved(0xffn);
  const ones = moved(BigInt(byte));
  return narrowField(draft, `${place}.${field.name}`, field, EVERYTHING, ones, mask & ~ones);
}

const EVERYTHING = [{ low: 0n, high: 1n << 140n }];
