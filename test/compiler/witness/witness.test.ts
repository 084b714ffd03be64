/** Conditions of every kind, and the packets that are found for them. */
import { describe, expect, it } from 'vitest';
import type { Formula } from '../../../compiler/logic/formula.js';
import { partsOf } from '../../../compiler/witness/near-miss.js';
import { packetText } from '../../../compiler/witness/packet-text.js';
import { type Witness, witnessFinder, witnessFor } from '../../../compiler/witness/witness.js';
import { compiled, core } from '../../support/compile.js';
import { stackOf } from '../../support/states.js';

const finder = witnessFinder(core.layouts);

function formulaOf(condition: string): Formula {
  const [signature] = compiled(`signature s { id 1 when ${condition} then log }`).signatures;
  if (!signature) throw new Error(condition);
  return signature.when;
}

function found(condition: string): Witness {
  const witness = finder.find(formulaOf(condition));
  if (!witness) throw new Error(`no packet was found for ${condition}`);
  return witness;
}

const stackIn = ({ packet }: Witness): string => stackOf({ ...packet, time: 0n });
const textIn = (condition: string): string | undefined => packetText(found(condition), core.layouts);

describe('a packet is found', () => {
  it.each([
    'tcp', 'ip', 'arp', 'vlan', 'not ip', 'vlan[1].vid == 7 and ip.protocol == 17', 'vlan[3]', 'ethernet and not vlan', 'ipv6_hop and ipv6_dest[1] and udp',
    'ipv6_fragment.more == 1 and tcp', 'ip.protocol == 6 and not tcp', 'ip.protocol == 4', 'ip.protocol == 47 and not gre', 'gre.protocol == 0x0800',
    'ip.src in { 10.0.0.0/8 } and ip.dst in { 2001:db8::/32 } or ip.src in { 2001:db8:7::/48 }', 'ip.addr == 10.0.0.1', 'tcp.port not in { 9, 49152 }',
    'ethernet.src == 02:00:5e:10:00:01', 'sll or bsd_loopback', 'snap and ipv4', 'sctp_chunk.length == 20',
    'tcp.malformed', 'ipv4.malformed', 'ipv6.malformed', 'udp.malformed', 'icmp.malformed', 'sctp_chunk.malformed', 'ah.malformed', 'arp.malformed',
    'tcp.options.malformed', 'ipv4.options.malformed and tcp.dst_port == 80', 'ipv6_hop.options.malformed', 'tcp.options.malformed and tcp.options.mss',
    'tcp.malformed and ip.src == 10.0.0.1 and ipv4.ttl == 7',
    'packet.truncated', 'packet.truncated and not tcp and ip.protocol == 6', 'packet.truncated and payload contains "abc"', 'packet.truncated and ipv4.length > 1000',
    'packet.too_deep', 'packet.too_deep and ip.src == 2001:db8::9', 'not packet.too_deep and not packet.truncated',
    'tcp.options.mss.value < 536', 'tcp.options.timestamps and tcp.options.window_scale.shift > 14 and tcp.flags == SYN', 'ipv4.options.lsrr or ipv4.options.ssrr',
    'not tcp.options.mss and tcp.offset == 8', 'ipv6_dest.options.home_address.address == 2001:db8::5',
    'tcp.src_port == tcp.dst_port', 'ip.src == ip.dst', 'tcp.src_port > tcp.dst_port and tcp.dst_port > 60000', 'ipv4.tos % 3 == 1', '100 / ip.ttl > 30', 'tcp.window >> 3 == 77',
    'tcp.seq & 0xff00ff00 == 0x12003400', 'tcp.ack ^ 0xffffffff == 5', 'tcp.seq == tcp.ack + 1', 'ipv4.length - ipv4.ihl * 4 > 300', 'ipv4.fragment * 8 + ipv4.length > 65535',
    'udp.length >= 8 and ipv4.length > ipv4.ihl * 4 + udp.length', 'tcp.checksum == 0x1234', 'udp.checksum == 0', 'tcp.flags & (SYN | FIN) == SYN and tcp.flags lacks ACK',
    'payload.length > 1000', 'payload.length == 0 and udp', 'payload.length in 17..19 and payload.length != 18', 'payload == "ping"', 'payload != "ping" and payload.length == 4',
    'payload contains "GET " at 0 and payload contains "\\r\\n\\r\\n" at -4 and payload contains "cmd.exe" nocase', 'payload contains "abc" in 5..9', 'payload contains "xyz" in -10..-3',
    'payload not contains "x" and payload not contains "." and payload.length == 30', 'payload contains "aba" and payload contains "bab" and payload.length == 4',
    'udp.payload contains "abc" and payload not contains "b" in 0..3', 'ipv4.payload contains hex"00 50" at 2', 'ip.payload.u16(2) == 53', 'ethernet.payload contains "zz"',
    'payload.u8(0) == 0x18 and payload.u16(1) > payload.length - 3', 'payload.u32le(4) == 0x01020304 and payload.u16(4) == 0x0403', 'payload.u8(-1) == 0xff and payload.u16le(-3) == 0x0201',
    'payload.u8(payload.u8(0)) == 7', 'payload contains "PORT " at 0 and payload.dec(5, 5) < 1024', 'payload.hex(2, 4) == 0xbeef', 'payload.dec(0, 3) > 99 and payload.u8(3) == 0x20',
    'payload contains "Location:" nocase as a and payload contains "file://" nocase in a.end .. a.end + 10',
    'payload contains "ask" as ask and not payload contains "end" in ask.end .. -1',
    'payload contains "a" as a and payload contains "b" in a.end..a.end + 3 as b and payload contains "c" at b.end + 5',
    'payload contains "x" as x and payload.u8(x.end) > 100 and payload.u16(x.end) < 30000', 'payload contains "end" in payload.length - 8..payload.length - 2',
    'not (payload contains "a" as a and payload.u8(a.end) < 200) and payload contains "a"',
    'not tcp and not udp and ip', 'not (tcp.dst_port == 80 or payload contains "x") and tcp', '(tcp.dst_port == 1 or udp.dst_port == 2) and not tcp and payload contains "q"', 'true',
  ])('%s', (condition) => {
    const formula = formulaOf(condition);
    expect(finder.holds(formula, found(condition).packet)).toBe(true);
  }); // prettier-ignore

  it.each([
    'tcp and udp', 'ipv4 and ipv6', 'tcp.dst_port == 80 and tcp.dst_port == 81', 'payload == "a" and payload contains "b"', 'tcp.flags has SYN and tcp.flags lacks SYN',
    'not tcp and tcp.options.mss', 'payload contains "abc" and payload not contains "bc"', 'tcp.malformed and tcp', 'ipv4.ihl < 5', 'false',
  ])('and none where there is none: %s', (condition) => {
    expect(finder.find(formulaOf(condition))).toBeUndefined();
  }); // prettier-ignore

  it('or not, in a bounded number of steps: thirty disjunctions that contradict one another at the very end', () => {
    const either = Array.from({ length: 30 }, (_, i) => `(payload contains "a${i}" or payload contains "b${i}")`);
    const text = `udp and payload.length == 40 and ${either.join(' and ')}`;
    expect(finder.find(formulaOf(text))).toBeUndefined();
  });

  it('the same in every run', () => {
    const formula = formulaOf('payload contains "a" as a and payload.u8(a.end) > 3 and tcp.options.mss.value > 7');
    expect(witnessFor(formula, core.layouts)).toEqual(witnessFor(formula, core.layouts));
  });
});

