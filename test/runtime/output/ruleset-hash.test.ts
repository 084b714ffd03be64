import { describe, expect, test } from 'vitest';
import { rulesetHash } from '../../../runtime/output/ruleset-hash.js';
import { compiled } from '../../support/compile.js';

const hashOf = (text: string): string => rulesetHash(compiled(text));
const rule = (condition: string, before = ''): string =>
  `${before}\nsignature s {\n id 1 title "s" severity low when ${condition} then log }`;

describe('the hash of a ruleset', () => {
  const hash = hashOf(rule('tcp.dst_port in { 80, 81 } and payload contains "x"'));

  test('is a SHA-256', () => {
    expect(hash).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test('does not depend on comments, tests, white space and names of constants', () => {
    const before = '// a comment\nconst web = { 80..81 }';
    const after = '\ntest "t" { packet { ipv4 udp } expect none }';
    expect(hashOf(rule('tcp.dst_port in web\n and payload contains "x"', before) + after)).toBe(hash);
  });

  test.each([
    'tcp.dst_port in { 80, 82 } and payload contains "x"',
    'tcp.dst_port in { 80, 81 } and payload contains "X"',
    'tcp.dst_port in { 80, 81 } and payload contains "x" nocase',
    'tcp.src_port in { 80, 81 } and payload contains "x"',
  ])('differs for %s', (condition) => {
    expect(hashOf(rule(condition))).not.toBe(hash);
  });

  test('differs with the layouts of headers, by which packets are read', () => {
    const extra = 'header mine in ip_proto 253 { kind : u8 { A 1 } }';
    expect(hashOf(rule('tcp.dst_port in { 80, 81 } and payload contains "x"', extra))).not.toBe(hash);
    const flag = hashOf(rule('mine.kind has A', extra));
    expect(hashOf(rule('mine.kind has A', extra.replace('A 1', 'B 2  A 1')))).not.toBe(flag);
  });
});
