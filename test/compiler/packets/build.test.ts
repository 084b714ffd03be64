/** Packets that tests build: what is computed, what stays as the author gave it, and what cannot be built. */
import { describe, expect, test } from 'vitest';
import { linearIn } from '../../../compiler/packets/linear.js';
import { buildPacket } from '../../../compiler/packets/build.js';
import { writeField } from '../../../compiler/packets/plan.js';
import type { Value } from '../../../compiler/logic/value.js';
import { compileSig, core, hexPacket, packetFrom } from '../../support/compile.js';
import { build, layoutOf, plan } from '../../support/packets.js';
import { stackOf, valueOf } from '../../support/states.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('what the author does not say', () => {
  test('a segment of nothing but defaults', () => {
    const packet = build([plan('ipv4', { id: 1 }), plan('tcp')]);
    expect(packet.link).toBe(101);
    expect(hex(packet.bytes)).toBe(
      '45000028000100004006f6cbc0000201c0000202' +
        'c00000090000000000000000' +
        '5010ffff' +
        hex(packet.bytes.subarray(36, 38)) +
        '0000',
    );
  });

  test('lengths, header lengths and what comes next', () => {
    const packet = build([plan('ipv4', {}, Uint8Array.of(1, 1, 1, 0)), plan('udp')], ascii('abc'));
    expect(['ihl', 'length', 'protocol'].map((name) => valueOf(packet, `ipv4.${name}`))).toEqual([6n, 35n, 17n]);
    expect(valueOf(packet, 'udp.length')).toBe(11n);
    const six = build(
      [plan('ethernet'), plan('vlan'), plan('ipv6'), plan('ipv6_hop', {}, Uint8Array.of(5, 2, 0, 0)), plan('tcp')],
      ascii('abc'),
    );
    expect(stackOf(six)).toBe('ethernet vlan ipv6 ipv6_hop tcp');
    expect([valueOf(six, 'ethernet.type'), valueOf(six, 'vlan.type')]).toEqual([0x8100n, 0x86ddn]);
    expect(['length', 'next_header'].map((name) => valueOf(six, `ipv6.${name}`))).toEqual([31n, 0n]);
    expect(['next_header', 'len'].map((name) => valueOf(six, `ipv6_hop.${name}`))).toEqual([6n, 0n]);
  });

  test.each([
    [0, 5, ''],
    [1, 6, '01000000'],
    [3, 6, '01010100'],
    [4, 6, '01010101'],
    [5, 7, '0101010101000000'],
    [40, 15, '01'.repeat(40)],
  ])('%i bytes of options are padded with zeros to whole words', (length, offset, expected) => {
    const packet = build([plan('ipv4'), plan('tcp', {}, new Uint8Array(length).fill(1))], ascii('x'));
    expect(valueOf(packet, 'tcp.offset')).toBe(BigInt(offset));
    expect(hex(packet.bytes.subarray(40, -1))).toBe(expected);
  });

  test('extension headers are padded to eight bytes', () => {
    for (let length = 0; length <= 20; length++) {
      const packet = build([plan('ipv6'), plan('ipv6_dest', {}, new Uint8Array(length))]);
      expect(packet.bytes.length).toBe(40 + Math.max(8, Math.ceil((length + 2) / 8) * 8));
      expect(stackOf(packet)).toBe('raw ipv6 ipv6_dest');
    }
  });

  test('a constraint gives the least value that it allows', () => {
    const packet = build([plan('ipv6'), plan('ah')]);
    expect(valueOf(packet, 'ah.len')).toBe(1n);
    expect(packet.bytes.length).toBe(52);
  });
});

