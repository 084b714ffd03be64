/** Bits of values: which must be 1 and which 0. A mask of a wide field is no range. */
import type { Value } from '../logic/value.js';
import { narrowBytes } from './bytes.js';
import { type Context, type Scope, siteOf, spend } from './context.js';
import { type Draft, narrowField } from './draft.js';
import { isMissing, positionsOf, valuesOf, withSite } from './values.js';

/** Which bits must be 1 and which 0; the others may be either. */
export interface Bits {
  readonly ones: bigint;
  readonly zeros: bigint;
}

function shifted({ ones, zeros }: Bits, count: bigint): Bits {
  return { ones: ones << count, zeros: zeros << count };
}

/** Drafts in which some bits of a value are 1 and others 0. */
export function* reachBits(value: Value, bits: Bits, draft: Draft, on: Context, scope: Scope): Generator<Draft> {
  switch (value.kind) {
    case 'Field':
      yield* fieldBits(value, bits, draft, on, scope);
      return;
    case 'Read':
      yield* readBits(value, bits, draft, on, scope);
      return;
    case 'First':
      for (const one of value.of) if (!isMissing(one, on, scope)) yield* reachBits(one, bits, draft, on, scope);
      return;
    default: {
      const by = shiftIn(value);
      if (by !== undefined) yield* reachBits(by.of, shifted(bits, by.count), draft, on, scope);
      else yield* triedBits(value, bits, draft, on, scope);
    }
  }
}

/** What is shifted to the right by a constant: its bits are those that lie higher. */
function shiftIn(value: Value): { of: Value; count: bigint } | undefined {
  if (value.kind !== 'Arithmetic' || value.operator !== '>>' || value.right.kind !== 'Constant') return undefined;
  const count = value.right.value;
  return count >= 0n && count < 64n ? { of: value.left, count } : undefined;
}

function* triedBits(value: Value, { ones, zeros }: Bits, draft: Draft, on: Context, scope: Scope): Generator<Draft> {
  for (const [n, next] of valuesOf(value, draft, on, scope)) {
    if (!spend(on)) return;
    if (n >= 0n && (n & ones) === ones && (n & zeros) === 0n) yield next;
  }
}

function* fieldBits(
  { header, field }: Extract<Value, { kind: 'Field' }>,
  { ones, zeros }: Bits,
  draft: Draft,
  on: Context,
  scope: Scope,
): Generator<Draft> {
  const site = siteOf(header, field, on, scope);
  const there = site && withSite(site, draft);
  if (!there || ones >> BigInt(field.width) !== 0n) return;
  const inside = zeros & ((1n << BigInt(field.width)) - 1n);
  const next = narrowField(there, site.name, site.field, EVERYTHING, ones, inside);
  if (next) yield next;
}

const EVERYTHING = [{ low: 0n, high: 1n << 140n }];

function* readBits(
  value: Extract<Value, { kind: 'Read' }>,
  { ones, zeros }: Bits,
  draft: Draft,
  on: Context,
  scope: Scope,
): Generator<Draft> {
  const { size, little } = value;
  if (ones >> BigInt(size * 8) !== 0n) return;
  const row = Array.from({ length: size }, (_, i) => {
    const shift = BigInt((size - 1 - i) * 8);
    const [set, clear] = [Number((ones >> shift) & 0xffn), Number((zeros >> shift) & 0xffn)];
    return ALL_BYTES.reduce((all, b) => ((b & set) === set && (b & clear) === 0 ? all | (1n << BigInt(b)) : all), 0n);
  });
  for (const { carrier, at, draft: there } of positionsOf(value, size, draft, on, scope)) {
    const next = narrowBytes(on, there, carrier, at, little ? row.toReversed() : row);
    if (next) yield next;
  }
}

const ALL_BYTES = Array.from({ length: 256 }, (_, byte) => byte);
