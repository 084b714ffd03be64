/**
 * Records from one thread to another, in memory that both see: one writes, one reads, and neither ever waits. Where there is no room a record is
 * not written, and the writer is told.
 *
 * A record is a word with its length in bytes, itself included, then its bytes, filled up to a multiple of four. One never goes beyond
 * the end: where it would, a word of 0 says that the next one lies at the beginning.
 */

/** Words in front: how many bytes were ever written and read, modulo 2^32. */
const WRITTEN = 0;
const READ = 1;
const HEAD_BYTES = 8;
const LENGTH_BYTES = 4;

/** The memory of a ring, of so many bytes; a power of two, 2^30 at most. */
export function createRing(size: number): SharedArrayBuffer {
  return new SharedArrayBuffer(HEAD_BYTES + size);
}

interface Ring {
  readonly head: Int32Array<SharedArrayBuffer>;
  readonly view: DataView<SharedArrayBuffer>;
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  readonly size: number;
}

function ringIn(memory: SharedArrayBuffer): Ring {
  const bytes = new Uint8Array(memory, HEAD_BYTES);
  const view = new DataView(memory, HEAD_BYTES);
  return { head: new Int32Array(memory, 0, 2), view, bytes, size: bytes.length };
}

/** The end that writes. */
export interface RingWriter {
  /**
   * Writes a record of so many bytes by `fill`, which is given the place for them; false where there is no room, and then nothing is
   * written.
   */
  write(length: number, fill: (bytes: Uint8Array<SharedArrayBuffer>) => void): boolean;
}

/** Writes to a ring: in one thread only. */
export function ringWriter(memory: SharedArrayBuffer): RingWriter {
  const { head, view, bytes, size } = ringIn(memory);
  return {
    write(length, fill) {
      const written = Atomics.load(head, WRITTEN);
      const free = size - ((written - Atomics.load(head, READ)) >>> 0);
      const at = written & (size - 1);
      const room = aligned(length);
      const skipped = at + room > size ? size - at : 0;
      if (skipped + room > free) return false;
      if (skipped > 0) view.setUint32(at, 0);
      const start = skipped > 0 ? 0 : at;
      view.setUint32(start, LENGTH_BYTES + length);
      fill(bytes.subarray(start + LENGTH_BYTES, start + LENGTH_BYTES + length));
      Atomics.store(head, WRITTEN, (written + skipped + room) | 0);
      return true;
    },
  };
}

/** The end that reads. */
export interface RingReader {
  /** Takes out the oldest record, as a copy that is good until the next one is read; undefined where there is none. */
  read(): Uint8Array<ArrayBuffer> | undefined;
}

/** What most records fit into. */
const FIRST_COPY_BYTES = 4_096;

/** Reads a ring: in one thread only. */
export function ringReader(memory: SharedArrayBuffer): RingReader {
  const { head, view, bytes, size } = ringIn(memory);
  // A new array for each takes three times as long as the copy.
  let copy = new Uint8Array(FIRST_COPY_BYTES);
  const read = (): Uint8Array<ArrayBuffer> | undefined => {
    const done = Atomics.load(head, READ);
    if (done === Atomics.load(head, WRITTEN)) return undefined;
    const at = done & (size - 1);
    const length = view.getUint32(at);
    if (length === 0) {
      Atomics.store(head, READ, (done + size - at) | 0);
      return read();
    }
    const record = bytes.subarray(at + LENGTH_BYTES, at + length);
    if (record.length > copy.length) copy = new Uint8Array(record.length);
    copy.set(record);
    Atomics.store(head, READ, (done + aligned(length - LENGTH_BYTES)) | 0);
    return copy.subarray(0, record.length);
  };
  return { read };
}

/** What a record takes, its length included. */
function aligned(length: number): number {
  return (LENGTH_BYTES + length + 3) & ~3;
}
