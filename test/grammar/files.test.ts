import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/parse.js';
import { found, treeOf } from './trees.js';

describe('declarations', () => {
  test('names may be words that mean something elsewhere', () => {
    const tree = treeOf(
      'const id = 1\nconst log = 2\npredicate title = tcp\nsignature count { id 1 when tcp then log }',
    );
    expect(tree.declarations.map((d) => ('name' in d ? d.name.text : d.kind))).toEqual(['id', 'log', 'title', 'count']);
  });

  test('an import with and without a name of its own', () => {
    const [plain, named] = treeOf('import "std/scans"\nimport "./a.sig" as a').declarations;
    expect(plain).toMatchObject({ kind: 'Import', path: { text: 'std/scans' } });
    expect(plain).not.toHaveProperty('alias');
    expect(named).toMatchObject({ kind: 'Import', path: { text: './a.sig' }, alias: { text: 'a' } });
  });

  test('all of a signature, in any order', () => {
    const [decl] = treeOf(
      'signature s { then log, drop when tcp meta { by "me" } tags a, "b c" ref cve "1" ref "x" class c severity low title "t" rev 2 id 1 }',
    ).declarations;
    const kinds = decl?.kind === 'Signature' ? decl.entries.map((e) => e.kind) : [];
    expect(kinds).toEqual(['Then', 'When', 'Meta', 'Tags', 'Ref', 'Ref', 'Class', 'Severity', 'Title', 'Rev', 'Id']);
  });

  test('spans cover exactly what was written', () => {
    const text = 'const  a = { 1 , 2..3 }  \nsignature s {\n id 1\n when tcp.flags & (SYN) == none\n then log\n}\n';
    const [constant, signature] = treeOf(text).declarations;
    const cut = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
    expect(cut(constant!.span)).toBe('const  a = { 1 , 2..3 }');
    if (constant?.kind !== 'Const' || signature?.kind !== 'Signature') throw new Error('other declarations');
    expect(cut(constant.name.span)).toBe('a');
    expect(cut(constant.value.span)).toBe('{ 1 , 2..3 }');
    expect(signature.entries.map((e) => cut(e.span))).toEqual(['id 1', 'when tcp.flags & (SYN) == none', 'then log']);
    const when = signature.entries[1];
    if (when?.kind !== 'When' || when.condition.kind !== 'Compare') throw new Error('another condition');
    expect(cut(when.condition.left.span)).toBe('tcp.flags & (SYN)');
    expect(cut(when.condition.right.span)).toBe('none');
  });
});

describe('comments', () => {
  const text =
    '//! One.\n//! Two.\n\n// plain\n/// Doc of a.\n/// More.\nconst a = 1 // behind\n/// Lost.\n\n//// no doc\nconst b = 2\n';

  test('all are kept, in order, as written', () => {
    expect(treeOf(text).comments.map((c) => c.text)).toEqual([
      '//! One.',
      '//! Two.',
      '// plain',
      '/// Doc of a.',
      '/// More.',
      '// behind',
      '/// Lost.',
      '//// no doc',
    ]);
  });

  test('documentation belongs to the file, or to the declaration right behind it', () => {
    const tree = treeOf(text);
    expect(tree.doc).toBe('One.\nTwo.');
    expect(tree.declarations.map((d) => d.doc)).toEqual(['Doc of a.\nMore.', undefined]);
  });

  test('what is said of a field is not said of the next declaration', () => {
    const tree = treeOf(
      '/// Of a.\nheader a in link 5 {\n  /// Of x.\n  x : u8\n}\n/// Of b.\nheader b in link 6 { y : u8 }\n',
    );
    expect(tree.declarations.map((d) => d.doc)).toEqual(['Of a.', 'Of b.']);
  });

  test('a comment sign inside a string is none', () => {
    expect(treeOf('import "std//scans" // real').comments.map((c) => c.text)).toEqual(['// real']);
  });
});

describe('form of the file', () => {
  const right = 'signature s {\n\tid 1\n\twhen tcp\n\tthen log\n}';

  test.each([
    ['empty', ''],
    ['only white space', ' \n\t\r\n'],
    ['only comments', '// a\n//! b'],
    ['no line end at the end', right],
    ['line ends of Windows', right.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${right}`],
    ['one line', right.replace(/\s+/g, ' ')],
  ])('%s', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  test.each([
    ['a NUL', 'const a = 1\0'],
    ['bytes that are not UTF-8', 'const a = \uFFFD'],
  ])('%s: not text, and nothing else is said', (_, text) => {
    expect(parse('f.sig', text).diagnostics.map((d) => d.code)).toEqual(['E0205']);
  });

  test.each([
    'alert tcp any any -> any 80 (msg:"x"; sid:1;)',
    '# comment\n\ndrop udp $A any <> $B 53 (sid:2;)',
    'reject http any any -> any any (sid:3;)',
  ])('a Suricata rule: %s', (text) => {
    expect(parse('f.rules', text).diagnostics.map((d) => d.code)).toEqual(['E0202']);
  });

  test('a signature called `alert` is no Suricata rule', () => {
    expect(found('signature alert { id 1 when tcp then log }')).toEqual([]);
  });
});
