import { describe, expect, test } from 'vitest';
import { compileSig } from '../../support/compile.js';
import { meaning, said } from './formulas.js';

const four = (address: bigint): bigint => (4n << 128n) | address;

describe('what a condition becomes', () => {
  test.each([
    ['tcp', 'present tcp'],
    ['ip', '(present ipv4 or present ipv6)'],
    ['payload', 'present payload'],
    ['udp.payload', 'present payload(udp)'],
    ['tcp.malformed', 'malformed tcp'],
    ['ip.malformed', '(malformed ipv4 or malformed ipv6)'],
    ['tcp.options.malformed', 'malformed tcp list 0'],
    ['tcp.options.mss', 'present tcp.mss'],
    ['tcp.options.mss.value < 500', 'tcp.mss.value < 500'],
    ['packet.truncated', 'truncated'],
    ['true', 'True'],
    ['tcp and true', 'present tcp'],
    ['tcp and false', 'False'],
    ['not not tcp', 'present tcp'],
    ['tcp and (udp and icmp)', '(present tcp and present udp and present icmp)'],
    ['vlan.vid == 5', 'vlan.vid == 5'],
    ['vlan[1].vid == 5', 'vlan[1].vid == 5'],
    ['ip.ttl < 5', 'first(ipv4.ttl, ipv6.hop_limit) < 5'],
    ['ip.protocol == 6', 'first(last(ip_proto of ipv4), last(ip_proto of ipv6)) == 6'],
    ['payload.length == 376', 'length(payload) == 376'],
    ['80 < tcp.dst_port', '80 < tcp.dst_port'],
    ['-tcp.dst_port < -5', '-tcp.dst_port < -5'],
    ['tcp.dst_port * 2 + 1 == 161', '((tcp.dst_port * 2) + 1) == 161'],
  ])('%s', (text, expected) => {
    expect(meaning(text)).toBe(expected);
  });
});

describe('flags', () => {
  test.each([
    ['tcp.flags == SYN', 'tcp.flags == 2'],
    ['SYN | ACK == tcp.flags', '18 == tcp.flags'],
    ['tcp.flags == none', 'tcp.flags == 0'],
    ['tcp.flags & (SYN | FIN) == none', '(tcp.flags & 3) == 0'],
    ['tcp.flags & ~(CWR | ECE) == SYN', '(tcp.flags & 63) == 2'],
    ['tcp.flags has SYN | ACK', '(tcp.flags & 18) == 18'],
    ['tcp.flags any SYN | FIN', '(tcp.flags & 3) != 0'],
    ['tcp.flags lacks ACK', '(tcp.flags & 16) == 0'],
    ['tcp.flags == tcp.SYN', 'tcp.flags == 2'],
    ['tcp.window == tcp.SYN', 'tcp.window == 2'],
    ['ipv4.flags has DF', '(ipv4.flags & 2) == 2'],
    ['tcp.flags in { SYN, FIN }', 'tcp.flags in 1..2'],
  ])('%s', (text, expected) => {
    expect(meaning(text)).toBe(expected);
  });

  test('a constant that is called like a flag is the flag beside flags, and the constant elsewhere', () => {
    expect(meaning('tcp.flags == SYN and tcp.dst_port == SYN', 'const SYN = 7')).toBe(
      '(tcp.flags == 2 and tcp.dst_port == 7)',
    );
  });
});

describe('either direction', () => {
  test.each([
    ['tcp.port == 80', '(tcp.src_port == 80 or tcp.dst_port == 80)'],
    ['tcp.port != 80', '(tcp.src_port != 80 and tcp.dst_port != 80)'],
    ['tcp.port < 80', '(tcp.src_port < 80 or tcp.dst_port < 80)'],
    ['80 > tcp.port', '(tcp.src_port < 80 or tcp.dst_port < 80)'],
    ['tcp.port in 1..9', '(tcp.src_port in 1..9 or tcp.dst_port in 1..9)'],
    ['tcp.port not in 1..9', '(tcp.src_port not in 1..9 and tcp.dst_port not in 1..9)'],
    ['not tcp.port == 80', 'not (tcp.src_port == 80 or tcp.dst_port == 80)'],
  ])('%s', (text, expected) => {
    expect(meaning(text)).toBe(expected);
  });
});

describe('sets', () => {
  test.each([
    ['tcp.dst_port in { 80, 81, 82 }', 'tcp.dst_port in 80..82'],
    ['tcp.dst_port in { 5..9, 1, 7..12, 3 }', 'tcp.dst_port in 1..1 3..3 5..12'],
    ['tcp.dst_port not in 80', 'tcp.dst_port not in 80..80'],
    ['ipv4.src in 10.0.0.0/24', `ipv4.src in ${four(0x0a000000n)}..${four(0x0a0000ffn)}`],
    ['ipv4.src in 10.0.0.5..10.0.0.9', `ipv4.src in ${four(0x0a000005n)}..${four(0x0a000009n)}`],
    ['ipv4.src in { 10.0.0.0/25, 10.0.0.128/25 }', `ipv4.src in ${four(0x0a000000n)}..${four(0x0a0000ffn)}`],
    ['ipv4.src == 10.0.0.1', `ipv4.src == ${four(0x0a000001n)}`],
  ])('%s', (text, expected) => {
    expect(meaning(text)).toBe(expected);
  });

  test('a set of both families is tested for either', () => {
    expect(meaning('ip.src in { 0.0.0.0/0, ::/0 }')).toBe(
      `first(ipv4.src, ipv6.src) in ${four(0n)}..${four(0xffffffffn)} ${6n << 128n}..${(7n << 128n) - 1n}`,
    );
  });
});

