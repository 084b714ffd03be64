/** One run shows every mistake: what stands behind a mistake is read all the same, and nothing is said twice. */
import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/parse.js';
import { found } from './trees.js';

const names = (text: string): string[] =>
  parse('f.sig', text).tree.declarations.map((d) => ('name' in d ? d.name.text : d.kind));

describe('what follows a mistake is read', () => {
  test('a brace that is not closed before the next declaration', () => {
    const text =
      'signature a {\n id 1\n when tcp\n then log\n\nsignature b {\n id x\n when tcp\n then log\n}\nconst c = 1';
    expect(found(text)).toEqual(['E0201', 'E0201 x']);
    expect(names(text)).toEqual(['a', 'b', 'c']);
    expect(parse('f.sig', text).diagnostics[0]?.labels[1]).toMatchObject({
      text: 'opened here',
      span: { start: 12, end: 13 },
    });
  });

  test.each(['const x = { 1, 2', 'test "t" { packet { ipv4 {', 'header h in s 1 {\n a : u8', 'view v = a {\n b = c'])(
    'an open brace in `%s`',
    (open) => {
      expect(names(`${open}\nconst after = 1\n`).at(-1)).toBe('after');
      expect(found(`${open}\nconst after = 1\n`)).toHaveLength(1);
    },
  );

  test('a declaration word that is misspelt stands for the right one', () => {
    expect(names('signatur a {\n id 1\n when tcp\n then log\n}\ncosnt b = 1\nrule c {\n id 2\n}\n')).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  test('a foreign block is left out as a whole', () => {
    const text = 'frobnicate x {\n a { b }\n c\n}\nconst after = 1';
    expect(found(text)).toEqual(['E0201 frobnicate']);
    expect(names(text)).toEqual(['after']);
  });

  test('each unknown key of a signature is named, and the known ones are kept', () => {
    const text = 'signature s {\n id 1\n titel "t"\n wholly "x" { 1 }\n other\n when tcp\n then log\n}';
    expect(found(text)).toEqual(['E0201 titel', 'E0201 wholly', 'E0201 other']);
    const [decl] = parse('f.sig', text).tree.declarations;
    expect(decl?.kind === 'Signature' && decl.entries.map((e) => e.kind)).toEqual(['Id', 'Title', 'When', 'Then']);
  });

  test('each missing value is named where it is missing', () => {
    const text =
      'const a =\nsignature s {\n id\n title\n severity\n class\n when tcp.dst_port ==\n then\n}\nconst b = 1';
    const places = parse('f.sig', text).diagnostics.map(
      (d) => text.slice(0, d.labels[0]?.span.start).split('\n').length,
    );
    expect(places).toEqual([1, 3, 4, 5, 6, 7, 8]);
    expect(names(text)).toEqual(['s', 'b']);
  });

  test('other languages’ signs are reported and understood', () => {
    const text =
      "signature s {\n id 1;\n when a = 1 && !(b == 2) || c <> 3 && payload contains 'x'\n then log drop;\n}";
    expect(found(text)).toEqual([
      'E0109 ;', 'E0201 =', 'E0109 &&', 'E0109 !', 'E0109 ||', 'E0109 <>', 'E0109 &&', "E0109 'x'", 'E0201 drop', 'E0109 ;',
    ]); // prettier-ignore
  });

  test('where the parser is lost in a line, only the first finding of that line is kept', () => {
    expect(found('predicate p q = = 1 1\nconst a = = 1\n')).toEqual(['E0201 q', 'E0201 =']);
  });
});

describe('what only looks like a mistake', () => {
  test('words of files, signatures and tests inside other braces', () => {
    const text =
      'header h in s 1 {\n  test : u8\n  const : u8\n  titel : u8\n  signature : u8\n}\n' +
      'test "t" {\n  packet {\n    foo { bar 1\n      baz 2 }\n  }\n  expect\n    none\n}\n' +
      'signature s {\n  id\n    1\n  when\n    tcp\n    and udp\n  then\n    log,\n    drop\n}';
    expect(found(text)).toEqual([]);
  });

  test('a module that holds declarations is not available, and that is all that is said', () => {
    expect(
      found('module m in tcp on tcp.dst_port == 80 {\n  signature s {\n    id 1\n  }\n  const x = 1\n}\nconst b = 1'),
    ).toEqual(['E0901 module']);
  });
});

// With the stack that Node gives a process, 190 brackets around one mistake are too many to go on behind it.
test('a mistake deep inside brackets is found, whatever it takes to go on behind it', () => {
  const text = `const x = ${'('.repeat(190)}1 +${')'.repeat(190)}\n`;
  expect(parse('f.sig', text).diagnostics.length).toBeGreaterThan(0);
});
