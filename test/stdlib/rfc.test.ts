/** Packets written out by hand, as the RFCs draw them: what each field is, and what is malformed, cut or not there. */
import { describe, expect, test } from 'vitest';
import { conditions, hexPacket } from '../support/compile.js';
import { stackOf, stateOf, valueOf } from '../support/states.js';
import type { Packet } from '../../runtime/packet.js';

/** 20 bytes of IPv4 with what differs: RFC 791 3.1. */
function ipv4({ first = '45', length = '0014', fragment = '0000', protocol = '06' } = {}): string {
  return `${first}00${length}0000${fragment}40${protocol}0000c0000201c0000202`;
}
const TCP = '04d2 0050 00000001 00000002 5010 2000 0000 0000';
const UDP = '0035 04d2 0008 0000';
const IPV6 = (next: string, length: string): string =>
  `6000 0000 ${length} ${next} 40 20010db8000000000000000000000001 20010db8000000000000000000000002`;

const fields = (packet: Packet, header: string, names: string): Record<string, bigint | undefined> =>
  Object.fromEntries(names.split(' ').map((name) => [name, valueOf(packet, `${header}.${name}`)]));
const cut = (packet: Packet, length: number, wireLength = length): Packet => ({
  ...packet,
  bytes: packet.bytes.subarray(0, length),
  wireLength,
});

