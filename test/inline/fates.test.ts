/** What may become of a packet beside going on and being dropped, through a child under its supervisor: held back, too long, not to be judged. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createNetwork, type Network } from '../../lab/network.js';
import { writeArtefact } from '../../lab/packets/artefact.js';
import { sendUdp, startUdpSink } from '../../lab/traffic.js';
import type { UdpSenderOptions } from '../../lab/udp-sender.js';
import type { UdpReport } from '../../lab/udp-sink.js';
import { parseCounters } from '../../runtime/nfqueue/statistics.js';
import { compiled } from '../support/compile.js';
import { needs } from '../support/skip.js';
import { enforceRules, type Enforcing, type Left } from './enforcing.js';
import { roundTrips, startEcho } from './round-trips.js';
import { trappingCode } from './trapping-code.js';

const QUEUE = 22;
const RULES = resolve(import.meta.dirname, 'fates.sig');
const [SLOW, SLOW_AND_MARKED, SLOWEST, OTHER] = [9401, 9402, 9403, 9404];
/** What the kernel hands over of a packet at most. */
const CAPTURED = 65_531;
const why = needs('root', 'linux', 'namespaces', 'ip', 'iptables', 'ip6tables');

describe.skipIf(why !== undefined)('a packet', () => {
  let network: Network;
  const closeSync = (): void => network.closeSync();
  const started = new Set<Enforcing>();

  beforeAll(() => {
    network = createNetwork('swfa');
    process.once('exit', closeSync);
  });

  /** One that a failed test has left behind would keep the queue from the next. */
  afterEach(async () => {
    for (const sigward of started) await sigward.stop();
    started.clear();
  });

  afterAll(async () => {
    await network.close();
    process.off('exit', closeSync);
  });

  async function enforce(rules: string, ...options: readonly string[]): Promise<Enforcing> {
    const sigward = await enforceRules(network, rules, ['--queue', String(QUEUE), ...options]);
    started.add(sigward);
    return sigward;
  }

  async function end(sigward: Enforcing): Promise<Left> {
    started.delete(sigward);
    return sigward.stop();
  }

  /** Sends datagrams to the server, and does something once they have left; what of them arrived. */
  async function flow(
    options: Omit<UdpSenderOptions, 'address'> & { readonly address?: string; readonly count: number },
    afterwards: () => Promise<unknown> = () => Promise.resolve(),
  ): Promise<UdpReport> {
    const to = { address: network.server.ipv4, ...options };
    const sink = await startUdpSink(network.server, to);
    await sendUdp(network.attacker, to);
    await afterwards();
    return sink.stop();
  }

  async function waiting(): Promise<number | undefined> {
    const { stdout } = await network.router.run('cat', ['/proc/self/net/netfilter/nfnetlink_queue']);
    return parseCounters(stdout).find(({ queue }) => queue === QUEUE)?.waiting;
  }

  describe('that is held back', () => {
    it.each(['ipv4', 'ipv6'] as const)('%s: goes on after so long, and others do not wait for it', async (family) => {
      const sigward = await enforce(RULES);
      const ports = [SLOW, OTHER];
      const echo = await startEcho(network.server, ports);
      const asked = { address: network.server[family], ports, count: 80, pauseMilliseconds: 10 };
      const [slow = [], other = []] = await roundTrips(network.attacker, asked);
      await echo.stop();
      const left = await end(sigward);
      const under = (times: readonly (number | null)[], bound: number): number =>
        times.filter((time) => time !== null && time < bound).length;
      expect([slow.length, other.length]).toEqual([40, 40]);
      expect(under(slow, 300)).toBe(0);
      // This machine may be busy with something else for a moment, but not for most of the time.
      expect(under(slow, 550)).toBeGreaterThan(30);
      expect(under(other, 250)).toBeGreaterThan(30);
      expect([...slow, ...other]).not.toContain(null);
      expect(left).toMatchObject({ status: 0, stderr: '' });
      expect(left.alerts).toHaveLength(40);
      expect(left.alerts[0]).toMatchObject({ alert: { signature_id: 9_000_301, action: 'allowed' } });
    });

    it('keeps its place among those that are held as long, and its mark', async () => {
      const mark = ['-p', 'udp', '--dport', String(SLOW_AND_MARKED), '-m', 'mark', '--mark', '0x10/0xf0'];
      await network.router.run('iptables', ['-t', 'mangle', '-A', 'POSTROUTING', ...mark]);
      const sigward = await enforce(RULES);
      const arrived = await flow({ port: SLOW_AND_MARKED, count: 1_000, rate: 1_000, size: 100 });
      await end(sigward);
      const { stdout } = await network.router.run('iptables', ['-t', 'mangle', '-vnxL', 'POSTROUTING']);
      expect(arrived).toEqual({ received: 1_000, repeated: 0, reordered: 0, other: [] });
      expect(stdout).toMatch(/^\s*1000\s+\d+.*mark match 0x10/m);
    });

    it('is not lost at the end', async () => {
      const sigward = await enforce(RULES);
      let held: number | undefined;
      const arrived = await flow({ port: SLOWEST, count: 50, rate: 1_000, size: 100 }, async () => {
        held = await waiting();
        expect(await end(sigward)).toMatchObject({ status: 0, stderr: '' });
      });
      expect(held).toBeGreaterThan(0);
      expect(arrived).toMatchObject({ received: 50, other: [] });
    });

    it('is in the hands of its child: where that is killed it gets the fate of `child-dead`', async () => {
      const sigward = await enforce(RULES, '--on-child-dead', 'accept');
      const [child = 0] = sigward.children();
      const arrived = await flow({ port: SLOWEST, count: 50, rate: 1_000, size: 100 }, async () => {
        expect(await waiting()).toBeGreaterThan(0);
        process.kill(child, 'SIGKILL');
      });
      expect(arrived).toMatchObject({ received: 50, other: [] });
      expect((await end(sigward)).stderr).toMatch(/W1207.*[1-9]\d* packets in its hands: accept/);
    });
  });

  describe.each(['ipv4', 'ipv6'] as const)('of %s that is longer than what the kernel hands over', (family) => {
    const headers = (family === 'ipv4' ? 20 : 40) + 8;
    const long = (size: number, mark?: string): Promise<UdpReport> => {
      const marked = mark === undefined ? {} : { mark, markEvery: 1 };
      return flow({ address: network.server[family], port: OTHER, count: 5, rate: 50, size, ...marked });
    };

    it('is dropped, and counted; what fits is judged', async () => {
      const sigward = await enforce(RULES);
      expect(await long(CAPTURED - headers)).toMatchObject({ received: 5 });
      expect(await long(CAPTURED - headers, 'BAD')).toMatchObject({ received: 0, other: [] });
      expect(await long(65_507)).toMatchObject({ received: 0, other: [] });
      expect((await end(sigward)).stdout).toMatch(/^5 packets were dropped as too long to be received whole$/m);
    });

    it('goes on where the policy says so, unless what there is of it is bad', async () => {
      const sigward = await enforce(RULES, '--on-too-long', 'accept');
      expect(await long(65_507)).toMatchObject({ received: 5 });
      expect(await long(65_507, 'BAD')).toMatchObject({ received: 0, other: [] });
      const { stdout } = await end(sigward);
      expect(stdout).toMatch(/^5 packets were let through as too long to be received whole$/m);
    });
  });

  describe('on which the engine fails', () => {
    let folder: string;
    let rules: string;

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'sigward-fates-'));
      chmodSync(folder, 0o755); // for the user that it goes on as
      const bad = compiled('signature bad { id 1 when udp and payload contains "BAD" then drop }');
      rules = writeArtefact(join(folder, 'traps.sigc'), bad, trappingCode());
    });

    afterAll(() => rmSync(folder, { recursive: true }));

    it.each([
      ['drop', 0, 'dropped'],
      ['accept', 100, 'let through'],
    ] as const)('is as the operator says: %s', async (fate, arriving, words) => {
      const sigward = await enforce(rules, '--on-trap', fate);
      const arrived = await flow({ port: OTHER, count: 100, rate: 500, size: 100 });
      const { status, stdout } = await end(sigward);
      expect(arrived).toMatchObject({ received: arriving, other: [] });
      expect(stdout).toMatch(new RegExp(`^1\\d\\d packets were ${words} because the engine failed$`, 'm'));
      expect(status).toBe(0);
    });
  });

  it('is let go on by a dry run, which says what would have become of it', async () => {
    const sigward = await enforce(RULES, '--dry-run');
    const arrived = await flow({ port: OTHER, count: 100, rate: 500, size: 100, mark: 'BAD', markEvery: 4 });
    const { stdout } = await end(sigward);
    expect(arrived).toMatchObject({ received: 75 });
    expect(arrived.other).toHaveLength(25);
    expect(stdout).toMatch(/ 25 dropped, /);
  });
});
