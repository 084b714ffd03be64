/** A policy is changed while packets flow: the rules in front of the queue go with it in step, and no packet gets a fate that neither policy gives. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../cli/ctl-client.js';
import { createNetwork, type Network } from '../../lab/network.js';
import { sendUdp, startUdpSink } from '../../lab/traffic.js';
import type { UdpReport } from '../../lab/udp-sink.js';
import { needs } from '../support/skip.js';
import { enforceRules, type Enforcing } from './enforcing.js';
import { standingRules } from './router.js';

const RULES = resolve(import.meta.dirname, 'swapped.sig');
const QUEUE = 23;
const PORT = 9500;
const COUNT = 12_000;
/** Protected by the one policy, and by the other. */
const [ONE, ANOTHER] = ['203.0.113.2', '203.0.113.10'];
const SWAPS = 6;
const why = needs('root', 'linux', 'namespaces', 'ip', 'iptables', 'ip6tables', 'ipset');
const withoutSetpriv = needs('setpriv');

describe.skipIf(why !== undefined)('a change of policy', () => {
  let network: Network;
  let folder: string;
  let sigward: Enforcing;
  let hasEnded = false;
  const closeSync = (): void => network.closeSync();

  beforeAll(async () => {
    network = createNetwork('swps');
    process.once('exit', closeSync);
    await network.server.run('ip', ['addr', 'add', `${ANOTHER}/24`, 'dev', 'eth0']);
    folder = mkdtempSync(join(tmpdir(), 'sigward-swap-'));
    chmodSync(folder, 0o777); // for the user that it goes on as
    const options = ['--queue', String(QUEUE), '--policy', 'one_server', '--control', join(folder, 'control.sock')];
    sigward = await enforceRules(network, RULES, options);
  });

  afterAll(async () => {
    if (!hasEnded) await sigward.stop();
    await network.close();
    rmSync(folder, { recursive: true });
    process.off('exit', closeSync);
  });

  /** Puts a policy in force; gives how long that took, in milliseconds. */
  async function change(name: string): Promise<number> {
    const began = performance.now();
    const answer = await ask(join(folder, 'control.sock'), { do: 'policy', name }, () => undefined);
    expect(answer).toMatchObject({ ok: true });
    return performance.now() - began;
  }

  /** Sends datagrams to an address, every second of them bad; what of them arrived. */
  async function flow(address: string, count: number, rate: number): Promise<UdpReport> {
    const to = { address, port: PORT };
    const sink = await startUdpSink(network.server, to);
    await sendUdp(network.attacker, { ...to, count, rate, size: 100, mark: 'BAD', markEvery: 2 });
    return sink.stop();
  }

  /** Networks of IPv4 that enter the queue. */
  async function selected(): Promise<string[]> {
    const { stdout } = await network.router.run('ipset', ['save']);
    return [...stdout.matchAll(/^add \S+-4 (\S+)$/gm)].map(([, member]) => member ?? '');
  }

  it('goes for the set in front of the queue and for what is behind all of it', async () => {
    expect(await selected()).toEqual([ONE]);
    expect(await flow(ANOTHER, 100, 500)).toMatchObject({ received: 50, other: { length: 50 } });
    await change('another_server');
    expect(await selected()).toEqual([`${ANOTHER}/31`]);
    expect(await flow(ANOTHER, 100, 500)).toMatchObject({ received: 50, other: [] });
    expect(await flow(ONE, 100, 500)).toMatchObject({ received: 0, other: [] });
    await change('one_server');
    expect(await selected()).toEqual([ONE]);
    expect(await flow(ONE, 100, 500)).toMatchObject({ received: 50, other: [] });
  });

  it(`${SWAPS} times under load: none is lost that both let pass, none passes that both stop`, async () => {
    const flowing = { isOver: false };
    const both = Promise.all([flow(ONE, COUNT, 1_000), flow(ANOTHER, COUNT, 1_000)]).finally(() => {
      flowing.isOver = true;
    });
    await sleep(500);
    for (let swaps = 0; swaps < SWAPS; swaps++) {
      await change(swaps % 2 === 0 ? 'another_server' : 'one_server');
      expect(flowing.isOver).toBe(false);
      await sleep(200);
    }
    const [one, another] = await both;
    // Bad ones to the first: judged by the one policy, behind all of it in the other. Good ones to the second: the other way round.
    expect(one.other).toEqual([]);
    expect(another).toMatchObject({ received: COUNT / 2, repeated: 0 });
    // Where the queue is gone by from one packet to the next, that one overtakes those that still wait there.
    expect(another.reordered).toBeLessThan(10 * SWAPS);
    // Both policies were in force for a while.
    expect(one.received).toBeGreaterThan(100);
    expect(one.received).toBeLessThan(COUNT / 2 - 100);
    expect(another.other.length).toBeGreaterThan(100);
    expect(another.other.length).toBeLessThan(COUNT / 2 - 100);
  });

  it.skipIf(withoutSetpriv !== undefined)('is compiled by a process that may do nothing special', () => {
    const processes = sigward.children().map((pid) => ({
      command: readFileSync(`/proc/${pid}/cmdline`, 'latin1'),
      capabilities: /^CapEff:\s*(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1],
    }));
    const compiling = processes.filter(({ command }) => command.includes('compiling'));
    expect(compiling.map(({ capabilities }) => capabilities)).toEqual(['0'.repeat(16)]);
  });

  it('leaves nothing behind', async () => {
    hasEnded = true;
    const left = await sigward.stop();
    expect(left.status).toBe(0);
    expect(left.stderr).not.toMatch(/[WE]\d{4}/);
    expect(await standingRules(network)).toEqual([]);
    expect((await network.router.run('ipset', ['list', '-name'])).stdout).toBe('');
  });
});