describe('bytes', () => {
  test.each([
    ['payload contains "a"', 'payload contains a 0..-1'],
    ['payload contains "abc" nocase at 4', 'payload contains abc nocase 4..6'],
    ['payload contains "abc" at -3', 'payload contains abc -3..-1'],
    ['payload contains "abc" in 4..511', 'payload contains abc 4..511'],
    ['payload contains "abc" in 4..-1', 'payload contains abc 4..-1'],
    ['payload contains "abc" in 4..6', 'payload contains abc 4..6'],
    ['payload not contains "a"', 'payload not contains a 0..-1'],
    ['not payload contains "a"', 'not payload contains a 0..-1'],
    ['ip.payload contains "a"', 'payload(ipv4|ipv6) contains a 0..-1'],
    ['payload == "ab"', '(length(payload) == 2 and payload contains ab 0..1)'],
    ['"ab" == payload', '(length(payload) == 2 and payload contains ab 0..1)'],
    ['payload == ""', 'length(payload) == 0'],
    ['payload != "ab"', '(present payload and not (length(payload) == 2 and payload contains ab 0..1))'],
  ])('%s', (text, expected) => {
    expect(meaning(text)).toBe(expected);
  });

  test('byte strings are joined and repeated when compiling', () => {
    expect(meaning('payload contains sled', 'const sled = "A" * 3 + hex"42"')).toBe('payload contains AAAB 0..-1');
  });
});

describe('constants, parameters and predicates', () => {
  test('constants are folded, whatever their order', () => {
    expect(meaning('tcp.dst_port == b', 'const b = a * 2 + 1\nparam a = (1 << 4) | 3')).toBe('tcp.dst_port == 39');
    expect(meaning('tcp.dst_port in s', 'const s = { 1, t }\nconst t = 5..n\nconst n = 9')).toBe(
      'tcp.dst_port in 1..1 5..9',
    );
  });

  test('a predicate is its body with its arguments, in the scope of its own file', () => {
    const files = { 'p.sig': 'const limit = 5\npredicate low(x) = x < limit and other\npredicate other = udp' };
    expect(meaning('p.low(ip.ttl)', 'import "./p.sig" as p\nconst limit = 99', files)).toBe(
      '(first(ipv4.ttl, ipv6.hop_limit) < 5 and present udp)',
    );
  });

  test('a predicate’s flags are known by what it is handed', () => {
    expect(meaning('null_scan(tcp.flags)', 'import "std/scans"')).toBe('(tcp.flags & 63) == 0');
  });

  test('an argument may be called like something else', () => {
    expect(meaning('p(udp.dst_port)', 'predicate p(tcp) = tcp == 5')).toBe('udp.dst_port == 5');
  });

  test('a signature and a predicate may share a name', () => {
    expect(meaning('subject', 'predicate subject = tcp')).toBe('present tcp');
  });
});

describe('ranges are proved', () => {
  test.each([
    'tcp.dst_port == 65535',
    'tcp.flags & 0x0f == 0x0f',
    'tcp.seq + tcp.ack == 8589934590',
    'tcp.seq * tcp.window == 281470681743360 - 281470681743360',
    'tcp.dst_port / tcp.src_port == 1',
    'tcp.dst_port % 7 == 6',
    'ipv4.ihl * 4 == 60',
    'payload.length - 5 == -5',
  ])('%s is possible', (text) => {
    expect(said(text)).toEqual([]);
  });

  test.each([
    ['tcp.dst_port == 65536', 'E0601'],
    ['tcp.dst_port % 7 == 7', 'E0601'],
    ['ipv4.ihl * 4 == 61', 'E0601'],
    ['tcp.flags & 0x0f == 0x10', 'E0601'],
    ['tcp.dst_port - 5 == -6', 'E0601'],
    ['tcp.seq * tcp.ack == 1', 'E0602'],
    ['tcp.seq << tcp.flags == 1', 'E0602'],
    ['1 << 63 == tcp.seq', 'E0602'],
  ])('%s is refused with %s', (text, code) => {
    expect(said(text).map((line) => line.slice(0, 5))).toEqual([code]);
  });
});

describe('an empty set', () => {
  test('that is only not closed is not called empty', () => {
    const { diagnostics } = compileSig('signature s {\n id 1\n when ip.src in {\n then log\n}\n');
    expect(diagnostics.map((d) => d.code)).not.toContain('E0610');
  });
});

describe('too large', () => {
  test('a condition without predicates is told what fits it', () => {
    const { diagnostics } = compileSig(`signature s { id 1 when ${'tcp or '.repeat(100_000)}tcp then log }`);
    expect(diagnostics.map((d) => [d.code, d.message])).toEqual([
      ['E0609', 'this condition has more than 100,000 parts, those of its predicates included'],
    ]);
    expect(diagnostics[0]?.help).toContain('`in { … }`');
  });
});

describe('names', () => {
  test('a flag of the other operand wins over a constant that is called alike', () => {
    expect(meaning('tcp.flags == SYN', 'const SYN = 4')).toBe('tcp.flags == 2');
  });
});

describe('what a site may change is not decided beforehand', () => {
  test.each([
    ['ip.src in nobody', 'param nobody = { }', 'first(ipv4.src, ipv6.src) in '],
    ['tcp.dst_port >= least', 'param least = 0', 'tcp.dst_port >= 0'],
    ['tcp and web(80)', 'predicate web(port) = port in { 80, 81 }', '(present tcp and 80 in 80..81)'],
    ['from(tcp.dst_port, 0)', 'predicate from(port, least) = port >= least', 'tcp.dst_port >= 0'],
  ])('%s', (condition, before, expected) => {
    expect(meaning(condition, before)).toBe(expected);
  });
});
