/** Values of a packet as rows of diagrams. A value that they cannot follow is a row of variables of its own: nothing is known of it, nothing wrong said. */
import { keyOf } from '../logic/key.js';
import type { Layout } from '../logic/layout.js';
import { addressKey, type BytesRef, type HeaderRef, type Value } from '../logic/value.js';
import { operandsOf } from '../logic/walk.js';
import { add, bitsOf, bitwise, type Bits, constantOf, either, lowest, multiply, shiftLeft, shiftRight, subtract } from './bits.js'; // prettier-ignore
import { ALWAYS, type Diagram, type Diagrams, NEVER } from './diagram.js';
import type { Headers } from './headers.js';
import { type Memory, type Numeric, remembered } from './memory.js';
import type { Variables } from './variables.js';

/** What values are made of. */
export interface Ground extends Pick<Variables, 'row'> {
  readonly diagrams: Diagrams;
  readonly headers: Headers;
  readonly layouts: readonly Layout[];
  readonly memory: Memory;
  /** Whether what only makes diagrams smaller is left out from now on. */
  readonly isTimeUp?: () => boolean;
}

/** New nodes that one calculation may take; beyond, its result is a row of variables. */
const CALCULATION = 20_000;
/** No packet has more bytes: captures say lengths in 32 bits. */
const LENGTH_BITS = 32;

/** A value as diagrams. */
export function valueOf(ground: Ground, value: Value): Numeric {
  if (value.kind === 'Constant') return { given: ALWAYS, bits: bitsOf(value.value) };
  const key = keyOf(value);
  return remembered(ground.memory.values, key, () => build(ground, value, key));
}

function build(ground: Ground, value: Exclude<Value, { kind: 'Constant' }>, key: string): Numeric {
  const { diagrams: d, headers } = ground;
  switch (value.kind) {
    case 'Field':
      return fieldOf(ground, value, key);
    case 'Last':
      return lastOf(ground, value);
    case 'Length':
      return { given: headers.presentBytes(value.bytes), bits: lengthOf(ground, value.bytes) };
    case 'Read':
    case 'Digits':
      return readOf(ground, value, key);
    case 'First':
    case 'Negate':
    case 'Arithmetic':
      return d.within(CALCULATION, () => calculated(ground, value)) ?? unknownOf(ground, value, key);
    case 'Occurrence':
      throw new Error('an occurrence has no value outside of its formula');
  }
}

function numberRow({ row }: Ground, value: Value, key: string, width: number): readonly Diagram[] {
  return row(key, width, (bit) => ({ kind: 'Bit', value, bit }));
}

function givenVariable({ row }: Ground, value: Value): Diagram {
  return row(`given ${keyOf(value)}`, 1, () => ({ kind: 'Given', value }))[0] ?? NEVER;
}

function fieldOf(ground: Ground, value: Extract<Value, { kind: 'Field' }>, key: string): Numeric {
  const { header, field } = value;
  const given = ground.headers.present(header);
  const fixed = constraintOf(header, field.name, ground.layouts);
  if (fixed?.operator === '==') return { given, bits: bitsOf(addressKey(field.type, fixed.value)) };
  const low = numberRow(ground, value, key, field.width);
  // An address has its family above bit 128.
  const family = addressKey(field.type, 0n);
  return { given, bits: family === 0n ? [NEVER, ...low] : [...bitsOf(family).slice(0, -field.width), ...low] };
}

/** The widest space is `u32`. */
const SPACE_BITS = 32;

/** What came last in a space is the key of a header that ends the chain, where one does. */
function lastOf(ground: Ground, { space, of }: Extract<Value, { kind: 'Last' }>): Numeric {
  const { diagrams: d, headers, layouts } = ground;
  const says = layouts.filter(({ next }) => next.some((n) => n.space === space));
  const lasts = says.map(({ index }): Value => ({ kind: 'Last', space, of: { layout: index, slot: 0 } }));
  // Whoever is asked, the answer is the same.
  const value: Value = { kind: 'First', of: lasts };
  const free: Bits = [NEVER, ...numberRow(ground, value, `last ${space}`, SPACE_BITS)];
  const bits = layouts.reduce((rest, layout) => {
    const key = finalKey(layout, space, layouts);
    return key === undefined ? rest : either(d, headers.present({ layout: layout.index, slot: 0 }), bitsOf(key), rest);
  }, free);
  const present = headers.present(of);
  const isPlain = layouts[of.layout]?.next.some((n) => n.space === space && isAlwaysThere(n.value)) === true;
  return { given: isPlain ? present : d.and(present, givenVariable(ground, { kind: 'Last', space, of })), bits };
}

const isAlwaysThere = ({ kind }: Value): boolean => kind === 'Field' || kind === 'Constant';

/** How many bytes there are. */
function lengthOf(ground: Ground, bytes: BytesRef): Bits {
  const value: Value = { kind: 'Length', bytes: ground.headers.plain(bytes) };
  return [NEVER, ...numberRow(ground, value, keyOf(value), LENGTH_BITS)];
}

/** Whether there are so many bytes or more. */
export function hasBytes(ground: Ground, bytes: BytesRef, number: number): Diagram {
  const { diagrams: d } = ground;
  return d.not(subtract(d, lengthOf(ground, bytes), bitsOf(BigInt(number)))[0] ?? NEVER);
}