describe('what a packet looks like', () => {
  it.each([
    ['tcp.dst_port == 80', 'packet { ipv4  tcp { dst_port 80 } }'],
    ['tcp.flags has SYN and tcp.flags lacks ACK', 'packet { ipv4  tcp { flags SYN } }'],
    ['payload contains "cmd.exe" nocase', 'packet { ipv4  tcp  payload "cmd.exe" }'],
    ['ip.src in { 10.7.0.0/16 } and udp', 'packet { ipv4 { src 10.7.0.1 }  udp }'],
    ['ip.ttl < 5', 'packet { ipv4 { ttl 4 }  tcp }'],
    ['icmpv6.type == 134', 'packet { ipv6  icmpv6 { type 134 } }'],
    ['arp', 'packet { ethernet  arp }'],
    ['vlan.vid == 7 and udp', 'packet { ethernet  vlan { vid 7 }  ipv4  udp }'],
    ['udp.payload.length == 400', 'packet { ipv4  udp  payload "x" * 400 }'],
    ['tcp.malformed', 'packet { ipv4  tcp { offset 4 } }'],
    ['tcp.options.mss.value == 1460', 'packet { ipv4  tcp { options hex"02 04 05 b4" } }'],
  ])('%s', (condition, text) => {
    expect(textIn(condition)).toBe(text);
  });

  it('is no test where it was cut off', () => {
    expect(textIn('packet.truncated')).toBeUndefined();
    expect(textIn('icmp.malformed and ethernet')).toBe('packet { ethernet  ipv4 { protocol 1 } }');
  });

  it('follows from what is asked about, and nothing else', () => {
    expect(stackIn(found('tcp.dst_port == 80'))).toBe('raw ipv4 tcp');
    expect(stackIn(found('ipv6_routing.type == 0'))).toBe('raw ipv6 ipv6_routing tcp');
    expect(stackIn(found('icmp.malformed'))).toBe('raw ipv4 !icmp');
  });
});

