/**
 * What a value can be: candidates one after the other, each with the draft in which the value is that. Lazy, and not all of them: the
 * likeliest first. Everything here is tried, so what is left out costs a packet that is not found and never a wrong one.
 */
import { arithmetic, type BytesRef, type Value } from '../logic/value.js';
import type { Layout } from '../logic/layout.js';
import { knownByte, likelyByte, narrowBytes, offsetIn } from './bytes.js';
import {
  carrierOf,
  type Context,
  lengthField,
  lostBytes,
  pickField,
  type Scope,
  settledLength,
  type Site,
  siteOf,
  sizeFrom,
  spend,
} from './context.js';
import { digitCandidates, digitsIn } from './digits.js';
import { from, inDomain, onlyOf, samples } from './domain.js';
import {
  byteSet,
  type Draft,
  fullDomain,
  MOST_BYTES,
  narrowEntry,
  narrowField,
  narrowLength,
  neededBytes,
} from './draft.js';
import { indexOf, presentIn } from './shape.js';

/** What a value is, and the draft in which it is that. */
export type Candidate = readonly [value: bigint, draft: Draft];

/** Candidates for a value; without any where it is missing. */
export function* valuesOf(value: Value, draft: Draft, on: Context, scope: Scope): Generator<Candidate> {
  switch (value.kind) {
    case 'Constant':
      yield [value.value, draft];
      return;
    case 'Field': {
      const site = siteOf(value.header, value.field, on, scope);
      if (site) yield* fieldValues(site, draft, on);
      return;
    }
    case 'Last': {
      const found = lastValue(value, on);
      if (found) yield* valuesOf(found.value, draft, on, { ...scope, current: found.current });
      return;
    }
    case 'Length': {
      const carrier = carrierOf(value.bytes, on);
      if (carrier < 0) return;
      const offset = BigInt(offsetIn(on, draft, carrier));
      for (const [length, next] of lengths(draft, on)) yield [offset + length, next];
      return;
    }
    case 'Occurrence': {
      const position = scope.names.get(value.name);
      if (position !== undefined) yield [BigInt(position), draft];
      return;
    }
    case 'Read':
    case 'Digits':
      yield* readValues(value, draft, on, scope);
      return;
    case 'First':
      for (const one of value.of) {
        if (isMissing(one, on, scope)) continue;
        yield* valuesOf(one, draft, on, scope);
      }
      return;
    case 'Negate':
      for (const [of, next] of valuesOf(value.of, draft, on, scope)) yield [-of, next];
      return;
    case 'Arithmetic':
      yield* arithmeticValues(value, draft, on, scope);
  }
}

function* arithmeticValues(
  { operator, left, right }: Extract<Value, { kind: 'Arithmetic' }>,
  draft: Draft,
  on: Context,
  scope: Scope,
): Generator<Candidate> {
  for (const [r, first] of valuesOf(right, draft, on, scope)) {
    for (const [l, second] of valuesOf(left, first, on, scope)) {
      if (!spend(on)) return;
      const result = arithmetic(operator, l, r);
      if (result !== undefined) yield [result, second];
    }
  }
}

/** The value that an integer has whatever is still open, if it has one. */
export function settled(value: Value, draft: Draft, on: Context, scope: Scope): bigint | undefined {
  switch (value.kind) {
    case 'Constant':
      return value.value;
    case 'Field': {
      const site = siteOf(value.header, value.field, on, scope);
      const domain = site && draft.fields.get(site.name);
      return domain && onlyOf(domain);
    }
    case 'Last': {
      const found = lastValue(value, on);
      return found && settled(found.value, draft, on, { ...scope, current: found.current });
    }
    case 'Length': {
      const length = settledLength(draft);
      const carrier = carrierOf(value.bytes, on);
      return length === undefined || carrier < 0 ? undefined : length + BigInt(offsetIn(on, draft, carrier));
    }
    case 'Occurrence': {
      const position = scope.names.get(value.name);
      return position === undefined ? undefined : BigInt(position);
    }
    case 'Negate': {
      const of = settled(value.of, draft, on, scope);
      return of === undefined ? undefined : -of;
    }
    case 'Arithmetic': {
      const [left, right] = [settled(value.left, draft, on, scope), settled(value.right, draft, on, scope)];
      return left === undefined || right === undefined ? undefined : arithmetic(value.operator, left, right);
    }
    case 'First': {
      const [first] = value.of.filter((one) => !isMissing(one, on, scope));
      return first && settled(first, draft, on, scope);
    }
    case 'Read':
      return settledRead(value, draft, on, scope);
    case 'Digits':
      return undefined;
  }
}

