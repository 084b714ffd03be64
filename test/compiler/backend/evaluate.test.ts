/** Conditions over packets: which hold, above all where something is missing. */
import { describe, expect, test } from 'vitest';
import { conditions, packetsFrom } from '../../support/compile.js';

/** The packets of the tables, by a name for each. */
const PACKETS = {
  web: 'ipv4 { src 10.0.0.9  dst 10.0.1.5 } tcp { src_port 4000  dst_port 80  flags SYN } payload "GET / HTTP/1.1"',
  ssh: 'ipv4 { src 10.0.0.9  dst 10.0.1.5 } tcp { src_port 80  dst_port 22  flags none  options hex"020405b4" }',
  six: 'ipv6 { src 2001:db8::9  dst 2001:db8::5  hop_limit 3 } tcp { src_port 4000  dst_port 80 }',
  dns: 'ipv4 { dst 10.0.0.53 } udp { src_port 4000  dst_port 53 } payload "\\x00\\x03www"',
  bare: 'ipv4 { protocol 253 } payload "GET "',
  tags: 'ethernet { src 02:00:00:00:00:07 } vlan { vid 5 } vlan { vid 7 } ipv4 {} udp {}',
  bad: 'ipv4 {} tcp { offset 4  dst_port 80 }',
} as const;
type PacketName = keyof typeof PACKETS;
const NAMES = Object.keys(PACKETS).filter((name): name is PacketName => name in PACKETS);
const built = new Map(packetsFrom(Object.values(PACKETS)).map((packet, i) => [NAMES[i], packet]));

/** Names of the packets for which the condition holds. */
function holdsFor(condition: string): string {
  const holds = conditions([condition]);
  return NAMES.filter((name) => {
    const packet = built.get(name);
    return packet && holds(packet)[0];
  }).join(' ');
}

describe.each<[string, readonly (readonly [condition: string, holdsFor: string])[]]>([
  [
    'an atom is false where what it reads is missing',
    [
      ['tcp.dst_port == 80', 'web six'],
      ['tcp.dst_port != 80', 'ssh'],
      ['not tcp.dst_port == 80', 'ssh dns bare tags bad'],
      ['not tcp.dst_port != 80', 'web six dns bare tags bad'],
      ['tcp.dst_port in { 22, 80 }', 'web ssh six'],
      ['tcp.dst_port not in { 22, 23 }', 'web six'],
      ['not tcp.dst_port in { 22, 23 }', 'web six dns bare tags bad'],
      ['payload contains "GET "', 'web'],
      ['payload not contains "GET "', 'ssh six dns tags'],
      ['not payload contains "GET "', 'ssh six dns bare tags bad'],
      ['tcp.flags lacks SYN', 'ssh six'],
      ['not tcp.flags has SYN', 'ssh six dns bare tags bad'],
      ['tcp.dst_port == udp.dst_port', ''],
      ['tcp.dst_port != udp.dst_port', ''],
      ['tcp.dst_port == 80 or udp.dst_port == 53', 'web six dns'],
    ],
  ],
  [
    'presence and malformation',
    [
      ['tcp', 'web ssh six'],
      ['not tcp', 'dns bare tags bad'],
      ['payload', 'web ssh six dns tags'],
      ['ipv4.payload', 'web ssh dns bare tags bad'],
      ['tcp.malformed', 'bad'],
      ['not tcp.malformed', 'web ssh six dns bare tags'],
      ['ip', 'web ssh six dns bare tags bad'],
      ['vlan', 'tags'],
      ['vlan[1]', 'tags'],
      ['vlan[2]', ''],
    ],
  ],
  [
    'either direction',
    [
      ['tcp.port == 80', 'web ssh six'],
      ['tcp.port != 80', ''],
      ['tcp.port != 22', 'web six'],
      ['not tcp.port == 80', 'dns bare tags bad'],
      ['tcp.port in 20..25', 'ssh'],
      ['tcp.port not in { 22, 23 }', 'web six'],
      ['tcp.port < 80', 'ssh'],
      ['tcp.port > 1000', 'web six'],
      ['ip.addr == 10.0.1.5', 'web ssh'],
      ['ip.addr in 10.0.0.0/24', 'web ssh dns'],
      ['ip.addr not in 10.0.0.0/8', 'six bare tags bad'],
      ['ip.addr != 10.0.0.53', 'web ssh six bare tags bad'],
    ],
  ],
  [
    'views',
    [
      ['ip.src == 10.0.0.9', 'web ssh'],
      ['ip.src == 2001:db8::9', 'six'],
      ['ip.src in { 10.0.0.0/24, 2001:db8::/32 }', 'web ssh six'],
      ['ip.ttl == 3', 'six'],
      ['ip.ttl == 64', 'web ssh dns bare tags bad'],
      ['ip.protocol == 6', 'web ssh six bad'],
      ['ip.protocol == 17', 'dns tags'],
    ],
  ],
  [
    'list entries',
    [
      ['tcp.options.mss', 'ssh'],
      ['tcp.options.mss.value == 1460', 'ssh'],
      ['tcp.options.mss.value != 1460', ''],
      ['not tcp.options.mss.value == 1460', 'web six dns bare tags bad'],
      ['tcp.options.malformed', ''],
    ],
  ],
  [
    'arithmetic',
    [
      ['100 / (tcp.src_port - 80) == 0', 'web six'],
      ['100 / (tcp.src_port - 80) != 0', ''],
      ['not 100 / (tcp.src_port - 80) == 0', 'ssh dns bare tags bad'],
      ['100 % (tcp.src_port - 80) == 100', 'web six'],
      ['tcp.dst_port - tcp.src_port < 0', 'web ssh six'],
      ['tcp.src_port * 65536 + tcp.dst_port == 262144080', 'web six'],
      ['tcp.src_port & 0xf00 == 0xf00', 'web six'],
      ['payload.length == 14', 'web'],
      ['payload.length == 0', 'ssh six tags'],
      ['payload.length in 1..5', 'dns'],
    ],
  ],
  [
    'flags',
    [
      ['tcp.flags == SYN', 'web'],
      ['tcp.flags == none', 'ssh'],
      ['tcp.flags any SYN | ACK', 'web six'],
      ['tcp.flags has SYN | ACK', ''],
    ],
  ],
  [
    'byte strings',
    [
      ['payload contains "get " nocase at 0', 'web'],
      ['payload contains "ET" at 1', 'web'],
      ['payload contains "ET" at 0', ''],
      ['payload contains "1.1" in -3..-1', 'web'],
      ['payload contains "1.1" in -4..-2', ''],
      ['payload contains hex"00 03" at 0', 'dns'],
      ['payload contains "www" in 2..4', 'dns'],
      ['payload contains "www" in 3..9', ''],
      ['ipv4.payload contains "GET " at 0', 'bare'],
    ],
  ],
  [
    'addresses of the link layer',
    [
      ['ethernet.src == 02:00:00:00:00:07', 'tags'],
      ['vlan.vid == 5 and vlan[1].vid == 7', 'tags'],
      ['vlan.vid == 7', ''],
    ],
  ],
])('%s', (_, table) => {
  test.each(table)('%s', (condition, expected) => {
    expect(holdsFor(condition)).toBe(expected);
  });
});
