/** Literals in drafts: where one can be put, and that one must not stand somewhere. */
import type { ComputedWindow, Literal } from '../logic/formula.js';
import { occurrences } from '../backend/interpreter/occurs.js';
import { narrowBytes, offsetIn } from './bytes.js';
import { type Context, type Scope, settledLength, spend } from './context.js';
import { type Absence, byteSet, cellsOf, type Draft, MOST_BYTES, narrowLength, neededBytes } from './draft.js';
import { valuesOf } from './values.js';

/** Where a literal was put: the position of its first byte in what the header carries. */
export interface Placed {
  readonly at: number;
  readonly draft: Draft;
}

/** A literal that is looked for in what a header carries. */
export interface Sought {
  readonly carrier: number;
  readonly literal: Literal;
  readonly window?: ComputedWindow;
}

/** Every way to put a literal into its window: where it stands already, where it stood in the packet to be resembled, behind the rest, elsewhere. */
export function* placements(sought: Sought, draft: Draft, on: Context, scope: Scope): Generator<Placed> {
  for (const { first, last, draft: there } of windowsOf(sought, draft, on, scope)) {
    for (const at of positionsFor(sought, first, last, there, on)) {
      if (!spend(on)) return;
      const next = put(sought, at, there, on);
      if (next) yield { at, draft: next };
    }
  }
}

interface Bounds {
  readonly first: bigint;
  readonly last: bigint | undefined;
  readonly draft: Draft;
}

/** The bounds that the packet gives, one pair after the other; all, where it gives none. */
function* windowsOf({ window }: Sought, draft: Draft, on: Context, scope: Scope): Generator<Bounds> {
  if (!window) {
    yield { first: 0n, last: undefined, draft };
    return;
  }
  for (const [first, one] of valuesOf(window.first, draft, on, scope)) {
    for (const [last, both] of valuesOf(window.last, one, on, scope)) {
      if (!spend(on)) return;
      yield { first, last, draft: both };
    }
  }
}

/** So many positions one after the other are tried. */
const MOST_IN_ORDER = 96;

function positionsFor(
  { carrier, literal }: Sought,
  first: bigint,
  last: bigint | undefined,
  draft: Draft,
  on: Context,
): Set<number> {
  const size = literal.bytes.length;
  const offset = offsetIn(on, draft, carrier);
  const length = settledLength(draft);
  const end = length === undefined ? Number(MOST_BYTES) : offset + Number(length);
  const fixed = (position: number, unknown: number): number =>
    position >= 0 ? position : length === undefined ? unknown : end + position;
  const from = Math.max(Number(first), fixed(literal.first, 0), 0);
  const least = last === undefined ? end - 1 : Math.min(Number(last), end - 1);
  const to = Math.min(least, fixed(literal.last, end - 1)) - size + 1;
  const free = offset + Number(neededBytes(draft));
  const lowest = Math.max(from, Math.min(offset, to));
  const start = free <= lowest || !overlaps(draft, lowest - offset, size) ? [lowest] : [];
  const standing = standingIn(draft, literal).map((at) => at + offset);
  const base = on.base.payload ? occurrences({ ...literal, first: 0, last: -1 }, on.base.payload) : [];
  const inOrder = Array.from({ length: Math.max(0, Math.min(MOST_IN_ORDER, to - lowest + 1)) }, (_, i) => lowest + i);
  const ends = length === undefined ? [] : Array.from({ length: 16 }, (_, i) => to - i);
  const header = Array.from({ length: Math.max(0, Math.min(64, lowest - from)) }, (_, i) => from + i);
  const all = [...standing, ...base.map((at) => at + offset), ...start, free, ...inOrder, ...ends, ...header];
  return new Set(all.filter((at) => at >= from && at <= to));
}

function overlaps(draft: Draft, from: number, size: number): boolean {
  for (let i = 0; i < size; i++) if (draft.cells.has(from + i)) return true;
  return false;
}

/** Where all bytes are settled and are the literal. */
function standingIn(draft: Draft, { bytes, nocase }: Literal): number[] {
  if (draft.cells.size < bytes.length) return [];
  const isAt = (at: number): boolean =>
    bytes.every((byte, i) => {
      const set = draft.cells.get(at + i);
      return set !== undefined && (set & ~byteSet(byte, nocase)) === 0n;
    });
  return [...draft.cells.keys()].filter(isAt).sort((a, b) => a - b);
}

function put({ carrier, literal }: Sought, at: number, draft: Draft, on: Context): Draft | undefined {
  const written = narrowBytes(on, draft, carrier, at, cellsOf(literal));
  if (!written) return undefined;
  const offset = BigInt(offsetIn(on, written, carrier));
  const end = BigInt(at + literal.bytes.length);
  // All bytes lie before the end of the window, and none before its beginning.
  const low = (literal.last < 0 ? end - 1n - BigInt(literal.last) : end) - offset;
  const high = literal.first < 0 ? BigInt(at - literal.first) - offset : MOST_BYTES;
  if (written.absent.some((absence) => standsIn(absence, written, on))) return undefined;
  const spelled = literal.nocase ? { ...written, wished: wishes(written, at - Number(offset), literal) } : written;
  return narrowLength(spelled, [{ low: low > 0n ? low : 0n, high }]);
}

function wishes({ wished }: Draft, from: number, { bytes }: Literal): ReadonlyMap<number, number> {
  const all = new Map(wished);
  for (const [i, byte] of bytes.entries()) all.set(from + i, byte);
  return all;
}

/** Drafts in which a literal does not stand in its window. */
export function* absences(sought: Sought, draft: Draft, on: Context, scope: Scope): Generator<Draft> {
  const { carrier, literal } = sought;
  for (const { first, last, draft: there } of windowsOf(sought, draft, on, scope)) {
    const absence = { carrier, literal, first, last: last ?? MOST_BYTES * 2n };
    if (!standsIn(absence, there, on)) yield { ...there, absent: [...there.absent, absence] };
  }
}

/** Whether what must not stand somewhere does so already, whatever else becomes of the packet. */
function standsIn({ carrier, literal, first, last }: Absence, draft: Draft, on: Context): boolean {
  if (literal.first < 0 || literal.last < -1) return false;
  const offset = offsetIn(on, draft, carrier);
  const from = Math.max(Number(first), literal.first);
  const to = Math.min(Number(last), literal.last < 0 ? Infinity : literal.last);
  const size = literal.bytes.length;
  return standingIn(draft, literal).some((at) => at + offset >= from && at + offset + size - 1 <= to);
}

/** Positions at which a literal stands for certain. */
export function certainIn({ carrier, literal }: Sought, draft: Draft, on: Context): number[] {
  const offset = offsetIn(on, draft, carrier);
  const base = on.base.payload ? occurrences({ ...literal, first: 0, last: -1 }, on.base.payload) : [];
  const all = new Set([...standingIn(draft, literal), ...base]);
  return [...all].map((at) => at + offset).sort((a, b) => a - b);
}
