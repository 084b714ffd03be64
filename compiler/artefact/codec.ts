/** How a value becomes bytes and again the same value. A type is described once, and tsc sees to it that no field is forgotten. */
import { Malformed, type Reader, type Writer } from './bytes.js';

export interface Codec<T> {
  readonly write: (to: Writer, value: T) => void;
  /** Throws `Malformed` where the bytes are not such a value. */
  readonly read: (from: Reader) => T;
}

/** Integers from 0 to `most`. */
export function natural(most: number = Number.MAX_SAFE_INTEGER): Codec<number> {
  return { write: (to, value) => to.uint(value), read: (from) => atMost(from.uint(), most) };
}

function atMost(value: number, most: number): number {
  if (value > most) throw new Malformed('a number is out of range');
  return value;
}

/** Integers from -`most` to `most`: 0, -1, 1, -2, … as 0, 1, 2, 3, … */
export function integer(most: number): Codec<number> {
  return {
    write: (to, value) => to.uint(value < 0 ? -2 * value - 1 : 2 * value),
    read: (from) => {
      const folded = atMost(from.uint(), 2 * most);
      return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
    },
  };
}

const SHORT = 2n ** 51n;
/** Bits of the largest integers: address keys have 131, what is beyond every value 141. */
const MOST_BYTES = 32;

/** Integers of any size: short ones as `integer` has them, above 0; longer ones as 0, sign, length, and bytes from the least on. */
export const big: Codec<bigint> = {
  write: (to, value) => {
    if (value > -SHORT && value < SHORT) to.uint(Number(value < 0n ? -2n * value - 1n : 2n * value) + 1);
    else writeLong(to, value);
  },
  read: (from) => {
    const folded = from.uint() - 1;
    if (folded < 0) return readLong(from);
    return BigInt(folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2);
  },
};

function writeLong(to: Writer, value: bigint): void {
  const digits = (value < 0n ? -value : value).toString(16);
  const length = (digits.length + 1) >> 1;
  const padded = digits.padStart(length * 2, '0');
  to.uint(0);
  to.byte(value < 0n ? 1 : 0);
  to.uint(length);
  for (let i = length - 1; i >= 0; i--) to.byte(parseInt(padded.slice(2 * i, 2 * i + 2), 16));
}

function readLong(from: Reader): bigint {
  const isNegative = flag.read(from);
  const bytes = from.raw(atMost(from.uint(), MOST_BYTES));
  const value = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return isNegative ? -value : value;
}

/** 0 or 1. */
export const flag: Codec<boolean> = {
  write: (to, value) => to.byte(value ? 1 : 0),
  read: (from) => atMost(from.byte(), 1) === 1,
};

/** Bytes behind their number. */
export const bytes: Codec<Uint8Array> = {
  write: (to, value) => {
    to.uint(value.length);
    to.raw(value);
  },
  read: (from) => from.raw(from.count()),
};

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text as UTF-8. */
export const utf8: Codec<string> = {
  write: (to, value) => bytes.write(to, encoder.encode(value)),
  read: (from) => decodeText(bytes.read(from)),
};

/** The text that bytes are in UTF-8; throws `Malformed` where they are none. */
export function decodeText(text: Uint8Array): string {
  try {
    return decoder.decode(text);
  } catch {
    throw new Malformed('a text is not UTF-8');
  }
}

/** One of a few words or numbers, as its place among them. */
export function oneOf<T extends string | number>(choices: readonly T[]): Codec<T> {
  return {
    write: (to, value) => to.byte(choices.indexOf(value)),
    read: (from) => {
      const choice = choices[from.byte()];
      if (choice === undefined) throw new Malformed('a choice is unknown');
      return choice;
    },
  };
}

/** Values behind their number. */
export function list<T>(element: Codec<T>): Codec<readonly T[]> {
  return {
    write: (to, values) => {
      to.uint(values.length);
      for (const value of values) element.write(to, value);
    },
    read: (from) => {
      const values: T[] = [];
      for (let left = from.count(); left > 0; left--) values.push(element.read(from));
      return values;
    },
  };
}

/** Two values, one behind the other. */
export function pair<A, B>(first: Codec<A>, second: Codec<B>): Codec<readonly [A, B]> {
  return {
    write: (to, [a, b]) => {
      first.write(to, a);
      second.write(to, b);
    },
    read: (from) => [first.read(from), second.read(from)],
  };
}

/** What is written as something else. */
export function as<T, W>(codec: Codec<W>, to: (value: T) => W, from: (written: W) => T): Codec<T> {
  return { write: (out, value) => codec.write(out, to(value)), read: (input) => from(codec.read(input)) };
}

/** A value, or nothing: a record then lacks the field. */
export function optional<T>(codec: Codec<T>): Codec<T | undefined> {
  return {
    write: (to, value) => {
      flag.write(to, value !== undefined);
      if (value !== undefined) codec.write(to, value);
    },
    read: (from) => (flag.read(from) ? codec.read(from) : undefined),
  };
}

/** A codec for every field; for those that may be missing, an `optional` one. */
export type Fields<T> = { readonly [K in keyof T]-?: Codec<T[K]> };

/** Fields in the order in which they are described. */
export function record<T extends object>(fields: Fields<T>): Codec<T> {
  const entries = Object.entries<Codec<unknown>>(fields as Readonly<Record<string, Codec<unknown>>>);
  return {
    write: (to, value) => writeFields(entries, to, value as Record<string, unknown>),
    read: (from) => readFields(entries, from, {}) as T,
  };
}

type Entries = readonly (readonly [string, Codec<unknown>])[];

function writeFields(entries: Entries, to: Writer, value: Readonly<Record<string, unknown>>): void {
  for (const [key, codec] of entries) codec.write(to, value[key]);
}

function readFields(entries: Entries, from: Reader, made: Record<string, unknown>): Record<string, unknown> {
  for (const [key, codec] of entries) {
    const part = codec.read(from);
    if (part !== undefined) made[key] = part;
  }
  return made;
}

interface Kinded {
  readonly kind: string;
}

/** The place of the kind among those that are described, then its fields. */
export function union<T extends Kinded>(variants: {
  readonly [K in T['kind']]: Fields<Omit<Extract<T, { readonly kind: K }>, 'kind'>>;
}): Codec<T> {
  const all = Object.entries<object>(variants).map(
    ([kind, fields]) => [kind, Object.entries(fields) as Entries] as const,
  );
  const places = new Map(all.map(([kind], place) => [kind, place]));
  return {
    write: (to, value) => {
      const place = places.get(value.kind) ?? -1;
      to.byte(place);
      writeFields(all[place]?.[1] ?? [], to, value as unknown as Record<string, unknown>);
    },
    read: (from) => {
      const [kind, entries] = all[from.byte()] ?? [];
      if (kind === undefined || entries === undefined) throw new Malformed('a kind is unknown');
      return readFields(entries, from, { kind }) as unknown as T;
    },
  };
}
