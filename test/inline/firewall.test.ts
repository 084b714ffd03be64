/** A router has a firewall of its own. What sigward accepts is still asked there, as if sigward were not. */
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNetwork, type Network } from '../../lab/network.js';
import { sendUdp, startUdpSink } from '../../lab/traffic.js';
import { needs } from '../support/skip.js';
import { enforceRules } from './enforcing.js';

const QUEUE = 23;
const RULES = resolve(import.meta.dirname, 'fates.sig');
/** No signature is about them. */
const [CLOSED, OPEN] = [9_451, 9_452];
const COUNT = 20;
const why = needs('root', 'linux', 'namespaces', 'ip', 'iptables', 'ip6tables');

describe.skipIf(why !== undefined)('a firewall', () => {
  let network: Network;
  const closeSync = (): void => network.closeSync();

  beforeAll(() => {
    network = createNetwork('swfw');
    process.once('exit', closeSync);
  });

  afterAll(async () => {
    await network.close();
    process.off('exit', closeSync);
  });

  async function arrived(family: 'ipv4' | 'ipv6', port: number): Promise<number> {
    const to = { address: network.server[family], port, count: COUNT, rate: 1_000, size: 100 };
    const sink = await startUdpSink(network.server, to);
    await sendUdp(network.attacker, to);
    return (await sink.stop()).received;
  }

  describe.each([
    ['ipv4', 'iptables'],
    ['ipv6', 'ip6tables'],
  ] as const)('%s', (family, program) => {
    const said = async (...args: readonly string[]): Promise<void> =>
      expect((await network.router.run(program, [...args])).stderr).toBe('');

    it('behind sigward drops what it would drop without', async () => {
      const rule = ['-p', 'udp', '--dport', String(CLOSED), '-j', 'DROP'];
      await said('-A', 'FORWARD', ...rule);
      const sigward = await enforceRules(network, RULES, ['--queue', String(QUEUE)]);
      expect([await arrived(family, CLOSED), await arrived(family, OPEN)]).toEqual([0, COUNT]);
      expect(await sigward.stop()).toMatchObject({ status: 0, stderr: '' });
      await said('-D', 'FORWARD', ...rule);
    });

    it('that lets nothing through by itself still does not', async () => {
      await said('-P', 'FORWARD', 'DROP');
      await said('-A', 'FORWARD', '-p', 'udp', '--dport', String(OPEN), '-j', 'ACCEPT');
      const sigward = await enforceRules(network, RULES, ['--queue', String(QUEUE)]);
      expect([await arrived(family, CLOSED), await arrived(family, OPEN)]).toEqual([0, COUNT]);
      expect(await sigward.stop()).toMatchObject({ status: 0, stderr: '' });
      await said('-F', 'FORWARD');
      await said('-P', 'FORWARD', 'ACCEPT');
    });

    it('that is loaded anew and takes all rules away has them put in again', async () => {
      const sigward = await enforceRules(network, RULES, ['--queue', String(QUEUE)]);
      await said('-t', 'mangle', '-F');
      const standing = async (): Promise<boolean> =>
        (await network.router.run(program, ['-t', 'mangle', '-S', 'FORWARD'])).stdout.includes('NFQUEUE');
      await expect.poll(standing, { timeout: 20_000, interval: 250 }).toBe(true);
      expect((await sigward.stop()).stderr).toContain(`somebody has taken rules of \`${program}\` away`);
    });

    it('that has let something through already is no way past sigward', async () => {
      const rule = ['-p', 'udp', '-j', 'ACCEPT'];
      await said('-I', 'FORWARD', ...rule);
      const sigward = await enforceRules(network, RULES, ['--queue', String(QUEUE), '--on-child-dead', 'drop']);
      await said('-D', 'FORWARD', ...rule);
      await said('-I', 'FORWARD', ...rule);
      await arrived(family, OPEN);
      const { stdout } = await network.router.run('cat', ['/proc/self/net/netfilter/nfnetlink_queue']);
      expect(Number(stdout.trim().split(/\s+/)[7])).toBeGreaterThanOrEqual(COUNT);
      expect(await sigward.stop()).toMatchObject({ status: 0, stderr: '' });
      await said('-D', 'FORWARD', ...rule);
    });
  });
});
