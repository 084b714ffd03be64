/** What may go wrong around packets that are judged inline: nothing passes unjudged, nothing is lost uncounted, and it goes on. */
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createNetwork, type Network } from '../../lab/network.js';
import { sendUdp, startUdpSink } from '../../lab/traffic.js';
import type { UdpReport } from '../../lab/udp-sink.js';
import { type KernelCounters, parseCounters } from '../../runtime/nfqueue/statistics.js';
import { needs } from '../support/skip.js';
import { enforceRules, type Enforcing, type Left } from './enforcing.js';
import { standingRules } from './router.js';

const QUEUE = 20;
const PORT = 9200;
const RULES = resolve(import.meta.dirname, 'supervised.sig');
const COVERED = resolve(import.meta.dirname, 'covered.sig');
const COVERED_ONLY = resolve(import.meta.dirname, 'covered-only.sig');
/** Addresses that the server has besides. */
const OTHERS = Array.from({ length: 8 }, (_, i) => `203.0.113.${10 + i}`);

const why = needs('root', 'linux', 'namespaces', 'ip', 'iptables', 'ip6tables');
const withoutSets = needs('ipset');

describe.skipIf(why !== undefined)('a supervisor on a router', () => {
  let network: Network;
  const closeSync = (): void => network.closeSync();

  beforeAll(async () => {
    network = createNetwork('swsv');
    process.once('exit', closeSync);
    for (const address of OTHERS) await network.server.run('ip', ['addr', 'add', `${address}/24`, 'dev', 'eth0']);
    // The other addresses are not told to the router as the first one is.
    for (const address of OTHERS)
      await network.router.run('ip', [
        'neigh',
        'replace',
        address,
        'lladdr',
        '02:00:00:00:02:02',
        'dev',
        'server',
        'nud',
        'permanent',
      ]);
  });

  /** One that a failed test has left behind would keep the queue from the next. */
  const started = new Set<Enforcing>();
  afterEach(async () => {
    for (const sigward of started) if (isAlive(sigward.pid)) await sigward.stop();
    started.clear();
  });

  afterAll(async () => {
    await network.close();
    process.off('exit', closeSync);
  });

  async function enforceBy(rules: string, options: readonly string[], wrapper?: readonly string[]): Promise<Enforcing> {
    const sigward = await enforceRules(network, rules, options, wrapper);
    started.add(sigward);
    return sigward;
  }

  const enforce = (...options: readonly string[]): Promise<Enforcing> =>
    enforceBy(RULES, ['--queue', String(QUEUE), ...options]);

  async function kernel(queue = QUEUE): Promise<KernelCounters> {
    const { stdout } = await network.router.run('cat', ['/proc/self/net/netfilter/nfnetlink_queue']);
    const counters = parseCounters(stdout).find((one) => one.queue === queue);
    if (!counters) throw new Error('nobody has the queue');
    return counters;
  }

  interface Flow {
    readonly count: number;
    readonly rate: number;
    /** Every so manyth begins with this instead. */
    readonly mark?: string;
    readonly markEvery?: number;
  }

  /** Sends datagrams to the server; what of them arrived. */
  async function flow(
    options: Flow,
    address = network.server.ipv4,
    meanwhile?: () => Promise<void>,
  ): Promise<UdpReport> {
    const to = { address, port: PORT };
    const sink = await startUdpSink(network.server, to);
    const sending = sendUdp(network.attacker, { ...to, size: 100, ...options });
    await meanwhile?.();
    await sending;
    return sink.stop();
  }

  const child = (sigward: Enforcing): number => sigward.children()[0] ?? Number.NaN;

  /** How many packets the summary gives this reason for. */
  function counted({ stdout }: Left, reason: RegExp): number {
    const line = stdout.split('\n').find((text) => reason.test(text)) ?? '0';
    return Number((/^[\d,]+/.exec(line)?.[0] ?? '0').replaceAll(',', ''));
  }

  /** Milliseconds until packets are judged again, once they wait. */
  async function recovery(): Promise<number> {
    const began = Date.now();
    let waited = false;
    while (Date.now() - began < 20_000) {
      await sleep(20);
      const { waiting } = await kernel();
      if (waited && waiting < 50) return Date.now() - began;
      waited ||= waiting >= 50;
    }
    return Number.POSITIVE_INFINITY;
  }

  describe('a child that is killed under load', () => {
    it('is followed by another within a second; what it had in hand is dropped and counted, the rest is judged, in order', async () => {
      const sigward = await enforce();
      const times: number[] = [];
      const arrived = await flow({ count: 12_000, rate: 2_000, mark: 'BAD', markEvery: 5 }, undefined, async () => {
        await sleep(1_000);
        for (let kill = 0; kill < 2; kill++) {
          process.kill(child(sigward), 'SIGKILL');
          times.push(await recovery());
          await sleep(500);
        }
      });
      const left = await sigward.stop();
      const lost = counted(left, /had ended$/);
      expect(Math.max(...times)).toBeLessThan(1_000);
      expect(arrived).toMatchObject({ repeated: 0, reordered: 0, other: [] });
      // Those in hand are of either kind.
      expect(arrived.received).toBeGreaterThanOrEqual(9_600 - lost);
      expect(arrived.received).toBeLessThanOrEqual(9_600);
      expect(left.status).toBe(0);
      expect(left.stderr.match(/W1207.*it was killed \(SIGKILL\)/g)).toHaveLength(2);
      expect(await standingRules(network)).toEqual([]);
    });

    it('has what it had in hand let through where the policy says so: nothing is lost', async () => {
      const sigward = await enforce('--on-child-dead', 'accept');
      const arrived = await flow({ count: 8_000, rate: 2_000 }, undefined, async () => {
        for (let kill = 0; kill < 2; kill++) {
          await sleep(1_200);
          process.kill(child(sigward), 'SIGKILL');
        }
      });
      const left = await sigward.stop();
      expect(arrived).toEqual({ received: 8_000, repeated: 0, reordered: 0, other: [] });
      expect(left.stderr.match(/W1207/g)).toHaveLength(2);
    });

    it('again and again is no reason to end, nor to let anything pass', async () => {
      const sigward = await enforce();
      const arrived = await flow({ count: 9_000, rate: 1_000, mark: 'BAD', markEvery: 2 }, undefined, async () => {
        const killed = new Set<number>();
        const until = Date.now() + 4_000;
        while (Date.now() < until) {
          await sleep(10);
          const pid = child(sigward);
          if (!killed.has(pid) && Number.isFinite(pid)) process.kill(pid, 'SIGKILL');
          killed.add(pid);
        }
        expect(killed.size).toBeGreaterThan(4);
      });
      const after = await flow({ count: 500, rate: 500, mark: 'BAD', markEvery: 2 });
      const left = await sigward.stop();
      expect(arrived).toMatchObject({ repeated: 0, reordered: 0, other: [] });
      expect(arrived.received).toBeLessThan(4_500);
      expect(after).toEqual({ received: 250, repeated: 0, reordered: 0, other: [] });
      expect(left.status).toBe(0);
      // Every datagram was judged, or is among those that were not.
      const judged = Number((/^([\d,]+) packets?, /m.exec(left.stdout)?.[1] ?? '').replaceAll(',', ''));
      expect(counted(left, /had ended$/)).toBeGreaterThan(1_000);
      expect(arrived.received + after.received).toBeLessThanOrEqual(judged);
    });
  });

  it('a child that hangs is killed, and another one goes on', async () => {
    const sigward = await enforce();
    const arrived = await flow({ count: 9_000, rate: 1_000, mark: 'BAD', markEvery: 3 }, undefined, async () => {
      await sleep(500);
      process.kill(child(sigward), 'SIGSTOP');
    });
    const left = await sigward.stop();
    expect(left.stderr).toMatch(/W1207.*it hung, and was killed/);
    expect(arrived).toMatchObject({ repeated: 0, reordered: 0, other: [] });
    expect(arrived.received).toBeGreaterThan(6_000 - 64);
  });

  describe('a full queue', () => {
    const SENT = 36_000;

    /** More than the queue holds, while nobody judges: how many good and bad ones arrived. */
    async function overflow(...options: readonly string[]): Promise<{ good: number; bad: number; left: Left }> {
      const sigward = await enforce(...options);
      process.kill(child(sigward), 'SIGSTOP');
      const part = { count: SENT / 3, rate: SENT / 3, mark: 'BAD', markEvery: 2 };
      const flows = OTHERS.slice(0, 3).map((address) => flow(part, address));
      await expect.poll(async () => (await kernel()).waiting, { timeout: 3_300 }).toBe(16_384);
      await sleep(300);
      process.kill(child(sigward), 'SIGCONT');
      const arrived = await Promise.all(flows);
      const good = arrived.reduce((sum, { received }) => sum + received, 0);
      const bad = arrived.reduce((sum, { other }) => sum + other.length, 0);
      return { good, bad, left: await sigward.stop() };
    }

    it('drops what comes, counted', async () => {
      const { good, bad, left } = await overflow();
      const dropped = counted(left, /by the kernel because the queue was full$/);
      expect(dropped).toBeGreaterThan(500);
      expect(bad).toBe(0);
      expect(good).toBeGreaterThanOrEqual(SENT / 2 - dropped);
      expect(good).toBeLessThan(SENT / 2);
    });

    it('lets it through where the policy says so, counted', async () => {
      const { good, bad, left } = await overflow('--on-queue-full', 'accept');
      const passed = counted(left, /let through by the kernel because the queue was full$/);
      expect(passed).toBeGreaterThan(500);
      expect(good).toBe(SENT / 2);
      // About half of those that nobody judged begin with BAD.
      expect(Math.abs(bad - passed / 2)).toBeLessThan(passed / 10);
    });
  });

  describe('a disk that is full', () => {
    const FULL = '/mnt';

    async function onFullDisk(fate: string): Promise<Enforcing> {
      const disk = `mount -t tmpfs -o size=64k,mode=1777 none ${FULL} && head -c 65536 /dev/zero > ${FULL}/filler`;
      const options = ['--queue', String(QUEUE), '--eve', `${FULL}/eve.json`, '--on-log-unwritable', fate];
      return enforceBy(RULES, options, ['sh', '-c', `${disk}; exec "$@"`, 'sh']);
    }

    const inside = (sigward: Enforcing, command: string): Promise<unknown> =>
      network.router.run('nsenter', ['-m', '-t', String(sigward.pid), 'sh', '-c', command]);

    it('holds packets up where the policy says so, until it is mended; no alert is lost', async () => {
      const sigward = await onFullDisk('drop');
      const loud = { count: 20, rate: 200, mark: 'LOUD', markEvery: 1 };
      expect((await flow(loud)).other).not.toEqual([]);
      await sleep(1_500);
      expect(await flow({ count: 100, rate: 500 })).toMatchObject({ received: 0, other: [] });
      await inside(sigward, `rm ${FULL}/filler`);
      await sleep(2_500);
      expect(await flow({ count: 100, rate: 500 })).toMatchObject({ received: 100 });
      const left = await sigward.stop();
      expect(left).toMatchObject({ status: 0, stderr: expect.stringMatching(/W1301.*ENOSPC/) });
      expect(counted(left, /because the alert log could not be written$/)).toBe(100);
    });

    it('is no reason to hold anything up otherwise', async () => {
      const sigward = await onFullDisk('accept');
      await flow({ count: 20, rate: 200, mark: 'LOUD', markEvery: 1 });
      await sleep(1_500);
      expect(await flow({ count: 100, rate: 500 })).toMatchObject({ received: 100 });
      const left = await sigward.stop();
      expect(left).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(/20 lines of the alert log were lost\n$/),
      });
    });
  });

  it('several queues share packets by their addresses, each flow in order', async () => {
    const sigward = await enforceBy(RULES, ['--queue', '30..31']);
    expect(sigward.children()).toHaveLength(2);
    const arrived = await Promise.all(OTHERS.map((address) => flow({ count: 500, rate: 500 }, address)));
    const shares = [await kernel(30), await kernel(31)].map(({ lastId }) => lastId);
    const left = await sigward.stop();
    for (const one of arrived) expect(one).toEqual({ received: 500, repeated: 0, reordered: 0, other: [] });
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(500);
    expect((shares[0] ?? 0) + (shares[1] ?? 0)).toBe(4_000);
    expect(left.stdout).toMatch(/^enforcing 2 signatures on queues 30 to 31 for FORWARD/);
    expect(left.stdout).toMatch(/^4,000 packets, /m);
  });

  describe.skipIf(withoutSets !== undefined)('networks of a policy', () => {
    const covered = (rules: string): Promise<Enforcing> =>
      enforceBy(rules, ['--queue', String(QUEUE), '--policy', rules === COVERED ? 'one_server' : 'nothing_else']);
    const outsider = OTHERS[0] ?? '';
    const bad = { count: 200, rate: 1_000, mark: 'BAD', markEvery: 2 };

    it('alone enter the queue: what is outside goes by, counted', async () => {
      const sigward = await covered(COVERED);
      const outside = await flow(bad, outsider);
      expect((await kernel()).lastId).toBe(0);
      const inside = [await flow(bad), await flow(bad, network.server.ipv6)];
      expect((await kernel()).lastId).toBeGreaterThanOrEqual(400);
      const left = await sigward.stop();
      expect(outside).toMatchObject({ received: 100 });
      expect(outside.other).toHaveLength(100);
      for (const one of inside) expect(one).toMatchObject({ received: 100, other: [] });
      expect(left).toMatchObject({ status: 0, stderr: '' });
      expect(left.stdout).toMatch(/^\d+ packets are not covered by the policy; 200 of them entered no queue$/m);
      expect(await standingRules(network)).toEqual([]);
      expect((await network.router.run('ipset', ['list', '-name'])).stdout).toBe('');
    });

    it('alone pass where everything else is dropped', async () => {
      const sigward = await covered(COVERED_ONLY);
      expect(await flow(bad, outsider)).toMatchObject({ received: 0, other: [] });
      expect((await kernel()).lastId).toBe(0);
      expect(await flow(bad)).toMatchObject({ received: 100, other: [] });
      expect((await sigward.stop()).stdout).toMatch(/; 200 of them entered no queue$/m);
    });

    it('leave no sets behind for long: those of one that was killed go with the next', async () => {
      const killed = await covered(COVERED);
      await killed.kill();
      expect((await network.router.run('ipset', ['list', '-name'])).stdout).not.toBe('');
      const next = await enforce();
      expect((await network.router.run('ipset', ['list', '-name'])).stdout).toBe('');
      await next.stop();
    });
  });

  it('children end with their supervisor, and packets are dropped where nobody is left', async () => {
    const sigward = await enforce();
    const [pid = 0] = sigward.children();
    await sigward.kill();
    await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
    expect(await flow({ count: 50, rate: 500 })).toMatchObject({ received: 0 });
    await (await enforce()).stop();
    expect(await standingRules(network)).toEqual([]);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
