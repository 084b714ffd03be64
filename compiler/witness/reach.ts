/** Drafts in which a value lies in a set, or in which it is missing. Sums, products and shifts are turned round; the rest is tried. */
import { arithmetic, type Value } from '../logic/value.js';
import { type IntSet, intersection, setHas, sizeOf } from '../logic/set.js';
import { knownByte, likelyByte, narrowBytes, offsetIn } from './bytes.js';
import {
  carrierOf,
  type Context,
  lengthField,
  lostBytes,
  type Scope,
  type Site,
  siteOf,
  sizeFrom,
  spend,
} from './context.js';
import { digitCandidates, digitsIn, notDigit } from './digits.js';
import { reachBits } from './bits.js';
import { domainOf, samples } from './domain.js';
import { type Draft, MOST_BYTES, narrowEntry, narrowField, narrowLength } from './draft.js';
import { leftOf, negated, rightOf } from './inverse.js';
import { isMissing, lastValue, positionsOf, settled, valuesOf, withInteger, withRoom, withSite } from './values.js';

/** Drafts in which the value is there and lies in the set. */
export function* reach(value: Value, want: IntSet, draft: Draft, on: Context, scope: Scope): Generator<Draft> {
  if (want.length === 0 || !spend(on)) return;
  switch (value.kind) {
    case 'Constant':
    case 'Occurrence': {
      const [found] = valuesOf(value, draft, on, scope);
      if (found && setHas(want, found[0])) yield draft;
      return;
    }
    case 'Field': {
      const site = siteOf(value.header, value.field, on, scope);
      if (site) yield* reachField(site, want, draft, on);
      return;
    }
    case 'Last': {
      const found = lastValue(value, on);
      if (found) yield* reach(found.value, want, draft, on, { ...scope, current: found.current });
      return;
    }
    case 'Length': {
      const carrier = carrierOf(value.bytes, on);
      if (carrier < 0) return;
      const set = leftOf('+', BigInt(offsetIn(on, draft, carrier)), want);
      const next = set && narrowLength(draft, set);
      if (next) yield next;
      return;
    }
    case 'Read':
      yield* reachRead(value, want, draft, on, scope);
      return;
    case 'Digits':
      yield* reachDigits(value, want, draft, on, scope);
      return;
    case 'First':
      for (const one of value.of) if (!isMissing(one, on, scope)) yield* reach(one, want, draft, on, scope);
      return;
    case 'Negate':
      yield* reach(value.of, negated(want), draft, on, scope);
      return;
    case 'Arithmetic':
      yield* reachArithmetic(value, want, draft, on, scope);
  }
}

function* reachField(site: Site, want: IntSet, draft: Draft, on: Context): Generator<Draft> {
  const there = withSite(site, draft);
  if (!there) return;
  const { name, field } = site;
  const computed = lengthField(on, site);
  if (computed && !there.fields.has(name)) {
    const inside = BigInt(sizeFrom(on, there, site.header) + lostBytes(on.shape) - computed.offset);
    const total = want.map(({ low, high }) => ({ low: low * BigInt(computed.factor), high: high * BigInt(computed.factor) })); // prettier-ignore
    const next = narrowLength(there, leftOf('+', inside, total) ?? []);
    if (next) yield next;
  }
  // Nearly every checksum that is computed is not the one number that it must not be.
  if (field.initial?.kind === 'Checksum' && sizeOf(want) > 1n << BigInt(field.width - 1)) yield there;
  const next = narrowField(there, name, field, want);
  const roomy = next && computed ? withRoom(site, next, on) : next;
  if (roomy) yield roomy;
}

function* reachRead(
  value: Extract<Value, { kind: 'Read' }>,
  want: IntSet,
  draft: Draft,
  on: Context,
  scope: Scope,
): Generator<Draft> {
  const { size, little } = value;
  const top = (1n << BigInt(size * 8)) - 1n;
  const inside = intersection(want, [{ low: 0n, high: top }]);
  for (const { carrier, at, draft: there } of positionsOf(value, size, draft, on, scope)) {
    if (!spend(on)) return;
    if (size === 1) {
      const next = narrowBytes(on, there, carrier, at, [bytesIn(inside)]);
      if (next) yield next;
      continue;
    }
    for (const wanted of candidatesFor(value, inside, carrier, at, there, on)) {
      const next = withInteger({ ...value, little }, wanted, carrier, at, there, on);
      if (next) yield next;
    }
  }
}

function bytesIn(set: IntSet): bigint {
  return set.reduce((bits, { low, high }) => bits | (((1n << (high - low + 1n)) - 1n) << low), 0n);
}

