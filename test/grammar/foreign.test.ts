import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foreignLanguage } from '../../grammar/foreign.js';
import { parse } from '../../grammar/parse.js';
import { runs } from '../support/runs.js';

const root = join(import.meta.dirname, '../..');
const language = (text: string): string | undefined => foreignLanguage(text)?.language;

describe('other languages’ files', () => {
  test.each([
    ['sml', 'signature QUEUE =\nsig\nend'],
    ['sml', '(* Copyright *)\nsignature QUEUE = sig end'],
    ['sml', '\n\n  signature QUEUE\n  = (* imperative *)\n  sig end'],
    ['sml', "signature ORD' = ORDERED where type t = int"],
    ['sml', 'structure Queue :> QUEUE = struct end'],
    ['zeek', 'signature a {\n  payload /x/\n}'],
    ['zeek', 'signature a-b { header ip[16:4] == 0x01020304 }'],
    ['zeek', '@load-sigs ./other.sig'],
    ['zeek', 'signature a {\n  # why\n\n  requires-signature b\n}'],
    ['lprolog', 'sig lists.'],
    ['lprolog', '% lists\n%% more\n\nsig lists.\naccum_sig other.'],
    ['detached-signature', '-----BEGIN SSH SIGNATURE-----\nU1NI\n-----END SSH SIGNATURE-----\n'],
    ['detached-signature', `${'aB3+'.repeat(24)}\n`],
    ['suricata', 'alert tcp any any -> any 80 (msg:"x"; sid:1;)'],
    ['yara', 'private rule a : b c\n{\n  strings:\n'],
    ['nftables', 'table inet filter {'],
    ['iptables', '*filter\n:INPUT ACCEPT [0:0]'],
  ])('%s: %j', (expected, text) => {
    expect(language(text)).toBe(expected);
    expect(language(`\uFEFF${text.replaceAll('\n', '\r\n')}`)).toBe(expected);
  });

  test.each([
    '',
    ' \n',
    'signature',
    'signature STACK',
    'signature sig {\n  id 1\n}',
    'signature payload { when payload == "a" then log }',
    'signature header { id 1 when event == 2 }',
    'const structure = 1',
    '// (* a comment *)\n// signature STACK = sig',
    '// -----BEGIN PGP SIGNATURE-----',
    'signature a {\n  alert tcp any any -> any 80\n}',
    'signature rule { meta { strings "x" } }',
    `const key = "${'ab'.repeat(60)}"`,
  ])('no other: %j', (text) => {
    expect(language(text)).toBeUndefined();
  });

  test('nothing that ships is taken for something else', () => {
    const files = ['rules', 'stdlib'].flatMap((folder) =>
      readdirSync(join(root, folder)).flatMap((name) => (name.endsWith('.sig') ? [join(root, folder, name)] : [])),
    );
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) expect([file, language(readFileSync(file, 'utf8'))]).toEqual([file, undefined]);
  });

  test('the place is the line that gives it away', () => {
    const text = '# from upstream\n\n  signature a { ip-proto == tcp }\nsignature b { ip-proto == udp }';
    const found = foreignLanguage(text);
    expect(text.slice(found?.start, found?.end)).toBe('signature a { ip-proto == tcp }');
    expect(parse('f.sig', text).diagnostics).toMatchObject([{ code: 'E0202', labels: [{ span: { start: 19 } }] }]);
  });

  test('any text: the place lies within it', () => {
    const words = [
      'signature',
      ' a',
      ' {',
      '\n',
      '=',
      'sig',
      '(*',
      'ip-proto',
      '#',
      '%',
      'rule',
      ' :',
      'alert tcp a',
      '->',
      '(',
    ];
    const text = fc.array(fc.oneof(fc.constantFrom(...words), fc.string())).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (t) => {
        const found = foreignLanguage(t);
        if (!found) return;
        expect(found.start).toBeLessThan(found.end);
        expect(t.slice(found.start, found.end)).not.toContain('\n');
      }),
      { numRuns: runs(1000) },
    );
  });

  // Time that grew with the square of the text would take hours here.
  test.each([
    ['line ends', '\n'],
    ['spaces', ' '],
    ['directions', 'alert a b ->', '->'],
    ['rules without a brace', 'rule a\n'],
    ['rules with tags', 'rule a :\n'],
    ['words before a rule', 'private '],
    ['signatures', 'signature a\n'],
    ['braces', 'signature a {\n'],
    ['comments in Zeek’s way', 'signature a {', '#\n'],
    ['comments in Prolog’s way', '%', '%\n'],
    ['letters', 'a'],
    ['commands', 'iptables -t nat '],
    ['one command', 'iptables ', '-t '],
  ])('a million %s take a moment', (_, first, then = first) => {
    expect(() => foreignLanguage(first + then.repeat(1_000_000))).not.toThrow();
  });
});
