/** What can be wrong with an output file: E13xx. */
import { error } from '../../grammar/diagnostic.js';

/** What to do, by the system's error code. */
const ADVICE: Readonly<Record<string, string>> = {
  ENOENT: 'make its folder first, by `mkdir -p`',
  EISDIR: 'it is a directory: give the path of a file, or `-` for standard output',
  EACCES: 'permission denied: give a path that this user may write to',
  EPERM: 'permission denied: give a path that this user may write to',
  EROFS: 'the file system is read-only: give a path on another one',
  ENOSPC: 'the disk is full: make room or give a path on another one',
};

/** The alert log cannot be opened or written on; `reason` is the system's error code. */
export const alertLogUnwritable = error<{ name: string; reason: string }>(
  'E1301',
  'alert log cannot be written',
  ({ name, reason }) => `cannot write alert log \`${name}\`: the system says ${reason}`,
  ({ reason }) => ADVICE[reason] ?? 'give the path of a file that can be written, or `-` for standard output',
);
