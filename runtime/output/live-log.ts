/** The alert log of live packets: verdicts never wait for it. What it does not take waits in memory, then is lost. */
import { closeSync, constants, fstatSync, openSync, writeSync } from 'node:fs';
import { type Diagnostic, report } from '../../grammar/diagnostic.js';
import { type Backlog, createBacklog } from './backlog.js';
import { alertLogNotReopened, alertLogStalled } from './diagnostics.js';
import { attempt, type EveLog, pause, systemCode } from './eve-log.js';

/** What may wait for a slow reader or a full disk, in bytes: some 10,000 alerts. */
export const BACKLOG_BYTES = 4 << 20;
/** Bytes that are handed over in one call; with fewer, `write` waits for more. */
const CHUNK_BYTES = 1 << 16;
/** After the system refused bytes, the time until the next try, in milliseconds: for a full pipe, and for all else. */
const FULL_MILLISECONDS = 10;
const REFUSED_MILLISECONDS = 1_000;
/** How long `close` waits for a slow reader, in milliseconds. */
const FAREWELL_MILLISECONDS = 1_000;

/** A log that never blocks on a pipe and, once open, never throws because of the system. */
export interface LiveLog extends EveLog {
  /** Opens the path anew: after its file was renamed, say. Standard output stays as it is. */
  reopen(): void;
  /** Lines that were dropped; after `close`, also those that could not be handed over. */
  readonly lost: number;
  /** Whether what is written now waits for the system to take it, or is lost: not for a moment only, as a pipe that is full. */
  readonly stalled: boolean;
}

/**
 * Opens the log; `-` is standard output. A file is appended to. Throws Problem E1301 where that fails; a named pipe that
 * nobody reads yet is tried again later. `warn` is called when alerts begin to wait or to be lost, and again where that was mended and
 * comes back. `opened` is the path's descriptor where somebody who was allowed to has opened it.
 */
export function openLiveLog(path: string, warn: (diagnostic: Diagnostic) => void, opened?: number): LiveLog {
  const backlog = createBacklog(BACKLOG_BYTES);
  const outlet = openOutlet(path, backlog, warn, opened);
  let closed = false;

  function flush(): void {
    if (Date.now() >= outlet.nextTry()) outlet.drain();
  }

  return {
    write(line) {
      if (backlog.bytes >= CHUNK_BYTES) flush();
      if (!backlog.add(`${line}\n`)) outlet.stalled('EAGAIN');
    },
    flush,
    reopen() {
      if (path !== '-' && !closed) outlet.reopen();
    },
    ended: false,
    get lost() {
      return backlog.lost;
    },
    get stalled() {
      return outlet.isStalled();
    },
    close() {
      if (closed) return;
      closed = true;
      const deadline = Date.now() + FAREWELL_MILLISECONDS;
      while (!outlet.drain() && outlet.nextTry() < deadline) pause(FULL_MILLISECONDS);
      backlog.abandon();
      outlet.release();
    },
  };
}

/** Where the backlog goes: a descriptor, or none while the path cannot be opened. */
interface Outlet {
  /** Hands over what the system takes now; false if something is left. */
  drain(): boolean;
  /** When trying again makes sense, in milliseconds since 1970-01-01 UTC. */
  nextTry(): number;
  /** Says that the system takes nothing, for this reason, the first time that it matters. */
  stalled(reason: string): void;
  isStalled(): boolean;
  reopen(): void;
  release(): void;
}

function openOutlet(
  path: string,
  backlog: Backlog,
  warn: (diagnostic: Diagnostic) => void,
  opened: number | undefined,
): Outlet {
  const name = path === '-' ? 'standard output' : path;
  const state = { fd: opened, nextTry: 0, warned: false, lost: 0, stalled: undefined as string | undefined };

  function stalled(reason: string): void {
    // A pipe that is full for a moment is no news; lines that are dropped are.
    if (reason === 'EAGAIN' && backlog.lost === state.lost) return;
    state.stalled = reason;
    if (state.warned) return;
    state.warned = true;
    warn(report(alertLogStalled, { name, reason }));
  }

  /** A slow reader would be told of again and again. */
  function mended(): void {
    if (state.stalled !== undefined && state.stalled !== 'EAGAIN') state.warned = false;
    state.stalled = undefined;
    state.lost = backlog.lost;
  }

  function drain(): boolean {
    try {
      state.fd ??= openWithoutWaiting(path);
      for (let bytes = backlog.next(CHUNK_BYTES); bytes.length > 0; bytes = backlog.next(CHUNK_BYTES))
        backlog.taken(writeSync(state.fd, bytes));
      mended();
      return true;
    } catch (cause) {
      const reason = systemCode(cause);
      if (reason === undefined) throw cause;
      if (reason === 'EPIPE') release();
      state.nextTry = Date.now() + (reason === 'EAGAIN' ? FULL_MILLISECONDS : REFUSED_MILLISECONDS);
      stalled(reason);
      return false;
    }
  }

  /** Who reads next must not begin in the middle of a line. */
  function release(): void {
    backlog.restartLine();
    if (state.fd !== undefined && state.fd !== STDOUT) closeSync(state.fd);
    state.fd = undefined;
  }

  function reopen(): void {
    // Only files are rotated, and in a pipe the rest of a line must follow its beginning.
    if (state.fd !== undefined && !fstatSync(state.fd).isFile()) return;
    drain();
    const next = openAgain(path, name);
    // Under its new name the old file is better than none.
    if (typeof next !== 'number') return void warn(next);
    release();
    state.fd = next;
    drain();
  }

  attempt(name, () => {
    try {
      state.fd ??= openWithoutWaiting(path);
    } catch (cause) {
      if (systemCode(cause) !== 'ENXIO') throw cause;
      stalled('ENXIO');
    }
  });
  return { drain, nextTry: () => state.nextTry, stalled, isStalled: () => !!state.stalled, reopen, release };
}

function openAgain(path: string, name: string): number | Diagnostic {
  try {
    return openWithoutWaiting(path);
  } catch (cause) {
    const reason = systemCode(cause);
    if (reason === undefined) throw cause;
    return report(alertLogNotReopened, { name, reason });
  }
}

const STDOUT = 1;

/** Opens what lines are appended to: the descriptor. */
export function openWithoutWaiting(path: string): number {
  const { O_WRONLY, O_APPEND, O_CREAT, O_NONBLOCK } = constants;
  if (path !== '-') return openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK, 0o666);
  const stats = fstatSync(STDOUT);
  if (stats.isFile()) return STDOUT;
  try {
    // Opened anew, because the flag would also hold for whoever shares the descriptor: the shell and its terminal.
    return openSync('/proc/self/fd/1', O_WRONLY | O_APPEND | O_NONBLOCK);
  } catch {
    // A socket, or a pipe whose reader has gone: Node makes either non-blocking when the stream is first asked for.
    void process.stdout.writable;
    return STDOUT;
  }
}
