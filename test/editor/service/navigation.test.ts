/** Definition, references, highlights, outlines, links: where things are. */
import { describe, expect, it } from 'vitest';
import { codeLenses } from '../../../editor/service/features/code-lens.js';
import { definition } from '../../../editor/service/features/definition.js';
import { documentHighlight } from '../../../editor/service/features/document-highlight.js';
import { documentLinks } from '../../../editor/service/features/document-links.js';
import { documentSymbols } from '../../../editor/service/features/document-symbols.js';
import { folding } from '../../../editor/service/features/folding.js';
import { references } from '../../../editor/service/features/references.js';
import { selectionRanges } from '../../../editor/service/features/selection.js';
import { workspaceSymbols } from '../../../editor/service/features/workspace-symbols.js';
import { at, MAIN, viewing } from './marked.js';

/** The file and the text that a definition leads to. */
function target(marked: string, files: Readonly<Record<string, string>> = {}): string | undefined {
  const { view, offset } = at(marked, files);
  const to = definition(view, MAIN, offset)?.to;
  return to && `${to.file} ${view.file(to.file)?.text.slice(to.start, to.end) ?? ''}@${to.start}`;
}

const FILES = { 'lib.sig': 'const web = { 80 }\npredicate is_web(p) = p in web\n' };

describe('definition', () => {
  it.each([
    ['a constant', 'const a = 1\nsignature s { id 1 when tcp.dst_port == <|>a then log }', `${MAIN} a@6`],
    [
      'a predicate',
      'import "./lib.sig"\nsignature s { id 1 when is_w<|>eb(tcp.dst_port) then log }',
      '/w/lib.sig is_web@29',
    ],
    ['an alias', 'import "./lib.sig" as lib\nsignature s { id 1 when l<|>ib.is_web(1) then log }', `${MAIN} lib@22`],
    [
      'a name behind an alias',
      'import "./lib.sig" as lib\nsignature s { id 1 when lib.is_w<|>eb(tcp.dst_port) then log }',
      '/w/lib.sig is_web@29',
    ],
    ['a let', 'signature s { id 1 let n = payload.u8(0) when n<|> > 5 then log }', `${MAIN} n@23`],
    [
      'an occurrence',
      'signature s { id 1 when payload contains "a" as x and payload contains "b" at <|>x.end then log }',
      `${MAIN} x@48`,
    ],
    ['a parameter', 'predicate p(flags) = fl<|>ags has tcp.SYN', `${MAIN} flags@12`],
    [
      'a signature in a test',
      'signature s { id 1 when tcp then log }\ntest "t" { packet { ipv4 tcp } expect <|>s }',
      `${MAIN} s@10`,
    ],
  ])('of %s is its declaration', (_, marked, expected) => {
    expect(target(marked, FILES)).toBe(expected);
  });

  it.each([
    ['a header', '<|>tcp.flags == 1', /^std\/tcp tcp@/],
    ['a field', 'tcp.fl<|>ags == 1', /^std\/tcp flags@/],
    ['a flag', 'tcp.flags has S<|>YN', /^std\/tcp SYN@/],
    ['an entry', 'tcp.options.m<|>ss', /^std\/tcp mss@/],
    ['a view’s field', 'ip.s<|>rc == 10.0.0.1', /^std\/ip src@/],
  ])('of %s is in the standard library', (_, condition, expected) => {
    expect(target(`signature s { id 1 when ${condition} then log }`)).toMatch(expected);
  });

  it('of an import’s path is the file', () => {
    expect(target('import "./l<|>ib.sig"', FILES)).toBe('/w/lib.sig @0');
    expect(target('import "std/sc<|>ans"')).toBe('std/scans @0');
  });

  it('of a word of the language is nowhere', () => {
    expect(target('signature s { id 1 when pay<|>load contains "a" then log }')).toBeUndefined();
  });
});