/** The bits of the byte at a position, from the end where negative, the most significant first. */
export function cell({ row, headers }: Ground, of: BytesRef, position: number): readonly Diagram[] {
  const bytes = headers.plain(of);
  return row(`cell ${position} ${keyOf(bytes)}`, 8, (bit) => ({ kind: 'Cell', bytes, position, bit }));
}

function readOf(ground: Ground, value: Extract<Value, { kind: 'Read' | 'Digits' }>, key: string): Numeric {
  const { bytes, position } = value;
  const { diagrams: d, headers } = ground;
  const there = headers.presentBytes(bytes);
  if (value.kind === 'Read' && position.kind === 'Constant') {
    const { size, little } = value;
    const at = Number(position.value);
    if (at < 0 && at + size > 0) return MISSING;
    const cells = Array.from({ length: size }, (_, i) => cell(ground, bytes, at + i));
    const given = d.and(there, hasBytes(ground, bytes, at < 0 ? -at : at + size));
    return { given, bits: [NEVER, ...(little ? cells.toReversed() : cells).flat()] };
  }
  const given = d.and(d.and(there, valueOf(ground, position).given), givenVariable(ground, value));
  return {
    given,
    bits: [NEVER, ...numberRow(ground, value, key, value.kind === 'Read' ? value.size * 8 : DIGIT_BITS)],
  };
}

/** 18 decimal digits take 60 bits, 15 hexadecimal ones, too. */
const DIGIT_BITS = 60;

type Composed = Extract<Value, { kind: 'First' | 'Negate' | 'Arithmetic' }>;

/** Reckoned bit by bit; nothing where that is not done. */
function calculated(ground: Ground, value: Composed): Numeric | undefined {
  const { diagrams: d } = ground;
  if (value.kind === 'First') {
    return value.of.map((of) => valueOf(ground, of)).reduceRight((rest, first) => firstOf(d, first, rest), MISSING);
  }
  if (value.kind === 'Negate') {
    const { given, bits } = valueOf(ground, value.of);
    return { given, bits: subtract(d, [NEVER], bits) };
  }
  const [left, right] = [valueOf(ground, value.left), valueOf(ground, value.right)];
  const bits = operated(d, value.operator, left.bits, right.bits);
  return bits && { given: d.and(left.given, right.given), bits };
}

/** A number of which nothing is known but what it is made of: whether that is there where it must be. */
function unknownOf(ground: Ground, value: Composed, key: string): Numeric {
  const { diagrams: d } = ground;
  const parts = operandsOf(value).map((part) => valueOf(ground, part));
  const width = parts.reduce((sum, { bits }) => sum + bits.length, 64);
  const needed = value.kind === 'First' ? ALWAYS : parts.reduce((all, { given }) => d.and(all, given), ALWAYS);
  return { given: d.and(needed, givenVariable(ground, value)), bits: numberRow(ground, value, key, width) };
}

const MISSING: Numeric = { given: NEVER, bits: [NEVER] };

function firstOf(d: Diagrams, first: Numeric, rest: Numeric): Numeric {
  return { given: d.or(first.given, rest.given), bits: either(d, first.given, first.bits, rest.bits) };
}

/** The result's bits; nothing where it may be missing, or where a power of two would be needed. */
function operated(d: Diagrams, operator: string, a: Bits, b: Bits): Bits | undefined {
  switch (operator) {
    case '+':
      return add(d, a, b);
    case '-':
      return subtract(d, a, b);
    case '*':
      return multiply(d, a, b);
    case '&':
      return bitwise(a, b, d.and);
    case '|':
      return bitwise(a, b, d.or);
    case '^':
      return bitwise(a, b, (f, g) => d.choose(f, d.not(g), g));
  }
  const constant = constantOf(b);
  if (constant === undefined) return undefined;
  if (operator === '<<' || operator === '>>') {
    if (constant < 0n || constant > 63n) return undefined;
    return operator === '<<' ? shiftLeft(a, Number(constant)) : shiftRight(a, Number(constant));
  }
  // Division goes towards zero: only of what is not negative is it a shift.
  const places = constant > 0n ? constant.toString(2).length - 1 : 0;
  if (a[0] !== NEVER || constant !== 1n << BigInt(places)) return undefined;
  return operator === '/' ? shiftRight(a, places) : lowest(a, places);
}

/** What a field of a header or of a list's entry must be for that to be there. */
function constraintOf(
  { layout, entry }: HeaderRef,
  field: string,
  layouts: readonly Layout[],
): { readonly operator: string; readonly value: bigint } | undefined {
  const fields = entry ? layouts[layout]?.lists[entry.list]?.cases[entry.case]?.fields : layouts[layout]?.fields;
  return fields?.find(({ name }) => name === field)?.constraint;
}

/**
 * The value by which a header was announced, if it is the last word on what comes next: it has no `next` itself, one key, and nobody
 * says two things in that space.
 */
function finalKey(layout: Layout, space: string, layouts: readonly Layout[]): bigint | undefined {
  const [key, ...others] = layout.keys;
  if (!key || others.length > 0 || key.space !== space || key.values.length !== 1) return undefined;
  if (layout.next.length > 0 || layout.repeats) return undefined;
  const isPlain = layouts.every(({ next }) => next.filter((n) => n.space === space).length <= 1);
  return isPlain ? key.values[0] : undefined;
}
