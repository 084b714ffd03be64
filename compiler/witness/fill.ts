/** Bytes out of what is asked of them: what is open is filled so that nothing stands there that must not. */
import { occurrences } from '../backend/interpreter/occurs.js';
import { LOWER } from '../logic/fold.js';
import { type Absence, ANY_BYTE, type ByteSet, type Draft, leastByte, mayBe } from './draft.js';

/** Free bytes, and where they begin in what a header carries. */
export interface Filling {
  readonly draft: Draft;
  readonly length: number;
  /** What they should be where nothing is asked. */
  readonly base: Uint8Array | undefined;
  /** Of a header of the chain: how many bytes of headers stand before the free ones. */
  readonly offsetOf: (carrier: number) => number;
  /** Takes so many steps of the search, or says that there are no more. */
  readonly spend: (steps: number) => boolean;
}

/** So many bytes are looked through in the time of a step. */
export const BYTES_A_STEP = 256;

/** A repair changes one byte; more of them than this do not help. */
const MOST_REPAIRS = 2000;

/** The bytes, or nothing where what must not stand there cannot be avoided. */
export function fill({ draft, length, base, offsetOf, spend }: Filling): Uint8Array | undefined {
  const filler = fillerFor(draft);
  const sets = new Map(draft.cells);
  const bytes = new Uint8Array(length).fill(filler);
  if (base) bytes.set(base.subarray(0, length));
  for (const [at, set] of sets) bytes[at] = chosen(set, draft.wished.get(at) ?? base?.[at] ?? filler);
  const look = draft.absent.length * Math.ceil(length / BYTES_A_STEP);
  for (let repairs = 0; repairs < MOST_REPAIRS && spend(look); repairs++) {
    const found = intruder(draft.absent, bytes, offsetOf);
    if (!found) return bytes;
    if (!repair(found, bytes, sets)) return undefined;
  }
  return undefined;
}

/** Characters that say nothing, the first of them that no forbidden byte string has. */
const FILLERS = 'x.-_ aq07zZ~!';

function fillerFor({ absent }: Draft): number {
  const taken = new Set(absent.flatMap(({ literal }) => [...literal.bytes].map((b) => LOWER[b])));
  const free = Array.from(FILLERS, (char) => char.charCodeAt(0)).find((byte) => !taken.has(LOWER[byte]));
  return free ?? FILLERS.charCodeAt(0);
}

function chosen(set: ByteSet, usual: number): number {
  if (mayBe(set, usual)) return usual;
  // The lower of two cases of a letter reads better, and any letter better than a control character.
  for (let byte = 0x7e; byte >= 0x20; byte--) if (mayBe(set, byte) && isWord(byte)) return byte;
  for (let byte = 0x20; byte < 0x7f; byte++) if (mayBe(set, byte)) return byte;
  return leastByte(set);
}

function isWord(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a);
}

interface Intruder {
  readonly at: number;
  readonly size: number;
  readonly nocase: boolean;
}

/** A literal that stands where it must not; one that lies in headers cannot be helped. */
function intruder(
  absent: readonly Absence[],
  bytes: Uint8Array,
  offsetOf: (carrier: number) => number,
): Intruder | undefined {
  for (const { carrier, literal, first, last } of absent) {
    const offset = offsetOf(carrier);
    const size = literal.bytes.length;
    const total = offset + bytes.length;
    const from = Math.max(Number(first), literal.first < 0 ? total + literal.first : literal.first);
    const to = Math.min(Number(last), literal.last < 0 ? total + literal.last : literal.last, total - 1);
    for (const at of occurrences(anywhere(literal), bytes)) {
      if (at + offset >= from && at + offset + size - 1 <= to) return { at, size, nocase: literal.nocase };
    }
  }
  return undefined;
}

const everywhere = new WeakMap<object, Absence['literal']>();

/** The literal without its window: the same each time, since a search is prepared once for each. */
function anywhere(literal: Absence['literal']): Absence['literal'] {
  const known = everywhere.get(literal) ?? { ...literal, first: 0, last: -1 };
  everywhere.set(literal, known);
  return known;
}

/** Changes the last byte of it that may be another one, and sees to it that it never becomes what it was. */
function repair({ at, size, nocase }: Intruder, bytes: Uint8Array, sets: Map<number, ByteSet>): boolean {
  for (let position = at + size - 1; position >= at; position--) {
    const was = bytes[position] ?? 0;
    const set = (sets.get(position) ?? ANY_BYTE) & ~same(was, nocase);
    if (set === 0n) continue;
    sets.set(position, set);
    bytes[position] = beside(set, was);
    return true;
  }
  return false;
}

function same(byte: number, nocase: boolean): ByteSet {
  const one = 1n << BigInt(byte);
  return nocase && isWord(byte) ? one | (1n << BigInt(byte ^ 0x20)) : one;
}

/** The next byte that may stand there: a letter for a letter, where that is possible. */
function beside(set: ByteSet, was: number): number {
  for (let step = 1; step < 256; step++) {
    const next = (was + step) & 0xff;
    if (mayBe(set, next) && (isWord(next) || !isWord(was))) return next;
  }
  return leastByte(set);
}
