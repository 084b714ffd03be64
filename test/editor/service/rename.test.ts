import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileModule } from '../../../compiler/backend/wasm/compile.js';
import { link } from '../../../compiler/link/link.js';
import { encodeLogic } from '../../../compiler/artefact/logic.js';
import type { Ruleset } from '../../../compiler/ruleset.js';
import { prepareRename, rename } from '../../../editor/service/features/rename.js';
import type { Edit } from '../../../grammar/diagnostic.js';
import { runs } from '../../support/runs.js';
import { at, edited, MAIN, viewing } from './marked.js';

/** What becomes of the files, or why nothing does. */
function renamed(
  marked: string,
  newName: string,
  files: Readonly<Record<string, string>> = {},
): string | Record<string, string> {
  const { view, offset, text } = at(marked, files);
  const edits = rename(view, MAIN, offset, newName);
  if ('why' in edits) return edits.why;
  return applied({ 'main.sig': text, ...files }, edits);
}

function applied(files: Readonly<Record<string, string>>, edits: readonly Edit[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      edited(
        text,
        edits.filter(({ span }) => span.file === `/w/${name}`),
      ),
    ]),
  );
}

const NAMED = new Set(['name', 'title', 'space', 'label']);

/** The same with every name and place empty. */
function nameless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nameless);
  if (value instanceof Map) return new Map();
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      if (key === 'span') return [key, { file: '', start: 0, end: 0 }];
      return [key, NAMED.has(key) && typeof part === 'string' ? '' : nameless(part)];
    }),
  );
}

