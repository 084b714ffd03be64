/** Files that somebody names, read whole: as much as makes sense, and nothing that never ends. */
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';

/** How many bytes come with one call of the system, where it is not known how many there are. */
const CHUNK_BYTES = 1 << 16;

/** The bytes of a regular file. Throws what the system says, or an Error that says why it is not read; `most` is in bytes. */
export function readRegular(path: string, most: number): Buffer {
  const stat = statSync(path);
  if (stat.isDirectory()) throw new Error('it is a folder');
  if (!stat.isFile()) throw new Error('it is no regular file');
  if (stat.size > most) throw tooLarge(most);
  return readFileSync(path);
}

/** The same, and what comes out of a pipe or a device, until that ends. */
export function readAny(path: string, most: number): Buffer {
  const stat = statSync(path);
  if (stat.isFile() || stat.isDirectory()) return readRegular(path, most);
  const from = openSync(path, 'r');
  try {
    return readToEnd(from, most);
  } finally {
    closeSync(from);
  }
}

function readToEnd(from: number, most: number): Buffer {
  const chunks: Buffer[] = [];
  for (let total = 0; ;) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    const length = readSync(from, chunk);
    if (length === 0) return Buffer.concat(chunks);
    total += length;
    if (total > most) throw tooLarge(most);
    chunks.push(chunk.subarray(0, length));
  }
}

function tooLarge(most: number): Error {
  return new Error(`it has more than ${most < 1 << 20 ? `${most >> 10} kB` : `${most >> 20} MB`}`);
}
