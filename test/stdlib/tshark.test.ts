/**
 * Decoding is held against tshark, field by field: on real captures and on packets that contradict themselves. Mismatches: none, or
 * explained by a rule of `tshark/explain.ts`. `SIGWARD_REPORT=1` prints how many packets each rule explains.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pcapHeader, pcapRecord } from '../../runtime/capture/write.js';
import type { HeaderPlan } from '../../compiler/packets/plan.js';
import type { Packet } from '../../runtime/packet.js';
import { arbMutated, arbPacket, arbPlans, build } from '../support/packets.js';
import { packetsFrom } from '../support/compile.js';
import { needs } from '../support/skip.js';
import { CHECKSUM_STATUS, GOOD, tshark } from './tshark/oracle.js';
import { RULES } from './tshark/explain.js';
import { hold, type Report } from './tshark/hold.js';

const MIXED = '../shared/captures/mixed.pcap';
/** Ethernet, raw IP, Linux cooked in both versions, the loopback of BSD. */
const LINKS = [1, 101, 113, 276, 0];
const RECORDED = readdirSync('rules/captures')
  .filter((name) => name.endsWith('.pcap'))
  .map((name) => `rules/captures/${name}`);

const why = needs('tshark');
const whyMixed = why ?? needs(MIXED);
const SURICATA = '../shared/conformance/suricata-verify/tests';
/** Captures of link types 0, 113, 276, 228, of SCTP and of GRE. */
const TUNNELS_AND_LINKS = [
  'tls-duplicate-hello/input.pcap', 'websocket-ping/input.pcap', 'decode-sll2-02/input.pcap',
  'alert-max/alert-max-default/input.pcap', 'sctp-keywords/input.pcap', 'bug-2576-03/temp6.pcap',
  'bug-5633-gre-01/gre-udp.pcap', 'decode-too-small/test.pcap',
]; // prettier-ignore
const whyOthers = why ?? needs(SURICATA);

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'sigward-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes those packets that have the link type. */
function capture(name: string, packets: readonly Packet[], link: number): string {
  const path = join(folder, `${name}-${link}.pcap`);
  writeFileSync(path, Buffer.concat([pcapHeader(link), ...packets.filter((p) => p.link === link).map(pcapRecord)]));
  return path;
}

/** A sample that is the same every time. */
function sample(packets: fc.Arbitrary<Packet>, count: number): Packet[] {
  return fc.sample(packets, { seed: 791, numRuns: count });
}

