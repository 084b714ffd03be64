/** Bytes written one after the other, and read again by somebody who trusts none of them. */

/** A row of bytes that grows. */
export interface Writer {
  readonly byte: (value: number) => void;
  /** A natural number up to 2⁵³ - 1: seven bits a byte, the least significant first, the top bit where another one follows. */
  readonly uint: (value: number) => void;
  readonly raw: (bytes: Uint8Array) => void;
  /** All that was written; good until the next write. */
  readonly written: () => Uint8Array;
  readonly clear: () => void;
}

/** An empty row. */
export function writer(): Writer {
  let bytes = new Uint8Array(64);
  let length = 0;
  const reserve = (more: number): void => {
    if (length + more <= bytes.length) return;
    const larger = new Uint8Array(Math.max(bytes.length * 2, length + more));
    larger.set(bytes);
    bytes = larger;
  };
  return {
    byte: (value) => {
      reserve(1);
      bytes[length++] = value;
    },
    uint: (value) => {
      if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not a natural number: ${value}`);
      reserve(8);
      let rest = value;
      for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes[length++] = (rest % 128) | 0x80;
      bytes[length++] = rest;
    },
    raw: (row) => {
      reserve(row.length);
      bytes.set(row, length);
      length += row.length;
    },
    written: () => bytes.subarray(0, length),
    clear: () => void (length = 0),
  };
}

/** What is read is not what a writer wrote. Thrown inside of this folder only: a reader of thousands of parts has one way out. */
export class Malformed extends Error {}

/** What reading a value has met. */
export interface Load {
  /** Parts of it, each as often as it is referred to, and levels of them. */
  parts: number;
  depth: number;
  /** Whether it refers to the header that is being decoded. */
  isOpen: boolean;
}

/** Reads what a `Writer` wrote; throws `Malformed` where that cannot be. */
export interface Reader {
  readonly byte: () => number;
  readonly uint: () => number;
  /** So many bytes, as a copy. */
  readonly raw: (length: number) => Uint8Array;
  /** A number of things that follow, each of at least one byte: no more than there are bytes. */
  readonly count: () => number;
  /** Bytes that have not been read. */
  readonly left: () => number;
  /** Of the parts that were read last, as tables add them up (`table.ts`). */
  readonly load: Load;
}

/** A reader at the beginning of the bytes. */
export function reader(source: Uint8Array): Reader {
  // A Buffer's `slice` would not copy.
  const bytes = new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  let at = 0;
  const left = (): number => bytes.length - at;
  const byte = (): number => {
    const value = bytes[at++];
    if (value === undefined) throw new Malformed('it ends too early');
    return value;
  };
  const uint = (): number => {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 49; scale *= 128) {
      const next = byte();
      value += (next & 0x7f) * scale;
      if (next < 0x80 && Number.isSafeInteger(value)) return value;
    }
    throw new Malformed('a number is too large');
  };
  const within = (length: number): number => {
    if (length > left()) throw new Malformed('a length is beyond the end');
    return length;
  };
  return {
    byte,
    uint,
    raw: (length) => bytes.slice(at, (at += within(length))),
    count: () => within(uint()),
    left,
    load: { parts: 0, depth: 0, isOpen: false },
  };
}