function settledRead(
  { bytes, position, size, little }: Extract<Value, { kind: 'Read' }>,
  draft: Draft,
  on: Context,
  scope: Scope,
): bigint | undefined {
  const carrier = carrierOf(bytes, on);
  const at = settled(position, draft, on, scope);
  if (carrier < 0 || at === undefined || at < 0n || at > MOST_BYTES) return undefined;
  const row = Array.from({ length: size }, (_, i) => knownByte(on, draft, carrier, Number(at) + i));
  if (row.includes(undefined)) return undefined;
  return integerOf(little ? row.toReversed() : row);
}

function integerOf(bytes: readonly (number | undefined)[]): bigint {
  return BigInt(bytes.reduce<number>((sum, byte) => sum * 256 + (byte ?? 0), 0));
}

/** Whether the form of the packet alone says that the value is missing. */
export function isMissing(value: Value, on: Context, scope: Scope): boolean {
  switch (value.kind) {
    case 'Field':
      return siteOf(value.header, value.field, on, scope) === undefined;
    case 'Last':
      return lastValue(value, on) === undefined;
    case 'Length':
      return carrierOf(value.bytes, on) < 0;
    case 'Read':
    case 'Digits':
      return carrierOf(value.bytes, on) < 0 || isMissing(value.position, on, scope);
    case 'First':
      return value.of.every((one) => isMissing(one, on, scope));
    case 'Negate':
      return isMissing(value.of, on, scope);
    case 'Arithmetic':
      return isMissing(value.left, on, scope) || isMissing(value.right, on, scope);
    case 'Constant':
    case 'Occurrence':
      return false;
  }
}

/** The value that says what comes last in a space, and in which header it stands. */
export function lastValue(
  { space, of }: Extract<Value, { kind: 'Last' }>,
  { shape }: Context,
): { value: Value; current: number } | undefined {
  if (indexOf(of, shape, -1) < 0) return undefined;
  for (let i = presentIn(shape) - 1; i >= 0; i--) {
    const layout = shape.chain[i] as Layout;
    const next = layout.next.findLast((one) => one.space === space);
    if (next) return { value: next.value, current: i };
  }
  return undefined;
}

// Fields and lengths --------------------------------------------------------------------------------------------------

const ALL_INTEGERS = [{ low: -(1n << 140n), high: 1n << 140n }];

/** Asks that what a field is in be there. */
export function withSite({ entry }: Site, draft: Draft): Draft | undefined {
  return entry === undefined ? draft : narrowEntry(draft, entry, true);
}

function* fieldValues(site: Site, draft: Draft, on: Context): Generator<Candidate> {
  const there = withSite(site, draft);
  if (!there) return;
  yield* computedValues(site, there, on);
  const { name, field } = site;
  const domain = there.fields.get(name) ?? fullDomain(field);
  const usual = pickField(on, narrowField(there, name, field, ALL_INTEGERS) ?? there, name, field);
  for (const value of new Set([...(usual === undefined ? [] : [usual]), ...samples(domain, 12), ...SMALL])) {
    if (!spend(on)) return;
    const said = inDomain(domain, value) && narrowField(there, name, field, [{ low: value, high: value }]);
    const next = said && withRoom(site, said, on);
    if (next) yield [value, next];
  }
}

/** A length that is not said is what there is. */
function* computedValues(site: Site, draft: Draft, on: Context): Generator<Candidate> {
  const line = lengthField(on, site);
  if (!line || draft.fields.has(site.name)) return;
  const factor = BigInt(line.factor);
  const inside = BigInt(sizeFrom(on, draft, site.header) + lostBytes(on.shape) - line.offset);
  for (const [length, next] of lengths(draft, on)) {
    const total = inside + length;
    if (total >= 0n && total % factor === 0n) yield [total / factor, next];
  }
}