/** What chance seldom makes: offload, padding, fragments, frames with a length, more tags than are kept. */
function crafted(): Packet[] {
  const texts = [
    'ethernet ipv4 { length 0 } tcp { dst_port 80 } payload "left to the card"',
    'ethernet ipv6 { length 0 } tcp { dst_port 80 } payload "left to the card"',
    'ethernet ipv4 { flags MF } udp { length 3000 } payload "the first fragment"',
    'ethernet ipv4 { flags MF  protocol 6 } payload "short"',
    'ethernet ipv4 { fragment 100  protocol 6 } payload "a later fragment, long enough to look like a header"',
    'ethernet ipv6 ipv6_fragment { more 1 } tcp { flags SYN } payload "the first"',
    'ethernet ipv6 ipv6_fragment { offset 10  next_header 6 } payload "a later one, long enough to look like a header"',
    'ethernet { type 38 } payload hex"42 42 03 00 00 00 00 00"',
    'ethernet vlan { vid 1 } vlan { vid 2 } vlan { vid 3 } vlan { vid 4 } vlan { vid 5 } ipv4 udp payload "x"',
    'ethernet ipv4 { protocol 62 } payload hex"3b0000000000000000000000"',
    'ethernet ipv6 {} ipv6_other {} tcp { dst_port 80 }',
    'ethernet vlan { vid 1  type 0x9200 } vlan { vid 2 } ipv4 {} udp {}',
    'ethernet ipv4 {} ipv6_fragment { offset 5  next_header 1 } payload hex"0800000000010001"',
    'ethernet arp { operation 2  sender_ip 10.0.0.1  target_ip 10.0.0.2 }',
    'ethernet arp { hardware_length 7 }',
    'ethernet ipv4 { protocol 50 } payload hex"00000001000000020000000000000000"',
    'ethernet ipv6 { next_header 59 } payload hex"04d200500000000100000002501020000000"',
    'ethernet ipv4 gre { flags KEY | SEQUENCE } ipv4 tcp { dst_port 80 } payload "in a tunnel"',
    'ethernet ipv4 gre { flags CHECKSUM } ipv6 udp { dst_port 53 } payload "in a tunnel"',
    'ethernet ipv4 gre { flags ROUTING } payload hex"00000000000000000000000000000000"',
    'ethernet ipv6 gre { flags KEY | SEQUENCE | ACKNOWLEDGMENT  version 1  protocol 0x880b } payload hex"ff03002145"',
    'ethernet ipv4 ipv6 tcp { dst_port 80 } payload "in a tunnel"',
    'ethernet ipv6 ipv4 udp { dst_port 80 } payload "in a tunnel"',
    'ethernet ipv4 sctp { dst_port 2905 } sctp_chunk { type 1 } payload hex"0000000100000400000a000a00000001"',
    'ethernet ipv4 sctp { dst_port 2905 } sctp_chunk { type 3  length 3 } payload hex"000000010000040000000000"',
    'ethernet ipv6 sctp { dst_port 2905 } sctp_chunk { type 0  length 400 } payload hex"00000001000004000000000061626364"',
    'ethernet ipv4 { protocol 4 } payload hex"4500001c000000004011b9b20a0000010a0000020001000200080000"',
  ];
  const whole = packetsFrom(texts.map((text) => text.replace(/\b(ethernet|ipv4|ipv6|udp)(?= [^{]|$)/g, '$1 {}')));
  const padded = whole.map((packet) => {
    const bytes = Uint8Array.from([...packet.bytes, ...new Uint8Array(20).fill(0x5a)]);
    return { ...packet, bytes, wireLength: bytes.length };
  });
  const cut = whole.map((packet) => ({ ...packet, bytes: packet.bytes.subarray(0, 54) }));
  return [...whole, ...padded, ...cut];
}

async function heldTo(path: string): Promise<Report> {
  const report = await hold(path);
  if (process.env['SIGWARD_REPORT'] === '1') {
    const counts = [...report.explained].map(([rule, count]) => `${count} ${rule}`);
    console.info(
      [`${path}: ${report.packets} packets, ${report.unexplained.length} mismatches`, ...counts].join('\n  '),
    );
  }
  expect(report.unexplained.slice(0, 20)).toEqual([]);
  return report;
}

describe.skipIf(why !== undefined)('decoding is what tshark says', () => {
  test.each(RECORDED)('%s', async (path) => {
    expect((await heldTo(path)).explained).toEqual(new Map());
  });

  test.each(LINKS)('packets that are built, link type %i', async (link) => {
    const { packets } = await heldTo(capture('built', sample(arbPacket, 3000), link));
    expect(packets).toBeGreaterThan(300);
  });

  test('checksums that are computed are right', async () => {
    // A route, a home address or a jumbo length goes into the pseudo header; a fragment cannot be verified; UDP-Lite covers a part.
    const isPlain = ({ layout, values, list }: HeaderPlan): boolean =>
      !['udplite', 'ipv6_routing', 'ipv6_fragment'].includes(layout.name) &&
      (list === undefined || layout.name === 'tcp') &&
      !(layout.name === 'ipv4' && ((values.get('flags') ?? 0n) & 1n) === 1n);
    const plain = fc.sample(arbPlans, { seed: 1071, numRuns: 5000 }).filter(({ plans }) => plans.every(isPlain));
    const packets = plain.map(({ plans, payload }) => build(plans, payload));
    const statuses = new Map<string, number>();
    for (const link of LINKS) {
      for await (const row of tshark(capture('checksums', packets, link))) {
        const found = CHECKSUM_STATUS.flatMap((field) => (row.get(field) ?? []).map((status) => `${field} ${status}`));
        for (const status of found) statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    }
    expect([...statuses.keys()].sort()).toEqual(CHECKSUM_STATUS.map((field) => `${field} ${GOOD}`).sort());
    expect(Math.min(...statuses.values())).toBeGreaterThan(25);
  });

  test('packets that contradict themselves or were cut, and no rule that explains nothing', async () => {
    const mutated = sample(arbMutated, 6000);
    const paths = [capture('crafted', crafted(), 1), ...LINKS.map((link) => capture('mutated', mutated, link))];
    const used = new Set<string>();
    for (const path of paths) for (const rule of (await heldTo(path)).explained.keys()) used.add(rule);
    expect(RULES.map((rule) => rule.name).filter((name) => !used.has(name))).toEqual([]);
  });
});

test.skipIf(whyMixed !== undefined)('106,196 packets of many protocols', async () => {
  expect((await heldTo(MIXED)).packets).toBe(106_196);
});

test.skipIf(whyOthers !== undefined).each(TUNNELS_AND_LINKS)('captures of others: %s', async (name) => {
  expect((await heldTo(`${SURICATA}/${name}`)).packets).toBeGreaterThan(0);
});
