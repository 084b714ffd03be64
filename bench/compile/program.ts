/** Node programs in a process of their own: how long they take, from their start to their end, and how much memory. */
import { spawnSync, type SpawnSyncOptionsWithStringEncoding } from 'node:child_process';
import { timed } from '../measure.js';

export interface Run {
  readonly seconds: number;
  /** Most memory that the process had at once (its resident set). */
  readonly peakBytes: number;
  readonly output: string;
}

/** Loaded before the program: when it ends, its peak in kB goes to a file descriptor that it does not know. */
const PEAK_DESCRIPTOR = 3;
const PEAK = `import { writeSync } from 'node:fs';
process.on('exit', () => writeSync(${PEAK_DESCRIPTOR}, String(process.resourceUsage().maxRSS)));`;

/**
 * Starts a program with these arguments and waits for its end.
 *
 * @throws Error with what it says where it fails
 */
export function runProgram(path: string, args: readonly string[]): Run {
  const preload = `data:text/javascript,${encodeURIComponent(PEAK)}`;
  const options: SpawnSyncOptionsWithStringEncoding = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe', 'pipe'] };
  const [run, seconds] = timed(() => spawnSync(process.execPath, ['--import', preload, path, ...args], options));
  if (run.status !== 0) throw new Error(`${path} ${args.join(' ')}: ${run.error?.message ?? run.stderr}`);
  return { seconds, peakBytes: Number(run.output[PEAK_DESCRIPTOR]) * 1024, output: run.stdout };
}