describe('what the author says stays', () => {
  test.each([
    ['ipv4 { length 9 } tcp {}', 'ipv4.length', 9n],
    ['ipv4 { ihl 15 } tcp {}', 'ipv4.ihl', 15n],
    ['ipv4 { version 6 } tcp {}', 'ipv4.version', 6n],
    ['ipv4 { protocol 17 } tcp {}', 'ipv4.protocol', 17n],
    ['ipv4 { checksum 1 } tcp {}', 'ipv4.checksum', 1n],
    ['ipv4 {} tcp { offset 4 }', 'tcp.offset', 4n],
    ['ipv4 {} tcp { checksum 0 }', 'tcp.checksum', 0n],
    ['ipv4 {} udp { length 7 }', 'udp.length', 7n],
    ['ethernet { type 0x0800 } ipv6 {} udp {}', 'ethernet.type', 0x0800n],
  ])('%s', (text, path, expected) => {
    const { bytes } = packetFrom(text);
    // Read where the field stands, since a header that contradicts itself has no fields.
    const [header = '', name = ''] = path.split('.');
    const start = { ipv4: 0, ethernet: 0, tcp: 20, udp: 20 }[header] ?? 0;
    const field = layoutOf(header).fields.find((f) => f.name === name);
    const read = BigInt(`0x${hex(bytes.subarray(start))}`);
    const width = field?.width ?? 0;
    const shift = BigInt((bytes.length - start) * 8 - (field?.offset ?? 0) - width);
    expect((read >> shift) & ((1n << BigInt(width)) - 1n)).toBe(expected);
  });

  test('a length that is given changes no other byte but the checksum', () => {
    const [right, wrong] = [
      packetFrom('ipv4 {} udp {} payload "abc"'),
      packetFrom('ipv4 { length 99 } udp {} payload "abc"'),
    ];
    const places = [...right.bytes.keys()].filter((i) => right.bytes[i] !== wrong.bytes[i]);
    expect(places).toEqual([3, 11]);
    expect(wrong.bytes[3]).toBe(99);
  });
});

describe('checksums (RFC 1071)', () => {
  /** One's complement sum of 16-bit words: over what is sound, with its checksum in it, it is all ones. */
  const sum = (bytes: Uint8Array): number => {
    let total = 0;
    for (let i = 0; i < bytes.length; i += 2) total += (bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0);
    while (total > 0xffff) total = (total % 0x10000) + Math.floor(total / 0x10000);
    return total;
  };

  test('RFC 1071 3: the numerical example', () => {
    expect(sum(hexPacket('0001 f203 f4f5 f6f7').bytes)).toBe(0xddf2);
    // The same words as the payload of an ICMP message of zeros.
    const packet = build([plan('ipv4'), plan('icmp', { type: 0 })], hexPacket('0001 f203 f4f5 f6f7').bytes);
    expect(valueOf(packet, 'icmp.checksum')).toBe(BigInt(~0xddf2 & 0xffff));
  });

  test('a header that is well known', () => {
    const values = { length: 0x73, flags: 2, ttl: 64, protocol: 17, src: 0xc0a80001, dst: 0xc0a800c7 };
    expect(valueOf(build([plan('ipv4', values)], new Uint8Array(95)), 'ipv4.checksum')).toBe(0xb861n);
  });

  test.each([0, 1, 2, 3, 100, 1001])('TCP and UDP over both pseudo headers, payload of %i bytes', (length) => {
    const payload = new Uint8Array(length).map((_, i) => i * 37);
    for (const [transport, protocol] of [
      ['tcp', 6],
      ['udp', 17],
      ['udplite', 136],
    ] as const) {
      const four = build([plan('ipv4'), plan(transport)], payload).bytes;
      expect(sum(four.subarray(0, 20))).toBe(0xffff);
      const size = four.length - 20;
      expect(
        sum(Uint8Array.from([...four.subarray(12, 20), 0, protocol, size >> 8, size & 255, ...four.subarray(20)])),
      ).toBe(0xffff);
      const six = build([plan('ipv6'), plan(transport)], payload).bytes;
      expect(
        sum(
          Uint8Array.from([
            ...six.subarray(8, 40),
            0,
            0,
            size >> 8,
            size & 255,
            0,
            0,
            0,
            protocol,
            ...six.subarray(40),
          ]),
        ),
      ).toBe(0xffff);
    }
  });

  test('RFC 768: a checksum that comes out as zero is sent as all ones', () => {
    const words = build([plan('ipv4'), plan('udp')], Uint8Array.of(0, 0)).bytes;
    const rest = Number(valueOf({ ...hexPacket(''), bytes: words, wireLength: words.length }, 'udp.checksum'));
    const packet = build([plan('ipv4'), plan('udp')], Uint8Array.of(rest >> 8, rest & 255));
    expect(valueOf(packet, 'udp.checksum')).toBe(0xffffn);
  });

  test('ICMP has no pseudo header, ICMPv6 has', () => {
    const four = build([plan('ipv4'), plan('icmp')], ascii('ping')).bytes;
    expect(sum(four.subarray(20))).toBe(0xffff);
    const six = build([plan('ipv6'), plan('icmpv6')], ascii('ping')).bytes;
    expect(sum(Uint8Array.from([...six.subarray(8, 40), 0, 0, 0, 8, 0, 0, 0, 58, ...six.subarray(40)]))).toBe(0xffff);
  });
});

