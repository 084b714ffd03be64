/** Counts and limits in rulesets: held against a list of all packets, by every engine, however batches are cut. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ENGINE_KINDS, loadEngine } from '../../runtime/engine/load.js';
import type { Packet } from '../../runtime/packet.js';
import { compiled, packetsFrom } from '../support/compile.js';
import { runs } from '../support/runs.js';

const HOSTS = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];
const PORTS = [22, 80];
const BASES = HOSTS.flatMap((host) => PORTS.map((port) => ({ host, port })));
const PACKETS = packetsFrom(BASES.map(({ host, port }) => `ipv4 { src ${host} } tcp { dst_port ${port}  flags SYN }`));
const [UDP] = packetsFrom(['ipv4 udp']);

interface Event {
  readonly kind: number;
  readonly seconds: number;
}

const events = fc.array(
  fc.record({ kind: fc.nat(BASES.length), seconds: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5 })) }),
  { maxLength: 60 },
);

/** The packets, each so long after the one before. */
function timed(all: readonly Event[]): Packet[] {
  let time = 0n;
  return all.flatMap(({ kind, seconds }) => {
    time += BigInt(seconds) * 1_000_000_000n;
    const packet = PACKETS[kind] ?? UDP;
    return packet ? [{ ...packet, time }] : [];
  });
}

const RULES = compiled(`
  signature by_host { id 1 when tcp count by ip.src > 3 per 10s then log, drop, limit 2 per 7s by ip.src }
  signature by_both { id 2 when tcp.flags has SYN count by ip.src, tcp.dst_port >= 3 per 6s then log }
  signature all     { id 3 when ip count > 8 per 5s then log }
`);

/** Which packets of `all` are counted together with the one at `i`: those of its key within the time, itself included. */
function together(
  all: readonly Packet[],
  i: number,
  seconds: number,
  key: (event: Packet) => string | undefined,
): number {
  const packet = all[i];
  if (!packet || key(packet) === undefined) return 0;
  const start = packet.time - BigInt(seconds) * 1_000_000_000n;
  return all.slice(0, i + 1).filter((p) => key(p) === key(packet) && p.time > start).length;
}

const index = (packet: Packet): number => PACKETS.findIndex((p) => p.bytes === packet.bytes);
const hostOf = (packet: Packet): string | undefined => BASES[index(packet)]?.host;
const bothOf = (packet: Packet): string | undefined => {
  const base = BASES[index(packet)];
  return base && `${base.host} ${base.port}`;
};

test('a signature matches where a list of all packets says so', () => {
  fc.assert(
    fc.property(events, (all) => {
      const packets = timed(all);
      const judgements = loadEngine(RULES).evaluate(packets);
      packets.forEach((_, i) => {
        const expected = [
          together(packets, i, 10, hostOf) > 3,
          together(packets, i, 6, bothOf) >= 3,
          together(packets, i, 5, () => 'all') > 8,
        ];
        expect(judgements[i]?.matches).toEqual(expected.flatMap((matches, s) => (matches ? [s] : [])));
      });
      // What a limit lets through lies far enough apart: the third alert of a host comes more than the time after the first.
      for (const host of HOSTS) {
        const alerts = packets.filter((p, i) => hostOf(p) === host && judgements[i]?.alerts.includes(0));
        alerts.slice(2).forEach((p, i) => {
          expect(p.time - (alerts[i]?.time ?? p.time)).toBeGreaterThanOrEqual(7_000_000_000n);
        });
      }
    }),
    { numRuns: runs(300) },
  );
});

test('every engine says the same, wherever batches end', () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(events, cuts, (all, sizes) => {
      const packets = timed(all);
      const whole = loadEngine(RULES).evaluate(packets);
      for (const kind of ENGINE_KINDS) {
        const engine = loadEngine(RULES, kind);
        const judgements = [];
        for (let at = 0, n = 0; at < packets.length; n++) {
          const size = sizes[n % sizes.length] ?? 1;
          judgements.push(...engine.evaluate(packets.slice(at, at + size)));
          at += size;
        }
        expect(judgements).toEqual(whole);
      }
    }),
    { numRuns: runs(150) },
  );
});
