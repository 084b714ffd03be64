/** `sigward run` in the router of a lab network, as an operator starts it. */
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Network } from '../../lab/network.js';
import { type Ended, expectNoTrace, SIGWARD } from '../support/sigward.js';

const RULES = resolve(import.meta.dirname, 'router.sig');

/** The parts of an alert that the tests look at. */
export interface AlertLine {
  readonly event_type: string;
  readonly src_ip?: string;
  readonly dest_ip?: string;
  readonly dest_port?: number;
  readonly proto?: string;
  readonly alert: { readonly signature_id: number; readonly action: string };
}

/** What it left: its exit status and words, and its log. */
export interface Left extends Ended {
  readonly alerts: readonly AlertLine[];
}

export interface Enforcing {
  /** Sends a signal and waits for the end. */
  stop(signal?: 'SIGINT' | 'SIGTERM'): Promise<Left>;
  /** Ends it at once, as a fault would. */
  kill(): Promise<void>;
  /** Sends a signal and goes on. */
  signal(signal: NodeJS.Signals): void;
  /** The path of its log. */
  readonly log: string;
  /** The supervisor's process id. */
  readonly pid: number;
  /** Process ids of the children that judge packets, by queue. */
  children(): number[];
}

/** Starts it and waits until it says that it enforces. */
export function enforce(network: Network, queue: number, ...options: readonly string[]): Promise<Enforcing> {
  return enforceRules(network, RULES, ['--queue', String(queue), ...options]);
}

/** The same with other rules; `wrapper` begins the command that starts it. */
export async function enforceRules(
  network: Network,
  rules: string,
  options: readonly string[],
  wrapper: readonly string[] = [],
): Promise<Enforcing> {
  const folder = mkdtempSync(join(tmpdir(), 'sigward-run-'));
  // It goes on as another user, who has to make the next log when this one is rotated.
  chmodSync(folder, 0o777);
  const log = join(folder, 'eve.json');
  const [command, ...args] = [...wrapper, process.execPath, SIGWARD, 'run', rules, '--install', '--eve', log] as const;
  const child = network.router.spawn(command, [...args, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = once(child, 'close') as Promise<[number | null]>;
  if (!child.stdout) throw new Error('a child has no standard output');
  await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended]);
  if (child.exitCode !== null) {
    rmSync(folder, { recursive: true });
    throw new Error(`sigward did not start: ${output.stderr}`);
  }
  const pid = child.pid ?? 0;
  return {
    ...{ log, pid },
    children: () => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    signal: (signal) => void child.kill(signal),
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
      rmSync(folder, { recursive: true });
    },
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      const [status] = await ended;
      // `--eve` among the options has it write elsewhere.
      const lines = (existsSync(log) ? readFileSync(log, 'utf8') : '').split('\n').filter(Boolean);
      rmSync(folder, { recursive: true });
      expectNoTrace(output.stdout + output.stderr);
      return { status, ...output, alerts: lines.map((line) => JSON.parse(line) as AlertLine) };
    },
  };
}
