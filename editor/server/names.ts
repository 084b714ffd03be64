/** What files are called on both sides: editors have URIs, the language service has names. */
import { realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { packageRoot } from '../../cli/paths.js';
import { placeOf } from '../../cli/rule-files.js';

const stdlib = realpathSync(join(packageRoot, 'stdlib'));

/**
 * A file on the disk is called by its whole path, one of the standard library `std/…`; what is on no disk (an untitled buffer) by its
 * URI. Nothing for what is no URI at all.
 */
export function nameOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return /^[A-Za-z][\w+.-]*:/.test(uri) ? uri : undefined;
  try {
    return nameOfPath(fileURLToPath(uri));
  } catch {
    // A host in it, or a slash that is written as %2F.
    return uri;
  }
}

/** The name of a file by its absolute path. */
export function nameOfPath(path: string): string {
  const within = relative(stdlib, path);
  const isLibrary = !within.startsWith('..') && !isAbsolute(within) && within.endsWith('.sig');
  if (isLibrary)
    return `std/${within
      .split(sep)
      .join('/')
      .replace(/\.sig$/, '')}`;
  return path.split(sep).join('/');
}

/** The URI of a name; the standard library's files are where they lie on the disk. */
export function uriOf(name: string): string {
  if (name.startsWith('std/') || isAbsolute(name)) return pathToFileURL(placeOf(name)).href;
  return name;
}

/** Whether a name is that of a file on the disk. */
export function isOnDisk(name: string): boolean {
  return name.startsWith('std/') || isAbsolute(name);
}
