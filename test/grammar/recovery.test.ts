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
});

describe('in modules and policies', () => {
  const modulesOf = (text: string): string[] =>
    parse('f.sig', text).tree.declarations.flatMap((d) =>
      d.kind === 'Signature' ? [`${d.module ?? '-'}.${d.name.text}`] : [],
    );
  const signature = (name: string): string => `signature ${name} {\n id 1\n when tcp\n then log\n}\n`;

  test('a signature survives the mistake of its neighbour, and stays in its module', () => {
    const text = `module m in tcp {\nsignature a {\n id 1\n when tcp\n then log\n${signature('b')}signature c {\n id x\n}\n}\n${signature('d')}`;
    expect(found(text)).toEqual(['E0201', 'E0201 x']);
    expect(modulesOf(text)).toEqual(['m.a', 'm.b', 'm.c', '-.d']);
  });

  test.each([
    'module m in {',
    'module m on {',
    'module m on tcp.dst_port == {',
    'module m in tcp on {',
    'module {',
    'module m x {',
    'module m',
  ])('a mistake in `%s` costs nothing of what stands in the module', (head) => {
    const text = `${head}\n${signature('a')}}\n${signature('b')}const after = 1\n`;
    expect(found(text)).toHaveLength(1);
    expect(names(text)).toEqual(expect.arrayContaining(['a', 'b', 'after']));
  });

  test('braces of a set in the switch are not those of the module', () => {
    const text = `module m on tcp.dst_port in { 80, 81 } and (ip.src in { 10.0.0.1 } or payload contains "x" nocase) {\n${signature('a')}}`;
    expect(found(text)).toEqual([]);
    expect(modulesOf(text)).toEqual(['m.a']);
  });

  test('what cannot stand in a module is one mistake, and so is a module that is not closed', () => {
    const inside = `module m {\n${signature('a')}const x = 1\n${signature('b')}}\n${signature('c')}`;
    expect(found(inside)).toEqual(['E0201 const']);
    expect(modulesOf(inside)).toEqual(['m.a', '-.b', '-.c']);
    expect(found(`module m {\n${signature('a')}const x = 1\nconst y = 1\n${signature('c')}`)).toEqual(['E0201 const']);
    expect(found(`module m {\n${signature('a')}`)).toEqual(['E0201']);
    expect(found(`module m {\nmodule n {\n${signature('a')}}\n}\nconst y = 1`)).toEqual(['E0201 module', 'E0201 }']);
  });

  test('a brace too many is one mistake', () => {
    expect(found(`module m {\n${signature('a')}}\n}\nconst y = 1`)).toEqual(['E0201 }']);
  });

  test('words that begin nothing in a module or policy are named, and what was meant is read', () => {
    expect(found(`module m {\n rule a {\n id 1\n when tcp\n then log\n}\n frob {\n x\n}\n}\n`)).toEqual([
      'E0201 rule',
      'E0201 frob',
    ]);
    const text = 'policy p {\n protet 10.0.0.1 with m\n default accept\n whatever\n disable a\n}\nconst y = 1';
    expect(found(text)).toEqual(['E0201 protet', 'E0201 default', 'E0201 whatever']);
    const [policy] = parse('f.sig', text).tree.declarations;
    expect(policy?.kind === 'Policy' && policy.entries.map(({ kind }) => kind)).toEqual([
      'Protect',
      'Otherwise',
      'Disable',
    ]);
  });

  test('one mistake in a policy does not eat the rest', () => {
    const text = 'policy p {\n protect with m\n disable\n override a log\n otherwise drop\n}\nconst y = 1';
    expect(found(text)).toHaveLength(3);
    const [policy, constant] = parse('f.sig', text).tree.declarations;
    expect(policy?.kind === 'Policy' && policy.entries.at(-1)?.kind).toBe('Otherwise');
    expect(constant?.kind).toBe('Const');
  });
});

// With the stack that Node gives a process, 190 brackets around one mistake are too many to go on behind it.
test('a mistake deep inside brackets is found, whatever it takes to go on behind it', () => {
  const text = `const x = ${'('.repeat(190)}1 +${')'.repeat(190)}\n`;
  expect(parse('f.sig', text).diagnostics.length).toBeGreaterThan(0);
});
