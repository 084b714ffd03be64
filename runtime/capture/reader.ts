/**
 * Bytes of a file of any size through one buffer of fixed size. A format looks at the bytes that are there and asks for
 * more; nothing in the buffer moves except inside `fill`, so views into it stay valid between two fills.
 */
import { closeSync, readSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';

/** A window on a file that moves forward only. */
export interface ByteSource {
  readonly bytes: Uint8Array;
  /** The same bytes, for numbers. */
  readonly view: DataView;
  /** Index in `bytes` of the first byte that was not consumed. */
  readonly at: number;
  /** How many bytes lie in the buffer from `at` on. */
  readonly available: number;
  /** Where `at` is in the file. */
  readonly offset: number;
  /** How many bytes the file has given so far; its length, once `fill` has said false. */
  readonly received: number;
  /** Passes over bytes; those that have not been read yet are thrown away when they come. */
  consume(count: number): void;
  /** Reads until `need` bytes are available (at most the buffer's size); false if the file ends before. */
  fill(need: number): Promise<boolean>;
  /** `fill` without waiting for events; undefined where the feed cannot do that. */
  readonly fillNow: ((need: number) => boolean) | undefined;
  /** Gives back the descriptor. */
  close(): void;
}

/** Where a source gets its bytes: `read` fills a part of the target and gives the count, 0 at the end. */
export type Feed =
  | { readonly waits: false; readonly read: (target: Uint8Array) => number; close(): void }
  | { readonly waits: true; readonly read: (target: Uint8Array) => Promise<number>; close(): void };

/** A feed that reads a regular file or a device. Standard input (descriptor 0) is not closed. */
export function fileFeed(fd: number): Feed {
  return {
    waits: false,
    read: (target) => readSync(fd, target, 0, target.length, null),
    close: () => {
      if (fd !== 0) closeSync(fd);
    },
  };
}

/**
 * A feed that reads a pipe, socket or terminal. It goes by the event loop, because a blocking read of a silent pipe would
 * keep signals from being handled, and one in the thread pool keeps the process from ending.
 */
export function pipeFeed(fd: number): Feed {
  const stream: Readable = fd === 0 ? process.stdin : new Socket({ fd, readable: true, writable: false });
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, undefined>;
  let chunk: Uint8Array = new Uint8Array(0);
  return {
    waits: true,
    async read(target) {
      while (chunk.length === 0) {
        const next = await chunks.next();
        if (next.done) return 0;
        chunk = new Uint8Array(next.value.buffer, next.value.byteOffset, next.value.length);
      }
      const count = Math.min(chunk.length, target.length);
      target.set(chunk.subarray(0, count));
      chunk = chunk.subarray(count);
      return count;
    },
    close: () => void stream.destroy(),
  };
}

/** What of the file lies in the buffer: `at` to `end`, the last of `received` bytes. */
interface Window {
  readonly bytes: Uint8Array;
  at: number;
  end: number;
  /** Bytes consumed that the feed has yet to give. */
  debt: number;
  received: number;
}

/** Moves what is not consumed to the front and gives the rest of the buffer. */
function makeRoom(w: Window): Uint8Array {
  if (w.at > 0) {
    w.bytes.copyWithin(0, w.at, w.end);
    w.end -= w.at;
    w.at = 0;
  }
  return w.bytes.subarray(w.end);
}

/** Notes that `count` bytes came behind the end, and throws away those that were passed over before they came. */
function take(w: Window, count: number): void {
  w.received += count;
  w.end += count;
  const paid = Math.min(w.debt, count);
  w.debt -= paid;
  w.at += paid;
}

function fillNow(w: Window, read: (target: Uint8Array) => number, need: number): boolean {
  while (w.end - w.at < need) {
    const count = read(makeRoom(w));
    if (count === 0) return false;
    take(w, count);
  }
  return true;
}

async function fill(w: Window, feed: Feed, need: number): Promise<boolean> {
  if (!feed.waits) {
    // One turn of the event loop for each buffer: a long file must not keep signals from being handled.
    await setImmediate();
    return fillNow(w, feed.read, need);
  }
  while (w.end - w.at < need) {
    const count = await feed.read(makeRoom(w));
    if (count === 0) return false;
    take(w, count);
  }
  return true;
}

/** A source over a feed, through `bytes`: room for the longest record (256 KiB and its header) and for a good read ahead. */
export function byteSource(feed: Feed, bytes: Uint8Array<ArrayBuffer>): ByteSource {
  const w: Window = { bytes, at: 0, end: 0, debt: 0, received: 0 };
  let closed = false;
  return {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
    get at() {
      return w.at;
    },
    get available() {
      return w.end - w.at;
    },
    get offset() {
      return w.received - (w.end - w.at) + w.debt;
    },
    get received() {
      return w.received;
    },
    consume(count) {
      const here = Math.min(count, w.end - w.at);
      w.at += here;
      w.debt += count - here;
    },
    fill: (need) => fill(w, feed, need),
    fillNow: feed.waits ? undefined : (need) => fillNow(w, feed.read, need),
    close() {
      if (!closed) feed.close();
      closed = true;
    },
  };
}
