/**
 * The system tools that tests with real traffic or a real editor need: looked for, installed where that can be done without asking
 * (Debian, as root), and otherwise named with the command that installs them.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../runtime/programs.js';

/** Tool, or header that something is compiled with → the Debian package that brings it. */
const PACKAGES = {
  curl: 'curl',
  'g++': 'g++',
  ip6tables: 'iptables',
  ipset: 'ipset',
  ip: 'iproute2',
  iperf3: 'iperf3',
  iptables: 'iptables',
  'libnetfilter_queue.h': 'libnetfilter-queue-dev',
  make: 'make',
  nmap: 'nmap',
  nvim: 'neovim',
  python3: 'python3',
  tcpdump: 'tcpdump',
  tshark: 'tshark',
} as const;

/** Where `libnetfilter-queue-dev` puts what C programs include. */
const HEADERS = '/usr/include/libnetfilter_queue';

export type Tool = keyof typeof PACKAGES;

/** What is still missing, why it could not be had, and the command that brings it. */
export interface ToolsOutcome {
  readonly missing: readonly Tool[];
  readonly why?: string;
  readonly command?: string;
}

/** What is asked of the machine; a test puts its own in place of it. */
export interface Machine {
  readonly has: (tool: string) => boolean;
  readonly isRoot: boolean;
  readonly isDebian: boolean;
  /** Runs a program to its end; the last line that it wrote where it failed, undefined where it succeeded. */
  readonly run: (command: string, args: readonly string[]) => Promise<string | undefined>;
}

/** A package that is large on a slow line takes minutes; beyond this apt-get is waiting for something that never comes. */
const LONGEST_RUN_MS = 240_000;

const APT = ['-q', '-y', '-o', 'DPkg::Lock::Timeout=60', '-o', 'Acquire::Retries=1'];

/**
 * Sees to it that the tools are there, as far as this machine allows; never throws for a tool that cannot be had.
 * `say` gets one line when an installation begins and one when it has ended.
 */
export async function ensureTools(
  names: readonly Tool[],
  { say, machine = thisMachine() }: { readonly say: (line: string) => void; readonly machine?: Machine },
): Promise<ToolsOutcome> {
  const missing = names.filter((name) => !machine.has(name));
  if (missing.length === 0) return { missing };
  const packages = packagesOf(missing);
  const refusal = whyNot(machine);
  if (refusal !== undefined) return outcome(missing, refusal);
  const started = Date.now();
  say(`installing ${packages.join(', ')} with apt-get ...`);
  const failure = await install(packages, machine);
  const left = missing.filter((name) => !machine.has(name));
  const end = left.length === 0 ? 'done' : 'failed';
  say(`installing ${packages.join(', ')} ... ${end} (${String(Math.round((Date.now() - started) / 1000))} s)`);
  return left.length === 0
    ? { missing: left }
    : outcome(left, `apt-get failed: ${failure ?? 'the tool is still missing'}`);
}

function outcome(missing: readonly Tool[], why: string): ToolsOutcome {
  return { missing, why, command: `sudo apt-get install ${packagesOf(missing).join(' ')}` };
}

function packagesOf(tools: readonly Tool[]): string[] {
  return [...new Set(tools.map((tool) => PACKAGES[tool]))].sort();
}

function whyNot({ isDebian, isRoot }: Machine): string | undefined {
  if (!isDebian) return 'packages are installed by themselves on Debian only; the command is the one for Debian';
  return isRoot ? undefined : 'only root can install packages';
}

/** A fresh machine has no package lists and an old one has lists of packages that are gone; the second try has new ones. */
async function install(packages: readonly string[], machine: Machine): Promise<string | undefined> {
  const args = ['install', '--no-install-recommends', ...APT, ...packages];
  if ((await machine.run('apt-get', args)) === undefined) return undefined;
  const update = await machine.run('apt-get', ['update', ...APT]);
  return (await machine.run('apt-get', args)) ?? (update === undefined ? undefined : `package lists: ${update}`);
}

function thisMachine(): Machine {
  return {
    has: (tool) => (tool.endsWith('.h') ? existsSync(join(HEADERS, tool)) : findProgram(tool) !== undefined),
    isRoot: process.getuid?.() === 0,
    isDebian: existsSync('/etc/debian_version') && findProgram('apt-get') !== undefined,
    run: runQuietly,
  };
}

/** tshark's package asks a question when it is installed: nobody is there to answer it. */
function runQuietly(command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: LONGEST_RUN_MS });
    let output = '';
    const keep = (text: string): void => void (output += text);
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => {
      resolve(error.message);
    });
    child.on('close', (code, signal) => {
      resolve(code === 0 ? undefined : (lastLine(output) ?? `stopped by ${signal ?? `status ${String(code)}`}`));
    });
  });
}

function lastLine(output: string): string | undefined {
  return output.trim().split('\n').at(-1) || undefined;
}
