/** `sigward run --queue N --install` between an attacker and a server: attacks do not arrive, everything else does. */
import { execFileSync } from 'node:child_process';
import { closeSync as closeFile, constants, mkdtempSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countsByPort } from '../../lab/demo/servers.js';
import { createNetwork, type Network } from '../../lab/network.js';
import { sendUdp, startHttpServer, startUdpSink } from '../../lab/traffic.js';
import { needs } from '../support/skip.js';
import { driversHere } from './drivers.js';
import { type Enforcing, enforce as enforceBy, type Left } from './enforcing.js';
import { standingRules } from './router.js';

const QUEUE = 5;
const SOURCE = 40_000;
const why = needs('root', 'linux', 'namespaces', 'ip', 'iptables', 'ip6tables', 'nmap', 'curl');

const SCANS = [
  ['-sN', 9_000_001],
  ['-sF', 9_000_002],
  ['-sX', 9_000_003],
] as const;

for (const { driver, without } of driversHere()) {
  describe.skipIf(why !== undefined || without !== undefined)(`sigward run on a router, by ${driver}`, () => {
    let network: Network;
    const closeSync = (): void => network.closeSync();

    beforeAll(async () => {
      network = createNetwork('sigward-run');
      process.once('exit', closeSync);
      // What curl leaves unanswered the kernel would go on sending, into the tests that follow.
      await network.attacker.run('sh', ['-c', 'echo 1 > /proc/sys/net/ipv4/tcp_orphan_retries']);
      await startHttpServer(network.server, { address: '::', port: 80 });
      for (const program of ['iptables', 'ip6tables'])
        await network.server.run(program, ['-A', 'INPUT', '-p', 'tcp', '--sport', String(SOURCE)]);
    });

    afterAll(async () => {
      await network.close();
      process.off('exit', closeSync);
    });

    const enforce = (on: Network, queue: number, ...options: readonly string[]): Promise<Enforcing> =>
      enforceBy(on, queue, '--driver', driver, ...options);

    /** What `action` gives while Sigward enforces, and what that left. */
    async function enforced<T>(action: () => Promise<T>): Promise<{ got: T; left: Left }> {
      const sigward = await enforce(network, QUEUE);
      const got = await action();
      return { got, left: await sigward.stop() };
    }

    describe.each([
      ['ipv4', 'iptables-save', [], ''],
      ['ipv6', 'ip6tables-save', ['-6'], '[]'],
    ] as const)('%s', (family, save, version, brackets) => {
      const nmap = async (...args: string[]): Promise<string> => {
        const fixed = ['-n', '-Pn', '-T4', '--max-retries', '1', '-oG', '-', '-p', '80,81'];
        return (await network.attacker.run('nmap', [...version, ...fixed, ...args, network.server[family]])).stdout;
      };
      const arrived = async (): Promise<number> =>
        countsByPort((await network.server.run(save, ['-c'])).stdout).get(SOURCE) ?? 0;
      const curl = async (path: string): Promise<{ code: number | null; stdout: string }> => {
        const [open = '', close = ''] = brackets;
        const url = `http://${open}${network.server[family]}${close}${path}`;
        return network.attacker.run('curl', ['-sS', '-g', '--noproxy', '*', '-m', '2', '-w', '\n%{http_code}', url]);
      };

      it.each(SCANS)('nmap %s does not reach the server', async (option, id) => {
        const before = await arrived();
        const { got, left } = await enforced(() => nmap(option, '-g', String(SOURCE)));
        // Without enforcement the server answers for its closed port, and nmap says `closed`.
        expect(got).toMatch(/80\/open\|filtered\/.*81\/open\|filtered\//);
        expect(await arrived()).toBe(before);
        expect(left.alerts.map(({ dest_port }) => dest_port)).toEqual(expect.arrayContaining([80, 81]));
        for (const alert of left.alerts) {
          expect(alert).toMatchObject({
            event_type: 'alert',
            src_ip: network.attacker[family],
            src_port: SOURCE,
            dest_ip: network.server[family],
            proto: 'TCP',
            alert: { signature_id: id, action: 'blocked' },
          });
        }
      });

      it('the same scan arrives where nothing enforces', async () => {
        const before = await arrived();
        expect(await nmap('-sN', '-g', String(SOURCE))).toMatch(/81\/closed\//);
        expect(await arrived()).toBeGreaterThanOrEqual(before + 2);
      });

      it('a connect scan passes', async () => {
        const { got, left } = await enforced(() => nmap('-sT'));
        expect(got).toMatch(/80\/open\/.*81\/closed\//);
        expect(left).toMatchObject({ alerts: [], status: 0, stderr: '' });
      });

      it('a good page comes, cmd.exe does not', async () => {
        const { got, left } = await enforced(async () => [
          await curl('/index.html'),
          await curl('/scripts/CMD.exe?/c+dir'),
          await curl('/command'),
        ]);
        const [good, bad, near] = got;
        expect(good).toMatchObject({ code: 0, stdout: expect.stringMatching(/GET was answered\.[^]*\n200$/) });
        expect(bad).toMatchObject({ code: 28, stdout: '\n000' });
        expect(near).toMatchObject({ code: 0, stdout: expect.stringMatching(/\n200$/) });
        expect(left.alerts.length).toBeGreaterThan(0);
        for (const { dest_ip, dest_port, alert } of left.alerts) {
          expect({ dest_ip, dest_port }).toEqual({ dest_ip: network.server[family], dest_port: 80 });
          expect(alert).toMatchObject({ signature_id: 9_000_004, action: 'blocked' });
        }
      });

      it('10,000 datagrams pass, none lost or reordered', async () => {
        const to = { address: network.server[family], port: 9_000 };
        const { got, left } = await enforced(async () => {
          const sink = await startUdpSink(network.server, to);
          await sendUdp(network.attacker, { ...to, count: 10_000, rate: 2_500, size: 200 });
          return sink.stop();
        });
        expect(got).toEqual({ received: 10_000, repeated: 0, reordered: 0, other: [] });
        const judged = /^([\d,]+) packets/m.exec(left.stdout)?.[1]?.replaceAll(',', '');
        expect(Number(judged)).toBeGreaterThanOrEqual(10_000);
      });
    });

    it.each(['SIGINT', 'SIGTERM'] as const)(
      '%s in the middle of a flow loses nothing and leaves nothing',
      async (signal) => {
        const to = { address: network.server.ipv4, port: 9_000 };
        const sigward = await enforce(network, QUEUE);
        // FORWARD's queue rule and the one that has fragments put together, for either version.
        expect(await standingRules(network)).toHaveLength(4);
        const sink = await startUdpSink(network.server, to);
        const sending = sendUdp(network.attacker, { ...to, count: 6_000, rate: 2_000, size: 200 });
        await sleep(1_000);
        const left = await sigward.stop(signal);
        expect(await standingRules(network)).toEqual([]);
        await sending;
        // Once the rules are gone, new packets overtake those that still wait in the queue; none may be missing.
        expect(await sink.stop()).toMatchObject({ received: 6_000, repeated: 0, other: [] });
        expect(left).toMatchObject({ status: 0, stderr: '' });
        expect(left.stdout).toMatch(/^enforcing 4 signatures on queue 5 for FORWARD; Ctrl-C ends it\n/);
        expect(left.stdout).toMatch(/packets, .* by 0 of 4 signatures; [\d,]+ accepted, 0 dropped, 0 rejected/);
      },
    );

    it('a queue that is taken: one sentence, and what to do', async () => {
      const sigward = await enforce(network, QUEUE);
      await expect(enforce(network, QUEUE)).rejects.toThrow(
        /error\[E1201\]: queue `5` is taken by another program[^\n]*\n +. help: end that program, or choose another number/,
      );
      // The one that was refused has not touched what the other installed.
      expect(await standingRules(network)).toHaveLength(4);
      expect(await sigward.stop()).toMatchObject({ status: 0 });
    });

    it('--stats adds counters to the log', async () => {
      const sigward = await enforce(network, QUEUE, '--stats', '0.1');
      await network.attacker.run('nmap', ['-n', '-Pn', '-sN', '-p', '80', network.server.ipv4]);
      const { alerts } = await sigward.stop();
      const stats = alerts.filter(({ event_type }) => event_type === 'stats');
      expect(stats.length).toBeGreaterThan(1);
      const blocked = alerts.filter(({ event_type }) => event_type === 'alert').length;
      expect(stats.at(-1)).toMatchObject({
        stats: { decoder: { pkts: blocked }, ips: { accepted: 0, blocked, rejected: 0 }, detect: { alert: blocked } },
      });
      expect(blocked).toBeGreaterThan(0);
    });

    const scan = async (ports: string): Promise<string> => {
      const options = ['-n', '-Pn', '-sN', '-T4', '--max-retries', '0', '--min-rate', '500', '-oG', '-', '-p', ports];
      return (await network.attacker.run('nmap', [...options, network.server.ipv4])).stdout;
    };

    it('further signals while it leaves: nothing stays behind', async () => {
      const sigward = await enforce(network, QUEUE);
      sigward.signal('SIGINT');
      await sleep(5);
      sigward.signal('SIGTERM');
      await sleep(5);
      expect(await sigward.stop('SIGINT')).toMatchObject({ status: 0, stderr: '' });
      expect(await standingRules(network)).toEqual([]);
    });

    it('a full disk: enforced all the same, and said', async () => {
      const sigward = await enforce(network, QUEUE, '--eve', '/dev/full');
      await scan('80,81');
      await sleep(1_000);
      expect(await scan('81')).toMatch(/81\/open\|filtered\//);
      const { status, stderr } = await sigward.stop();
      expect(status).toBe(1);
      expect(stderr).toMatch(/^warning\[W1301\]: .*ENOSPC\n[^]*\n\d+ lines of the alert log were lost\n$/);
      expect(stderr.match(/W1301/g)).toHaveLength(1);
      expect(await standingRules(network)).toEqual([]);
    });

    it('a reader that has stopped holds up neither packets nor the end', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'sigward-fifo-'));
      const path = join(folder, 'eve');
      execFileSync('mkfifo', [path]);
      const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      const sigward = await enforce(network, QUEUE, '--eve', path);
      // 400 alerts are more than the 64 KiB of a pipe.
      await scan('100-499');
      await sleep(600);
      const page = `http://${network.server.ipv4}/index.html`;
      expect(await network.attacker.run('curl', ['-sS', '--noproxy', '*', '-m', '2', page])).toMatchObject({ code: 0 });
      const { status, stderr } = await sigward.stop();
      closeFile(reader);
      rmSync(folder, { recursive: true });
      expect(status).toBe(1);
      expect(stderr).toMatch(/\d+ lines of the alert log were lost\n$/);
    });

    it('SIGHUP opens the log anew and goes on', async () => {
      const sigward = await enforce(network, QUEUE);
      await scan('81');
      renameSync(sigward.log, `${sigward.log}.1`);
      sigward.signal('SIGHUP');
      await sleep(300);
      expect(await scan('82')).toMatch(/82\/open\|filtered\//);
      const rotated = readFileSync(`${sigward.log}.1`, 'utf8');
      const { status, alerts } = await sigward.stop();
      expect(status).toBe(0);
      expect(rotated).toMatch(/"dest_port":81/);
      expect(new Set(alerts.map(({ dest_port }) => dest_port))).toEqual(new Set([82]));
    });
  });
}
