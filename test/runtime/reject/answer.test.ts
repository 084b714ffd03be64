/** Answers to rejected packets, held against packets that the compiler builds. */
import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pcapHeader, pcapRecord } from '../../../runtime/capture/write.js';
import { answerTo } from '../../../runtime/reject/answer.js';
import { conditions, packetsFrom } from '../../support/compile.js';
import { runs } from '../../support/runs.js';
import { needs } from '../../support/skip.js';

const hex = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString('hex');
/** What a packet is answered with, and what it should be. */
const pair = (packet: string, expected: string): (string | undefined)[] => {
  const [given, wanted] = packetsFrom([packet, expected]);
  return [hex(answerTo(given?.bytes ?? new Uint8Array(0))), hex(wanted?.bytes)];
};
const IP4 = 'ipv4 { src 10.0.0.9  dst 10.0.1.5 }';
const BACK4 = (tos: number): string => `ipv4 { src 10.0.1.5  dst 10.0.0.9  tos ${tos}  flags DF  ttl 64 }`;
const IP6 = 'ipv6 { src 2001:db8::9  dst 2001:db8:1::5 }';
const BACK6 = 'ipv6 { src 2001:db8:1::5  dst 2001:db8::9  hop_limit 64 }';

describe('TCP (RFC 9293 3.10.7.1)', () => {
  test.each([
    ['a SYN', 'seq 1000  flags SYN', '', 'ack 1001  flags RST | ACK'],
    ['the last number before zero', 'seq 0xffffffff  flags SYN', '', 'ack 0  flags RST | ACK'],
    ['data and FIN without ACK', 'seq 5  flags FIN', 'payload "abc"', 'ack 9  flags RST | ACK'],
    ['no flags', 'seq 5  flags none', '', 'ack 5  flags RST | ACK'],
    ['a segment of a connection', 'seq 5  ack 77  flags ACK | PSH', 'payload "abc"', 'seq 77  flags RST'],
    ['SYN and ACK', 'seq 5  ack 77  flags SYN | ACK', '', 'seq 77  flags RST'],
  ])('%s', (_, header, payload, reset) => {
    const segment = `tcp { src_port 4000  dst_port 80  ${header} } ${payload}`;
    const answer = `tcp { src_port 80  dst_port 4000  window 0  ${reset} }`;
    for (const [there, back] of [
      [IP4, BACK4(0)],
      [IP6, BACK6],
    ] as const) {
      const [given, wanted] = pair(`${there} ${segment}`, `${back} ${answer}`);
      expect(given).toBe(wanted);
    }
  });

  test('behind extension headers', () => {
    const [given, wanted] = pair(
      `${IP6} ipv6_hop ipv6_dest tcp { src_port 4000  dst_port 80  seq 1  flags SYN }`,
      `${BACK6} tcp { src_port 80  dst_port 4000  window 0  ack 2  flags RST | ACK }`,
    );
    expect(given).toBe(wanted);
  });
});

describe('everything else', () => {
  const parts = (text: string): { type?: number; code?: number; quoted?: Uint8Array; length: number } => {
    const [packet] = packetsFrom([text]);
    const answer = answerTo(packet?.bytes ?? new Uint8Array(0)) ?? new Uint8Array(0);
    const size = (answer[0] ?? 0) >> 4 === 4 ? 20 : 40;
    return {
      type: answer[size] ?? -1,
      code: answer[size + 1] ?? -1,
      quoted: answer.subarray(size + 8),
      length: answer.length,
    };
  };

  test.each([
    ['UDP', 'udp { dst_port 53 } payload "x"', [3, 3], [1, 4]],
    ['another protocol', 'sctp', [3, 13], [1, 1]],
  ])('%s', (_, rest, ipv4, ipv6) => {
    expect(parts(`${IP4} ${rest}`)).toMatchObject({ type: ipv4[0], code: ipv4[1] });
    expect(parts(`${IP6} ${rest}`)).toMatchObject({ type: ipv6[0], code: ipv6[1] });
  });

  test('an echo request', () => {
    expect(parts(`${IP4} icmp { type 8 }`)).toMatchObject({ type: 3, code: 13 });
    expect(parts(`${IP6} icmpv6 { type 128 }`)).toMatchObject({ type: 1, code: 1 });
  });

  test('quotes the packet, as much as there is room for', () => {
    const [short, long] = packetsFrom([`${IP4} udp payload "abc"`, `${IP6} udp payload "a" * 2000`]);
    expect(parts(`${IP4} udp payload "abc"`).quoted).toEqual(short?.bytes);
    expect(parts(`${IP4} udp payload "a" * 2000`).length).toBe(576);
    expect(parts(`${IP6} udp payload "a" * 2000`)).toMatchObject({
      length: 1280,
      quoted: long?.bytes.subarray(0, 1232),
    });
  });
});

