/** Rulesets and packets that have something to do with each other: few ports, addresses and letters, so that conditions often hold. */
import fc from 'fast-check';
import type { Packet } from '../../runtime/packet.js';
import { arbMutated, build, plan } from '../support/packets.js';

const PORTS = [0, 22, 79, 80, 81, 443, 8080, 8081, 65535] as const;
const TTLS = [0, 1, 64, 255] as const;
const FLAGS = [0x00, 0x02, 0x12, 0x10, 0x29, 0xc2, 0x3f] as const;
const ADDRESSES = [0x0a000001, 0x0a000101, 0x0a0001ff, 0xc0000201] as const;

const port = fc.constantFrom(...PORTS);
const operator = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');
const isIn = fc.constantFrom('in', 'not in');
const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'c'), minLength: 1, maxLength: 6 });

const ports = fc.oneof(
  fc.array(port, { minLength: 1, maxLength: 3 }).map((all) => `{ ${all.join(', ')} }`),
  fc.tuple(port, port).map(([a, b]) => `${Math.min(a, b)}..${Math.max(a, b)}`),
);
const addresses = fc.constantFrom(
  '{ 10.0.0.0/8 }', '{ 10.0.0.1, 10.0.1.0/24 }', '{ 10.0.1.1, 2001:db8::1 }', '{ 192.0.2.0/24, 2001:db8::/32 }', '10.0.1.255',
); // prettier-ignore

/** Comparisons of header fields. */
const headerAtom: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(fc.constantFrom('tcp', 'udp'), fc.constantFrom('src_port', 'dst_port'), isIn, ports).map(([h, f, i, s]) => `${h}.${f} ${i} ${s}`),
  fc.tuple(fc.constantFrom('tcp.dst_port', 'udp.dst_port', 'tcp.src_port', 'tcp.port'), operator, fc.constantFrom(22, 80, 443, 8080)).map(([f, o, v]) => `${f} ${o} ${v}`),
  fc.tuple(fc.constantFrom('ip.src', 'ip.dst', 'ip.addr', 'ipv4.src', 'ipv4.dst'), isIn, addresses).map(([f, i, s]) =>
    s.startsWith('{') ? `${f} ${i} ${f.startsWith('ipv4') ? '{ 10.0.0.0/16, 192.0.2.1 }' : s}` : `${f} ${i === 'in' ? '==' : '!='} ${s}`),
  fc.constantFrom('has', 'any', 'lacks').chain((how) => fc.constantFrom('SYN', 'SYN | ACK', 'FIN | PSH | URG').map((f) => `tcp.flags ${how} ${f}`)),
  fc.constantFrom('tcp.flags == none', 'tcp.flags == SYN', 'tcp.flags & (SYN | FIN) == SYN', 'tcp.flags & ~(ECE | CWR) == SYN', 'tcp.flags != SYN'),
  fc.tuple(operator, fc.constantFrom(1, 64)).map(([o, v]) => `ip.ttl ${o} ${v}`),
  fc.constantFrom('tcp', 'udp', 'ip', 'ipv4', 'ipv6', 'icmp', 'payload', 'tcp.payload', 'tcp.options.mss', 'vlan', 'ethernet'),
  fc.constantFrom('tcp.malformed', 'ipv4.malformed', 'tcp.options.malformed', 'packet.truncated', 'packet.too_deep'),
  fc.constantFrom('ip.protocol == 6', 'ip.protocol in { 6, 17 }', 'ipv4.ihl > 5', 'ipv4.fragment == 0', 'ipv4.flags has DF', 'ipv4.tos % 3 == 1'),
  fc.constantFrom('tcp.options.mss.value < 536', 'tcp.src_port == tcp.dst_port', 'ipv4.length - ipv4.ihl * 4 > 30', '100 / ip.ttl > 1', 'tcp.window & 1 == 1'),
  fc.tuple(operator, fc.nat(12)).map(([o, v]) => `payload.length ${v === 0 && (o === '<' || o === '>=') ? '==' : o} ${v}`),
); // prettier-ignore

const window = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  fc.nat(6).map((n) => ` at ${n}`),
  fc.tuple(fc.nat(4), fc.integer({ min: 6, max: 14 })).map(([a, b]) => ` in ${a}..${b}`),
  fc.constantFrom(' in -9..-1', ' in 2..-2', ' at -6'),
);

/** Literals in payloads. */
const literalAtom: fc.Arbitrary<string> = fc
  .record({
    field: fc.constantFrom(
      'payload',
      'payload',
      'payload',
      'tcp.payload',
      'udp.payload',
      'ip.payload'.replace('ip', 'ipv4'),
    ),
    verb: fc.constantFrom('contains', 'contains', 'contains', 'not contains'),
    text: letters,
    nocase: fc.boolean(),
    where: window,
  })
  .map(({ field, verb, text, nocase, where }) => `${field} ${verb} "${text}"${nocase ? ' nocase' : ''}${where}`);