describe('references', () => {
  it('are in all files, with the declaration or without', () => {
    const { view, offset } = at(
      'import "./lib.sig"\nsignature s { id 1 when tcp.dst_port in w<|>eb or is_web(1) then log }',
      FILES,
    );
    const found = references(view, MAIN, offset, { withDeclaration: true }).map(
      ({ span }) => `${span.file}@${span.start}`,
    );
    expect(found.sort()).toEqual(['/w/lib.sig@46', '/w/lib.sig@6', `${MAIN}@59`].sort());
    expect(references(view, MAIN, offset, { withDeclaration: false })).toHaveLength(2);
    expect(documentHighlight(view, MAIN, offset).map(({ span }) => span.start)).toEqual([59]);
  });
});

const SHAPES = `import "std/scans"
import "./lib.sig"

// one
// two
const bad = { 1, file "bad.txt" }
signature s {
  id 1
  title "of s"
  when tcp
  then log
}
test "t" {
  packet { ipv4 tcp }
  pcap "x.pcap"
  expect s * 2
}
header extra in ip_proto 200 {
  kind : u8
  list until 4 { k : u8 case 1 as one { v : u8 } size 2 else stop }
}
`;

describe('outlines', () => {
  const view = viewing(SHAPES, FILES);

  it('name what a file declares, and the parts of headers', () => {
    const outline = documentSymbols(view, MAIN);
    expect(outline.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'Import std/scans', 'Import ./lib.sig', 'Const bad', 'Signature s', 'Test t', 'Header extra',
    ]); // prettier-ignore
    expect(outline[3]?.detail).toBe('of s');
    expect(outline[5]?.children.map(({ name }) => name)).toEqual(['kind', 'list']);
    expect(outline[5]?.children[1]?.children.map(({ name }) => name)).toEqual(['one']);
    for (const { whole, at: name } of outline) expect(whole.start <= name.start && name.end <= whole.end).toBe(true);
  });

  it('find declarations of all files by parts of their names, the nearest first', () => {
    const found = workspaceSymbols(view, 'scan').map(({ name }) => name);
    expect(found).toEqual(expect.arrayContaining(['null_scan', 'maimon_scan']));
    expect(workspaceSymbols(view, 'is_web')[0]).toMatchObject({
      name: 'is_web',
      file: '/w/lib.sig',
      kind: 'Predicate',
    });
    expect(workspaceSymbols(view, 'iswb').map(({ name }) => name)).toContain('is_web');
    expect(workspaceSymbols(view, 'nothing of the kind')).toEqual([]);
  });

  it('fold blocks, comments and imports', () => {
    const folds = folding(view, MAIN).map(
      ({ kind, start, end }) => `${kind} ${SHAPES.slice(start, end).split('\n').length}`,
    );
    expect(folds.sort()).toEqual(['block 4', 'block 5', 'block 6', 'comment 2', 'imports 2'].sort());
  });

  it('link to what files name', () => {
    const links = documentLinks(view, MAIN).map(({ start, end, to }) => [SHAPES.slice(start, end), to.kind, to.path]);
    expect(links).toEqual([
      ['std/scans', 'rules', 'std/scans'],
      ['./lib.sig', 'rules', '/w/lib.sig'],
      ['bad.txt', 'file', 'bad.txt'],
      ['x.pcap', 'file', 'x.pcap'],
    ]);
  });

  it('offer each test to be run', () => {
    expect(codeLenses(view, MAIN).map(({ title }) => title)).toEqual(['t']);
  });

  it('select ever more', () => {
    const ranges = selectionRanges(view, MAIN, SHAPES.indexOf('ipv4') + 2).map(({ start, end }) =>
      SHAPES.slice(start, end),
    );
    expect(ranges[0]).toBe('ipv4');
    expect(ranges[1]).toBe(' ipv4 tcp ');
    expect(ranges[2]).toBe('{ ipv4 tcp }');
    expect(ranges.at(-2)).toMatch(/^test "t" \{[^]*\}$/);
    expect(ranges.at(-1)).toBe(SHAPES);
  });
});