test.each([
  `${IP4} tcp { flags RST }`,
  `${IP6} tcp { flags RST | ACK }`,
  ...[3, 4, 5, 11, 12, 200].map((type) => `${IP4} icmp { type ${type} }`),
  ...[1, 2, 3, 4, 100, 133, 135, 137, 143].map((type) => `${IP6} icmpv6 { type ${type} }`),
  'ipv4 { src 10.0.0.9  dst 10.0.1.5  fragment 100  protocol 17 } payload "abcdefgh"',
  'ipv4 { src 10.0.0.9  dst 10.0.1.5  flags MF } tcp',
  ...['0.0.0.0', '127.0.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255', '10.0.1.5'].map(
    (source) => `ipv4 { src ${source}  dst 10.0.1.5 } udp`,
  ),
  ...['224.0.0.251', '255.255.255.255', '0.0.0.0'].map((target) => `ipv4 { src 10.0.0.9  dst ${target} } udp`),
  ...['::', '::1', 'ff02::1', '::ffff:10.0.0.1'].map((source) => `ipv6 { src ${source}  dst 2001:db8::1 } udp`),
  'ipv6 { src 2001:db8::9  dst ff02::1 } udp',
  `${IP4} tcp { offset 4 }`,
  `${IP4} tcp { offset 15 }`,
  'ipv4 { src 10.0.0.9  dst 10.0.1.5  length 1000 } udp',
  'ipv4 { src 10.0.0.9  dst 10.0.1.5  protocol 6 } payload "abc"',
  'ipv4 { src 10.0.0.9  dst 10.0.1.5  protocol 17 } payload "abc"',
])('%s is not answered', (text) => {
  const [packet] = packetsFrom([text]);
  expect(answerTo(packet?.bytes ?? new Uint8Array(0))).toBeUndefined();
});

/** Packets after a few changes, and bytes that are none. */
const BASES = packetsFrom([
  `${IP4} tcp { flags SYN } payload "abc"`, `${IP4} udp payload "abc"`, `${IP6} tcp`, `${IP6} ipv6_hop ipv6_fragment udp payload "abc"`,
  `${IP4} icmp { type 8 } payload "abc"`, `${IP6} icmpv6 { type 128 }`, `${IP4} sctp`, `${IP6} udp payload "a" * 1500`,
]).map((p) => p.bytes); // prettier-ignore
const mutated = fc
  .tuple(fc.constantFrom(...BASES), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }), fc.option(fc.nat(60)))
  .map(([base, changes, cut]) => {
    const bytes = base.slice(0, cut === null ? base.length : cut);
    for (const [at, value] of changes) if (bytes.length > 0) bytes[at % Math.min(bytes.length, 64)] = value;
    return bytes;
  });
const anyBytes = fc.oneof(
  { arbitrary: mutated, weight: 4 },
  { arbitrary: fc.uint8Array({ maxLength: 120 }), weight: 1 },
);

test('whatever the bytes: an answer is a whole packet that is never answered itself', () => {
  const valid = conditions([
    'not (ipv4.malformed or ipv6.malformed or tcp.malformed or icmp.malformed or icmpv6.malformed or packet.truncated)',
    'tcp.flags has RST or icmp.type == 3 or icmpv6.type == 1',
  ]);
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const answer = answerTo(bytes);
      if (!answer) return;
      expect(valid({ link: 101, bytes: answer, wireLength: answer.length })).toEqual([true, true]);
      expect(answerTo(answer)).toBeUndefined();
    }),
    { numRuns: runs(2000) },
  );
});

test.skipIf(needs('tshark') !== undefined)('tshark finds no fault with the checksums', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sigward-reject-'));
  const answers = fc.sample(mutated, { numRuns: 300, seed: 7 }).flatMap((bytes) => answerTo(bytes) ?? []);
  const records = answers.map((bytes) => pcapRecord({ link: 101, bytes, wireLength: bytes.length, time: 0n }));
  const file = join(folder, 'answers.pcap');
  writeFileSync(file, Buffer.concat([pcapHeader(101), ...records]));
  const checks = ['ip', 'tcp'].flatMap((p) => ['-o', `${p}.check_checksum:TRUE`]);
  const fields = ['ip', 'tcp', 'icmp', 'icmpv6'].flatMap((p) => ['-e', `${p}.checksum.status`]);
  const { stdout } = spawnSync('tshark', ['-r', file, ...checks, '-T', 'fields', '-E', 'occurrence=f', ...fields], {
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  const lines = stdout.split('\n').filter((line) => line !== '');
  expect(lines).toHaveLength(answers.length);
  // 1 is good, 0 is bad; each packet has a transport's status at least.
  expect(lines.filter((line) => /0|2/.test(line) || !line.includes('1'))).toEqual([]);
});
