/** GRE, IP in IP, SCTP, and what ends a chain of IPv6 headers: written out by hand, as the RFCs draw them. */
import { describe, expect, test } from 'vitest';
import { crc32c } from '../../compiler/packets/crc32c.js';
import { conditions, hexPacket, packetFrom } from '../support/compile.js';
import { stackOf, valueOf } from '../support/states.js';

const ascii = (text: string): string => Buffer.from(text).toString('hex');
/** IPv4 of so many bytes behind its header. */
const four = (protocol: string, hex: string): string => {
  const body = hex.replace(/\s+/g, '');
  return `4500 ${(20 + body.length / 2).toString(16).padStart(4, '0')} 00000000 40 ${protocol} 0000 c0000201 c0000202 ${body}`;
};
const six = (next: string, hex: string): string => {
  const body = hex.replace(/\s+/g, '');
  const length = (body.length / 2).toString(16).padStart(4, '0');
  return `60000000 ${length} ${next} 40 20010db8000000000000000000000001 20010db8000000000000000000000002 ${body}`;
};
const TCP = `04d2 0050 00000001 00000002 5010 2000 0000 0000 ${ascii('evil')}`;
const INNER = four('06', TCP);

describe('GRE', () => {
  test.each([
    ['RFC 2784 2: nothing optional', '0000 0800', 4],
    ['a checksum, and the reserved half word behind it', '8000 0800 0000 0000', 8],
    ['RFC 2890 2: a key', '2000 0800 00000007', 8],
    ['a sequence number', '1000 0800 00000001', 8],
    ['all three', 'b000 0800 00000000 00000007 00000001', 16],
    ['RFC 2637 4.1: PPTP with key, sequence number and acknowledgment', '3081 880b 00080001 00000001 00000001', 16],
    ['RFC 1701: routing shares its word with the checksum', 'c000 0800 00000000', 8],
  ])('%s', (_, header, size) => {
    const packet = hexPacket(four('2f', `${header} ${INNER}`));
    expect(stackOf(packet)).toBe('raw ipv4 gre');
    expect(conditions([`gre.payload.length == ${INNER.replace(/\s+/g, '').length / 2}`])(packet)).toEqual([true]);
    expect(size).toBe(header.replace(/\s+/g, '').length / 2);
  });

  test('its flags and its protocol', () => {
    const packet = hexPacket(four('2f', `3081 880b 00080001 00000001 00000001`));
    expect([valueOf(packet, 'gre.version'), valueOf(packet, 'gre.protocol')]).toEqual([1n, 0x880bn]);
    const flags = ['gre.flags == KEY | SEQUENCE | ACKNOWLEDGMENT', 'gre.flags lacks CHECKSUM | ROUTING | STRICT'];
    expect(conditions(flags)(packet)).toEqual([true, true]);
  });

  test.each([
    ['words that the packet does not have', four('2f', 'b000 0800 00000000 00000007'), 'raw ipv4 !gre'],
    ['three bytes', four('2f', '000008'), 'raw ipv4 !gre'],
    ['a version that nobody knows', four('2f', '0002 0800'), 'raw ipv4 !gre'],
    ['nothing behind it', four('2f', '0000 0800'), 'raw ipv4 gre'],
  ])('%s', (_, hex, stack) => {
    expect(stackOf(hexPacket(hex))).toBe(stack);
  });

  test('what it carries is searched, and decoded as nothing of the outer packet', () => {
    const texts = [
      'gre.payload contains "evil"',
      'payload contains "evil"',
      'tcp',
      'tcp.dst_port == 80',
      'ip.protocol == 47',
    ];
    const tunnels = [INNER, six('06', TCP)].flatMap((inner, i) => [
      hexPacket(four('2f', `0000 ${i === 0 ? '0800' : '86dd'} ${inner}`)),
      hexPacket(six('2f', `0000 ${i === 0 ? '0800' : '86dd'} ${inner}`)),
    ]);
    for (const packet of tunnels) expect(conditions(texts)(packet)).toEqual([true, true, false, false, true]);
  });

  test('a tunnel that a test builds: the words of its flags are there, the protocol is computed', () => {
    const packet = packetFrom('ipv4 {} gre { flags KEY | SEQUENCE } ipv6 {} tcp {} payload "evil"');
    expect(valueOf(packet, 'gre.protocol')).toBe(0x86ddn);
    expect(packet.bytes.length).toBe(20 + 12 + 40 + 20 + 4);
    expect(conditions(['gre.payload contains "evil" in 60..63'])(packet)).toEqual([true]);
  });
});