describe('the figures of the RFCs', () => {
  test('RFC 791 appendix A, example 1: the minimal data carrying datagram', () => {
    // Version 4, IHL 5, TOS 0, length 21, identification 111, TTL 123, protocol 1, one byte of data.
    const packet = hexPacket('45 00 0015 006f 0000 7b 01 0000 0a000001 0a000002 aa');
    expect(fields(packet, 'ipv4', 'version ihl tos length id flags fragment ttl protocol')).toEqual({
      version: 4n, ihl: 5n, tos: 0n, length: 21n, id: 111n, flags: 0n, fragment: 0n, ttl: 123n, protocol: 1n,
    }); // prettier-ignore
    expect(valueOf(packet, 'ipv4.src')).toBe((4n << 128n) | 0x0a000001n);
    expect(stackOf(packet)).toBe('raw ipv4 !icmp');
  });

  test('RFC 791 appendix A, example 2: the fragments of a datagram of 472 bytes', () => {
    const data = (bytes: number): string => 'bb'.repeat(bytes);
    const first = hexPacket(`4500 0114 006f 2000 7706 0000 0a000001 0a000002 ${data(256)}`);
    expect(fields(first, 'ipv4', 'length flags fragment ttl')).toEqual({
      length: 276n,
      flags: 1n,
      fragment: 0n,
      ttl: 119n,
    });
    const last = hexPacket(`4500 00d8 006f 0020 7706 0000 0a000001 0a000002 ${data(196)}`);
    expect(fields(last, 'ipv4', 'length flags fragment ttl')).toEqual({
      length: 216n,
      flags: 0n,
      fragment: 32n,
      ttl: 119n,
    });
    expect([stackOf(first), stackOf(last)]).toEqual(['raw ipv4 tcp', 'raw ipv4']);
  });

  test('RFC 791 appendix A, example 3: a datagram with options, IHL 8', () => {
    // Code x, length 3, one byte; code x, length 4, two bytes; no-operation; code y, length 3, one byte; end.
    const packet = hexPacket('48 00 0240 006f 0000 7b 06 0000 0a000001 0a000002 c90301 ca040102 01 cb0301 00', 101, {
      wireLength: 576,
    });
    expect(stackOf(packet)).toBe('raw ipv4');
    expect(conditions(['ipv4.options.malformed', 'packet.truncated', 'ipv4.ihl == 8'])(packet)).toEqual([
      false,
      true,
      true,
    ]);
  });

  test('RFC 9293 3.1: the header, field by field, and its options', () => {
    const packet = hexPacket(
      `${ipv4({ length: '003c' })} c001 0050 12345678 9abcdef0 a0 12 faf0 abcd 0007 020405b4 0402 080a 00000011 00000022 01 030307`,
    );
    expect(fields(packet, 'tcp', 'src_port dst_port seq ack offset reserved flags window checksum urgent')).toEqual({
      src_port: 0xc001n, dst_port: 80n, seq: 0x12345678n, ack: 0x9abcdef0n, offset: 10n, reserved: 0n, flags: 0x12n,
      window: 0xfaf0n, checksum: 0xabcdn, urgent: 7n,
    }); // prettier-ignore
    const options = 'mss.value timestamps.value timestamps.echo window_scale.shift sack_permitted.length md5.length';
    expect(Object.values(fields(packet, 'tcp', options))).toEqual([1460n, 17n, 34n, 7n, 2n, undefined]);
  });

  test('RFC 768: four words', () => {
    const packet = hexPacket(`${ipv4({ length: '001e', protocol: '11' })} 0035 04d2 000a beef 6869`);
    expect(fields(packet, 'udp', 'src_port dst_port length checksum')).toEqual({
      src_port: 53n, dst_port: 1234n, length: 10n, checksum: 0xbeefn,
    }); // prettier-ignore
    expect(conditions(['payload.length == 2', 'payload contains "hi" at 0'])(packet)).toEqual([true, true]);
  });

  test('RFC 792: echo', () => {
    const packet = hexPacket(`${ipv4({ length: '001c', protocol: '01' })} 08 00 1234 0101 0002`);
    expect(fields(packet, 'icmp', 'type code checksum id sequence')).toEqual({
      type: 8n, code: 0n, checksum: 0x1234n, id: 257n, sequence: 2n,
    }); // prettier-ignore
  });

  test('RFC 8200 3 and 4, RFC 4443 4.1: a chain of extension headers to an echo request', () => {
    const hop = '2b 00 0502 0000 0100'; // router alert, PadN
    const routing = '2c 00 00 00 00000000';
    const fragment = '3c 00 0001 00000007'; // the first of several
    const destination = '3a 00 010400000000';
    const packet = hexPacket(`${IPV6('00', '0028')} ${hop} ${routing} ${fragment} ${destination} 80 00 abcd 0001 0002`);
    expect(stackOf(packet)).toBe('raw ipv6 ipv6_hop ipv6_routing ipv6_fragment ipv6_dest icmpv6');
    expect(fields(packet, 'ipv6', 'version class flow_label length next_header hop_limit')).toEqual({
      version: 6n, class: 0n, flow_label: 0n, length: 40n, next_header: 0n, hop_limit: 64n,
    }); // prettier-ignore
    expect(fields(packet, 'ipv6_fragment', 'offset more id')).toEqual({ offset: 0n, more: 1n, id: 7n });
    expect(valueOf(packet, 'ipv6_hop.router_alert.value')).toBe(0n);
    expect(conditions(['ip.protocol == 58', 'icmpv6.type == 128', 'ip.src == 2001:db8::1'])(packet)).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('RFC 826: who has 192.0.2.2', () => {
    const packet = hexPacket(
      'ffffffffffff 020000000001 0806 0001 0800 06 04 0001 020000000001 c0000201 000000000000 c0000202',
      1,
    );
    expect(stackOf(packet)).toBe('ethernet arp');
    expect(fields(packet, 'arp', 'operation sender_mac sender_ip target_ip')).toEqual({
      operation: 1n, sender_mac: 0x020000000001n, sender_ip: (4n << 128n) | 0xc0000201n, target_ip: (4n << 128n) | 0xc0000202n,
    }); // prettier-ignore
    const tokenRing = hexPacket(
      'ffffffffffff 020000000001 0806 0006 0800 06 04 0001 020000000001 c0000201 000000000000 c0000202',
      1,
    );
    expect(stackOf(tokenRing)).toBe('ethernet !arp');
  });
});

describe('lengths that cannot be', () => {
  test.each([
    ['IPv4: header length of 4 words', ipv4({ first: '44' }), 'raw !ipv4'],
    ['IPv4: header length beyond the packet', ipv4({ first: '46', length: '0000' }), 'raw !ipv4'],
    ['IPv4: total length less than the header', ipv4({ length: '0013' }), 'raw !ipv4'],
    [
      'IPv4: total length less than a header with options',
      `${ipv4({ first: '46', length: '0014' })} 00000000`,
      'raw !ipv4',
    ],
    ['IPv4: total length more than there is', ipv4({ length: '0015' }), 'raw !ipv4'],
    ['IPv4: another version', ipv4({ first: '65' }), 'raw !ipv6'],
    ['IPv4: total length 0 reaches to the end', `${ipv4({ length: '0000' })} ${TCP}`, 'raw ipv4 tcp'],
    ['IPv4: what stands behind the total length is padding', `${ipv4({ length: '0028' })} ${TCP} 5a5a`, 'raw ipv4 tcp'],
    ['TCP: outside the total length', `${ipv4({ length: '0027' })} ${TCP}`, 'raw ipv4 !tcp'],
    ['TCP: offset of 4 words', `${ipv4({ length: '0028' })} ${TCP.replace('5010', '4010')}`, 'raw ipv4 !tcp'],
    ['TCP: offset beyond the packet', `${ipv4({ length: '0028' })} ${TCP.replace('5010', '6010')}`, 'raw ipv4 !tcp'],
    ['UDP: whole', `${ipv4({ length: '001c', protocol: '11' })} ${UDP}`, 'raw ipv4 udp'],
    ['UDP: length 7', `${ipv4({ length: '001c', protocol: '11' })} ${UDP.replace('0008', '0007')}`, 'raw ipv4 !udp'],
    [
      'UDP: length more than there is',
      `${ipv4({ length: '001c', protocol: '11' })} ${UDP.replace('0008', '0009')}`,
      'raw ipv4 !udp',
    ],
    [
      'UDP: length 0 reaches to the end',
      `${ipv4({ length: '001c', protocol: '11' })} ${UDP.replace('0008', '0000')}`,
      'raw ipv4 udp',
    ],
    ['IPv6: length beyond the packet', `${IPV6('11', '0009')} ${UDP}`, 'raw !ipv6'],
    ['IPv6: length that leaves no room for UDP', `${IPV6('11', '0007')} ${UDP}`, 'raw ipv6 !udp'],
    ['IPv6: extension header beyond the packet', `${IPV6('3c', '0008')} 11 01 0000 0000 0000`, 'raw ipv6 !ipv6_dest'],
    ['IPv6: authentication header of 8 bytes', `${IPV6('33', '000c')} 11 00 0000 00000000 00000000`, 'raw ipv6 !ah'],
    ['a version that is neither', '75000014', 'raw'],
    ['nothing', '', '!raw'],
  ])('%s', (_, hex, expected) => {
    expect(stackOf(hexPacket(hex))).toBe(expected);
  });

  test('fields of a malformed header are absent, those before it are not', () => {
    const packet = hexPacket(`${ipv4({ length: '0028' })} ${TCP.replace('5010', '4010')}`);
    const holds = conditions([
      'tcp.malformed',
      'tcp',
      'tcp.dst_port == 80',
      'tcp.dst_port != 80',
      'payload',
      'ip.protocol == 6',
    ]);
    expect(holds(packet)).toEqual([true, false, false, false, false, true]);
  });
});

describe('every prefix of a packet', () => {
  const whole = hexPacket(`020000000002020000000001 8100 0064 0800 ${ipv4({ length: '002c' })} ${TCP} 61626364`, 1);
  const ENDS = [14, 18, 38, 58] as const;
  const HEADERS = ['ethernet', 'vlan', 'ipv4', 'tcp'] as const;
  const lengths = Array.from({ length: whole.bytes.length }, (_, length) => length);

  test('cut on the wire: the header that does not fit is malformed', () => {
    for (const length of lengths) {
      const fit = HEADERS.filter((_, i) => length >= (ENDS[i] ?? 0));
      // IPv4 says that it is longer than any prefix, so it is the one that lies.
      const there: readonly string[] = fit.filter((name) => name !== 'ipv4' && name !== 'tcp');
      const bad = HEADERS.find((name) => !there.includes(name)) ?? '';
      expect([length, stackOf(cut(whole, length))]).toEqual([length, [...there, `!${bad}`].join(' ')]);
    }
  });

  test('cut by the capture: nothing is malformed, what fits is present', () => {
    const isTruncated = conditions(['packet.truncated']);
    for (const length of lengths) {
      const packet = cut(whole, length, whole.wireLength);
      expect([length, stackOf(packet)]).toEqual([length, HEADERS.filter((_, i) => length >= (ENDS[i] ?? 0)).join(' ')]);
      expect(isTruncated(packet)).toEqual([true]);
    }
    expect(isTruncated(whole)).toEqual([false]);
  });

  test('a header that was cut is absent, and a payload ends early', () => {
    const holds = conditions([
      'tcp',
      'payload',
      'payload contains "ab" at 0',
      'payload contains "abcd"',
      'payload.length == 2',
    ]);
    expect(holds(cut(whole, 57, 62))).toEqual([false, false, false, false, false]);
    expect(holds(cut(whole, 58, 62))).toEqual([true, true, false, false, false]);
    expect(holds(cut(whole, 60, 62))).toEqual([true, true, true, false, true]);
  });
});

describe('fragments', () => {
  test('a later fragment has no transport header, however its bytes look', () => {
    const packet = hexPacket(`${ipv4({ length: '0028', fragment: '0001' })} ${TCP}`);
    expect(stackOf(packet)).toBe('raw ipv4');
    expect(conditions(['payload', 'ip.protocol == 6', 'ipv4.payload.length == 20'])(packet)).toEqual([
      false,
      true,
      true,
    ]);
  });
  test('the first fragment of a datagram that is longer makes UDP malformed', () => {
    const packet = hexPacket(
      `${ipv4({ length: '001c', fragment: '2000', protocol: '11' })} ${UDP.replace('0008', '0100')}`,
    );
    expect(stackOf(packet)).toBe('raw ipv4 !udp');
  });
  test('the first fragment with a whole header has it', () => {
    expect(stackOf(hexPacket(`${ipv4({ length: '0028', fragment: '2000' })} ${TCP}`))).toBe('raw ipv4 tcp');
  });
  test('a later IPv6 fragment ends the chain', () => {
    const packet = hexPacket(`${IPV6('2c', '001c')} 06 00 0008 00000001 ${TCP}`);
    expect(stackOf(packet)).toBe('raw ipv6 ipv6_fragment');
    expect(conditions(['ip.protocol == 6'])(packet)).toEqual([true]);
  });
});

describe('options', () => {
  // Three words of options behind TCP.
  const withOptions = (options: string): Packet =>
    hexPacket(`${ipv4({ length: '0034' })} ${TCP.replace('5010', '8010')} ${options}`);
  const holds = conditions([
    'tcp.options.malformed',
    'tcp.options.mss',
    'tcp.options.window_scale',
    'tcp.dst_port == 80',
    'tcp.malformed',
  ]);

  test.each([
    ['well formed', '020405b4 030307 01 00000000', [false, true, true, true, false]],
    ['length 0', '020405b4 0300 0000 00000000', [true, true, false, true, false]],
    ['length 1', '020405b4 fd01 0303 07000000', [true, true, false, true, false]],
    ['length beyond the list', '020405b4 03030701 fd05 0000', [true, true, true, true, false]],
    ['a length that the kind does not have', '0203 05b4 03030700 00000000', [true, false, false, true, false]],
    ['a kind without room for its length', '020405b4 01010101 010101fd', [true, true, false, true, false]],
    ['nothing after the end', '020405b4 00 030307 00000000', [false, true, false, true, false]],
    ['the first of two', '020405b4 020400ff 00000000', [false, true, false, true, false]],
  ])('TCP: %s', (_, options, expected) => {
    expect(holds(withOptions(options))).toEqual(expected);
  });

  test('of two of a kind the first counts', () => {
    expect(valueOf(withOptions('020405b4 020400ff 00000000'), 'tcp.mss.value')).toBe(1460n);
  });

  test('cut by the capture, options are not malformed: those that fit are there', () => {
    const packet = withOptions('020405b4 03030701 01010101');
    expect(holds(cut(packet, 46, 52))).toEqual([false, true, false, true, false]);
    expect(holds(cut(packet, 47, 52))).toEqual([false, true, true, true, false]);
  });

  test('a source route is found behind other options', () => {
    const packet = hexPacket(`47 00 001c 0000 0000 40 fd 0000 c0000201 c0000202 01 8307 04 0a000001`);
    expect(conditions(['ipv4.options.lsrr', 'ipv4.options.lsrr.pointer == 4', 'ipv4.options.ssrr'])(packet)).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('how deep decoding goes', () => {
  const tags = (count: number): string => '8100 0001'.repeat(count);
  const tagged = (count: number): Packet =>
    hexPacket(`020000000002020000000001 ${tags(count).replaceAll(' ', '')} 0800 ${ipv4({ length: '0028' })} ${TCP}`, 1);
  const deep = conditions(['packet.too_deep', 'tcp', 'vlan[3].vid == 1']);

  test('five tags: four are kept, what follows is seen', () => {
    expect(stackOf(tagged(5))).toBe('ethernet vlan vlan vlan vlan ipv4 tcp');
    expect(deep(tagged(5))).toEqual([false, true, true]);
  });
  test('sixteen headers are decoded, the seventeenth is not', () => {
    expect(deep(tagged(13))).toEqual([false, true, true]); // 1 + 13 + 2
    expect(deep(tagged(14))).toEqual([true, false, true]);
  });
  test('seventeen extension headers', () => {
    const chain = '3c 00 010400000000'.repeat(17).replaceAll(' ', '');
    const packet = hexPacket(`${IPV6('3c', '0088')} ${chain}`);
    expect(deep(packet)).toEqual([true, false, false]);
    expect(stackOf(packet)).toBe('raw ipv6 ipv6_dest ipv6_dest');
  });
  test('a second IP header of the kind is another stack, and so is one of the other kind', () => {
    const inner = `${ipv4({ length: '0028' })} ${TCP}`;
    const inFour = hexPacket(`${ipv4({ length: '003c', protocol: '04' })} ${inner}`);
    const inSix = hexPacket(`${IPV6('04', '0028')} ${inner}`);
    expect([stackOf(inFour), stackOf(inSix)]).toEqual(['raw ipv4', 'raw ipv6']);
    expect(deep(inFour)).toEqual([false, false, false]);
    expect(conditions(['ip.protocol == 4', 'payload'])(inFour)).toEqual([true, false]);
  });
  test('what an ICMP error quotes is its payload', () => {
    const quoted = `${ipv4({ length: '0028' })} ${TCP}`;
    const packet = hexPacket(`${ipv4({ length: '0044', protocol: '01' })} 0301 0000 00000000 ${quoted}`);
    expect(stackOf(packet)).toBe('raw ipv4 icmp');
    expect(conditions(['tcp', 'payload.length == 40'])(packet)).toEqual([false, true]);
  });
});

/** Absent, present and malformed, for every header of the core stack. */
describe('three states', () => {
  const eth = (type: string, rest: string): Packet => hexPacket(`020000000002020000000001 ${type} ${rest}`, 1);
  const six = (next: string, rest: string): Packet => {
    const bytes = rest.replace(/\s+/g, '').length / 2;
    return hexPacket(`${IPV6(next, bytes.toString(16).padStart(4, '0'))} ${rest}`);
  };
  const other = hexPacket(ipv4({ protocol: 'fd' }));
  const EXTENSION = 'fd 00 010400000000';
  const LONG = 'fd 01 010400000000';

  test.each<[string, Packet, Packet, Packet]>([
    ['ethernet', other, eth('88b5', ''), hexPacket('02000000000202000000000188', 1)],
    ['raw', eth('88b5', ''), other, hexPacket('')],
    ['raw_ipv4', other, hexPacket(ipv4(), 228), hexPacket(ipv4({ first: '44' }), 228)],
    ['vlan', eth('88b5', ''), eth('8100', '0001 88b5'), eth('8100', '0001 88')],
    [
      'arp',
      other,
      eth('0806', '0001 0800 06 04 0001 020000000001 c0000201 000000000000 c0000202'),
      eth('0806', '0001 0800'),
    ],
    ['ipv4', eth('88b5', ''), other, hexPacket('45')],
    ['ipv6', other, six('fd', ''), hexPacket(IPV6('fd', '0001'))],
    ['ah', other, six('33', 'fd 01 0000 00000001 00000001'), six('33', 'fd 01 0000 00000001 000000')],
    ['ipv6_hop', other, six('00', EXTENSION), six('00', LONG)],
    ['ipv6_routing', other, six('2b', EXTENSION), six('2b', LONG)],
    ['ipv6_fragment', other, six('2c', EXTENSION), six('2c', 'fd 00 0000 000000')],
    ['ipv6_dest', other, six('3c', EXTENSION), six('3c', LONG)],
    ['ipv6_other', other, six('87', EXTENSION), six('87', LONG)],
    ['tcp', other, six('06', TCP), six('06', TCP.slice(0, -2))],
    ['udp', other, six('11', UDP), six('11', UDP.slice(0, -2))],
    ['udplite', other, six('88', UDP), six('88', UDP.slice(0, -2))],
    [
      'icmp',
      other,
      hexPacket(`${ipv4({ length: '001c', protocol: '01' })} 0800000000000000`),
      hexPacket(`${ipv4({ length: '001b', protocol: '01' })} 08000000000000`),
    ],
    ['icmpv6', other, six('3a', '80000000'), six('3a', '800000')],
  ])('%s', (header, absent, present, malformed) => {
    if (header === 'raw_ipv4') {
      // It has no field that could contradict anything; what it announces has.
      expect([absent, present, malformed].map((p) => stateOf(p, header))).toEqual(['absent', 'present', 'present']);
      expect(stateOf(malformed, 'ipv4')).toBe('malformed');
      return;
    }
    expect([absent, present, malformed].map((p) => stateOf(p, header))).toEqual(['absent', 'present', 'malformed']);
    const holds = conditions([header, `${header}.malformed`, `not ${header}`]);
    expect([absent, present, malformed].map(holds)).toEqual([
      [false, false, true],
      [true, false, false],
      [false, true, true],
    ]);
  });
});
