/** Real packets through the kernel's queue, in namespaces of their own. What they are judged by is `queue-child.js`. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNetwork, type Network } from '../../lab/network.js';
import { sendUdp, startHttpServer, startUdpSink } from '../../lab/traffic.js';
import type { UdpSenderOptions } from '../../lab/udp-sender.js';
import type { UdpReport } from '../../lab/udp-sink.js';
import { needs } from '../support/skip.js';
import { driversHere } from './drivers.js';
import { readerCommand, standingRules, startReader } from './router.js';

const QUEUE = 3;
const PORT = 9000;
const why = needs('root', 'linux', 'namespaces', 'ip', 'iptables', 'ip6tables', 'setpriv');

for (const { driver, without } of driversHere()) {
  const skip = why !== undefined || without !== undefined;
  // The package holds 1,024 packets where the other driver holds 16,384: a busy machine needs that much longer.
  const rate = driver === 'netlink' ? 5_000 : 1_500;

  describe.skipIf(skip)(`the queue, with real traffic, by ${driver}`, () => {
    let network: Network;
    const closeSync = (): void => network.closeSync();

    beforeAll(() => {
      network = createNetwork('sigward-queue');
      process.once('exit', closeSync);
    });

    afterAll(async () => {
      await network.close();
      process.off('exit', closeSync);
    });

    /** Sends from the attacker to the server, and what arrived there. */
    async function flow(address: string, options: Omit<UdpSenderOptions, 'address' | 'port'>): Promise<UdpReport> {
      const sink = await startUdpSink(network.server, { address, port: PORT });
      await sendUdp(network.attacker, { address, port: PORT, ...options });
      return sink.stop();
    }

    describe.each(['ipv4', 'ipv6'] as const)('%s', (family) => {
      it('10,000 datagrams pass, none lost or reordered', async () => {
        const reader = await startReader(network, driver, QUEUE);
        const arrived = await flow(network.server[family], { count: 10_000, rate, size: 200 });
        const report = await reader.stop();
        expect(arrived).toEqual({ received: 10_000, repeated: 0, reordered: 0, other: [] });
        expect(report.packets).toBeGreaterThanOrEqual(10_000);
        expect(report).toMatchObject({ unreadable: 0, unsent: 0, kernel: { waiting: 0, dropped: 0, undelivered: 0 } });
      });

      it('drops exactly what is marked', async () => {
        const reader = await startReader(network, driver, QUEUE);
        const options = { count: 1_000, rate, size: 100, mark: 'BAD', markEvery: 10 };
        const arrived = await flow(network.server[family], options);
        const report = await reader.stop();
        expect(arrived).toEqual({ received: 900, repeated: 0, reordered: 0, other: [] });
        expect(report.packets).toBeGreaterThanOrEqual(1_000);
      });

      it('judges a datagram of many fragments as one packet', async () => {
        const reader = await startReader(network, driver, QUEUE);
        const arrived = await flow(network.server[family], { count: 20, rate: 500, size: 4_000 });
        const report = await reader.stop();
        expect(arrived.received).toBe(20);
        expect(report.longest).toBe(4_000 + 8 + (family === 'ipv4' ? 20 : 40));
      });
    });

    it('the longest packets are no way past it, and hold nothing up', async () => {
      const reader = await startReader(network, driver, QUEUE);
      const arrived = await flow(network.server.ipv4, { count: 20, rate: 100, size: 65_507 });
      await sleep(1_000); // what never arrives is dropped when it is quiet
      const after = await flow(network.server.ipv4, { count: 100, rate: 500, size: 200 });
      const report = await reader.stop();
      // The package has no room for them, and a packet that cannot be judged is dropped.
      const unreadable = driver === 'netlink' ? 0 : 20;
      expect(arrived.received).toBe(20 - unreadable);
      expect(after.received).toBe(100);
      expect(report).toMatchObject({ unreadable, kernel: { waiting: 0 } });
    });

    it('a web page comes through', async () => {
      const reader = await startReader(network, driver, QUEUE);
      const server = await startHttpServer(network.server, { address: '::', port: 80 });
      const fetch = 'fetch(process.argv[1]).then(async (r) => console.log(r.status, (await r.text()).length > 0))';
      for (const host of [network.server.ipv4, `[${network.server.ipv6}]`]) {
        const got = await network.attacker.run(process.execPath, ['-e', fetch, `http://${host}/index.html`]);
        expect(got.stdout.trim()).toBe('200 true');
      }
      expect(await server.stop()).toEqual(['GET /index.html', 'GET /index.html']);
      expect((await reader.stop()).packets).toBeGreaterThan(10);
    });

    it('SIGTERM under load: rules are gone, every packet has its verdict, and later ones pass', async () => {
      const reader = await startReader(network, driver, QUEUE);
      expect(await standingRules(network)).toHaveLength(4);
      const arriving = flow(network.server.ipv4, { count: 4 * rate, rate, size: 200, mark: 'BAD', markEvery: 2 });
      await sleep(1_000);
      const report = await reader.stop();
      expect(await standingRules(network)).toEqual([]);
      const arrived = await arriving;
      // Marked ones are dropped while the queue is read and pass after; beyond that nothing may be missing.
      expect(report.dropped).toBeGreaterThan(0);
      expect(report.dropped).toBeLessThan(2 * rate);
      expect(arrived.received).toBe(2 * rate);
      expect(arrived.other).toHaveLength(2 * rate - report.dropped);
      expect(report.packets).toBe(report.kernel?.lastId);
      expect(report.kernel).toMatchObject({ waiting: 0, dropped: 0, undelivered: 0 });
    });

    it('rules of a reader that was killed are removed by the next', async () => {
      const killed = await startReader(network, driver, QUEUE);
      const closed = once(killed.child, 'close');
      killed.child.kill('SIGKILL');
      await closed;
      expect(await standingRules(network)).toHaveLength(4);
      const next = await startReader(network, driver, QUEUE);
      expect(await standingRules(network)).toHaveLength(4);
      await next.stop();
      expect(await standingRules(network)).toEqual([]);
    });

    it('a queue that is taken: one sentence, and what to do', async () => {
      const reader = await startReader(network, driver, QUEUE);
      const second = await network.router.run(...readerCommand(driver, QUEUE));
      await reader.stop();
      expect(second.code).toBe(1);
      expect(second.stderr).toBe('');
      expect(JSON.parse(second.stdout)).toMatchObject({
        code: 'E1201',
        message: `queue \`3\` is taken by another program (netlink port ${String(reader.child.pid)}, usually its process id)`,
      });
    });

    it('without privileges: one sentence, and what to do', async () => {
      const [command, args] = readerCommand(driver, QUEUE);
      // Only the capability goes: another user might not be allowed to read this folder.
      const ended = await network.router.run('setpriv', ['--bounding-set', '-net_admin', command, ...args]);
      expect(ended.code).toBe(1);
      expect(JSON.parse(ended.stdout)).toMatchObject({
        code: 'E1202',
        message: 'opening queue `3` needs the capability CAP_NET_ADMIN',
      });
    });
  });
}
