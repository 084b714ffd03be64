import { describe, expect, test } from 'vitest';
import { condition } from './trees.js';

describe('what binds tighter', () => {
  test.each([
    ['a & b == c', '((a & b) == c)'],
    ['a == b | c', '(a == (b | c))'],
    ['a | b ^ c & d', '(a | (b ^ (c & d)))'],
    ['a & b << c', '(a & (b << c))'],
    ['a << b + c', '(a << (b + c))'],
    ['a + b * c', '(a + (b * c))'],
    ['a - b - c', '((a - b) - c)'],
    ['a / b * c % d', '(((a / b) * c) % d)'],
    ['-a + b', '((- a) + b)'],
    ['~a & b', '((~ a) & b)'],
    ['- - a == b', '((- (- a)) == b)'],
    ['a or b and c', '(a or (b and c))'],
    ['a and b and c', '(a and b and c)'],
    ['not a and b', '((not a) and b)'],
    ['not not a', '(not (not a))'],
    ['not a == b', '(not (a == b))'],
    ['not (a or b)', '(not (a or b))'],
    ['(a or b) and c', '((a or b) and c)'],
    ['(a + b) * c == d', '(((a + b) * c) == d)'],
    ['a has b | c', '(a has (b | c))'],
    ['a any b and c lacks d', '((a any b) and (c lacks d))'],
    ['a in 1..2 + 3', '(a in 1..(2 + 3))'],
    ['a not in { 1, 2..3, b }', '(a not in {1, 2..3, b})'],
    ['a in { { 1 }, }', '(a in {{1}})'],
    ['f(a | b, c) and g()', '(f((a | b), c) and g())'],
    ['vlan[1].vid == 5', '(vlan[1].vid == 5)'],
  ])('%s', (text, expected) => {
    expect(condition(text)).toBe(expected);
  });
});

describe('contains', () => {
  test.each([
    ['payload contains "ab"', '(payload contains <6162>)'],
    ['payload not contains hex"90 90"', '(payload not contains <9090>)'],
    ['payload contains "a" nocase', '(payload contains <61> nocase)'],
    ['payload contains "a" at 4', '(payload contains <61> at 4)'],
    ['payload contains "a" in 4..511', '(payload contains <61> in 4..511)'],
    ['payload contains "a" in 1 + 2 .. -1', '(payload contains <61> in (1 + 2)..(- 1))'],
    ['payload contains "a" nocase as x', '(payload contains <61> nocase as x)'],
    ['payload contains probe', '(payload contains probe)'],
    ['payload contains ("a" + hex"00")', '(payload contains (<61> + <00>))'],
    ['not payload contains "a" at 4 and tcp', '((not (payload contains <61> at 4)) and tcp)'],
  ])('%s', (text, expected) => {
    expect(condition(text)).toBe(expected);
  });
});

describe('literals', () => {
  test.each([
    ['80', '80'],
    ['0x1F', '31'],
    ['0b101', '5'],
    ['1_000_000', '1000000'],
    ['0xff_ff', '65535'],
    ['18446744073709551616', '18446744073709551616'],
    ['5s', '5000000000ns'],
    ['100us', '100000ns'],
    ['2d', '172800000000000ns'],
    ['10.0.0.1', 'addr4:a000001'],
    ['10.0.1.0/24', 'addr4:a000100/24'],
    ['0.0.0.0/0', 'addr4:0/0'],
    ['::', 'addr6:0'],
    ['::1', 'addr6:1'],
    ['2001:db8::/32', 'addr6:20010db8000000000000000000000000/32'],
    ['::ffff:10.0.0.1', 'addr6:ffff0a000001'],
    ['1:2:3:4:5:6:7:8', 'addr6:10002000300040005000600070008'],
    ['02:00:00:00:00:aB', 'mac:200000000ab'],
    [String.raw`"\x00\xff\r\n\t\0\"\\"`, '<00ff0d0a0900225c>'],
    ['""', '<>'],
    ['hex"DE ad  be\tef"', '<deadbeef>'],
  ])('%s', (text, expected) => {
    expect(condition(`f(${text})`)).toBe(`f(${expected})`);
  });
});

describe('contextual keywords', () => {
  const words =
    'id rev title severity class ref tags meta let count by per repeat role next size extent either peek case stop skip auto last packet pcap after under verdict payload limit mark delay forward log drop';
  test.each(words.split(' '))('%s is a name', (word) => {
    expect(condition(`${word} == 1 and x.${word} == 2`)).toBe(`((${word} == 1) and (x.${word} == 2))`);
  });

  test.each(['when', 'then', 'in', 'not', 'any', 'none', 'header', 'test', 'module', 'import', 'file'])(
    '%s follows a dot',
    (word) => {
      expect(condition(`x.${word}.y == 1`)).toBe(`(x.${word}.y == 1)`);
    },
  );

  test('fields of the library that are called like keywords', () => {
    expect(condition('icmp.id == 1 and ipv4.length == 2 and vlan.type == 3 and ipv6.class == 4')).toBe(
      '((icmp.id == 1) and (ipv4.length == 2) and (vlan.type == 3) and (ipv6.class == 4))',
    );
  });
});