describe('rename', () => {
  it.each([
    [
      'a constant',
      'const <|>a = 1\nsignature s { id 1 when tcp.dst_port == a or tcp.src_port in { a, 5 } then log }',
      'const b = 1\nsignature s { id 1 when tcp.dst_port == b or tcp.src_port in { b, 5 } then log }',
    ],
    [
      'a let',
      'signature s { id 1 let a = payload.u8(0) let c = a + 1 when <|>a > c then log }',
      'signature s { id 1 let b = payload.u8(0) let c = b + 1 when b > c then log }',
    ],
    [
      'an occurrence',
      'signature s { id 1 when payload contains "x" as a and payload contains "y" in <|>a.end .. a.end + 5 then log }',
      'signature s { id 1 when payload contains "x" as b and payload contains "y" in b.end .. b.end + 5 then log }',
    ],
    [
      'a parameter',
      'predicate p(<|>a) = a == 1 or a == 2\nsignature s { id 1 when p(tcp.dst_port) then log }',
      'predicate p(b) = b == 1 or b == 2\nsignature s { id 1 when p(tcp.dst_port) then log }',
    ],
    [
      'a signature',
      'signature <|>a { id 1 when tcp then log }\ntest "t" { packet { ipv4 tcp } expect a * 1 }',
      'signature b { id 1 when tcp then log }\ntest "t" { packet { ipv4 tcp } expect b * 1 }',
    ],
    [
      'a header and what is called by it',
      'header <|>a in ip_proto 200 { k : u8 }\nsignature s { id 1 when a.k == 1 then log }\ntest "t" { packet { ipv4 a { k 1 } } expect s }',
      'header b in ip_proto 200 { k : u8 }\nsignature s { id 1 when b.k == 1 then log }\ntest "t" { packet { ipv4 b { k 1 } } expect s }',
    ],
    [
      'a field',
      'header h in ip_proto 200 { <|>a : u8 c : u8 size a + 2 }\nsignature s { id 1 when h.a == 1 then log }\ntest "t" { packet { ipv4 h { a 1 } } expect s }',
      'header h in ip_proto 200 { b : u8 c : u8 size b + 2 }\nsignature s { id 1 when h.b == 1 then log }\ntest "t" { packet { ipv4 h { b 1 } } expect s }',
    ],
    [
      'a flag',
      'header h in ip_proto 200 { f : u8 = A { A 1 B 2 } }\nsignature s { id 1 when h.f has <|>A | B then log }',
      'header h in ip_proto 200 { f : u8 = b { b 1 B 2 } }\nsignature s { id 1 when h.f has b | B then log }',
    ],
    [
      'a space',
      'space <|>a : u8\nheader h in ip_proto 200 { k : u8 next a(k) }\nheader i in a 5 { l : u8 }',
      'space b : u8\nheader h in ip_proto 200 { k : u8 next b(k) }\nheader i in b 5 { l : u8 }',
    ],
  ])('renames %s wherever it stands', (_, marked, expected) => {
    expect(renamed(marked, 'b')).toEqual({ 'main.sig': expected });
  });

  it('renames across files, from either side, and under an alias', () => {
    const files = {
      'lib.sig': 'const web = { 80 }\npredicate p(x) = x in web\n',
      'other.sig': 'import "./lib.sig" as l\nsignature o { id 2 when tcp.dst_port in l.web then log }\n',
    };
    expect(
      renamed('import "./lib.sig"\nsignature s { id 1 when tcp.dst_port in w<|>eb then log }\n', 'ports', files),
    ).toEqual({
      'main.sig': 'import "./lib.sig"\nsignature s { id 1 when tcp.dst_port in ports then log }\n',
      'lib.sig': 'const ports = { 80 }\npredicate p(x) = x in ports\n',
      'other.sig': 'import "./lib.sig" as l\nsignature o { id 2 when tcp.dst_port in l.ports then log }\n',
    });
    expect(
      renamed('import "./lib.sig" as l\nsignature s { id 1 when tcp.dst_port in <|>l.web then log }', 'm', files),
    ).toMatchObject({
      'main.sig': 'import "./lib.sig" as m\nsignature s { id 1 when tcp.dst_port in m.web then log }',
      'other.sig': files['other.sig'],
    });
  });

  it.each([
    ['a number', 'const <|>a = 1', '5', 'is not a name'],
    ['two words', 'const <|>a = 1', 'b c', 'is not a name'],
    ['nothing', 'const <|>a = 1', '', 'is not a name'],
    ['a comment', 'const <|>a = 1', 'b//', 'is not a name'],
    ['a word that structures', 'const <|>a = 1', 'when', 'structures rules'],
    ['a word of the language', 'const <|>a = 1', 'payload', 'word of the language'],
    ['a reserved word', 'const <|>a = 1', 'http', 'word of the language'],
    ['another constant', 'const <|>a = 1\nconst b = 2', 'b', '`b` is declared already'],
    ['a header of the core', 'const <|>a = 1', 'tcp', '`tcp` is declared already'],
    ['an alias', 'import "std/scans" as b\nconst <|>a = 1', 'b', '`b` is declared already'],
    [
      'a parameter where it is used',
      'const <|>a = 1\npredicate p(b) = b == a',
      'b',
      '`b` is a parameter where `a` is used',
    ],
    [
      'a let where it is used',
      'const <|>a = 1\nsignature s { id 1 let b = payload.u8(0) when b == a then log }',
      'b',
      '`b` is the name of a `let`',
    ],
    [
      'an occurrence where it is used',
      'const <|>a = 1\nsignature s { id 1 when payload contains "x" as b and payload.u8(b.end) == a then log }',
      'b',
      '`b` is the name of an occurrence',
    ],
    [
      'a flag',
      'const <|>a = 1\nsignature s { id 1 when tcp.flags has a then log }',
      'SYN',
      '`SYN` is a flag of `tcp.flags`',
    ],
    [
      'a constant that a let would hide',
      'const b = 1\nsignature s { id 1 let <|>a = payload.u8(0) when a == b then log }',
      'b',
      '`b` is declared already',
    ],
    [
      'a header that a parameter would hide',
      'predicate p(<|>a) = a == 1 and tcp.dst_port == 5',
      'tcp',
      '`tcp` is a header that is used',
    ],
    [
      'a flag that an occurrence would hide',
      'signature s { id 1 when payload contains "x" as <|>a and tcp.flags has SYN and payload.u8(a.end) == 1 then log }',
      'SYN',
      '`SYN` is a flag of `tcp.flags`, which would be meant',
    ],
    [
      'another signature',
      'signature <|>a { id 1 when tcp then log }\nsignature b { id 2 when tcp then log }',
      'b',
      '`b` is declared already',
    ],
    ['`verdict` for a signature', 'signature <|>a { id 1 when tcp then log }', 'verdict', '`verdict`'],
    ['another field', 'header h in ip_proto 200 { <|>a : u8 b : u8 }', 'b', '`b` stands in `h` already'],
    [
      'a constant that a field would hide',
      'const c = 1\nheader h in ip_proto 200 { <|>a : u8 b : u8 size a + c }',
      'c',
      '`c` stands in `h` already',
    ],
    [
      'a field that would hide it',
      'const <|>c = 1\nheader h in ip_proto 200 { a : u8 b : u8 size a + c }',
      'b',
      'a field of `h`',
    ],
    ['what a header has anyway', 'header h in ip_proto 200 { <|>a : u8 }', 'malformed', 'word of the language'],
  ])('refuses %s and says why', (_, marked, newName, why) => {
    expect(renamed(marked, newName)).toContain(why);
  });

  it('refuses what a file that imports it knows already', () => {
    const files = {
      'other.sig': 'import "./main.sig"\nconst b = 2\nsignature s { id 1 when tcp.dst_port == a then log }',
    };
    expect(renamed('const <|>a = 1', 'b', files)).toBe('`b` is declared already in what `/w/other.sig` knows');
  });

  it.each([
    [
      'a word of the language',
      'signature s { id 1 when pay<|>load contains "x" then log }',
      '`payload` is a word of the language',
    ],
    [
      'the standard library',
      'signature s { id 1 when t<|>cp then log }',
      '`tcp` is declared in the standard library (`std/tcp`)',
    ],
    ['a path', 'import "std/sc<|>ans"', 'a path is no name'],
    ['nothing', 'signature s { <|> id 1 when tcp then log }', 'there is no name here'],
  ])('does not begin at %s', (_, marked, why) => {
    const { view, offset } = at(marked);
    const refused = prepareRename(view, MAIN, offset);
    expect('why' in refused && refused.why).toContain(why);
    expect(rename(view, MAIN, offset, 'x')).toEqual(refused);
  });
});

