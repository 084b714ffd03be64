/** The comment on a rule: whose it is, so that rules of a program that was killed can be told from those of one that runs. */
import { readFileSync } from 'node:fs';
import process from 'node:process';

const MARKER = /^sigward-(\d+)-(\d+)$/;

/** The comment of this process's rules. */
export function ownMarker(): string {
  return `sigward-${process.pid}-${startTime(process.pid) ?? 0}`;
}

/** The process id of the Sigward whose comment it is; undefined where it is nobody's. */
export function processOf(comment: string): number | undefined {
  const match = MARKER.exec(comment);
  return match ? Number(match[1]) : undefined;
}

/**
 * Whether a comment is that of a Sigward that no longer runs. Process ids are used again, so the marker holds the time of
 * the start as well.
 */
export function isStale(comment: string, startOf: (pid: number) => number | undefined = startTime): boolean {
  const match = MARKER.exec(comment);
  if (!match) return false;
  return startOf(Number(match[1])) !== Number(match[2]);
}

/** When a process started, in clock ticks since the machine did (field 22 of `proc_pid_stat(5)`). */
function startTime(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field is the program's name in parentheses, and may contain spaces and parentheses itself.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    return Number(fields[19]);
  } catch {
    return undefined;
  }
}