describe('a near miss', () => {
  const misses = (condition: string): (string | undefined)[] => {
    const formula = formulaOf(condition);
    const witness = found(condition);
    return partsOf(formula).map(({ miss }) => {
      const near = finder.find(miss, witness);
      expect(near === undefined || !finder.holds(formula, near.packet), condition).toBe(true);
      return near && packetText(near, core.layouts);
    });
  };

  it.each<[string, (string | undefined)[]]>([
    [
      'tcp.dst_port == 80 and payload contains "GET /evil"',
      [
        'packet { ipv4  tcp { dst_port 81 }  payload "GET /evil" }',
        'packet { ipv4  tcp { dst_port 80 }  payload "GET /evim" }',
      ],
    ],
    [
      'udp.payload.length > 100 and ip.ttl == 1',
      ['packet { ipv4 { ttl 1 }  udp  payload "x" * 100 }', 'packet { ipv4 { ttl 2 }  udp  payload "x" * 101 }'],
    ],
    [
      'payload contains "name" as name and payload.u8(name.end) > 100',
      ['packet { ipv4  tcp  payload "namfx" }', 'packet { ipv4  tcp  payload "named" }'],
    ],
    ['tcp and tcp.dst_port == 80', [undefined, 'packet { ipv4  tcp { dst_port 81 } }']],
    [
      'tcp.options.mss.value < 536 and tcp.flags == SYN',
      [
        'packet { ipv4  tcp { flags SYN  options hex"02 04 02 18" } }',
        'packet { ipv4  tcp { flags SYN | FIN  options hex"02 04 00 00" } }',
      ],
    ],
    [
      'not tcp.dst_port in { 22, 80 } and not (udp or payload contains "a")',
      ['packet { ipv4  tcp { dst_port 22 } }', 'packet { ipv4  udp }', 'packet { ipv4  tcp  payload "a" }'],
    ],
  ])('of %s', (condition, expected) => {
    expect(misses(condition)).toEqual(expected);
  });

  it('takes one branch of a disjunction, with all others failing', () => {
    const formula = formulaOf('tcp.dst_port == 80 and ip.ttl == 1 or udp.dst_port == 53 and ip.ttl == 2');
    const parts = partsOf(formula);
    expect(parts).toHaveLength(4);
    for (const { miss, rest } of parts) {
      const near = finder.find(miss);
      expect(near && finder.holds(rest, near.packet) && !finder.holds(formula, near.packet)).toBe(true);
    }
  });

  it('has either direction as one part', () => {
    expect(partsOf(formulaOf('tcp.port != 80 and ip.addr == 10.0.0.1'))).toHaveLength(2);
  });
});
