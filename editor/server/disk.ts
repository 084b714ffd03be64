/** Rule files on the disk, by their names. */
import { type Dirent, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { placeOf, readText } from '../../cli/rule-files.js';
import type { Unreadable } from '../../compiler/check/sources.js';
import { isOnDisk } from './names.js';

/** What was hardly meant as rules would keep the editor waiting. */
const MOST_BYTES = 64 * 1024 * 1024;

/** A file's text, or why there is none. A pipe that nobody writes to would be waited for without end. */
export function textOnDisk(name: string): string | Unreadable {
  // A text that was never saved has no place that a path could begin at.
  if (!isOnDisk(name)) return { why: 'there is no such file', near: [] };
  const stat = statSync(placeOf(name), { throwIfNoEntry: false });
  if (stat && !stat.isFile() && !stat.isDirectory()) return { why: 'it is no regular file', near: [] };
  if (stat && stat.size > MOST_BYTES) return { why: 'it is too large', near: [] };
  return readText(name);
}

/** Nobody chooses from more, and a folder may hold a disk. */
const MOST_FILES = 2000;
const MOST_FOLDERS = 100;

/** Files that lie beside a rule file or in folders below it, the nearest first; what is hidden, and packages, left out. */
export function filesBeside(name: string): readonly string[] {
  if (!isOnDisk(name)) return [];
  const root = dirname(placeOf(name));
  const found: string[] = [];
  const folders = [''];
  for (let i = 0; i < folders.length && i < MOST_FOLDERS && found.length < MOST_FILES; i++) {
    const within = folders[i] ?? '';
    for (const entry of entriesOf(join(root, within))) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      if (entry.isDirectory()) folders.push(`${within}${entry.name}/`);
      else if (entry.isFile()) found.push(`${within}${entry.name}`);
    }
  }
  return found.slice(0, MOST_FILES);
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
