/**
 * What a packet costs a router that no policy covers, beside forwarding without Sigward. A datagram between hosts that veth joins is sent,
 * forwarded and delivered in the context of its sender, whose processor time so has all of it, unless the kernel accounts for interrupts
 * apart (CONFIG_IRQ_TIME_ACCOUNTING) or a thread of its own (ksoftirqd) has taken over; the time of those threads is added. What is sent to
 * the router itself takes the same way without being forwarded: what is over it is the router's.
 */
import { once } from 'node:events';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../cli/paths.js';
import type { Host } from '../../lab/host.js';
import { createNetwork, type Network } from '../../lab/network.js';
import { parseCounters } from '../../runtime/nfqueue/statistics.js';
import { median } from '../measure.js';
import { sendAcross } from './sending.js';
import { processorTime } from './turn.js';

const ROUNDS = 9;
const TURN_SECONDS = 1;
const QUEUE = 30;
/** Its networks are not those of the lab. */
const POLICY = `module watched on udp {
  signature never { id 1 when payload contains "words that never come" then drop }
}
policy elsewhere {
  protect 192.0.2.0/24 with watched
  otherwise accept
}
`;

/** What a packet costs on one way. */
export interface Way {
  readonly name: string;
  /** Median nanoseconds of processor time. */
  readonly nanoseconds: number;
  /** Of those the router's, and medians of ratios to the turns of plain forwarding around: of all, and of the router's part. */
  readonly router: number;
  readonly ratio: number;
  readonly routerRatio: number;
}

export interface Uncovered {
  readonly ways: readonly Way[];
  /** Packets that the queue has seen. */
  readonly queued: number;
}

/** Measures in networks of their own: in the router of one iptables has never run, in another it has one rule, in the third there is Sigward. */
export async function measureUncovered(folder: string, blast: string, payloads: string): Promise<Uncovered> {
  const networks: Network[] = [];
  try {
    const [plain, filtering, selecting] = ['plain', 'filter', 'select'].map((name) => {
      const network = createNetwork(`swpk-${name}`);
      networks.push(network);
      return network;
    }) as [Network, Network, Network];
    await filtering.router.run('iptables', ['-A', 'FORWARD', '-p', 'udp', '-j', 'ACCEPT']);
    const stop = await startSigward(selecting.router, folder);
    const turn = (from: Host, to: Host): Promise<number> => nanosecondsOf(blast, from, to, payloads);
    const ways = await takeTurns(
      () => turn(plain.attacker, plain.router),
      () => turn(plain.attacker, plain.server),
      {
        'one rule of iptables, without sigward': () => turn(filtering.attacker, filtering.server),
        'past sigward': () => turn(selecting.attacker, selecting.server),
      },
    );
    const { stdout } = await selecting.router.run('cat', ['/proc/net/netfilter/nfnetlink_queue']);
    const queued = parseCounters(stdout).find(({ queue }) => queue === QUEUE)?.lastId;
    await stop();
    if (queued === undefined) throw new Error('sigward did not hold its queue');
    return { ways, queued };
  } finally {
    for (const network of networks) await network.close();
  }
}

async function startSigward(router: Host, folder: string): Promise<() => Promise<void>> {
  // It goes on as a user who has to read it.
  chmodSync(folder, 0o755);
  const rules = join(folder, 'elsewhere.sig');
  writeFileSync(rules, POLICY);
  const args = [join(packageRoot, 'bin', 'sigward.js'), 'run', rules, '--install', '--queue', String(QUEUE)];
  const child = router.spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], cwd: folder });
  const closed = once(child, 'close');
  if (!child.stdout) throw new Error('a child has no standard output');
  await Promise.race([once(createInterface({ input: child.stdout }), 'line'), closed]);
  if (child.exitCode !== null) throw new Error('sigward did not start');
  return async () => {
    child.kill('SIGTERM');
    await closed;
  };
}

type Turn = () => Promise<number>;

/** What is not forwarded, and what is: then others, with plain forwarding between them. */
async function takeTurns(unforwarded: Turn, plain: Turn, others: Readonly<Record<string, Turn>>): Promise<Way[]> {
  const directs: number[] = [];
  const plains: number[] = [];
  const taken = Object.entries(others).map(([name, turn]) => ({
    ...{ name, turn, times: new Array<number>(), ratios: new Array<number>(), routerRatios: new Array<number>() },
  }));
  for (const turn of [plain, ...Object.values(others)]) await turn();
  let before = await plain();
  for (let round = 0; round < ROUNDS; round++) {
    const direct = await unforwarded();
    directs.push(direct);
    for (const { turn, times, ratios, routerRatios } of taken) {
      const between = await turn();
      const after = await plain();
      const around = (before + after) / 2;
      times.push(between);
      plains.push(after);
      ratios.push(between / around);
      routerRatios.push((between - direct) / (around - direct));
      before = after;
    }
  }
  const direct = median(directs);
  const way = (name: string, nanoseconds: number, ratio: number, routerRatio: number): Way => ({
    ...{ name, nanoseconds, router: nanoseconds - direct, ratio, routerRatio },
  });
  return [
    way('forwarded, without iptables', median(plains), 1, 1),
    ...taken.map(({ name, times, ratios, routerRatios }) =>
      way(name, median(times), median(ratios), median(routerRatios)),
    ),
  ];
}

async function nanosecondsOf(blast: string, from: Host, to: Host, payloads: string): Promise<number> {
  const begun = softirqTime();
  const { sent, processor } = await sendAcross(blast, from, to, { seconds: TURN_SECONDS, rate: 0, payloads });
  return (processor + softirqTime() - begun) / sent;
}

/** Nanoseconds that the kernel's threads for soft interrupts have run. */
function softirqTime(): number {
  const threads = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && nameOf(pid).startsWith('ksoftirqd/'));
  return threads.reduce((sum, pid) => sum + processorTime(Number(pid)), 0);
}

function nameOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'latin1');
  } catch {
    return ''; // it has just ended
  }
}