/** Integers out of payloads, and what stands behind something else. */
const readAtom: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(fc.constantFrom('u8(0)', 'u8(-1)', 'u16(1)', 'u16le(0)', 'u24(2)', 'u32(0)'), operator, fc.constantFrom(97, 98, 0x6162, 0x61616200)).map(([r, o, v]) => `payload.${r} ${o} ${r.startsWith('u8') ? v % 256 : v}`),
  fc.constantFrom('payload.hex(0, 2) > 100', 'payload.dec(1, 3) == 7', 'payload.u8(payload.u8(0) - 97) == 98', 'payload contains "b" at payload.length - 2'),
  fc
    .record({
      name: fc.integer({ min: 1, max: 99 }).map((n) => `x${n}`),
      first: letters,
      then: fc.constantFrom('payload contains "b" in #.end .. #.end + 2', 'payload not contains "a" at #.end', 'payload.u8(#.end) == 97', '#.start > 1', 'payload.u8(#.start) == payload.u8(0)', 'not payload contains "c" in #.start..#.end'),
    })
    .map(({ name, first, then }) => `(payload contains "${first}" as ${name} and ${then.replaceAll('#', name)})`),
); // prettier-ignore

const atom = fc.oneof(
  { weight: 5, arbitrary: headerAtom },
  { weight: 3, arbitrary: literalAtom },
  { weight: 1, arbitrary: readAtom },
);

const { condition } = fc.letrec<{ condition: string; group: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    atom,
    fc.array(fc.oneof(atom, tie('group')), { minLength: 2, maxLength: 4 }).map((all) => all.join(' and ')),
    tie('group'),
  ),
  group: fc.oneof(
    fc.array(tie('condition'), { minLength: 2, maxLength: 3 }).map((all) => `(${all.join(' or ')})`),
    tie('condition').map((c) => `not (${c})`),
  ),
}));

/** The text of one to `most` signatures. */
export function arbRules(most: number): fc.Arbitrary<string> {
  return fc
    .array(condition, { minLength: 1, maxLength: most, size: 'max' })
    .map((all) => all.map((when, i) => `signature s${i} { id ${i + 1} when ${when} then log }`).join('\n'));
}

const payload = fc
  .array(fc.oneof(letters, fc.constantFrom('aab', 'abcab', '\0')), { maxLength: 5 })
  .map((parts) => new Uint8Array(Buffer.from(parts.join(''), 'latin1')));

const MSS = Uint8Array.from([2, 4, 1, 0]);

const aimed: fc.Arbitrary<Packet> = fc
  .record({
    link: fc.constantFrom([], [], [plan('ethernet')], [plan('ethernet'), plan('vlan', { vid: 7 })]),
    net: fc.oneof(
      fc.record({ src: fc.constantFrom(...ADDRESSES), dst: fc.constantFrom(...ADDRESSES), ttl: fc.constantFrom(...TTLS), tos: fc.nat(3) }).map((v) => plan('ipv4', v)),
      fc.record({ hop_limit: fc.constantFrom(...TTLS) }).map((v) => plan('ipv6', v)),
    ),
    transport: fc.oneof(
      fc.record({ src_port: port, dst_port: port, flags: fc.constantFrom(...FLAGS) }).chain((v) => fc.constantFrom(plan('tcp', v), plan('tcp', v, MSS))),
      fc.record({ src_port: port, dst_port: port }).map((v) => plan('udp', v)),
    ),
    payload,
  })
  .map((p) => build([...p.link, p.net, p.transport], p.payload)); // prettier-ignore

const cut = fc.tuple(aimed, fc.nat(60), fc.boolean()).map(([packet, length, onWire]): Packet => {
  const bytes = packet.bytes.subarray(0, length);
  return { ...packet, bytes, wireLength: onWire ? bytes.length : packet.bytes.length };
});

/** Packets that the rules are about, some of them cut, and some of any kind. */
export const arbPackets: fc.Arbitrary<readonly Packet[]> = fc.array(
  fc.oneof({ weight: 6, arbitrary: aimed }, { weight: 1, arbitrary: cut }, { weight: 1, arbitrary: arbMutated }),
  { minLength: 10, maxLength: 20 },
);

/** What a failure prints: enough to repeat it with `sigward explain`. */
export function reproduction(rules: string, { link, bytes, wireLength }: Packet): string {
  const hex = Buffer.from(bytes).toString('hex');
  return `--link ${link} --hex ${hex} --wire ${wireLength}\n${rules}`;
}
