/** Running iptables, ip6tables and ipset: one command, its outcome as a value. */
import { execFile, spawnSync } from 'node:child_process';
import process from 'node:process';
import { lockEnvironment, lockTables, lockTablesSync, unlockTables } from './tables-lock.js';

export type Iptables = 'iptables' | 'ip6tables';

/** What became of a command. */
export type Outcome =
  | { readonly kind: 'done'; readonly output: string }
  /** The program is not installed. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly reason: string };

/** Seconds to wait for another program that holds the tables' lock (`iptables -w`). */
const LOCK = ['-w', '5'];

/** Somebody else changes rules, and does not come to an end. */
const LOCKED: Outcome = { kind: 'refused', reason: 'another program holds the lock of the tables' };

/** Runs a command with a list of arguments; packets can be settled meanwhile. */
export async function runIptables(program: Iptables, args: readonly string[]): Promise<Outcome> {
  if (!(await lockTables())) return LOCKED;
  return new Promise((resolve) => {
    execFile(program, [...LOCK, ...args], options(), (error, stdout, stderr) => {
      unlockTables();
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      resolve(outcomeOf(error, status, stdout, stderr));
    });
  });
}

/** The same without going back to the event loop, for an exit handler. */
export function runIptablesSync(program: Iptables, args: readonly string[]): Outcome {
  if (!lockTablesSync()) return LOCKED;
  const { error, status, stdout, stderr } = spawnSync(program, [...LOCK, ...args], options());
  unlockTables();
  return outcomeOf(error ?? null, status, stdout, stderr);
}

/**
 * The same in a network namespace of its own, which goes with it: tells whether a rule would be taken, and leaves the
 * machine's rules alone. The kernel loads what modules it needs, as it would otherwise.
 */
export function runIptablesApart(program: Iptables, args: readonly string[]): Outcome {
  const { error, status, stdout, stderr } = spawnSync('unshare', ['--net', program, ...LOCK, ...args], options());
  return outcomeOf(error ?? null, status, stdout, stderr);
}

/** Runs `ipset`, which reads `input`. */
export function runIpset(args: readonly string[], input = ''): Outcome {
  const { error, status, stdout, stderr } = spawnSync('ipset', args, { ...options(), input });
  return outcomeOf(error ?? null, status, stdout, stderr);
}

function options(): { encoding: 'utf8'; env: NodeJS.ProcessEnv; maxBuffer: number } {
  // `su` keeps a user's search path, which lacks the folders where Debian has iptables.
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
  return {
    encoding: 'utf8',
    env: { ...process.env, ...lockEnvironment(), PATH: path, LC_ALL: 'C' },
    maxBuffer: 64 << 20,
  };
}

function outcomeOf(error: Error | null, status: number | null, stdout: string, stderr: string): Outcome {
  if (status === 0) return { kind: 'done', output: stdout };
  if (error && 'code' in error && error.code === 'ENOENT') return { kind: 'missing' };
  return { kind: 'refused', reason: firstLine(stderr) || (error?.message ?? `exit status ${String(status)}`) };
}

/** The line that says why; iptables adds `Try iptables -h …` and hints about modules. */
function firstLine(text: string): string {
  const line = text.split('\n').find((l) => l.trim() !== '') ?? '';
  return line.replace(/^(?:ip6?tables|ipset)(?: v[\d.]+(?: \([^)]*\))?)?: /, '').trim();
}

/** A command as a user would type it. */
export function commandText(program: Iptables, args: readonly string[]): string {
  return [program, ...args].join(' ');
}
