/** Writes files so that nobody ever sees half of one. */
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
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
export function replaceFile(path: string, text: string): void {
  const real = realpathSync(path);
  // Renaming asks only for the folder's permission; a file that is protected against writing is meant to stay.
  accessSync(real, constants.W_OK);
  const next = join(dirname(real), `.sigward-${String(process.pid)}.tmp`);
  const file = openSync(next, 'wx');
  try {
    writeThrough(file, text);
    adopt(next, real);
    renameSync(next, real);
  } catch (cause) {
    rmSync(next, { force: true });
    throw cause;
  }
}

function writeThrough(file: number, text: string): void {
  try {
    writeFileSync(file, text);
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