/** As in the packet to be resembled; with the bytes that are settled already; the ends of ranges. */
function candidatesFor(
  { size, little }: Extract<Value, { kind: 'Read' }>,
  want: IntSet,
  carrier: number,
  at: number,
  draft: Draft,
  on: Context,
): Set<bigint> {
  const order = (row: (number | undefined)[]): (number | undefined)[] => (little ? row.toReversed() : row);
  const likely = order(Array.from({ length: size }, (_, i) => likelyByte(on, draft, carrier, at + i)));
  const fixed = order(Array.from({ length: size }, (_, i) => knownByte(on, draft, carrier, at + i)));
  const mask = fixed.reduce<bigint>((bits, byte) => (bits << 8n) | (byte === undefined ? 0n : 0xffn), 0n);
  const ones = fixed.reduce<bigint>((bits, byte) => (bits << 8n) | BigInt(byte ?? 0), 0n);
  const usual = likely.reduce<bigint>((sum, byte) => (sum << 8n) | BigInt(byte ?? 0), 0n);
  const close = [usual, usual + 1n, usual - 1n].filter((n) => setHas(want, n));
  return new Set([...close, ...samples({ set: want, ones, zeros: mask & ~ones }, 20)]);
}

function* reachDigits(
  value: Extract<Value, { kind: 'Digits' }>,
  want: IntSet,
  draft: Draft,
  on: Context,
  scope: Scope,
): Generator<Draft> {
  const inside = intersection(want, [{ low: 0n, high: BigInt(value.base) ** BigInt(value.most) - 1n }]);
  for (const { carrier, at, draft: there } of positionsOf(value, 1, draft, on, scope)) {
    const there_ = digitsIn(on, carrier, at, there).filter((n) => setHas(inside, n));
    for (const wanted of new Set([...there_, ...samples(domainOf(inside), 12)])) {
      if (!spend(on)) return;
      yield* digitCandidates(value, wanted, carrier, at, there, on);
    }
  }
}

function* reachArithmetic(
  value: Extract<Value, { kind: 'Arithmetic' }>,
  want: IntSet,
  draft: Draft,
  on: Context,
  scope: Scope,
): Generator<Draft> {
  const { operator, left, right } = value;
  const [l, r] = [settled(left, draft, on, scope), settled(right, draft, on, scope)];
  if (r !== undefined) {
    yield* reachLeft(value, r, want, draft, on, scope);
  } else if (l !== undefined) {
    const set = rightOf(operator, l, want);
    if (set) yield* reach(right, set, draft, on, scope);
    else if (isMask(operator)) yield* reachMasked(operator, right, l, want, draft, on, scope);
    else yield* tried(right, (n) => arithmetic(operator, l, n), want, draft, on, scope);
  } else {
    for (const [, next] of valuesOf(right, draft, on, scope)) {
      const now = settled(right, next, on, scope);
      if (!spend(on)) return;
      if (now !== undefined) yield* reachLeft(value, now, want, next, on, scope);
    }
    yield* tried(value, (n) => n, want, draft, on, scope);
  }
}

function* reachLeft(
  { operator, left }: Extract<Value, { kind: 'Arithmetic' }>,
  right: bigint,
  want: IntSet,
  draft: Draft,
  on: Context,
  scope: Scope,
): Generator<Draft> {
  const set = leftOf(operator, right, want);
  if (set) yield* reach(left, set, draft, on, scope);
  else if (isMask(operator)) yield* reachMasked(operator, left, right, want, draft, on, scope);
  else if (operator === '%') yield* reachRest(left, right, want, draft, on, scope);
  else yield* tried(left, (n) => arithmetic(operator, n, right), want, draft, on, scope);
}

/** Every candidate of a value of which something holds. */
function* tried(
  value: Value,
  result: (n: bigint) => bigint | undefined,
  want: IntSet,
  draft: Draft,
  on: Context,
  scope: Scope,
): Generator<Draft> {
  for (const [n, next] of valuesOf(value, draft, on, scope)) {
    if (!spend(on)) return;
    const found = result(n);
    if (found !== undefined && setHas(want, found)) yield next;
  }
}

/** `x % by` in the set: of each candidate that which lies beside it and leaves the right rest. */
function* reachRest(value: Value, by: bigint, want: IntSet, draft: Draft, on: Context, scope: Scope): Generator<Draft> {
  if (by === 0n) return;
  yield* tried(value, (n) => n % by, want, draft, on, scope);
  const size = by < 0n ? -by : by;
  const rests = samples(domainOf(intersection(want, [{ low: 0n, high: size - 1n }])), 4);
  for (const [n] of valuesOf(value, draft, on, scope)) {
    for (const rest of rests) {
      const close = n - (n % size) + rest;
      for (const one of [close, close + size]) yield* reach(value, [{ low: one, high: one }], draft, on, scope);
    }
    if (!spend(on)) return;
  }
}

function isMask(operator: string): operator is '&' | '|' | '^' {
  return operator === '&' || operator === '|' || operator === '^';
}

/** More results of a mask than these are not tried. */
const MOST_RESULTS = 64;

