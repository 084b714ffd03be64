/** The file of a Unix socket: made for its owner alone, in the place of nothing that matters. */
import { chmodSync, lstatSync, mkdirSync, type Stats, statSync, unlinkSync } from 'node:fs';
import { connect, type Server } from 'node:net';
import { dirname } from 'node:path';
import { once } from 'node:events';
import { Problem } from '../problem.js';
import { notASocket, socketTaken, socketUnusable } from './diagnostics.js';

/** Where a socket is that nobody named. */
export const DEFAULT_SOCKET = '/run/sigward/control.sock';

/** `sun_path` of unix(7), with its zero. */
const LONGEST_PATH = 107;

/** How long somebody who listens may take to answer a knock. */
const KNOCK_MS = 2_000;

/** Lets the server listen on the path, and gives what takes the file away again. Throws a `Problem` where that cannot be. */
export async function listenOn(server: Server, path: string): Promise<() => void> {
  if (Buffer.byteLength(path) > LONGEST_PATH) throw unusable(path, `its path has more than ${LONGEST_PATH} bytes`);
  if (path === DEFAULT_SOCKET) attempt(path, () => mkdirSync(dirname(path), { recursive: true, mode: 0o755 }));
  // The system's own word for a folder that is not there is that permission is denied.
  attempt(path, () => statSync(dirname(path)));
  await clear(path);
  // Between bind and chmod it would be as open as the umask leaves it.
  const before = process.umask(0o177);
  const listening = once(server, 'listening');
  try {
    server.listen(path);
  } finally {
    process.umask(before);
  }
  await listening.catch((cause: unknown) => {
    throw isFault(cause, 'EADDRINUSE') ? Problem.of(socketTaken, { path }) : unusable(path, reasonOf(cause));
  });
  attempt(path, () => chmodSync(path, 0o600));
  const { ino, dev } = lstatSync(path);
  return () => {
    const now = lookAt(path);
    if (now?.ino === ino && now.dev === dev) unlinkSync(path);
  };
}

/** Takes a socket away on which nobody listens any more, as one that was killed leaves it. */
async function clear(path: string): Promise<void> {
  const found = attempt(path, () => lookAt(path));
  if (!found) return;
  if (!found.isSocket()) throw Problem.of(notASocket, { path });
  if (await answers(path)) throw Problem.of(socketTaken, { path });
  const now = lookAt(path);
  if (now?.ino === found.ino && now.isSocket()) attempt(path, () => unlinkSync(path));
}

/** The file itself, links not followed. */
function lookAt(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

async function answers(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(KNOCK_MS) });
    return true;
  } catch (cause) {
    // A full backlog or a missing permission is somebody's, too.
    return !isFault(cause, 'ECONNREFUSED') && !isFault(cause, 'ENOENT');
  } finally {
    socket.destroy();
  }
}

function attempt<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw unusable(path, reasonOf(cause));
  }
}

function unusable(path: string, why: string): Problem {
  return Problem.of(socketUnusable, { path, why });
}

function isFault(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code;
}

function reasonOf(cause: unknown): string {
  if (isFault(cause, 'EACCES')) return 'permission is denied';
  if (isFault(cause, 'ENOENT')) return 'there is no such folder';
  if (isFault(cause, 'ENOTDIR')) return 'what should be its folder is none';
  if (isFault(cause, 'EROFS')) return 'the disk is read-only';
  return cause instanceof Error ? cause.message : String(cause);
}
