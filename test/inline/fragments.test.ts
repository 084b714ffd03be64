/** Fragments on a router: what is split over them is found, and where they cannot be put together, something is said. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sendDatagram } from '../../lab/datagram.js';
import { countsByPort } from '../../lab/demo/servers.js';
import { createNetwork, type Network } from '../../lab/network.js';
import { findProgram } from '../../runtime/programs.js';
import { startUdpSink } from '../../lab/traffic.js';
import type { UdpReport } from '../../lab/udp-sink.js';
import { packetsFrom } from '../support/compile.js';
import { needs } from '../support/skip.js';
import { enforce as enforceBy, type Enforcing } from './enforcing.js';
import { driversHere } from './drivers.js';

const QUEUE = 6;
const PORT = 9100;
const SOURCE = 40_001;
const RULES = resolve(import.meta.dirname, 'fragments.sig');
const FRAME_SENDER = resolve(import.meta.dirname, 'frame-sender.js');
const why = needs('root', 'linux', 'namespaces', 'ip', 'iptables', 'ip6tables', 'nmap');

/**
 * Where the payload of the first fragment of a datagram ends on a link of 1,500 bytes: a multiple of 8 bytes behind the
 * IP header (and IPv6's fragment header), of which UDP's header takes 8.
 */
const BORDER = { ipv4: 1480 - 8, ipv6: 1448 - 8 } as const;
const PATTERN = 'across-the-border';

type Family = keyof typeof BORDER;

/** In hexadecimal, 3,000 bytes: the pattern begins 8 bytes before the border. */
function split(family: Family): string {
  return Buffer.from(`${'x'.repeat(BORDER[family] - 8)}${PATTERN}`.padEnd(3_000, 'x')).toString('hex');
}

/**
 * A NULL scan's probe over IPv6, as frames on the attacker's link with 8 bytes each of TCP behind the first one, which has
 * `first`. Fewer than 20 no host takes (RFC 8200 4.5: all headers belong in the first fragment).
 */
function nullScanFrames({ attacker, server }: Network, first: number): string[] {
  const tcp = `tcp { src_port ${SOURCE} dst_port 80 flags none } payload "${'x'.repeat(20)}"`;
  const [whole] = packetsFrom([`ipv6 { src ${attacker.ipv6} dst ${server.ipv6} } ${tcp}`]);
  const bytes = Buffer.from(whole?.bytes ?? []);
  const ip = bytes.subarray(whole?.link === 1 ? 14 : 0);
  const [header, segment] = [ip.subarray(0, 40), ip.subarray(40)];
  const frames = [];
  for (let at = 0, end = first; at < segment.length; at = end, end += 8) {
    const part = segment.subarray(at, end);
    const more = end < segment.length ? 1 : 0;
    // RFC 8200 4.5: next header, reserved, offset and M, identification.
    const fragment = Buffer.from([6, 0, 0, at | more, 1, 2, 3, 4]);
    const fixed = Buffer.from(header);
    fixed.writeUInt16BE(fragment.length + part.length, 4);
    fixed[6] = 44;
    frames.push(Buffer.concat([Buffer.from('02000000010102000000010286dd', 'hex'), fixed, fragment, part]));
  }
  return frames.map((frame) => frame.toString('hex'));
}

