/** `reject` and `mark` between a client and a server: who is refused knows at once, and what is marked carries its mark on. */
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeCommand } from '../../lab/child.js';
import { createNetwork, type Network } from '../../lab/network.js';
import { sendUdp, startHttpServer, startUdpSink } from '../../lab/traffic.js';
import { needs } from '../support/skip.js';
import { driversHere } from './drivers.js';
import { enforce, type Left } from './enforcing.js';

const QUEUE = 9;
const RULES = resolve(import.meta.dirname, 'reject.sig');
const why = needs('root', 'linux', 'namespaces', 'ip', 'iptables', 'ip6tables');

interface Target {
  readonly address: string;
  readonly port: number;
  readonly text: string;
}

/** Connects, sends, and says how that ended. */
function tcpClient({ address, port, text }: Target): void {
  const net = process.getBuiltinModule('node:net');
  const socket = net.connect({ host: address, port }, () => socket.write(text));
  socket.setTimeout(5_000, () => void (console.log('silence'), socket.destroy()));
  socket.on('error', (error: NodeJS.ErrnoException) => console.log(error.code));
  socket.on('data', () => void (console.log('answered'), socket.destroy()));
}

/** Sends a datagram, and a second one, which is when a connected socket learns of the first one's fate. */
function udpClient({ address, port, text }: Target): void {
  const dgram = process.getBuiltinModule('node:dgram');
  const socket = dgram.createSocket(address.includes(':') ? 'udp6' : 'udp4');
  const end = (word: string | undefined): void => {
    console.log(word);
    process.exit();
  };
  socket.on('error', (error: NodeJS.ErrnoException) => end(error.code));
  setTimeout(() => end('silence'), 3_000);
  socket.connect(port, address, () => {
    socket.send(text);
    setInterval(() => socket.send(text, (error) => error && end((error as NodeJS.ErrnoException).code)), 200);
  });
}

for (const { driver, without } of driversHere()) {
  describe.skipIf(why !== undefined || without !== undefined)(`answers and marks, by ${driver}`, () => {
    let network: Network;
    const closeSync = (): void => network.closeSync();

    beforeAll(async () => {
      network = createNetwork('sigward-reject');
      process.once('exit', closeSync);
      for (const port of [7001, 7002]) await startHttpServer(network.server, { address: '::', port });
    });

    afterAll(async () => {
      await network.close();
      process.off('exit', closeSync);
    });

    async function enforced<T>(action: () => Promise<T>): Promise<{ got: T; left: Left }> {
      const sigward = await enforce(network, QUEUE, RULES, '--driver', driver);
      try {
        const got = await action();
        return { got, left: await sigward.stop() };
      } catch (failure) {
        await sigward.stop();
        throw failure;
      }
    }

    describe.each(['ipv4', 'ipv6'] as const)('%s', (family) => {
      const client = async (program: typeof tcpClient, port: number, text = 'x'): Promise<string> => {
        const { command, args } = nodeCommand(program, { address: network.server[family], port, text });
        return (await network.attacker.run(command, args, { timeout: 20_000 })).stdout.trim();
      };

      it('a connection is refused, though something listens', async () => {
        const { got, left } = await enforced(() => client(tcpClient, 7001));
        expect(got).toBe('ECONNREFUSED');
        expect(left.alerts).toMatchObject([{ alert: { signature_id: 9_000_101, action: 'blocked' } }]);
        expect(left.stdout).toMatch(/ 1 rejected, /);
        expect(left.stdout).toContain('1 rejected packet was answered');
        expect(left.stderr).toBe('');
      });

      it('a connection ends where a segment is rejected, and another goes on', async () => {
        const { got, left } = await enforced(async () => [
          await client(tcpClient, 7002, 'GET /SECRET HTTP/1.1\r\nHost: x\r\n\r\n'),
          await client(tcpClient, 7002, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
        ]);
        expect(got).toEqual(['ECONNRESET', 'answered']);
        expect(left.alerts[0]?.alert.signature_id).toBe(9_000_103);
      });

      it('a datagram is refused', async () => {
        const { got, left } = await enforced(() => client(udpClient, 7001));
        expect(got).toBe('ECONNREFUSED');
        expect(left.alerts[0]?.alert.signature_id).toBe(9_000_102);
      });

      it('a mark changes its own bits, for the chains behind', async () => {
        const program = family === 'ipv4' ? 'iptables' : 'ip6tables';
        const rules = [
          ['PREROUTING', '-p', 'udp', '--dport', '7003', '-j', 'MARK', '--set-mark', '0x80000022'],
          ['POSTROUTING', '-p', 'udp', '--dport', '7003', '-m', 'mark', '--mark', '0x80000012'],
        ];
        for (const rule of rules)
          expect((await network.router.run(program, ['-t', 'mangle', '-A', ...rule])).code).toBe(0);
        const sink = await startUdpSink(network.server, { address: network.server[family], port: 7003 });
        await enforced(() =>
          sendUdp(network.attacker, { address: network.server[family], port: 7003, count: 20, rate: 200, size: 50 }),
        );
        const { stdout } = await network.router.run(program, ['-t', 'mangle', '-vnxL', 'POSTROUTING']);
        expect((await sink.stop()).received).toBe(20);
        expect(stdout).toMatch(/^\s*20\s+\d+.*mark match 0x80000012/m);
      });

      it('a count lets as many pass as it says', async () => {
        const sink = await startUdpSink(network.server, { address: network.server[family], port: 7004 });
        const { left } = await enforced(() =>
          sendUdp(network.attacker, { address: network.server[family], port: 7004, count: 10, rate: 100, size: 50 }),
        );
        expect(left.alerts).toHaveLength(7);
        expect((await sink.stop()).received).toBe(3);
      });
    });
  });
}
