/**
 * Records the captures in `rules/captures/` anew: real programs send real traffic through the lab network, and tcpdump on
 * the router writes down what the attacker's side sees. Root on Linux; needs tcpdump, nmap, curl, ping and ethtool.
 *
 *     npm run build && sudo node dist/lab/record.js [FOLDER]
 */
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { nodeCommand } from './child.js';
import { dnsServer } from './dns-server.js';
import type { Host } from './host.js';
import { createNetwork, type Network } from './network.js';
import { sendUdp, startHttpServer, startUdpSink } from './traffic.js';

/** Sends the traffic of one capture. */
type Recording = (network: Network) => Promise<void>;

/** Few enough that a capture stays small; 80 is open, the others are closed. */
const PORTS = '20-29,80,443';

/** What the attacker asks of the server, in order. `--path-as-is`: curl would otherwise tidy the path. */
const PAGES = ['/', '/index.html', '/search?q=cmd+exe&page=2', '/a/../b/', '/docs/passwd.html', '/style.css'];
const ATTACK = '/scripts/..%255c../winnt/system32/cmd.exe?/c+dir';

const RECORDINGS: Readonly<Record<string, Recording>> = {
  'nmap-null': scan('-sN'),
  'nmap-fin': scan('-sF'),
  'nmap-xmas': scan('-sX'),
  'nmap-maimon': scan('-sM'),
  'nmap-connect': scan('-sT'),
  'nmap-syn': scan('-sS'),
  'nmap-os': fingerprint,
  web,
  'mixed-benign': mixed,
};

async function record(file: string, send: Recording): Promise<void> {
  const network = createNetwork('sigward-record');
  try {
    await sendWholePackets(network);
    const server = await startHttpServer(network.server, { address: '::', port: 80 });
    const tcpdump = network.router.spawn(
      'tcpdump',
      ['-i', 'attacker', '--immediate-mode', '-U', '-Z', 'root', '-s', '0', '-w', file, 'ip or ip6'],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    if (!tcpdump.stderr) throw new Error('tcpdump has no standard error');
    for await (const line of createInterface({ input: tcpdump.stderr })) if (line.includes('listening')) break;
    await send(network);
    await new Promise((resolve) => setTimeout(resolve, 500)); // the last answers are still under way
    tcpdump.kill('SIGINT');
    await once(tcpdump, 'close');
    await server.stop();
  } finally {
    await network.close();
  }
}

/** Without this veth carries segments of 64 kB without checksums, which no wire does. */
async function sendWholePackets({ attacker, router, server }: Network): Promise<void> {
  const off = 'tx off rx off tso off gso off gro off'.split(' ');
  const devices: [Host, string][] = [[attacker, 'eth0'], [router, 'attacker'], [router, 'server'], [server, 'eth0']]; // prettier-ignore
  for (const [host, device] of devices) await succeed(host, 'ethtool', ['-K', device, ...off]);
}

/** nmap over IPv4 and IPv6, each port once: no retransmissions, so that the number of packets is known. */
function scan(kind: string): Recording {
  return async ({ attacker, server }) => {
    const args = ['-n', '-Pn', kind, '-p', PORTS, '--max-retries', '0'];
    await succeed(attacker, 'nmap', [...args, server.ipv4]);
    await succeed(attacker, 'nmap', ['-6', ...args, server.ipv6]);
  };
}

/** nmap's tests of the TCP/IP stack: segments that no stack sends. */
async function fingerprint({ attacker, server }: Network): Promise<void> {
  const args = ['-n', '-Pn', '-O', '--max-os-tries', '1', '-p', '80,81'];
  await succeed(attacker, 'nmap', [...args, server.ipv4]);
  await succeed(attacker, 'nmap', ['-6', ...args, server.ipv6]);
}

async function web(network: Network): Promise<void> {
  const { attacker, server } = network;
  for (const host of [server.ipv4, `[${server.ipv6}]`]) {
    const get = (path: string): Promise<void> =>
      succeed(attacker, 'curl', ['-sS', '--path-as-is', '-o', '/dev/null', `http://${host}${path}`]);
    for (const page of PAGES) await get(page);
    await succeed(attacker, 'curl', ['-sS', '--head', `http://${host}/`]);
    await succeed(attacker, 'curl', ['-sS', '--data', 'user=anna&note=../etc', `http://${host}/form`]);
    await get(ATTACK);
  }
}

async function mixed(network: Network): Promise<void> {
  const { attacker, server } = network;
  const names = network.server.spawn(...commandOf(nodeCommand(dnsServer, { port: 53 })), {
    stdio: ['pipe', 'pipe', 2],
  });
  const sink = await startUdpSink(server, { address: '::', port: 5000 });
  if (names.stdout) await once(names.stdout, 'data');
  for (const address of [server.ipv4, server.ipv6]) {
    await succeed(attacker, 'ping', ['-n', '-c', '3', '-i', '0.2', address]);
    await succeed(attacker, process.execPath, ['-e', RESOLVE, address]);
    await sendUdp(attacker, { address, port: 5000, count: 20, rate: 200, size: 100 });
    await succeed(attacker, 'curl', [
      '-sS',
      '-o',
      '/dev/null',
      `http://${address === server.ipv6 ? `[${address}]` : address}/`,
    ]);
    // Nothing listens: the kernel's honest RST for TCP, ICMP port unreachable for UDP.
    await attacker.run('curl', [
      '-sS',
      '-m',
      '2',
      `http://${address === server.ipv6 ? `[${address}]` : address}:8080/`,
    ]);
    await sendUdp(attacker, { address, port: 9, count: 1, rate: 100, size: 32 }).catch(() => undefined);
  }
  await sink.stop();
  names.kill('SIGKILL');
}

const RESOLVE = `
  const resolver = new (require('node:dns').promises.Resolver)({ timeout: 2000 });
  resolver.setServers([process.argv[1].includes(':') ? '[' + process.argv[1] + ']' : process.argv[1]]);
  Promise.all(['www.example.org', 'mail.example.org'].map((n) => resolver.resolve4(n))).then(() => 0);
`;

function commandOf({ command, args }: { command: string; args: string[] }): [string, string[]] {
  return [command, args];
}

async function succeed(host: Host, command: string, args: readonly string[]): Promise<void> {
  const ended = await host.run(command, args, { timeout: 60_000 });
  if (ended.code !== 0) throw new Error(`\`${command} ${args.join(' ')}\` failed: ${ended.stderr.trim()}`);
}

const folder = process.argv[2] ?? 'rules/captures';
for (const [name, send] of Object.entries(RECORDINGS)) {
  process.stdout.write(`${name} ...\n`);
  await record(join(folder, `${name}.pcap`), send);
}