describe('IP in IP', () => {
  test.each([
    ['RFC 2003', four('04', INNER), 'raw ipv4', 4],
    ['RFC 4213', four('29', six('06', TCP)), 'raw ipv4', 41],
    ['RFC 2473', six('29', six('06', TCP)), 'raw ipv6', 41],
    ['RFC 2473, the other way', six('04', INNER), 'raw ipv6', 4],
  ])('%s: another stack', (_, hex, stack, protocol) => {
    const packet = hexPacket(hex);
    expect(stackOf(packet)).toBe(stack);
    expect(conditions(['ip.payload contains "evil"', 'tcp', `ip.protocol == ${protocol}`])(packet)).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe('SCTP', () => {
  const HEADER = '0b59 0b5a 12345678 00000000';

  test('RFC 9260 3.1 and 3.3.2: an INIT, field by field', () => {
    const packet = hexPacket(four('84', `${HEADER} 01 02 0014 0000000100000400000a000a00000001`));
    expect(stackOf(packet)).toBe('raw ipv4 sctp sctp_chunk');
    expect(['src_port', 'dst_port', 'tag'].map((f) => valueOf(packet, `sctp.${f}`))).toEqual([
      2905n,
      2906n,
      0x12345678n,
    ]);
    expect(['type', 'flags', 'length'].map((f) => valueOf(packet, `sctp_chunk.${f}`))).toEqual([1n, 2n, 20n]);
    expect(
      conditions(['sctp.port == 2906', 'sctp_chunk.payload.length == 16', 'payload.length == 20'])(packet),
    ).toEqual([true, true, true]);
  });

  test('the first chunk ends where its length says; all of them are payload', () => {
    const chunks = `00 03 0011 00000001 0000 0000 00000000 ${ascii('e')} 000000 00 03 0014 00000002 0000 0000 00000000 ${ascii('evil')}`;
    const packet = hexPacket(four('84', `${HEADER} ${chunks}`));
    const texts = ['sctp_chunk.payload contains "evil"', 'payload contains "evil"', 'sctp_chunk.payload.length == 13'];
    expect(conditions(texts)(packet)).toEqual([false, true, true]);
  });

  test.each([
    ['a length that does not cover itself', '01 00 0003 00000000'],
    ['a length beyond the packet', '01 00 0009 00000000'],
    ['half a chunk header', '0100'],
    ['no chunk at all', ''],
  ])('%s', (_, chunk) => {
    expect(stackOf(hexPacket(four('84', `${HEADER} ${chunk}`)))).toBe('raw ipv4 sctp !sctp_chunk');
  });

  test('eleven bytes of header', () => {
    expect(stackOf(hexPacket(four('84', HEADER.replace(/00$/, ''))))).toBe('raw ipv4 !sctp');
  });

  test('CRC32c: RFC 3720 B.4, and in a packet that is built', () => {
    const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
    expect(crc32c(bytes('00'.repeat(32)))).toBe(0x8a9136aa);
    expect(crc32c(bytes('ff'.repeat(32)))).toBe(0x62a8ab43);
    expect(crc32c(bytes(ascii('123456789')))).toBe(0xe3069283);
    const packet = packetFrom('ipv4 {} sctp { dst_port 2905 } sctp_chunk { type 1 } payload "abcd"');
    const segment = packet.bytes.slice(20);
    const sent = new DataView(segment.buffer).getUint32(8, true);
    segment.fill(0, 8, 12);
    expect(sent).toBe(crc32c(segment));
  });
});

describe('what ends a chain of IPv6 headers', () => {
  test.each([
    ['no next header (RFC 8200 4.7)', six('3b', TCP), 'raw ipv6', 59],
    ['no next header behind options', six('00', `3b00 0104 00000000 ${TCP}`), 'raw ipv6 ipv6_hop', 59],
    ['ESP (RFC 4303)', six('3c', `3200 0104 00000000 0000000100000001 ${TCP}`), 'raw ipv6 ipv6_dest', 50],
  ])('%s', (_, hex, stack, protocol) => {
    const packet = hexPacket(hex);
    expect(stackOf(packet)).toBe(stack);
    expect(conditions([`ip.protocol == ${protocol}`])(packet)).toEqual([true]);
  });

  test.each([
    ['mobility (RFC 6275 6.1)', '87'],
    ['host identity (RFC 7401 5.1)', '8b'],
    ['shim6 (RFC 5533 5.1)', '8c'],
  ])('%s does not', (_, next) => {
    const packet = hexPacket(six(next, `0600 000000000000 ${TCP}`));
    expect(stackOf(packet)).toBe('raw ipv6 ipv6_other tcp');
  });
});
