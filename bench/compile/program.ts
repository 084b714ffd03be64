/** Node programs in a process of their own: how long they take, from their start to their end, and how much memory. */
import { spawnSync, type SpawnSyncOptionsWithStringEncoding } from 'node:child_process';
import { timed } from '../measure.js';

export interface Run {
  readonly seconds: number;
  /** Of all its threads, waiting for a processor left out. */
  readonly processorSeconds: number;
  /** Most memory that it had at once (its resident set). */
  readonly peakBytes: number;
  readonly output: string;
}

/** Loaded before the program: when it ends, what it took goes to a file descriptor that it does not know. */
const USAGE_DESCRIPTOR = 3;
const USAGE = `import { writeSync } from 'node:fs';
process.on('exit', () => writeSync(${USAGE_DESCRIPTOR}, JSON.stringify(process.resourceUsage())));`;

/**
 * Starts a program with these arguments and waits for its end.
 *
 * @throws Error with what it says where it fails
 */
export function runProgram(path: string, args: readonly string[]): Run {
  const preload = `data:text/javascript,${encodeURIComponent(USAGE)}`;
  const options: SpawnSyncOptionsWithStringEncoding = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe', 'pipe'] };
  const [run, seconds] = timed(() => spawnSync(process.execPath, ['--import', preload, path, ...args], options));
  if (run.status !== 0) throw new Error(`${path} ${args.join(' ')}: ${run.error?.message ?? run.stderr}`);
  const usage = JSON.parse(run.output[USAGE_DESCRIPTOR] ?? '') as NodeJS.ResourceUsage;
  const processorSeconds = (usage.userCPUTime + usage.systemCPUTime) / 1e6;
  return { seconds, processorSeconds, peakBytes: usage.maxRSS * 1024, output: run.stdout };
}