/** `x & mask` in the set, and the like: what it can be, one after the other, and from each the bits of `x`. */
function* reachMasked(
  operator: '&' | '|' | '^',
  value: Value,
  mask: bigint,
  want: IntSet,
  draft: Draft,
  on: Context,
  scope: Scope,
): Generator<Draft> {
  if (mask < 0n && operator !== '&') return;
  yield* firstOf(
    tried(value, (n) => arithmetic(operator, n, mask), want, draft, on, scope),
    on.base.payload ? 1 : 0,
  );
  const widest = 1n << 64n;
  const bits = operator === '&' ? { ones: 0n, zeros: mask < 0n ? 0n : ~mask & (widest - 1n) } : { ones: 0n, zeros: 0n };
  const possible = {
    set: intersection(want, [{ low: 0n, high: widest }]),
    ...bits,
    ...(operator === '|' && { ones: mask }),
  };
  const [usual] = valuesOf(value, draft, on, scope);
  const near = arithmetic(operator, usual?.[0] ?? 0n, mask) ?? 0n;
  const results = samples(possible, MOST_RESULTS).map((result) => ({ result, far: bitCount(result ^ near) }));
  for (const { result } of results.sort((a, b) => a.far - b.far)) {
    if (!spend(on)) return;
    if (operator === '^') yield* reach(value, [{ low: result ^ mask, high: result ^ mask }], draft, on, scope);
    else if (operator === '&') yield* reachBits(value, { ones: result, zeros: mask & ~result }, draft, on, scope);
    else yield* reachBits(value, { ones: result & ~mask, zeros: (widest - 1n) & ~result }, draft, on, scope);
  }
}

/** How many bits are 1. */
function bitCount(bits: bigint): number {
  return bits.toString(2).replace(/[^1]/g, '').length;
}

function* firstOf<T>(found: Iterable<T>, most: number): Generator<T> {
  let count = 0;
  if (most === 0) return;
  for (const one of found) {
    yield one;
    if (++count >= most) return;
  }
}

// What is missing -----------------------------------------------------------------------------------------------------

/** Drafts in which the value is missing, with the same headers. */
export function* lack(value: Value, draft: Draft, on: Context, scope: Scope): Generator<Draft> {
  if (!spend(on)) return;
  if (isMissing(value, on, scope)) {
    yield draft;
    return;
  }
  switch (value.kind) {
    case 'Field': {
      const site = siteOf(value.header, value.field, on, scope);
      const next = site?.entry === undefined ? undefined : narrowEntry(draft, site.entry, false);
      if (next) yield next;
      return;
    }
    case 'Read':
    case 'Digits':
      yield* lackBytes(value, draft, on, scope);
      yield* lack(value.position, draft, on, scope);
      return;
    case 'First':
      yield* lackAll(value.of, draft, on, scope);
      return;
    case 'Negate':
      yield* lack(value.of, draft, on, scope);
      return;
    case 'Arithmetic':
      yield* lack(value.left, draft, on, scope);
      yield* lack(value.right, draft, on, scope);
      if (value.operator === '/' || value.operator === '%') yield* reach(value.right, ZERO, draft, on, scope);
      if (value.operator === '<<' || value.operator === '>>') yield* reach(value.right, NO_SHIFT, draft, on, scope);
      return;
    case 'Constant':
    case 'Occurrence':
    case 'Last':
    case 'Length':
  }
}

const ZERO = [{ low: 0n, high: 0n }];
const NO_SHIFT = [{ low: -(1n << 63n), high: -1n }, { low: 64n, high: 1n << 63n }]; // prettier-ignore

function* lackAll(of: readonly Value[], draft: Draft, on: Context, scope: Scope): Generator<Draft> {
  const [first, ...rest] = of;
  if (!first) {
    yield draft;
    return;
  }
  for (const next of lack(first, draft, on, scope)) yield* lackAll(rest, next, on, scope);
}

/** The bytes end before the position, or what stands there is no digit. */
function* lackBytes(
  value: Extract<Value, { kind: 'Read' | 'Digits' }>,
  draft: Draft,
  on: Context,
  scope: Scope,
): Generator<Draft> {
  const carrier = carrierOf(value.bytes, on);
  const offset = BigInt(offsetIn(on, draft, carrier));
  const { position } = value;
  const size = value.kind === 'Read' ? BigInt(value.size) : 1n;
  if (position.kind === 'Constant' && position.value < 0n) {
    const next = narrowLength(draft, [{ low: 0n, high: -position.value - 1n - offset }]);
    if (next) yield next;
    return;
  }
  for (const [at, there] of valuesOf(position, draft, on, scope)) {
    if (!spend(on)) return;
    const isDigit = value.kind === 'Digits' && at >= 0n && at <= MOST_BYTES;
    const other = isDigit && narrowBytes(on, there, carrier, Number(at), [notDigit(value.base)]);
    if (other) yield other;
    const short = at < 0n ? there : narrowLength(there, [{ low: 0n, high: at + size - 1n - offset }]);
    if (short) yield short;
  }
}
