/** One turn of a contestant: packets are led to it, and what they cost it is read from the kernel. */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Network } from '../../lab/network.js';
import { type KernelCounters, parseCounters } from '../../runtime/nfqueue/statistics.js';
import type { Contestant } from './contestants.js';
import { type Load, sendAcross } from './sending.js';

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

/** Sends through the contestant's queue. */
export async function takeTurn(
  { attacker, router, server }: Network,
  blast: string,
  contestant: Contestant,
  load: Load,
): Promise<Turn> {
  await router.run('iptables', ['-F', 'FORWARD']);
  const target = ['-j', 'NFQUEUE', '--queue-num', String(contestant.queue)];
  await router.run('iptables', ['-A', 'FORWARD', '-p', 'udp', ...target]);
  const counters = async (): Promise<KernelCounters | undefined> => {
    const { stdout } = await router.run('cat', ['/proc/net/netfilter/nfnetlink_queue']);
    return parseCounters(stdout).find(({ queue }) => queue === contestant.queue);
  };
  const before = await counters();
  let after = before;
  const begun = processorTime(contestant.pid);
  let ended = begun;
  const drained = async (): Promise<void> => {
    after = await counters();
    for (; (after?.waiting ?? 0) > 0; after = await counters()) await sleep(10);
    ended = processorTime(contestant.pid);
    await sleep(50);
  };
  const { sent, seconds, received, p50, p99, p999 } = await sendAcross(blast, attacker, server, load, drained);
  const judged = after && before ? (after.lastId - before.lastId) >>> 0 : 0;
  return {
    ...{ sent, received, judged },
    rate: received / seconds,
    nanoseconds: (ended - begun) / judged,
    delays: [p50, p99, p999],
  };
}

/** Nanoseconds that all threads of a process have run so far (`/proc/PID/schedstat`, which is what `stat` gives in ticks). */
export function processorTime(pid: number): number {
  const tasks = readdirSync(`/proc/${pid}/task`);
  return tasks.reduce(
    (sum, task) => sum + Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'latin1').split(' ')[0]),
    0,
  );
}
