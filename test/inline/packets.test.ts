/** The packet child alone, with real traffic: its rulesets are exchanged under load, and its engine fails for real. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_FAILURE_POLICY } from '../../runtime/failure.js';
import { createNetwork, type Network } from '../../lab/network.js';
import { writeArtefact } from '../../lab/packets/artefact.js';
import { type HeldChild, type HeldOptions, holdChild } from '../../lab/packets/held.js';
import { sendUdp, startUdpSink } from '../../lab/traffic.js';
import type { UdpSenderOptions } from '../../lab/udp-sender.js';
import type { UdpReport } from '../../lab/udp-sink.js';
import { compiled } from '../support/compile.js';
import { needs } from '../support/skip.js';
import { trappingCode } from './trapping-code.js';

const QUEUE = 6;
const PORT = 9000;
const EXCHANGES = 200;
const why = needs('root', 'linux', 'namespaces', 'ip', 'iptables', 'ip6tables');

const BAD = 'signature bad { id 1 when udp and payload contains "BAD" then drop, log }';

describe.skipIf(why !== undefined)('the packet child', () => {
  let network: Network;
  let folder: string;
  const closeSync = (): void => network.closeSync();

  beforeAll(() => {
    network = createNetwork('swpk');
    folder = mkdtempSync(join(tmpdir(), 'sigward-packets-'));
    process.once('exit', closeSync);
  });

  afterAll(async () => {
    await network.close();
    rmSync(folder, { recursive: true });
    process.off('exit', closeSync);
  });

  async function start(text: string, options: Partial<HeldOptions> = {}, code?: Uint8Array): Promise<HeldChild> {
    const child = await holdChild(network.router, { queue: QUEUE, ...options });
    await child.use(1, writeArtefact(join(folder, 'first.sigc'), compiled(text), code));
    return child;
  }

  async function flow(options: Partial<UdpSenderOptions> = {}): Promise<UdpReport> {
    const sink = await startUdpSink(network.server, { address: network.server.ipv4, port: PORT });
    await sendUdp(network.attacker, {
      ...{ address: network.server.ipv4, port: PORT, count: 1_000, rate: 4_000, size: 100, mark: 'BAD', markEvery: 10 },
      ...options,
    });
    return sink.stop();
  }

  it(`${EXCHANGES} exchanges under load: nothing is lost, reordered, or judged by no ruleset`, async () => {
    const child = await start(BAD);
    const other = writeArtefact(
      join(folder, 'other.sigc'),
      compiled(`${BAD}\nsignature more { id 2 when tcp then log }`),
    );
    const paths = [join(folder, 'first.sigc'), other];
    const flowing = { isOver: false };
    const arriving = flow({ count: 60_000, rate: 4_000 }).finally(() => (flowing.isOver = true));
    let done = 0;
    for (; done < EXCHANGES && !flowing.isOver; done++) await child.use(2 + done, paths[done % 2] ?? other);
    const arrived = await arriving;
    const counters = await child.stop();
    expect(done).toBe(EXCHANGES);
    expect(arrived).toEqual({ received: 54_000, repeated: 0, reordered: 0, other: [] });
    expect(counters.verdicts).toMatchObject({ drop: 6_000 });
    expect(counters.failures).toMatchObject({ trap: 0, 'too-long': 0 });
    expect(child.alerts()).toHaveLength(6_000);
  }, 60_000);

  it('a ruleset that is none changes nothing', async () => {
    const child = await start(BAD);
    await expect(child.use(2, import.meta.filename)).rejects.toThrow(/ruleset 2/);
    expect((await flow()).received).toBe(900);
    await child.stop();
  });

  it('what is counted stays counted where the signature is the same', async () => {
    const many = 'signature many { id 1 when udp.dst_port == 9000 count by ip.src > 500 per 100s then drop }';
    const child = await start(many);
    const first = await flow();
    const more = compiled(`signature other { id 2 when icmp then log }\n${many}`);
    await child.use(2, writeArtefact(join(folder, 'second.sigc'), more));
    const second = await flow();
    await child.stop();
    expect(first.received + first.other.length).toBe(500);
    expect(second.received + second.other.length).toBe(0);
  });

  it.each(['drop', 'accept'] as const)('an engine that traps: packets are as the operator says (%s)', async (fate) => {
    const failure = { ...DEFAULT_FAILURE_POLICY, trap: fate };
    const child = await start(BAD, { failure }, trappingCode());
    const arrived = await flow();
    const counters = await child.stop();
    expect(arrived.received + arrived.other.length).toBe(fate === 'accept' ? 1_000 : 0);
    expect(counters.failures['trap']).toBeGreaterThanOrEqual(1_000);
  });

  it('a dry run lets everything pass, and says what would have become of it', async () => {
    const child = await start(BAD, { dryRun: true });
    const arrived = await flow();
    await child.stop();
    expect(arrived.received + arrived.other.length).toBe(1_000);
    expect(child.alerts()).toHaveLength(100);
    expect(child.alerts()[0]).toMatchObject({ alert: { action: 'allowed' }, sigward: { dry_run: 'drop' } });
  });
});
