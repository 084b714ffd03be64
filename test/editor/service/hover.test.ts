import { describe, expect, it } from 'vitest';
import { hover } from '../../../editor/service/features/hover.js';
import { inlayHints } from '../../../editor/service/features/inlay-hints.js';
import { at, MAIN, viewing } from './marked.js';

function said(marked: string, files: Readonly<Record<string, string>> = {}): string {
  const { view, offset } = at(marked, files);
  return hover(view, MAIN, offset)?.text ?? '';
}

const inWhen = (condition: string): string => `signature s { id 1 when ${condition} then log }`;

describe('hover', () => {
  it('says of a field its type, its place, its flags and what the RFC is', () => {
    const text = said(inWhen('tcp.fl<|>ags has SYN'));
    expect(text).toContain('tcp.flags    : u8'.replace(/ +/g, ' '));
    expect(text).toContain('1 byte at byte 13 of the header');
    expect(text).toContain('`SYN` 0x02');
    expect(text).toContain('RFC 9293');
  });

  it('says of a part of a byte from which bit on it goes', () => {
    expect(said(inWhen('ipv4.fr<|>agment > 0'))).toContain('13 bits at byte 6 of the header, from bit 3 on');
    expect(said(inWhen('ipv4.fr<|>agment > 0'))).toContain('in units of 8 bytes');
  });

  it.each([
    ['a flag', inWhen('tcp.flags has S<|>YN'), ['SYN = 0x02', '`tcp.flags`']],
    ['a header', inWhen('<|>tcp'), ['header tcp in ip_proto 6', '`src_port`', 'RFC 9293']],
    ['an entry', inWhen('tcp.options.m<|>ss'), ['`kind` is 2', '`value: u16`']],
    ['a field of an entry', inWhen('tcp.options.mss.v<|>alue < 5'), ['2 bytes at byte 2 of the entry']],
    ['a view’s field', inWhen('ip.s<|>rc == 10.0.0.1'), ['ip.src = src | src', 'first of the joined headers']],
    ['both ends', inWhen('tcp.po<|>rt == 1'), ['either port = src_port | dst_port', 'only if both do']],
    [
      'a predicate',
      `import "std/scans"\n${inWhen('null<|>_scan(tcp.flags)')}`,
      ['flags & control == none', 'never produces'],
    ],
    [
      'a constant',
      `/// Ports of ours.\nconst a = { 80, 443 }\n${inWhen('tcp.dst_port in <|>a')}`,
      ['{ 80, 443 }', 'Ports of ours.'],
    ],
    ['a let', 'signature s { id 1\n let n = payload.u8(0)\n when <|>n > 5 then log }', ['let n = payload.u8(0)']],
    ['an occurrence', inWhen('payload contains "a" as x and payload contains "b" at <|>x.end'), ['`x.end`']],
    ['payload', inWhen('pay<|>load contains "x"'), ['outermost transport header']],
    ['a reader', inWhen('payload.u1<|>6le(0) > 5'), ['2 bytes', 'the least significant first']],
    ['a file', 'import "std/sc<|>ans"', ['Named conditions for scans']],
  ])('says what %s is', (_, marked, expected) => {
    const text = said(marked);
    for (const part of expected) expect(text).toContain(part);
  });

  it('sums up a signature with what it costs', () => {
    const text = said(
      'signature o<|>ne { id 7 title "One" severity high when payload contains "evil stuff" then log, drop }',
    );
    expect(text).toContain('severity high');
    expect(text).toMatch(/about \*\*[\d.]+ ns\*\* a packet, at worst [\d.]+ [nµm]s: waits for "evil stuff"/);
  });

  it.each(['signature s { <|> id 1 when tcp then log }', '<|>', '// tc<|>p'])(
    'is silent where nothing stands: %s',
    (marked) => {
      expect(said(marked)).toBe('');
    },
  );
});

describe('inlay hints', () => {
  const text = 'signature a { id 1 when tcp then log }\nsignature b { id 2 when payload contains "abcdef" then log }\n';
  const view = viewing(text);

  it('say what each signature of a stretch costs', () => {
    const hints = inlayHints(view, MAIN, { start: 0, end: text.length });
    expect(hints.map(({ at: offset }) => text.slice(offset - 1, offset))).toEqual(['a', 'b']);
    const [a, b] = hints.map(({ label }) => Number(/^≈ ([\d.]+) ns$/.exec(label)?.[1]));
    // To search 256 bytes costs more than to look at one.
    expect(b).toBeGreaterThan(2 * (a ?? Infinity));
    expect(inlayHints(view, MAIN, { start: 0, end: 20 })).toHaveLength(1);
  });
});