describe('a rename keeps the compiled bytes', () => {
  const FILES = {
    'main.sig': `import "./lib.sig"
import "./lib.sig" as lib
param home = { 10.0.0.0/8 }
const needle = "ab" + "c"
header extra in ip_proto 200 {
  kind : u8 = A { A 1 B 2 }
  len : u8
  size len + 2
}
predicate near(from, far) = payload contains needle at from + far
signature one {
  id 1
  let n = payload.u16(0)
  let m = n + 1
  when ip.src in home and payload contains needle as x and n > 5 and m < 500 and near(3, limit)
  count by ip.src > 5 per 10s
  then log, limit 1 per 1m by ip.src
}
signature two {
  id 2
  when is_web(tcp.dst_port) and lib.is_web(tcp.src_port) and tcp.flags has SYN | lib.both and extra.kind has A
  then drop
}
test "t" {
  packet { ipv4  extra { kind A  len 0 } }
  expect none
}
`,
    'lib.sig': 'const limit = 5\nconst web = { 80, 443 }\nconst both = tcp.SYN\npredicate is_web(port) = port in web\n',
  };
  const view = viewing(FILES['main.sig'], { 'lib.sig': FILES['lib.sig'] });
  const uses = ['main.sig', 'lib.sig'].flatMap((file) => view.symbolsIn(`/w/${file}`, { start: 0, end: Infinity }));
  const own = uses.filter(({ declared, kind }) => declared?.file.startsWith('/w/') && kind !== 'file');

  /** The two sections that run, without the names that the author gave and without places: those a rename does change. */
  function bytes(files: Readonly<Record<string, string>>): { readonly logic: Uint8Array; readonly code: Uint8Array } {
    const ruleset = viewing(files['main.sig'] ?? '', { 'lib.sig': files['lib.sig'] ?? '' }).ruleset(MAIN);
    if (!ruleset) throw new Error('no ruleset');
    // The module of the engine has names, too: its functions', for a debugger.
    const { layouts, views, signatures } = nameless(ruleset) as Ruleset;
    const bare = { layouts, views, signatures, tests: [], modules: [], policies: [] };
    return { logic: encodeLogic({ ruleset: bare, lines: [] }, (file) => file), code: compileModule(link(bare)) };
  }

  it('for every name and every place of it, or is refused', () => {
    const before = bytes(FILES);
    const names = [
      'fresh',
      'count',
      'home',
      'x',
      'n',
      'SYN',
      'A',
      'kind',
      'one',
      'web',
      'limit',
      'port',
      'lib',
      'tcp',
      'near',
      'flags',
    ];
    const outcomes = { done: 0, refused: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...own), fc.constantFrom(...names), ({ span }, newName) => {
        const edits = rename(view, span.file, span.start, newName);
        if ('why' in edits) return void outcomes.refused++;
        outcomes.done++;
        const after = applied(FILES, edits);
        const problems = viewing(after['main.sig'] ?? '', { 'lib.sig': after['lib.sig'] ?? '' }).diagnostics(MAIN);
        expect(
          problems.filter(({ severity }) => severity === 'error'),
          JSON.stringify(after),
        ).toEqual([]);
        expect(bytes(after)).toEqual(before);
      }),
      { numRuns: runs(100) },
    );
    expect(outcomes.done).toBeGreaterThan(10);
    expect(outcomes.refused).toBeGreaterThan(10);
  });
});
