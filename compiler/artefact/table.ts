/** Tables of what is shared: formulas and values form a graph, which written out as a tree would grow without bound. */
import { type Load, Malformed, writer, type Reader, type Writer } from './bytes.js';
import type { Codec } from './codec.js';

/** Writes and reads a value as its place in the table. */
export interface Table<T> extends Codec<T> {
  /** In their order: each refers only to tables that come before this one, and to entries of this one that come before it. */
  readonly entries: readonly T[];
  readonly writeAll: (to: Writer) => void;
  readonly readAll: (from: Reader) => void;
}

/**
 * Parts of an entry with all that it refers to, each as often as it is referred to: what evaluating it may take. The checker
 * allows a condition 100,000.
 */
const MOST_PARTS = 1 << 22;
/** Levels of an entry, which are levels of calls where it is evaluated: the checker allows a condition 500, and values in it 200. */
const DEEPEST = 1000;

/** What `content` shares is one entry wherever it is equal; what `identity` shares only where it is the same object. */
export function table<T>(codec: () => Codec<T>, sharing: 'identity' | 'content'): Table<T> {
  const entry = lazily(codec);
  const entries: T[] = [];
  const loads: Readonly<Load>[] = [];
  const { placeOf, writeAll } = collector(entry, sharing);
  return {
    entries,
    write: (to, value) => to.uint(placeOf(value)),
    read: (from) => {
      const place = from.uint();
      const load = loads[place];
      if (!load) throw new Malformed('a reference leads nowhere');
      from.load.parts += load.parts;
      from.load.depth = Math.max(from.load.depth, load.depth);
      from.load.isOpen ||= load.isOpen;
      return entries[place] as T;
    },
    writeAll,
    readAll: (from) => {
      for (let left = from.count(); left > 0; left--) {
        Object.assign(from.load, { parts: 1, depth: 0, isOpen: false });
        const value = entry().read(from);
        const { parts, depth, isOpen } = from.load;
        if (parts > MOST_PARTS || depth >= DEEPEST) throw new Malformed('a condition is too large');
        entries.push(value);
        loads.push({ parts, depth: depth + 1, isOpen });
      }
    },
  };
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** Gives each value that is to be shared a place, and writes it once, behind all that it refers to. */
function collector<T>(
  entry: () => Codec<T>,
  sharing: 'identity' | 'content',
): { placeOf: (value: T) => number; writeAll: (to: Writer) => void } {
  const known = new Map<T, number>();
  const contents = new Map<string, number>();
  const rows = writer();
  const spare: Writer[] = [];
  let count = 0;
  const add = (value: T): number => {
    const row = spare.pop() ?? writer();
    entry().write(row, value);
    const bytes = row.written();
    const key = sharing === 'content' ? keyOf(bytes) : undefined;
    const place = (key === undefined ? undefined : contents.get(key)) ?? count;
    if (place === count) {
      rows.raw(bytes);
      count++;
      if (key !== undefined) contents.set(key, place);
    }
    known.set(value, place);
    row.clear();
    spare.push(row);
    return place;
  };
  return {
    placeOf: (value) => known.get(value) ?? add(value),
    writeAll: (to) => {
      to.uint(count);
      to.raw(rows.written());
    },
  };
}

/** Arguments that a call may have are limited. */
const AT_ONCE = 4096;

/** The bytes as characters. */
function keyOf(bytes: Uint8Array): string {
  let key = '';
  for (let at = 0; at < bytes.length; at += AT_ONCE) {
    key += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE));
  }
  return key;
}
