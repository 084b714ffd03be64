/** Rule files on the disk, by their names. */
import { statSync } from 'node:fs';
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
