/**
 * Three hosts in network namespaces, joined by veth: attacker – router – server, IPv4 and IPv6. Nothing outside the
 * namespaces is touched: the links are made inside them and have no name elsewhere.
 */
import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { type Host, hostIn } from './host.js';

export interface Network {
  readonly attacker: Host;
  /** Forwards between the other two. */
  readonly router: Host;
  readonly server: Host;
  /** Kills what runs in the hosts, waits for it to end, removes the hosts. A second call does nothing. */
  close(): Promise<void>;
  /** The same without waiting, for an exit handler. */
  closeSync(): void;
}

/** Documentation networks (RFC 5737, RFC 3849), so that no trace of a run can be taken for someone's machine. */
const SIDES = [
  { name: 'attacker', ipv4: '198.51.100', ipv6: '2001:db8:1:', mac: '02:00:00:00:01' },
  { name: 'server', ipv4: '203.0.113', ipv6: '2001:db8:2:', mac: '02:00:00:00:02' },
] as const;

let made = 0;

/**
 * Makes the network. `prefix` begins the namespaces' names; the process id follows, so that runs beside each other do not
 * collide. Throws an Error with what `ip` said where it fails, and then leaves nothing behind.
 */
export function createNetwork(prefix = 'sigward'): Network {
  const stem = `${prefix}-${process.pid}-${++made}`;
  const running = new Set<ChildProcess>();
  const namespaces: string[] = [];
  const closeSync = (): void => {
    for (const child of running) child.kill('SIGKILL');
    for (const name of namespaces.splice(0)) remove(name);
  };
  try {
    for (const name of ['attacker', 'router', 'server']) {
      ip(['netns', 'add', `${stem}-${name}`]);
      namespaces.push(`${stem}-${name}`);
    }
    connect(stem);
  } catch (failure) {
    closeSync();
    throw failure;
  }
  const host = (name: string, ipv4: string, ipv6: string): Host => hostIn(`${stem}-${name}`, ipv4, ipv6, running);
  return {
    attacker: host('attacker', '198.51.100.2', '2001:db8:1::2'),
    router: host('router', '198.51.100.1', '2001:db8:1::1'),
    server: host('server', '203.0.113.2', '2001:db8:2::2'),
    closeSync,
    close: async () => {
      const ended = [...running].map((child) => once(child, 'close'));
      closeSync();
      await Promise.allSettled(ended);
    },
  };
}

/** A second Ctrl-C also reaches the program that cleans up after the first one: ended by a signal, it is started again. */
function remove(namespace: string): void {
  for (let tries = 0; tries < 3; tries++) {
    if (spawnSync('ip', ['netns', 'del', namespace]).signal === null) return;
  }
}

function connect(stem: string): void {
  const router = `${stem}-router`;
  for (const name of ['attacker', 'router', 'server']) {
    // Without detection of duplicates addresses can be used at once, and not after a second or two.
    set(`${stem}-${name}`, ['net/ipv6/conf/all/accept_dad=0', 'net/ipv6/conf/default/accept_dad=0']);
    ip(['-n', `${stem}-${name}`, 'link', 'set', 'lo', 'up']);
  }
  set(router, ['net/ipv4/ip_forward=1', 'net/ipv6/conf/all/forwarding=1']);
  for (const side of SIDES) {
    const end = `${stem}-${side.name}`;
    ip(['-n', end, ...`link add eth0 address ${side.mac}:02 type veth`.split(' '), ...peer(side, router)]);
    address(end, 'eth0', side, 2, 1);
    address(router, side.name, side, 1, 2);
    ip(['-n', end, 'route', 'add', 'default', 'via', `${side.ipv4}.1`]);
    ip(['-n', end, '-6', 'route', 'add', 'default', 'via', `${side.ipv6}:1`]);
  }
}

type Side = (typeof SIDES)[number];

function peer(side: Side, router: string): string[] {
  return ['peer', 'name', side.name, 'address', `${side.mac}:01`, 'netns', router];
}

/** Neighbours are told, not asked for: a flow's first packets then do not wait for ARP, and captures hold only traffic. */
function address(namespace: string, device: string, side: Side, own: number, other: number): void {
  ip(['-n', namespace, 'addr', 'add', `${side.ipv4}.${own}/24`, 'dev', device]);
  ip(['-n', namespace, 'addr', 'add', `${side.ipv6}:${own}/64`, 'dev', device, 'nodad']);
  ip(['-n', namespace, 'link', 'set', device, 'up']);
  for (const to of [`${side.ipv4}.${other}`, `${side.ipv6}:${other}`]) {
    ip(['-n', namespace, 'neigh', 'add', to, 'lladdr', `${side.mac}:0${other}`, 'dev', device, 'nud', 'permanent']);
  }
}

/** Kernel settings, as paths below `/proc/sys`. */
function set(namespace: string, settings: readonly string[]): void {
  const script = settings.map((s) => s.replace(/^(.*)=(.*)$/, 'echo $2 > /proc/sys/$1')).join(' && ');
  ip(['netns', 'exec', namespace, 'sh', '-c', script]);
}

function ip(args: readonly string[]): void {
  const result = spawnSync('ip', args, { encoding: 'utf8' });
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error(`\`ip ${args.join(' ')}\` failed: ${result.stderr.trim()}`);
}
