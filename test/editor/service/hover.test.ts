import { describe, expect, it } from 'vitest';
import { hover } from '../../../editor/service/features/hover.js';
import type { View } from '../../../editor/service/view.js';
import { inlayHints } from '../../../editor/service/features/inlay-hints.js';
import { at, MAIN, viewing } from './marked.js';

function said(marked: string, files: Readonly<Record<string, string>> = {}): string {
  const { view, offset } = at(marked, files);
  return hover(view, MAIN, offset)?.text ?? '';
}

const inWhen = (condition: string): string => `signature s { id 1 when ${condition} then log }`;

/** The fields that a file's headers, their entries and its views declare, and where their names stand. */
function fieldsOf(
  view: View,
  file: string,
): { readonly start: number; readonly path: string; readonly ofWhole: string | undefined }[] {
  const parts = view.file(file)?.parts ?? [];
  return parts.flatMap(({ start: base, tree }) =>
    tree.declarations.flatMap((decl) => {
      const items = decl.kind === 'Header' || decl.kind === 'View' ? decl.items : [];
      const fields = items.flatMap((item) => {
        if (item.kind === 'Field' || item.kind === 'ViewField') return [item];
        return item.kind === 'List'
          ? [...(item.selector ? [item.selector] : []), ...item.cases.flatMap((entry) => entry.fields)]
          : [];
      });
      return fields.map(({ name }) => ({
        start: base + name.span.start,
        path: `${file}: ${name.text} at ${base + name.span.start}`,
        ofWhole: decl.doc,
      }));
    }),
  );
}

describe('hover', () => {
  it('says of a field its type, its place, its flags and what the RFC is', () => {
    const text = said(inWhen('tcp.fl<|>ags has SYN'));
    expect(text).toContain('tcp.flags    : u8'.replace(/ +/g, ' '));
    expect(text).toContain('1 byte at byte 13 of the header');
    expect(text).toContain('`SYN` 0x02');
    expect(text).toContain('RFC 9293');
  });

  it.each([
    ['tcp.fl<|>ags has SYN', ['RFC 9293 3.1: the control bits', 'SYN synchronize sequence numbers']],
    ['tcp.flags has SY<|>N', ['SYN = 0x02', 'SYN synchronize sequence numbers']],
    ['ipv4.tt<|>l < 5', ['1 byte at byte 8 of the header', 'RFC 791 3.1: the longest time the datagram may remain']],
    ['tcp.options.mss.val<|>ue < 5', ['value : u16', 'RFC 9293 3.2: `value` is the largest segment']],
    ['tcp.options.m<|>ss', ['RFC 9293 3.2: `value` is the largest segment']],
    ['ip.tt<|>l < 5', ['ip.ttl = ttl | hop_limit', 'RFC 791 3.1, RFC 8200 3: the time to live or hop limit']],
  ])('says what the standard says of `%s`', (condition, expected) => {
    const text = said(inWhen(condition));
    for (const part of expected) expect(text).toContain(part);
  });

  it('leaves what is said of fields to them: the next declaration has its own words', () => {
    const files = {
      'lib.sig': 'header a in link 5 {\n  /// Of x.\n  x : u8\n}\n/// Of b.\nheader b in link 6 { y : u8 }\n',
    };
    expect(said(`import "./lib.sig"\n${inWhen('b.<|>y == 1')}`, files)).toMatch(/header\n\nOf b\.$/);
    expect(said(`import "./lib.sig"\n${inWhen('a.<|>x == 1')}`, files)).toMatch(/header\n\nOf x\.$/);
  });

  it('says of every field of the core stack what its standard says', () => {
    const view = viewing('');
    const silent: string[] = [];
    const files = view.names().filter((name) => name.startsWith('std/'));
    const fields = files.flatMap((file) => fieldsOf(view, file).map((place) => ({ file, ...place })));
    for (const { file, start, path, ofWhole } of fields) {
      const text = hover(view, file, start)?.text ?? '';
      // What is said of the whole header does not count.
      const ownWords = ofWhole === undefined ? text : text.replace(ofWhole, '');
      if (!/^(?:RFC \d+|IEEE 802\.|LINKTYPE_)[^:\n]*: ./m.test(ownWords)) silent.push(path);
    }
    expect(fields.length).toBeGreaterThan(100);
    expect(silent).toEqual([]);
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
