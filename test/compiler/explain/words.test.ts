/** What conditions are about, in the author's words. */
import { describe, expect, it } from 'vitest';
import { numberText, setText } from '../../../compiler/explain/numbers.js';
import { wordsOf } from '../../../compiler/explain/words.js';
import { addressKey } from '../../../compiler/logic/value.js';
import { compiled, MAIN } from '../../support/compile.js';

/** The condition as it is said: from its parts, and with the author's text at hand. */
function said(condition: string, before = ''): { parts: string; quoted: string } {
  const text = `${before}\nsignature s { id 1 title "s" severity low when ${condition} then log }`;
  const ruleset = compiled(text);
  const when = ruleset.signatures.find((s) => s.name === 's')?.when ?? { kind: 'False' };
  const quoting = wordsOf(ruleset, (file) => (file === MAIN ? text : undefined));
  return { parts: wordsOf(ruleset).about(when).formula(when), quoted: quoting.about(when).formula(when) };
}

describe('a condition from its parts', () => {
  it.each([
    ['ip.src == 10.0.0.9', 'ip.src == 10.0.0.9'],
    ['ip.protocol in { 1, 58 }', 'ip.protocol in { 1, 58 }'],
    ['ip.dst in { 10.0.0.0/8, 2001:db8::/32 }', 'ip.dst in { 10.0.0.0/8, 2001:db8::/32 }'],
    ['tcp.dst_port not in { 80 }', 'tcp.dst_port != 80'],
    ['tcp.flags == SYN', 'tcp.flags == SYN'],
    ['tcp.flags has SYN | ACK', 'tcp.flags & (ACK | SYN) == ACK | SYN'],
    ['tcp.flags lacks ACK', 'tcp.flags & ACK == none'],
    ['tcp.port == 53', 'tcp.src_port == 53 or tcp.dst_port == 53'],
    ['vlan[1].vid == 7 and tcp.options.mss', 'vlan[1].vid == 7 and tcp.options.mss'],
    ['udp.payload.length + 8 > ip.payload.length', 'udp.payload.length + 8 > ip.payload.length'],
    ['payload contains "cmd.exe" nocase in 4..511', 'payload contains "cmd.exe" nocase in 4..511'],
    ['payload contains hex"00 ff" at -2', 'payload contains hex"00 ff" at -2'],
    ['payload not contains "a\\"\\\\\\r\\n"', 'payload not contains "a\\"\\\\\\r\\n"'],
    ['not (tcp or udp) and packet.truncated', 'not (tcp or udp) and packet.truncated'],
    ['tcp.malformed or tcp.options.malformed', 'tcp.malformed or tcp.options.malformed'],
  ])('%s', (condition, expected) => {
    expect(said(condition).parts).toBe(expected);
  });
});

describe('with the text of the rules', () => {
  it('takes the author’s words where they name the field', () => {
    expect(said('tcp.dst_port in web\n  and tcp.flags has SYN', 'const web = { 80, 8080 }').quoted).toBe(
      'tcp.dst_port in web and tcp.flags has SYN',
    );
  });

  it('says what a predicate’s parameters stand for', () => {
    const before = 'const web = { 80, 8080 }\npredicate to(port, set) = port in set and tcp.src_port in set';
    expect(said('to(tcp.dst_port, web)', before).quoted).toBe(
      'tcp.dst_port in { 80, 8080 } and tcp.src_port in { 80, 8080 }',
    );
  });

  it('says which end an either-direction test is about', () => {
    expect(said('tcp.port == 53').quoted).toBe('tcp.src_port == 53 or tcp.dst_port == 53');
  });

  it('calls occurrences what the author does', () => {
    const condition =
      'payload contains "ab" as x and payload contains "c" in x.end..x.end+4 and payload.u8(x.start+9) > 3';
    expect(said(condition).quoted).toBe(
      'payload contains "ab" as x (where payload contains "c" in x.end..x.end + 4 and payload.u8(x.start + 9) > 3)',
    );
  });
});

describe('numbers and sets', () => {
  const plain = { families: [], low: 0n, high: 65_535n };
  const v4 = (text: bigint): bigint => addressKey('addr4', text);
  const addresses = { families: ['addr4' as const], low: v4(0n), high: v4(0xffff_ffffn) };
  const flags = new Map([['ACK', 16n], ['SYN', 2n], ['FIN', 1n]]); // prettier-ignore

  it.each([
    [[{ low: 80n, high: 80n }], plain, '80'],
    [[{ low: 0n, high: 65_535n }], plain, 'anything'],
    [[{ low: 0n, high: 79n }, { low: 81n, high: 65_535n }], plain, 'anything but 80'], // prettier-ignore
    [[{ low: 1n, high: 9n }, { low: 20n, high: 20n }], plain, '{ 1..9, 20 }'], // prettier-ignore
    [[{ low: -(1n << 140n), high: 4n }], plain, '0..4'],
    [[{ low: 5n, high: 1n << 140n }], { families: [] }, 'from 5'],
    [[{ low: v4(0x0a00_0000n), high: v4(0x0aff_ffffn) }], addresses, '10.0.0.0/8'],
    [[{ low: v4(0x0a00_0001n), high: v4(0x0a00_0002n) }], addresses, '{ 10.0.0.1, 10.0.0.2 }'],
    [[{ low: v4(0x0a00_0001n), high: v4(0x0a00_00fen) }], addresses, '10.0.0.1..10.0.0.254'],
    [[{ low: 0n, high: 1n }], { families: [], flags }, 'none, with or without FIN'],
    [[{ low: 2n, high: 2n }, { low: 18n, high: 18n }], { families: [], flags }, 'SYN, with or without ACK'], // prettier-ignore
  ])('%o', (set, meaning, expected) => {
    expect(setText(set, meaning)).toBe(expected);
  });

  it('cuts long sets and says how many are left', () => {
    const set = Array.from({ length: 20 }, (_, i) => ({ low: BigInt(i * 2), high: BigInt(i * 2) }));
    expect(setText(set, plain)).toBe('{ 0, 2, 4, 6, 8, 10, 12, … 13 more }');
  });

  it('names bits, and those without a name in hexadecimal', () => {
    expect(numberText(18n, { families: [], flags })).toBe('ACK | SYN');
    expect(numberText(0n, { families: [], flags })).toBe('none');
    expect(numberText(0x42n, { families: [], flags })).toBe('SYN | 0x40');
  });
});
