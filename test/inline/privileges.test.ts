/** What a supervisor and its children may do, read back from the kernel, and that it is enough. */
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createNetwork, type Network } from '../../lab/network.js';
import { sendUdp, startUdpSink } from '../../lab/traffic.js';
import { findProgram } from '../../runtime/programs.js';
import { needs } from '../support/skip.js';
import { enforceRules, type Enforcing } from './enforcing.js';

const QUEUE = 21;
const PORT = 9300;
const RULES = resolve(import.meta.dirname, 'supervised.sig');
const COVERED = resolve(import.meta.dirname, 'covered.sig');
const NET_ADMIN = 1n << 12n;
const NET_RAW = 1n << 13n;

const why = needs('root', 'linux', 'namespaces', 'ip', 'iptables', 'ip6tables', 'setpriv');
const withoutLegacy = needs('iptables-legacy', 'ip6tables-legacy', 'ipset', 'flock');

interface Privileges {
  readonly user: string | undefined;
  readonly permitted: bigint;
  readonly effective: bigint;
  readonly ambient: bigint;
  readonly noNewPrivileges: boolean;
}

function privilegesOf(pid: number): Privileges {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  const set = (name: string): bigint => BigInt(`0x${new RegExp(`^Cap${name}:\\s*([0-9a-f]+)$`, 'm').exec(text)?.[1]}`);
  return {
    user: /^Uid:\s*(\d+)/m.exec(text)?.[1],
    ...{ permitted: set('Prm'), effective: set('Eff'), ambient: set('Amb') },
    noNewPrivileges: /^NoNewPrivs:\s*1$/m.test(text),
  };
}

/** What a process has these capabilities and no others. */
function only(capabilities: bigint, user: string | undefined): Privileges {
  const sets = { permitted: capabilities, effective: capabilities, ambient: capabilities };
  return { user, ...sets, noNewPrivileges: true };
}

describe.skipIf(why !== undefined)('privileges', () => {
  let network: Network;
  const closeSync = (): void => network.closeSync();
  const nobody = /^nobody:[^:]*:(\d+)/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[1];
  const started = new Set<Enforcing>();

  beforeAll(() => {
    network = createNetwork('swpr');
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

  async function end(sigward: Enforcing): ReturnType<Enforcing['stop']> {
    started.delete(sigward);
    return sigward.stop();
  }

  it('are CAP_NET_ADMIN alone, as nobody, for good', async () => {
    const sigward = await enforce(RULES, '--no-install');
    const all = [sigward.pid, ...sigward.children()].map(privilegesOf);
    expect((await end(sigward)).stderr).toBe('');
    expect(all).toEqual([only(NET_ADMIN, nobody), only(NET_ADMIN, nobody)]);
  });

  it('are one more for the supervisor where it has iptables to call; its child has none of it', async () => {
    const sigward = await enforce(RULES);
    const [supervisor, child] = [sigward.pid, ...sigward.children()].map(privilegesOf);
    expect((await end(sigward)).stderr).toBe('');
    expect(supervisor).toEqual(only(NET_ADMIN | NET_RAW, nobody));
    expect(child).toEqual(only(NET_ADMIN, nobody));
  });

  it('stay with root where it is named, though no more of them', async () => {
    const sigward = await enforce(RULES, '--user', 'root');
    const [supervisor, child] = [sigward.pid, ...sigward.children()].map(privilegesOf);
    expect((await end(sigward)).stderr).toBe('');
    expect(supervisor).toEqual(only(NET_ADMIN | NET_RAW, '0'));
    expect(child).toEqual(only(NET_ADMIN, '0'));
  });

  it.each(['{"log":2}', 'null', 'x'])('are not kept by a word in the environment: %s', async (word) => {
    const wrapper = ['env', `SIGWARD_INHERITED=${word}`];
    const sigward = await enforceRules(network, RULES, ['--queue', String(QUEUE)], wrapper);
    started.add(sigward);
    const supervisor = privilegesOf(sigward.pid);
    expect((await end(sigward)).stderr).toBe('');
    expect(supervisor).toEqual(only(NET_ADMIN | NET_RAW, nobody));
  });

  it('a child has the sockets that it needs open, and nothing else that its supervisor has', async () => {
    const sigward = await enforce(RULES);
    const [child = 0] = sigward.children();
    const open = readdirSync(`/proc/${child}/fd`).map((fd) => [Number(fd), readlinkSync(`/proc/${child}/fd/${fd}`)]);
    await end(sigward);
    // Standard streams are sockets, too, where Node has made them.
    const sockets = open.filter(([fd, path]) => Number(fd) > 2 && String(path).startsWith('socket:')).map(([fd]) => fd);
    // The queue's, the channel, and those for answers.
    expect(sockets.sort()).toEqual([3, 4, 5, 6]);
    const files = open.map(([, path]) => String(path)).filter((path) => path.startsWith('/'));
    expect(files.filter((path) => !path.startsWith('/dev/'))).toEqual([]);
  });

  it('a user that cannot be become is an error, where it is named', async () => {
    await expect(enforce(RULES, '--user', 'nobody-of-that-name')).rejects.toThrow(/E1021.*there is no such user/);
  });

  describe.skipIf(withoutLegacy !== undefined)('with iptables-legacy', () => {
    let folder: string;

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'sigward-legacy-'));
      chmodSync(folder, 0o755); // for the user that it goes on as
      for (const program of ['iptables', 'ip6tables'])
        symlinkSync(String(findProgram(`${program}-legacy`)), join(folder, program));
      vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`);
    });

    afterAll(() => {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    });

    async function standing(): Promise<string[]> {
      const lists = ['iptables-legacy-save', 'ip6tables-legacy-save'].map((program) => network.router.run(program, []));
      const lines = (await Promise.all(lists)).flatMap(({ stdout }) => stdout.split('\n'));
      return lines.filter((line) => line.startsWith('-A'));
    }

    it('rules are put in and taken away by nobody, sets among them', async () => {
      const sigward = await enforce(COVERED, '--policy', 'one_server');
      const to = { address: network.server.ipv4, port: PORT };
      const sink = await startUdpSink(network.server, to);
      await sendUdp(network.attacker, { ...to, count: 200, rate: 1_000, size: 100, mark: 'BAD', markEvery: 2 });
      const arrived = await sink.stop();
      const rules = await standing();
      const left = await end(sigward);
      expect(arrived).toMatchObject({ received: 100, other: [] });
      expect(rules.join('\n')).toMatch(/--match-set/);
      expect(left).toMatchObject({ status: 0, stderr: '' });
      expect(await standing()).toEqual([]);
    });

    it('the lock that others take is waited for', async () => {
      const sigward = await enforce(RULES);
      const holder = network.router.spawn('flock', ['/run/xtables.lock', 'sh', '-c', 'echo held; cat'], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      if (!holder.stdout || !holder.stdin) throw new Error('a child has no standard streams');
      await once(holder.stdout, 'data');
      const ending = end(sigward);
      await sleep(700);
      expect(await standing()).not.toEqual([]);
      holder.stdin.end();
      expect(await ending).toMatchObject({ status: 0, stderr: '' });
      expect(await standing()).toEqual([]);
    });
  });
});