describe('what cannot be built', () => {
  const problem = (...plans: Parameters<typeof buildPacket>[0]): unknown =>
    buildPacket(plans, new Uint8Array(0), core.layouts);

  test('nothing', () => {
    expect(problem()).toEqual({ problem: 'a packet has one header at least' });
  });
  test('a packet that begins in the middle', () => {
    expect(problem(plan('tcp'))).toMatchObject({ problem: 'a packet cannot begin with `tcp`' });
  });
  test('headers that do not carry each other', () => {
    expect(problem(plan('ipv4'), plan('arp'))).toEqual({ problem: '`arp` cannot stand behind `ipv4`' });
    expect(problem(plan('ipv4'), plan('tcp'), plan('udp'))).toEqual({ problem: '`udp` cannot stand behind `tcp`' });
  });
  test('more options than the header length can say', () => {
    expect(problem(plan('ipv4'), plan('tcp', {}, new Uint8Array(41)))).toEqual({
      problem: '`tcp.offset` would be 16, which its 4 bits cannot hold',
    });
  });
  test('more payload than a length can say', () => {
    const { diagnostics } = compileSig('test "x" { packet { arp {} ipv4 {} } expect none }');
    expect(diagnostics.map((d) => d.severity)).toContain('error');
    expect(buildPacket([plan('ipv4'), plan('udp')], new Uint8Array(65536), core.layouts)).toEqual({
      problem: '`ipv4.length` would be 65564, which its 16 bits cannot hold',
    });
  });
});

describe('lengths as lines', () => {
  const field: Value = {
    kind: 'Field',
    header: { layout: 0, slot: 'current' },
    field: { name: 'n', offset: 0, width: 8, type: 'int' },
  };
  const of = (value: bigint): Value => ({ kind: 'Constant', value });
  const op = (operator: '+' | '-' | '*' | '/' | '<<', left: Value, right: Value): Value => ({
    kind: 'Arithmetic',
    operator,
    left,
    right,
  });

  test.each<[string, Value, { factor: number; offset: number } | undefined]>([
    ['n', field, { factor: 1, offset: 0 }],
    ['n * 4', op('*', field, of(4n)), { factor: 4, offset: 0 }],
    ['4 * n', op('*', of(4n), field), { factor: 4, offset: 0 }],
    ['(n + 1) * 8', op('*', op('+', field, of(1n)), of(8n)), { factor: 8, offset: 8 }],
    ['(n + 2) << 2', op('<<', op('+', field, of(2n)), of(2n)), { factor: 4, offset: 8 }],
    ['n - 3', op('-', field, of(3n)), { factor: 1, offset: -3 }],
    ['3 - n falls', op('-', of(3n), field), undefined],
    ['n + n', op('+', field, field), undefined],
    ['n / 2', op('/', field, of(2n)), undefined],
    ['2 << n', op('<<', of(2n), field), undefined],
    ['7', of(7n), undefined],
  ])('%s', (_, value, expected) => {
    expect(linearIn(value)).toEqual(expected && { field: 'n', ...expected });
  });
});

test('writing a field leaves its neighbours as they are', () => {
  for (let offset = 0; offset < 16; offset++) {
    for (let width = 1; offset + width <= 24; width++) {
      const ones = new Uint8Array(3).fill(0xff);
      writeField(ones, 0, { offset, width }, 0n);
      const mask = ((1 << width) - 1) << (24 - offset - width);
      expect(hex(ones)).toBe((0xffffff & ~mask).toString(16).padStart(6, '0'));
    }
  }
});
