/** One turn of a contestant: packets are led to it, and what they cost it is read from the kernel. */
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Network } from '../../lab/network.js';
import { type KernelCounters, parseCounters } from '../../runtime/nfqueue/statistics.js';
import type { Contestant } from './contestants.js';

/** What is sent. */
export interface Load {
  readonly seconds: number;
  /** Datagrams a second; 0: as many as possible. */
  readonly rate: number;
  /** The file of payloads. */
  readonly payloads: string;
}

export interface Turn {
  readonly sent: number;
  readonly received: number;
  /** Packets that went through the queue. */
  readonly judged: number;
  /** Of those: nanoseconds of processor time each, in all threads of the process. */
  readonly nanoseconds: number;
  /** A second. */
  readonly rate: number;
  /** Microseconds from sender to receiver: median, and what 1 and 0.1 percent exceed. */
  readonly delays: readonly [number, number, number];
}

const PORT = 9_000;

/** Sends through the contestant's queue; without one, past all queues. */
export async function takeTurn(
  { attacker, router, server }: Network,
  blast: string,
  contestant: Contestant | undefined,
  load: Load,
): Promise<Turn> {
  await router.run('iptables', ['-F', 'FORWARD']);
  const target = contestant && ['-j', 'NFQUEUE', '--queue-num', String(contestant.queue)];
  if (target) await router.run('iptables', ['-A', 'FORWARD', '-p', 'udp', ...target]);
  const sink = server.spawn(blast, ['sink', String(PORT)], { stdio: ['pipe', 'pipe', 'inherit'] });
  if (!sink.stdout || !sink.stdin) throw new Error('the sink did not start');
  const lines = createInterface({ input: sink.stdout })[Symbol.asyncIterator]();
  await lines.next();
  const counters = async (): Promise<KernelCounters | undefined> => {
    const { stdout } = await router.run('cat', ['/proc/net/netfilter/nfnetlink_queue']);
    return parseCounters(stdout).find(({ queue }) => queue === contestant?.queue);
  };
  const before = await counters();
  const begun = contestant ? processorTime(contestant.pid) : 0;
  const { seconds, rate, payloads } = load;
  const sender = await attacker.run(blast, [
    'send',
    server.ipv4,
    String(PORT),
    String(seconds),
    String(rate),
    payloads,
  ]);
  let after = await counters();
  for (; (after?.waiting ?? 0) > 0; after = await counters()) await sleep(10);
  const ended = contestant ? processorTime(contestant.pid) : 0;
  await sleep(50);
  const closed = once(sink, 'close');
  sink.stdin.end();
  const last = await lines.next();
  await closed;
  const { sent, seconds: took } = JSON.parse(sender.stdout) as { sent: number; seconds: number };
  const { received, p50, p99, p999 } = JSON.parse(String(last.value)) as Record<
    'received' | 'p50' | 'p99' | 'p999',
    number
  >;
  const judged = after && before ? (after.lastId - before.lastId) >>> 0 : 0;
  return {
    sent,
    received,
    judged,
    rate: received / took,
    nanoseconds: (ended - begun) / judged,
    delays: [p50, p99, p999],
  };
}

/** Nanoseconds that all threads of a process have run so far (`/proc/PID/schedstat`, which is what `stat` gives in ticks). */
function processorTime(pid: number): number {
  const tasks = readdirSync(`/proc/${pid}/task`);
  return tasks.reduce(
    (sum, task) => sum + Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'latin1').split(' ')[0]),
    0,
  );
}
