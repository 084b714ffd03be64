/** What is said of each part of a condition: where it stands, and why what is missing is missing. */
import { describe, expect, it } from 'vitest';
import { dissect } from '../../../compiler/explain/dissect.js';
import { explainFormula } from '../../../compiler/explain/evidence.js';
import { linesOf } from '../../../compiler/explain/sentences.js';
import { wordsOf } from '../../../compiler/explain/words.js';
import type { Packet } from '../../../runtime/packet.js';
import { compiled, hexPacket, packetFrom } from '../../support/compile.js';

/** One line a part: `+` or `-`, indented, the part and what the packet says. */
function said(condition: string, packet: Packet | string, brief = false): string[] {
  const ruleset = compiled(`signature s { id 1 title "s" severity low when ${condition} then log }`);
  const when = ruleset.signatures[0]?.when ?? { kind: 'False' };
  const dissection = dissect(typeof packet === 'string' ? packetFrom(packet) : packet, ruleset);
  const evidence = explainFormula(when, dissection.stack);
  const lines = linesOf(when, evidence, { dissection, words: wordsOf(ruleset), brief });
  return lines.map(({ depth, holds, text, detail }) => {
    return `${' '.repeat(depth * 2)}${holds ? '+' : '-'} ${text}${detail === '' ? '' : `: ${detail}`}`;
  });
}

describe('an atom', () => {
  it.each([
    ['tcp.dst_port == 80', 'ipv4 tcp { dst_port 22 }', '- tcp.dst_port == 80: tcp.dst_port is 22 (bytes 22–23)'],
    ['ip.ttl < 5', 'ethernet ipv6 { hop_limit 3 } udp', '+ ip.ttl < 5: ip.ttl is 3 (byte 21)'],
    ['tcp.flags has SYN', 'ipv4 tcp { flags ACK | PSH }', '- tcp.flags & SYN == SYN: tcp.flags is ACK | PSH (byte 33)'],
    ['tcp', 'ipv4 tcp', '+ tcp: at byte 20'],
    ['payload', 'ipv4 udp { payload "abc" }', '+ payload: 3 bytes from byte 28'],
    [
      'payload contains "b"',
      'ipv4 udp { payload "abcb" }',
      '+ payload contains "b": stands at 1 (byte 29), 3 (byte 31)',
    ],
    ['payload contains "b" at 0', 'ipv4 udp { payload "abcb" }', '- payload contains "b" at 0: it stands outside of the window at 1 (byte 29), 3 (byte 31)'], // prettier-ignore
    ['payload contains "b" at 9', 'ipv4 udp { payload "ab" }', '- payload contains "b" at 9: the window has no room for it; it stands at 1 (byte 29)'], // prettier-ignore
    ['payload contains "xyz"', 'ipv4 udp { payload "ab" }', '- payload contains "xyz": does not stand there: 2 bytes of 3 that it needs'], // prettier-ignore
    ['payload contains "x"', 'ipv4 udp { payload "ab" }', '- payload contains "x": does not stand in the 2 bytes'],
    ['payload not contains "b"', 'ipv4 udp { payload "ab" }', '- payload not contains "b": stands at 1 (byte 29)'],
    [
      'not tcp.dst_port == 80',
      'ipv4 tcp { dst_port 80 }',
      '- not tcp.dst_port == 80: tcp.dst_port is 80 (bytes 22–23)',
    ],
    ['payload.u16(4) > 1', 'ipv4 udp { payload "ab" }', '- payload.u16(4) > 1: it would read at position 4, and payload has 2 bytes'], // prettier-ignore
    ['payload.dec(0, 3) > 1', 'ipv4 udp { payload "ab" }', '- payload.dec(0, 3) > 1: no digit stands at position 0 of payload (byte 28)'], // prettier-ignore
    ['payload.dec(-4, 4) == 5', 'ipv4 udp { payload "x0123" }', '- payload.dec(-4, 4) == 5: payload.dec(-4, 4) is 123 (bytes 29–32)'], // prettier-ignore
    ['payload.dec(1, 4) == 5', 'ipv4 udp { payload "x01a3" }', '- payload.dec(1, 4) == 5: payload.dec(1, 4) is 1 (bytes 29–30)'], // prettier-ignore
    ['payload.hex(0, 2) == 5', 'ipv4 udp { payload "fFf" }', '- payload.hex(0, 2) == 5: payload.hex(0, 2) is 255 (bytes 28–29)'], // prettier-ignore
    ['payload.dec(0, 4) == 5', 'ipv4 udp { payload "7" }', '- payload.dec(0, 4) == 5: payload.dec(0, 4) is 7 (byte 28)'], // prettier-ignore
    ['udp.length / udp.checksum > 1', 'ipv4 udp { checksum 0 }', '- udp.length / udp.checksum > 1: `udp.length / udp.checksum` cannot be calculated: it divides by zero, or shifts too far'], // prettier-ignore
    ['packet.truncated', 'ipv4 udp', '- packet.truncated: 28 of 28 bytes were kept'],
  ])('%s of %s', (condition, packet, expected) => {
    expect(said(condition, packet)).toEqual([expected]);
  });
});

