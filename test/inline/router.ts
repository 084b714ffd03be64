/** The queue's reader as a child in the router of a lab network (`queue-child.js`). */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Network } from '../../lab/network.js';
import type { DriverName } from '../../runtime/nfqueue/drivers.js';
import type { QueueStatistics } from '../../runtime/nfqueue/queue.js';

const SCRIPT = fileURLToPath(new URL('queue-child.js', import.meta.url));

const BUILT = fileURLToPath(new URL('../../dist/runtime/nfqueue/drivers.js', import.meta.url));

/** The command line of the reader, which runs what tsc has built. */
export function readerCommand(driver: DriverName, queue: number, ...options: readonly string[]): [string, string[]] {
  if (!existsSync(BUILT)) throw new Error('dist/ is missing: run `npm run build` first');
  return [process.execPath, [SCRIPT, driver, String(queue), ...options]];
}

/** What the reader prints when it has left. */
export interface ReaderReport extends QueueStatistics {
  /** Packets that it dropped. */
  readonly dropped: number;
  /** Length of the longest packet, in bytes. */
  readonly longest: number;
}

export interface Reader {
  readonly child: ChildProcess;
  /** SIGTERM, and what it prints then. */
  stop(): Promise<ReaderReport>;
}

/** Starts the reader with its iptables rules and waits until it reads. */
export async function startReader(network: Network, driver: DriverName, queue: number): Promise<Reader> {
  const [command, args] = readerCommand(driver, queue, '--install');
  const child = network.router.spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!child.stdout) throw new Error('the reader has no standard output');
  const lines = createInterface({ input: child.stdout });
  const first = await nextLine(lines);
  if (first !== 'ready') throw new Error(`the reader did not start: ${first}`);
  return {
    child,
    stop: async () => {
      const last = nextLine(lines);
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
      return JSON.parse(await last) as ReaderReport;
    },
  };
}

async function nextLine(lines: Interface): Promise<string> {
  return Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    once(lines, 'close').then(() => 'it ended without a word'),
  ]);
}

/** The rules that stand in the router, IPv4 and IPv6. */
export async function standingRules(network: Network): Promise<string[]> {
  const lists = [];
  for (const program of ['iptables-save', 'ip6tables-save']) lists.push((await network.router.run(program, [])).stdout);
  return lists
    .join('\n')
    .split('\n')
    .filter((line) => line.startsWith('-A'));
}
