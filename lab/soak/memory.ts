/** Resident memory of processes over time, and whether it grows. */
import { readFileSync } from 'node:fs';

/** What a process had in memory at a moment. */
export interface Sample {
  /** Since the beginning. */
  readonly seconds: number;
  readonly megabytes: number;
}

/** Resident memory of a process in megabytes; undefined where it has ended. */
export function residentMegabytes(pid: number): number | undefined {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}

/** Process ids of a process's children, which come and go. */
export function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** The command line of a process; empty where it has ended. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Seconds at the beginning and at the end of what is looked at, of which the least counts: a collector lets memory rise and fall. */
const WINDOW_SECONDS = 20;

/**
 * Megabytes a minute by which the least that a process needs has grown from `from` seconds on: by its least in the first seconds behind that, and in its
 * last ones. Undefined where it was not there for long enough.
 */
export function growth(samples: readonly Sample[], from: number): number | undefined {
  const looked = samples.filter(({ seconds }) => seconds >= from);
  const [first, last] = [looked[0], looked.at(-1)];
  if (!first || !last || last.seconds - first.seconds < 2 * WINDOW_SECONDS) return undefined;
  const least = (of: (seconds: number) => boolean): number =>
    Math.min(...looked.filter(({ seconds }) => of(seconds)).map(({ megabytes }) => megabytes));
  const before = least((seconds) => seconds <= first.seconds + WINDOW_SECONDS);
  const after = least((seconds) => seconds >= last.seconds - WINDOW_SECONDS);
  return (after - before) / ((last.seconds - first.seconds - WINDOW_SECONDS) / 60);
}