describe('why a header is not there', () => {
  const port = 'tcp.dst_port == 80';
  const gap = (packet: Packet | string, condition = port): string =>
    said(condition, packet)[0]?.replace(/^.*?: /, '') ?? '';

  it('another protocol', () => {
    expect(gap('ipv4 udp')).toBe('no tcp header: ipv4.protocol is 17 (udp)');
    expect(gap('ipv6 ipv6_dest udp')).toBe('no tcp header: ipv6_dest.next_header is 17 (udp)');
  });
  it('a protocol that nothing is declared for', () => {
    expect(gap('ipv4 { protocol 250 }')).toBe('no tcp header: ipv4.protocol is 250, which no header is declared for');
  });
  it('another link layer', () => {
    expect(gap('ethernet arp')).toBe('no tcp header: the packet is ethernet, arp');
  });
  it('malformed itself', () => {
    expect(gap('ipv4 tcp { offset 4 }')).toBe(
      'no tcp header: tcp at byte 20 is malformed: offset is 4, and must be >= 5',
    );
    expect(gap('ipv4 tcp { offset 9 }')).toBe(
      'no tcp header: tcp at byte 20 is malformed: it says that it takes 36 bytes, and 20 bytes are left',
    );
  });
  it('inside of what is malformed', () => {
    expect(gap('ipv4 { length 2000 } tcp')).toBe(
      'no tcp header: ipv4 at byte 0 is malformed: the length that it gives is less than the header, or reaches beyond the end of the packet',
    );
    const short = hexPacket('45 00 00 18 00 00 00 00 40 06 00 00 0a 00 00 01 0a 00 00 02 00 50 00 50');
    expect(gap(short)).toBe(
      'no tcp header: tcp at byte 20 is malformed: its fixed fields take 20 bytes, and 4 bytes are left',
    );
  });
  it('cut off', () => {
    const { bytes } = packetFrom('ipv4 tcp');
    expect(gap(packetFrom('ipv4 tcp', { bytes: bytes.subarray(0, 30), wireLength: 40 }))).toBe(
      'no tcp header: the packet was cut off inside of tcp at byte 20',
    );
  });
  it('behind a chain that is too long', () => {
    const end = 'no tcp header: decoding ended after 16 headers, in front of';
    expect(gap(`ipv6 ${'ipv6_dest '.repeat(14)} tcp`)).toBe(`${end} tcp at byte 152`);
    expect(gap(`ipv6 ${'ipv6_dest '.repeat(15)} tcp`)).toBe(`${end} ipv6_dest at byte 152`);
  });
  it('a later fragment', () => {
    expect(gap('ipv4 { protocol 6  fragment 185 } payload "data"')).toBe(
      'no tcp header: ipv4.fragment is 185, and what follows such a header is not decoded',
    );
  });
  it('inside of a tunnel', () => {
    const inner = packetFrom('ipv4 { src 10.0.0.1 } tcp').bytes;
    const outer = packetFrom('ipv4 { protocol 4 }').bytes;
    const bytes = Uint8Array.from([...outer, ...inner]);
    bytes[3] = bytes.length;
    expect(gap({ ...packetFrom('ipv4'), bytes, wireLength: bytes.length })).toBe(
      'no tcp header: decoding ended in front of a second ipv4 header at byte 20: what a tunnel carries is payload',
    );
  });
  it('a second one, an option, a payload', () => {
    expect(gap('ethernet vlan ipv4 udp', 'vlan[1].vid == 7')).toBe('no vlan[1] header: the packet has one of them');
    expect(gap('ipv4 tcp', 'tcp.options.mss.value == 7')).toBe('no tcp.options.mss');
    expect(gap('ipv4 tcp { options hex"08 01" }', 'tcp.options.mss.value == 7')).toBe(
      'no tcp.options.mss before the place where the list contradicts itself',
    );
    expect(gap('ipv4 { protocol 250 }', 'payload contains "x"')).toBe(
      'no transport header, so no payload: ipv4.protocol is 250, which no header is declared for',
    );
    expect(gap('ethernet arp', 'ip.src == 10.0.0.1')).toBe('no ipv4 or ipv6 header: ethernet.type is 2054 (arp)');
  });
});

describe('what is put together', () => {
  it('names every alternative, or in brief the one that decides', () => {
    const condition = 'tcp.dst_port == 80 or tcp.dst_port == 81';
    expect(said(condition, 'ipv4 tcp { dst_port 81 }')).toEqual([
      '+ one of',
      '  - tcp.dst_port == 80: tcp.dst_port is 81 (bytes 22–23)',
      '  + tcp.dst_port == 81: tcp.dst_port is 81 (bytes 22–23)',
    ]);
    expect(said(condition, 'ipv4 tcp { dst_port 81 }', true)).toEqual([
      '+ tcp.dst_port == 81, one of 2: tcp.dst_port is 81 (bytes 22–23)',
    ]);
    expect(said(condition, 'ipv4 tcp { dst_port 82 }', true)).toEqual([
      '- tcp.dst_port == 80, or 1 other: tcp.dst_port is 82 (bytes 22–23)',
    ]);
  });

  it('shows for which occurrence a relative match holds, or why for none', () => {
    const condition = 'payload contains "a" as x and payload contains "b" in x.end..x.end+1';
    expect(said(condition, 'ipv4 udp { payload "a..a.b" }')).toEqual([
      '+ payload contains "a" as #1: stands at 0 (byte 28), 3 (byte 31)',
      '  + with #1 at 3 (byte 31)',
      '    + payload contains "b" in #1.end..#1.end + 1: stands at 5 (byte 33)',
    ]);
    expect(said(condition, 'ipv4 udp { payload "a..b" }')).toEqual([
      '- payload contains "a" as #1: stands at 0 (byte 28); what is asked of it holds for none',
      '  - with #1 at 0 (byte 28)',
      '    - payload contains "b" in #1.end..#1.end + 1: it stands outside of the window at 3 (byte 31)',
    ]);
  });
});
