/** Named occurrences, windows that depend on the packet, integers out of bytes: what they become. */
import { describe, expect, test } from 'vitest';
import { compileSig } from '../../support/compile.js';
import { meaning, said } from './formulas.js';

/** Every byte field of these tests is `payload`. */
const A = 'payload contains "a" as x';
const some = (name: number, literal: string, where: string, window = ''): string =>
  `some #${name} = payload contains ${literal} 0..-1${window}: ${where}`;

describe('names of occurrences', () => {
  test.each([
    ['a name that nothing refers to is no more than the match', A, 'payload contains a 0..-1'],
    [
      'what refers to a name goes to it, and the rest stays',
      `${A} and tcp and x.end > 5`,
      `(${some(0, 'a', '(#0 + 1) > 5')} and present tcp)`,
    ],
    [
      'a name in the window of another one',
      `${A} and payload contains "bc" in x.end+4 .. x.end+20 as y and y.start > 9 and x.start > 1`,
      some(0, 'a', `(${some(1, 'bc', '#1 > 9', ' in ((#0 + 1) + 4)..((#0 + 1) + 20)')} and #0 > 1)`),
    ],
    [
      'the first byte alone',
      `${A} and payload contains "bc" at x.end`,
      some(0, 'a', 'payload contains bc 0..-1 in (#0 + 1)..((#0 + 1) + 1)'),
    ],
    [
      'brackets change nothing',
      `(${A} and tcp) and (udp and x.end > 5)`,
      `(${some(0, 'a', '(#0 + 1) > 5')} and present tcp and present udp)`,
    ],
    [
      'an outer name inside of `not` and `or`',
      `${A} and not payload contains "b" at x.end and (tcp or x.start == 7)`,
      some(0, 'a', '(not payload contains b 0..-1 in (#0 + 1)..(#0 + 1) and (present tcp or #0 == 7))'),
    ],
    [
      'a name inside of a branch, and the same name in the other',
      `(${A} and x.start > 1 or payload contains "b" as x and x.start > 2) and not (payload contains "c" as x and x.start > 3)`,
      `((${some(0, 'a', '#0 > 1')} or ${some(1, 'b', '#1 > 2')}) and not ${some(2, 'c', '#2 > 3')})`,
    ],
    [
      'an inner name beside an outer one',
      `${A} and not (payload contains "b" at x.end as y and y.start > 3 and x.start > 4)`,
      some(0, 'a', `not (${some(1, 'b', '#1 > 3', ' in (#0 + 1)..(#0 + 1)')} and #0 > 4)`),
    ],
    [
      'what is not there, at a place that another one says',
      `${A} and payload not contains "b" at x.end`,
      some(0, 'a', 'payload not contains b 0..-1 in (#0 + 1)..(#0 + 1)'),
    ],
    ['a name whose condition can never hold', `${A} and x.start > 4 and false`, 'False'],
  ])('%s', (_, condition, expected) => {
    expect(meaning(condition)).toBe(expected);
  });

  test('a predicate takes positions and occurrences, and keeps its own names to itself', () => {
    const before =
      'predicate after(o) = payload contains "b" at o.end as x and x.start > 3\npredicate at_four(p) = p == 4 and tcp';
    expect(meaning(`${A} and after(x) and at_four(x.start)`, before)).toBe(
      `(${some(0, 'a', `(${some(1, 'b', '#1 > 3', ' in (#0 + 1)..(#0 + 1)')} and #0 == 4)`)} and present tcp)`,
    );
  });

  test('the parts of a predicate may refer to different names', () => {
    const before = 'predicate both(p, q) = p > 1 and q > 2';
    expect(meaning(`${A} and payload contains "b" as y and both(x.start, y.start)`, before)).toBe(
      `(${some(0, 'a', '#0 > 1')} and ${some(1, 'b', '#1 > 2')})`,
    );
  });

  test('bytes that are handed to a predicate are searched, measured and read', () => {
    const before = 'predicate p(b) = b contains "a" as x and b.length > 3 and b.u8(x.end) == 2';
    expect(meaning('p(udp.payload)', before)).toBe(
      '(some #0 = payload(udp) contains a 0..-1: payload(udp).u8((#0 + 1)) == 2 and length(payload(udp)) > 3)',
    );
  });
});

describe('windows that depend on the packet', () => {
  test.each([
    ['payload contains "ab" at ip.ttl', 'in first(ipv4.ttl, ipv6.hop_limit)..(first(ipv4.ttl, ipv6.hop_limit) + 1)'],
    ['payload contains "ab" in 4 .. udp.length', 'in 4..udp.length'],
    ['payload contains "ab" in udp.length .. -1', 'in udp.length..(length(payload) + -1)'],
    ['payload contains "ab" in -20 .. udp.length', 'in (length(payload) + -20)..udp.length'],
    ['payload contains "ab" in payload.length - 4 .. -1', 'in (length(payload) - 4)..(length(payload) + -1)'],
  ])('%s', (condition, window) => {
    expect(meaning(condition)).toBe(`payload contains ab 0..-1 ${window}`);
  });
});

describe('integers out of bytes', () => {
  test.each([
    ['payload.u8(0) == 1', 'payload.u8(0) == 1'],
    ['payload.u16(4) == 1', 'payload.u16(4) == 1'],
    ['udp.payload.u24le(-3) == 1', 'payload(udp).u24le(-3) == 1'],
    ['payload.u32le(ip.ttl) == 1', 'payload.u32le(first(ipv4.ttl, ipv6.hop_limit)) == 1'],
    ['payload.dec(3, 5) == 1', 'payload.dec(3, 5) == 1'],
    ['payload.hex(payload.u8(0), 2) == 1', 'payload.hex(payload.u8(0), 2) == 1'],
    ['~payload.u8(0) == 1', '(payload.u8(0) ^ 255) == 1'],
    ['payload.u8(0) in { 1, 3 }', 'payload.u8(0) in 1..1 3..3'],
  ])('%s', (condition, expected) => {
    expect(meaning(condition)).toBe(expected);
  });

  test('the greatest of each is proved', () => {
    expect(said('payload.u16(0) == 65535 and payload.u24(0) == 16777215 and payload.u32(0) == 4294967295')).toEqual([]);
    expect(said('payload.dec(0, 18) == 999999999999999999 and payload.hex(0, 15) == 0xfffffffffffffff')).toEqual([]);
    expect(said('payload.dec(0, 18) * 9 > 1 and payload.u32(0) * 0x7fffffff > 1')).toEqual([]);
    expect(said('payload.dec(0, 18) * 10 > 1')).toEqual(['E0602 this value cannot be proved to fit into 63 bits']);
    expect(said('payload.u32(0) << 31 > 1 and payload.u32(0) << 32 > 1')).toEqual([
      'E0602 this value cannot be proved to fit into 63 bits',
    ]);
  });
});

describe('let', () => {
  test.each([
    ['let n = payload.u16(0) when n == 5', 'payload.u16(0) == 5'],
    [
      'let n = ip.ttl + 1 let m = n * n when m > n',
      '((first(ipv4.ttl, ipv6.hop_limit) + 1) * (first(ipv4.ttl, ipv6.hop_limit) + 1)) > (first(ipv4.ttl, ipv6.hop_limit) + 1)',
    ],
    ['let n = 2 * 40 when tcp.dst_port == n', 'tcp.dst_port == 80'],
    [
      'let p = -2 when payload.u16(p) == 5 and payload contains "a" at p',
      '(payload.u16(-2) == 5 and payload contains a -2..-2)',
    ],
    ['let f = tcp.flags when f has SYN', '(tcp.flags & 2) == 2'],
    [`let n = payload.u8(x.end) when ${A} and n == 5`, some(0, 'a', 'payload.u8((#0 + 1)) == 5')],
    [
      `let n = payload.u8(x.end) let m = n + 1 when ${A} and m == 5 or payload contains "bb" as x and m == 6`,
      `(${some(0, 'a', '(payload.u8((#0 + 1)) + 1) == 5')} or ${some(1, 'bb', '(payload.u8((#1 + 2)) + 1) == 6')})`,
    ],
  ])('%s', (condition, expected) => {
    expect(meaning(condition)).toBe(expected);
  });

  test('names of one signature mean nothing in another, nor in a predicate', () => {
    const before =
      'predicate p = n == 1\nsignature other { id 2 let n = payload.u8(0) when n == 1 and payload contains "a" as x then log }';
    expect(said('n == 1 and x.end == 1', before)).toEqual([
      'E0401 nothing is called `n` here',
      'E0401 nothing is called `n` here',
      'E0401 nothing is called `x` here',
    ]);
  });
});

describe('however many', () => {
  const codes = (text: string): string[] => compileSig(text).diagnostics.map((d) => d.code);
  const chain = (length: number): string =>
    Array.from({ length }, (_, i) => `payload contains "a"${i === 0 ? '' : ` at x${i - 1}.end`} as x${i}`).join(
      ' and ',
    );
  const lets = (length: number, value: (before: string) => string): string =>
    Array.from({ length }, (_, i) => `let n${i} = ${i === 0 ? 'payload.u8(0)' : value(`n${i - 1}`)}`).join('\n');

  test('names that depend on each other nest 200 deep', () => {
    expect(codes(`signature s { id 1 when ${chain(200)} then log }`)).toEqual([]);
    expect(codes(`signature s { id 1 when ${chain(201)} then log }`)).toEqual(['E0204']);
    expect(codes(`signature s { id 1 when ${chain(1000)} then log }`)).toEqual(['E0204']);
  });

  test('`let`s that depend on each other nest 200 deep', () => {
    const text = (length: number, value: (before: string) => string): string =>
      `signature s { id 1 ${lets(length, value)} when n${length - 1} == 200 then log }`;
    expect(codes(text(150, (n) => `${n} + 1`))).toEqual([]);
    expect(codes(text(250, (n) => `${n} + 1`))).toEqual(['E0204']);
    expect(codes(text(2000, (n) => n))).toEqual(['E0204']);
  });

  test('`let`s that multiply are refused, and not reckoned', () => {
    const text = (length: number): string =>
      `signature s { id 1 ${lets(length, (n) => `${n} & ${n}`)} when n${length - 1} > 5 then log }`;
    expect(codes(text(10))).toEqual([]);
    expect(codes(text(60))).toEqual(['E0609']);
  });
});
