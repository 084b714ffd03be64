import { expect, it } from 'vitest';
import { judges } from '../cases.js';
import { brief, fixedBy, lintSig, signatureWith } from '../linted.js';

const signature = (when: string, entries = ''): string =>
  `signature a {\n  id 1\n  ${entries}\n  when ${when}\n  then log\n}\n`;

judges('unused-name', {
  found: [
    [signature('tcp', 'let n = payload.u8(0)'), 'n'],
    [signature('payload contains "a" as x'), 'x'],
    [signature('not payload contains "a" as x'), 'x'],
    [`predicate p(a, b) = a == 1\n${signature('p(ip.ttl, 2)')}`, 'b'],
    [`const c = 1\n${signature('tcp')}`, 'c'],
    [`param c = 1\n${signature('tcp')}`, 'c'],
    [`predicate p = tcp\n${signature('tcp')}`, 'p'],
    [`import "std/scans"\n${signature('tcp')}`, '"std/scans"'],
    [`import "std/scans" as s\n${signature('tcp')}`, '"std/scans"'],
    // What only an unused name uses is used.
    [`const c = 1\nconst d = c\n${signature('tcp')}`, 'd'],
  ],
  silent: [
    signature('n == 5', 'let n = payload.u8(0)'),
    signature('payload contains "a" as x and x.start > 5'),
    signature('payload contains "a" as x and n == 5', 'let n = payload.u8(x.end)'),
    `predicate p(a) = a == 1\n${signature('p(ip.ttl)')}`,
    `const c = 1\n${signature('ip.ttl == c')}`,
    `const c = 1\n${signature('tcp')}test "t" { packet { ipv4 { ttl c } } expect none }`,
    // Its literal is known where the predicate is used.
    `predicate p(a) = payload contains a as x and x.start > 5\n${signature('p("b")')}`,
    // Others may import them.
    'const c = 1\npredicate p = tcp\nparam q = 5\n',
    `import "std/scans"\n${signature('null_scan(tcp.flags)')}`,
    `import "std/scans" as s\n${signature('s.null_scan(tcp.flags)')}`,
  ],
});

it('lets an import be that brings signatures, headers or parameters, also from further on', () => {
  const silent = (b: string, c = ''): string[] => {
    const text = `import "./b.sig"\n${signatureWith('tcp')}`;
    return brief(text, lintSig(text, { files: { 'b.sig': b, 'c.sig': c } }));
  };
  expect(silent('const a = 1\n')).toEqual(['unused-name: "./b.sig"']);
  expect(silent(signatureWith('udp', { name: 'y', id: 2 }))).toEqual([]);
  expect(silent('param a = 1\n')).toEqual([]);
  expect(silent('header h in ip_proto 253 { a : u8 }\n')).toEqual([]);
  expect(silent('import "./c.sig"\n', signatureWith('udp', { name: 'y', id: 2 }))).toEqual([]);
});

it('deletes what documents a name with it, and nothing of its neighbours', () => {
  const text = `/// One.\nconst a = 1\n\n/// Two.\n/// More.\nconst b = 2\n/// Three.\n${signatureWith('ip.ttl == a')}`;
  const [finding] = lintSig(text).filter(({ code }) => code === 'unused-name');
  const fix = finding?.fixes?.[0];
  expect(fix?.isSafe).toBeUndefined();
  expect(fix && fixedBy(text, fix)).toBe(`/// One.\nconst a = 1\n\n/// Three.\n${signatureWith('ip.ttl == a')}`);
});
