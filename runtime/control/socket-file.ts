/** The file of a Unix socket: made for its owner alone, in the place of nothing that matters. */
import { chmodSync, lstatSync, mkdirSync, type Stats, statSync, unlinkSync } from 'node:fs';
import { connect, type Server } from 'node:net';
import { dirname } from 'node:path';
import { once } from 'node:events';
import { endianness } from 'node:os';
import { errnoText } from '../nfqueue/errors.js';
import type { Libc } from '../nfqueue/libc.js';
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
  await prepare(path);
  const listening = once(server, 'listening');
  forOwnerAlone(() => server.listen(path));
  await listening.catch((cause: unknown) => {
    throw isFault(cause, 'EADDRINUSE') ? Problem.of(socketTaken, { path }) : unusable(path, reasonOf(cause));
  });
  attempt(path, () => chmodSync(path, 0o600));
  return remover(path);
}

const AF_UNIX = 1;
const SOCK_STREAM = 1;
const SOCK_CLOEXEC = 0o2000000;
/** `sockaddr_un` of unix(7): the family, then the path. */
const ADDRESS_BYTES = 110;
/** Clients that wait to be accepted. */
const BACKLOG = 64;

/**
 * A descriptor that listens on the path, for a process that goes on as another user: the file belongs to who calls this, and nobody else may give
 * orders. Throws a `Problem` where that cannot be.
 */
export async function listeningDescriptor(path: string, libc: Libc): Promise<number> {
  await prepare(path);
  const address = new Uint8Array(ADDRESS_BYTES);
  new DataView(address.buffer).setUint16(0, AF_UNIX, endianness() === 'LE');
  address.set(new TextEncoder().encode(path), 2);
  const must = (result: number): number => {
    if (result < 0) throw unusable(path, errnoText(-result));
    return result;
  };
  const fd = must(libc.socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  forOwnerAlone(() => must(libc.bind(fd, libc.addressOf(address), ADDRESS_BYTES)));
  must(libc.listen(fd, BACKLOG));
  return fd;
}

/** Lets the server listen on such a descriptor. Who may not take the file away leaves it: the next one does. */
export async function listenOnDescriptor(server: Server, path: string, fd: number): Promise<() => void> {
  const listening = once(server, 'listening');
  server.listen({ fd });
  await listening;
  const remove = remover(path);
  return () => {
    try {
      remove();
    } catch (cause) {
      if (!isFault(cause, 'EACCES') && !isFault(cause, 'EPERM')) throw cause;
    }
  };
}

async function prepare(path: string): Promise<void> {
  if (Buffer.byteLength(path) > LONGEST_PATH) throw unusable(path, `its path has more than ${LONGEST_PATH} bytes`);
  if (path === DEFAULT_SOCKET) attempt(path, () => mkdirSync(dirname(path), { recursive: true, mode: 0o755 }));
  // The system's own word for a folder that is not there is that permission is denied.
  attempt(path, () => statSync(dirname(path)));
  await clear(path);
}

/** Between bind and chmod a file would be as open as the umask leaves it. */
function forOwnerAlone(act: () => unknown): void {
  const before = process.umask(0o177);
  try {
    act();
  } finally {
    process.umask(before);
  }
}

/** Takes the file away that is there now, and no other that came into its place. */
function remover(path: string): () => void {
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