/** A length that is said reaches no further than the packet: else its header would contradict it, and not be there. */
export function withRoom(site: Site, draft: Draft, on: Context): Draft | undefined {
  const line = lengthField(on, site);
  const domain = draft.fields.get(site.name);
  if (!line || !domain) return draft;
  const [factor, offset] = [BigInt(line.factor), BigInt(line.offset)];
  const inside = BigInt(sizeFrom(on, draft, site.header) + lostBytes(on.shape)) - offset;
  const most = inside + (draft.length.at(-1)?.high ?? 0n);
  const fitting = narrowField(draft, site.name, site.field, [{ low: 0n, high: most < 0n ? -1n : most / factor }]);
  const least = fitting && from(fitting.fields.get(site.name) ?? domain, undefined);
  if (!fitting || least === undefined) return undefined;
  const bytes = least * factor - inside;
  return bytes <= 0n ? fitting : narrowLength(fitting, [{ low: bytes, high: MOST_BYTES }]);
}

const SMALL = [1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n, 10n, 16n, 20n, 28n, 32n, 40n, 64n, 100n, 128n, 255n];

/** Numbers of bytes: as in the packet to be resembled, as few as there must be, some more, and the ends of what may be. */
export function* lengths(draft: Draft, on: Context): Generator<Candidate> {
  const domain = { set: draft.length, ones: 0n, zeros: 0n };
  const needed = neededBytes(draft);
  const base = on.base.payload === undefined ? [] : [BigInt(on.base.payload.length)];
  const more = Array.from({ length: 20 }, (_, i) => needed + BigInt(i));
  const wanted = [...base, ...more, ...samples(domain, 12), ...LONGER.map((by) => needed + by)];
  for (const length of new Set(wanted)) {
    if (length < needed || !inDomain(domain, length)) continue;
    if (!spend(on)) return;
    const next = narrowLength(draft, [{ low: length, high: length }]);
    if (next) yield [length, next];
  }
}

const LONGER = [24n, 32n, 50n, 64n, 100n, 128n, 200n, 255n, 256n, 300n, 512n, 1000n, 1400n, 4096n];

// Integers out of bytes -----------------------------------------------------------------------------------------------

/** Positions that a read may have, each with the draft in which it is that and the bytes are there. */
export function* positionsOf(
  { bytes, position }: { readonly bytes: BytesRef; readonly position: Value },
  size: number,
  draft: Draft,
  on: Context,
  scope: Scope,
): Generator<{ readonly carrier: number; readonly at: number; readonly draft: Draft }> {
  const carrier = carrierOf(bytes, on);
  if (carrier < 0) return;
  const fromEnd = position.kind === 'Constant' && position.value < 0n;
  const offset = BigInt(offsetIn(on, draft, carrier));
  for (const [p, found] of fromEnd ? lengths(draft, on) : valuesOf(position, draft, on, scope)) {
    const at = fromEnd ? offset + p + (position as { value: bigint }).value : p;
    if (at < 0n || at > MOST_BYTES) continue;
    const least = at + BigInt(size) - offset;
    const next = least <= 0n ? found : narrowLength(found, [{ low: least, high: MOST_BYTES }]);
    if (next) yield { carrier, at: Number(at), draft: next };
  }
}

function* readValues(
  value: Extract<Value, { kind: 'Read' | 'Digits' }>,
  draft: Draft,
  on: Context,
  scope: Scope,
): Generator<Candidate> {
  const size = value.kind === 'Read' ? value.size : 1;
  for (const { carrier, at, draft: there } of positionsOf(value, size, draft, on, scope)) {
    if (value.kind === 'Digits') {
      for (const wanted of [...digitsIn(on, carrier, at, there), 1n, 0n, 10n, 100n]) {
        for (const next of digitCandidates(value, wanted, carrier, at, there, on)) yield [wanted, next];
      }
      continue;
    }
    const usual = Array.from({ length: size }, (_, i) => likelyByte(on, there, carrier, at + i));
    const first = integerOf(value.little ? usual.toReversed() : usual);
    for (const wanted of new Set([first, 0n, ...SMALL, (1n << BigInt(size * 8)) - 1n])) {
      if (!spend(on)) return;
      const next = withInteger(value, wanted, carrier, at, there, on);
      if (next) yield [wanted, next];
    }
  }
}

/** Writes an integer where it is read; nothing where the bytes cannot be these. */
export function withInteger(
  { size, little }: Extract<Value, { kind: 'Read' }>,
  wanted: bigint,
  carrier: number,
  at: number,
  draft: Draft,
  on: Context,
): Draft | undefined {
  if (wanted < 0n || wanted >= 1n << BigInt(size * 8)) return undefined;
  const row = Array.from({ length: size }, (_, i) => byteSet(Number((wanted >> BigInt((size - 1 - i) * 8)) & 0xffn)));
  return narrowBytes(on, draft, carrier, at, little ? row.toReversed() : row);
}
