/** Writes files so that nobody ever sees half of one. */
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Gives a file that exists another content, all at once: the old one or the new one is there, whenever the machine stops. Mode and,
 * where it is permitted, owner stay; where the path is a link, what it leads to is written. Throws what the system says.
 */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const real = realpathSync(path);
  // Renaming asks only for the folder's permission; a file that is protected against writing is meant to stay.
  accessSync(real, constants.W_OK);
  rename(real, content, (next) => adopt(next, real));
}

/** Gives a file its content as `replaceFile` does, and makes it where it is not there. Throws what the system says. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  if (existsSync(path)) replaceFile(path, content);
  else rename(path, content, () => undefined);
}

/** Throws what the system says where `writeWhole` could not write: who needs long for the content asks before. */
export function checkWritable(path: string): void {
  const real = existsSync(path) ? realpathSync(path) : path;
  accessSync(dirname(real), constants.W_OK | constants.X_OK);
  // Opened and closed: what is there stays, and the system says why where it is no file that can be written.
  if (existsSync(real)) closeSync(openSync(real, 'r+'));
}

/** Writes the content beside the file, and then calls it like the file. */
function rename(path: string, content: string | Uint8Array, prepare: (next: string) => void): void {
  const next = join(dirname(path), `.sigward-${String(process.pid)}.tmp`);
  const file = openSync(next, 'wx');
  try {
    writeThrough(file, content);
    prepare(next);
    renameSync(next, path);
  } catch (cause) {
    rmSync(next, { force: true });
    throw cause;
  }
}

function writeThrough(file: number, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function adopt(path: string, from: string): void {
  const { mode, uid, gid } = statSync(from);
  try {
    chownSync(path, uid, gid);
  } catch {
    // Only root gives files away: what a user may write and does not own becomes the user's.
  }
  chmodSync(path, mode);
}