for (const { driver, without } of driversHere()) {
  describe.skipIf(why !== undefined || without !== undefined)(`fragments, by ${driver}`, () => {
    let network: Network;
    const closeSync = (): void => network.closeSync();
    const enforce = (...options: readonly string[]): Promise<Enforcing> =>
      enforceBy(network, QUEUE, '--driver', driver, ...options, RULES);

    beforeAll(async () => {
      network = createNetwork('sigward-fragments');
      process.once('exit', closeSync);
      for (const program of ['iptables', 'ip6tables'])
        await network.server.run(program, ['-A', 'INPUT', '-p', 'tcp', '--sport', String(SOURCE)]);
    });

    afterAll(async () => {
      await network.close();
      process.off('exit', closeSync);
    });

    /** Sends one datagram in fragments, and what of it arrives at the server. */
    async function datagram(family: Family, payload: string): Promise<UdpReport> {
      const to = { address: network.server[family], port: PORT };
      const sink = await startUdpSink(network.server, to);
      await sendDatagram(network.attacker, { ...to, sourcePort: SOURCE, payload, times: 1 });
      return sink.stop();
    }

    /** Probes port 80 once with a segment without flags, in fragments of 8 bytes. */
    async function nullScan(family: Family, first = 24): Promise<void> {
      const nmap = ['-n', '-Pn', '-sN', '-f', '--max-retries', '0', '-g', String(SOURCE), '-p', '80'];
      const ended =
        family === 'ipv4'
          ? await network.attacker.run('nmap', [...nmap, network.server.ipv4])
          : await network.attacker.run(process.execPath, [FRAME_SENDER, 'eth0', ...nullScanFrames(network, first)]);
      expect(ended).toMatchObject({ code: 0, stderr: '' });
    }

    /** Segments of the scan that have reached the server, put together again. */
    const arrived = async (family: Family): Promise<number> => {
      const save = family === 'ipv4' ? 'iptables-save' : 'ip6tables-save';
      return countsByPort((await network.server.run(save, ['-c'])).stdout).get(SOURCE) ?? 0;
    };

    describe.each(['ipv4', 'ipv6'] as const)('%s', (family) => {
      it('a pattern across a border is found: dropped, and logged once', async () => {
        const sigward = await enforce();
        const bad = await datagram(family, split(family));
        const good = await datagram(family, Buffer.from('#0 '.padEnd(3_000, 'x')).toString('hex'));
        const left = await sigward.stop();
        expect(bad).toMatchObject({ received: 0, other: [] });
        expect(good).toMatchObject({ received: 1, other: [] });
        expect(left).toMatchObject({ status: 0, stderr: '' });
        expect(left.alerts).toHaveLength(1);
        expect(left.alerts[0]).toMatchObject({
          dest_port: PORT,
          alert: { signature_id: 9_000_005, action: 'blocked' },
        });
      });

      it('a NULL scan in fragments of 8 bytes is found: dropped, and logged once', async () => {
        const before = await arrived(family);
        const sigward = await enforce();
        await nullScan(family);
        const left = await sigward.stop();
        expect(await arrived(family)).toBe(before);
        expect(left).toMatchObject({ status: 0, stderr: '' });
        expect(left.alerts).toHaveLength(1);
        expect(left.alerts[0]).toMatchObject({ dest_port: 80, alert: { signature_id: 9_000_001, action: 'blocked' } });
      });

      it('the same scan arrives where nothing enforces', async () => {
        const before = await arrived(family);
        await nullScan(family);
        expect(await arrived(family)).toBe(before + 1);
      });
    });

    it('a first fragment that the kernel puts together with nothing does not pass either', async () => {
      const before = await arrived('ipv6');
      const sigward = await enforce();
      await nullScan('ipv6', 8);
      const left = await sigward.stop();
      expect(await arrived('ipv6')).toBe(before);
      expect(left).toMatchObject({ status: 0, stderr: '', alerts: [] });
      expect(left.stdout).toMatch(/^1 packet was a fragment$/m);
    });

    describe('where the kernel cannot put them together', () => {
      let folder: string;

      /** An iptables that does not know the match which keeps defragmentation on. */
      beforeAll(() => {
        folder = mkdtempSync(join(tmpdir(), 'sigward-iptables-'));
        chmodSync(folder, 0o755); // for the user that it goes on as
        for (const program of ['iptables', 'ip6tables']) {
          const refuse = `echo "${program} v1.8.9 (nf_tables): Couldn't load match \\\`socket'" >&2; exit 2`;
          const script = `#!/bin/sh\ncase " $* " in *" socket "*) ${refuse};; esac\nexec ${String(findProgram(program))} "$@"\n`;
          writeFileSync(join(folder, program), script);
          chmodSync(join(folder, program), 0o755);
        }
        vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`);
      });

      afterAll(() => {
        vi.unstubAllEnvs();
        rmSync(folder, { recursive: true });
      });

      it.each(['ipv4', 'ipv6'] as const)('%s: it warns and drops fragments, whatever they hold', async (family) => {
        const before = await arrived(family);
        const sigward = await enforce('--stats', '60');
        const good = await datagram(family, Buffer.from('#0 '.padEnd(3_000, 'x')).toString('hex'));
        await nullScan(family);
        const { stderr, stdout, alerts } = await sigward.stop();
        expect(good).toMatchObject({ received: 0, other: [] });
        expect(await arrived(family)).toBe(before);
        expect(stderr.match(/W1203/g)).toHaveLength(2);
        expect(stderr).toMatch(
          /`iptables .* -m socket .*` failed: Couldn't load match `socket'\n.*--on-fragment accept/,
        );
        // Three of the datagram, and three of the scan: over IPv4 8, 8 and 4 bytes, over IPv6 24, 8 and 8.
        expect(stdout).toMatch(/^6 packets were fragments$/m);
        expect(alerts.at(-1)).toMatchObject({ event_type: 'stats', stats: { defrag: { [family]: { fragments: 6 } } } });
      });

      it.each(['ipv4', 'ipv6'] as const)('%s: with `--on-fragment accept` each is judged by itself', async (family) => {
        const sigward = await enforce('--on-fragment', 'accept');
        const got = await datagram(family, split(family));
        const { stderr, alerts } = await sigward.stop();
        // Split, the pattern is in none of them; that is what there is to lose.
        expect(got.other).toHaveLength(1);
        expect(alerts).toEqual([]);
        expect(stderr).not.toContain('W1204');
      });
    });
  });
}
