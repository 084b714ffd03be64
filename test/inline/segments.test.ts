/**
 * Segmentation offload: what a sender hands to its card as one packet of up to 64 KiB reaches the queue as one, and is judged whole. TCP is
 * as fast through the router as its verdicts are, and words anywhere in a stream are found.
 */
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeCommand } from '../../lab/child.js';
import { createNetwork, type Network } from '../../lab/network.js';
import { needs } from '../support/skip.js';
import { enforceRules, type Left } from './enforcing.js';

const QUEUE = 31;
const METRICS = 9_464;
const IPERF = 5_201;
const PORT = 7_100;
const LINK_BYTES = 1_500;
const STREAM_BYTES = 4 << 20;
const RULES = resolve(import.meta.dirname, 'segments.sig');
const MARK = 'FORBIDDEN-WORDS';
const ID = { marked: 9000301, longer: { ipv4: 9000302, ipv6: 9000303 } };

const why = needs('root', 'linux', 'namespaces', 'ip', 'iptables', 'ip6tables', 'iperf3', 'curl');

interface Sending {
  readonly address: string;
  readonly port: number;
  readonly bytes: number;
  /** What stands in the middle. */
  readonly words: string;
}

/** Sends a stream; says how it ended. */
function sender({ address, port, bytes, words }: Sending): void {
  const net = process.getBuiltinModule('node:net');
  const content = Buffer.alloc(bytes, 'harmless ');
  content.write(words, bytes / 2);
  const socket = net.connect({ host: address, port }, () => socket.end(content));
  socket.setTimeout(10_000, () => void (console.log('silence'), socket.destroy()));
  socket.on('error', (error: NodeJS.ErrnoException) => console.log(error.code));
  socket.on('end', () => console.log('heard'));
  socket.resume();
}

/** Takes a stream, and says how many bytes of it came when it is ended. */
function taker({ port }: { readonly port: number }): void {
  const net = process.getBuiltinModule('node:net');
  let received = 0;
  const server = net.createServer((socket) => {
    socket.on('data', ({ length }) => (received += length));
    socket.on('error', () => socket.destroy());
  });
  server.listen(port, '::', () => console.log('ready'));
  process.on('SIGTERM', () => process.stdout.write(`${received}\n`, () => process.exit()));
}

describe.skipIf(why !== undefined)('a stream in packets that are longer than links take', () => {
  let network: Network;
  const closeSync = (): void => network.closeSync();

  beforeAll(() => {
    network = createNetwork('swgs');
    process.once('exit', closeSync);
  });

  afterAll(async () => {
    await network.close();
    process.off('exit', closeSync);
  });

  /** Counters by name, as they are told to Prometheus. */
  async function counters(): Promise<(name: string) => number> {
    await sleep(600); // children tell theirs four times a second
    const { stdout } = await network.router.run('curl', ['-s', `http://127.0.0.1:${METRICS}/metrics`]);
    const lines = stdout.split('\n');
    return (name) => Number(lines.find((line) => line.startsWith(`${name} `))?.slice(name.length));
  }

  /** Bits a second that arrived. */
  async function iperf(address: string): Promise<number> {
    const server = network.server.spawn('iperf3', ['-s', '-1', '-p', String(IPERF), '--forceflush'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = once(server, 'close');
    if (!server.stdout) throw new Error('iperf3 has no standard output');
    for await (const line of createInterface({ input: server.stdout })) if (line.includes('listening')) break;
    server.stdout.resume();
    const { code, stdout } = await network.attacker.run(
      'iperf3',
      ['-c', address, '-p', String(IPERF), '-t', '2', '-J'],
      { timeout: 30_000 },
    );
    await closed;
    expect(code, stdout).toBe(0);
    const report = JSON.parse(stdout) as { end: { sum_received: { bits_per_second: number; bytes: number } } };
    expect(report.end.sum_received.bytes).toBeGreaterThan(0);
    return report.end.sum_received.bits_per_second;
  }

  /** How the sender says that it ended, and how much of the stream arrived. */
  async function stream(address: string, words: string): Promise<{ end: string; received: number }> {
    const listening = nodeCommand(taker, { port: PORT });
    const server = network.server.spawn(listening.command, listening.args, { stdio: ['ignore', 'pipe', 'inherit'] });
    if (!server.stdout) throw new Error('a child has no standard output');
    const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
    await lines.next();
    const sending = nodeCommand(sender, { address, port: PORT, bytes: STREAM_BYTES, words });
    const { stdout } = await network.attacker.run(sending.command, sending.args, { timeout: 30_000 });
    const last = lines.next();
    server.kill();
    return { end: stdout.trim(), received: Number((await last).value) };
  }

  it.each(['ipv4', 'ipv6'] as const)('%s: each is judged whole, and words anywhere in it are found', async (family) => {
    const address = network.server[family];
    const sigward = await enforceRules(network, RULES, ['--queue', String(QUEUE), '--metrics', String(METRICS)]);
    let left: Left | undefined;
    try {
      expect(await iperf(address)).toBeGreaterThan(0);
      const count = await counters();
      const packets = count('sigward_packets_total');
      expect(packets).toBeGreaterThan(100);
      // Both directions: on one side are acknowledgements alone.
      expect(count('sigward_bytes_total') / packets).toBeGreaterThan(LINK_BYTES);
      for (const failure of ['too-long', 'trap', 'queue-full'])
        expect(count(`sigward_failures_total{failure="${failure}",fate="drop"}`), failure).toBe(0);
      for (const verdict of ['drop', 'reject'])
        expect(count(`sigward_verdicts_total{verdict="${verdict}"}`), verdict).toBe(0);
      expect(await stream(address, 'permitted words')).toEqual({ end: 'heard', received: STREAM_BYTES });
      const refused = await stream(address, MARK);
      expect(refused.end).toMatch(/^(ECONNRESET|EPIPE)$/);
      expect(refused.received).toBeLessThanOrEqual(STREAM_BYTES / 2);
    } finally {
      left = await sigward.stop();
    }
    expect(left.status).toBe(0);
    const ids = new Set(left.alerts.map(({ alert }) => alert.signature_id));
    expect(ids).toEqual(new Set([ID.longer[family], ID.marked]));
    expect(left.alerts.find(({ alert }) => alert.signature_id === ID.marked)?.alert.action).toBe('blocked');
  });
});
