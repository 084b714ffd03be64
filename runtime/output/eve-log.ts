/** The alert log: lines to a file or to standard output. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { Problem } from '../problem.js';
import { alertLogUnwritable } from './diagnostics.js';

/** Text is handed to the system when this many UTF-16 units have come together. */
const BUFFER_UNITS = 1 << 16;
/** How long to wait for the reader of a full pipe, in milliseconds. */
const RETRY_MILLISECONDS = 2;

/** A log that lines are appended to. Every method throws Problem E1301 if the system does not take the bytes. */
export interface EveLog {
  /** Appends a line; the line end is added. */
  write(line: string): void;
  /** Hands over what was kept back: for a log that someone is watching, and before the end. */
  flush(): void;
  /** Whether the reader of the pipe has gone: what is written from now on goes nowhere, and nobody misses it. */
  readonly ended: boolean;
  /** Flushes and closes. */
  close(): void;
}

/**
 * Opens the log; `-` is standard output. A file is emptied first.
 *
 * Writing is synchronous: a slow reader slows the program down, nothing is lost and nothing piles up in memory. That is
 * right for captures; live packets must not wait for a reader (`openLiveLog`).
 */
export function openEveLog(path: string): EveLog {
  const name = path === '-' ? 'standard output' : path;
  const fd = path === '-' ? 1 : attempt(name, () => openSync(path, 'w'));
  let kept = '';
  let ended = false;
  let closed = false;

  function flush(): void {
    const text = kept;
    kept = '';
    if (text !== '' && !ended) ended = !attempt(name, () => writeAll(fd, Buffer.from(text)));
  }

  return {
    write(line) {
      kept += `${line}\n`;
      if (kept.length >= BUFFER_UNITS) flush();
    },
    flush,
    get ended() {
      return ended;
    },
    close() {
      if (closed) return;
      closed = true;
      try {
        flush();
      } finally {
        if (fd !== 1) closeSync(fd);
      }
    },
  };
}

/** Does it, turning the system's refusal into a problem. */
export function attempt<T>(name: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    const reason = systemCode(cause);
    if (reason === undefined) throw cause;
    throw Problem.of(alertLogUnwritable, { name, reason });
  }
}

/** Writes every byte, waiting while a pipe is full; false if nobody reads it any more. */
function writeAll(fd: number, bytes: Uint8Array): boolean {
  let done = 0;
  while (done < bytes.length) {
    try {
      done += writeSync(fd, bytes, done);
    } catch (cause) {
      const reason = systemCode(cause);
      if (reason === 'EPIPE') return false;
      if (reason !== 'EAGAIN') throw cause;
      pause(RETRY_MILLISECONDS);
    }
  }
  return true;
}

/** Sleeps without the event loop: standard output is a non-blocking pipe when another process made it one. */
export function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** The system's name of an error, such as `ENOSPC`, where it was the system's. */
export function systemCode(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
}
