import { describe, expect, it } from 'vitest';
import { prepareRename, rename } from '../../../editor/service/features/rename.js';
import { applied, at, MAIN } from './marked.js';

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
    [
      'a module',
      'module <|>a on tcp {\n  signature s { id 1 when tcp then log }\n}\nmodule c in a { }\nsignature t { id 2 when udp then forward a }\npolicy p { protect 10.0.0.0/8 with c, a disable a override t then forward a }',
      'module b on tcp {\n  signature s { id 1 when tcp then log }\n}\nmodule c in b { }\nsignature t { id 2 when udp then forward b }\npolicy p { protect 10.0.0.0/8 with c, b disable b override t then forward b }',
    ],
    [
      'a module called like a constant and a signature',
      'const a = { 80 }\nmodule a on tcp.dst_port in a {\n  signature a { id 1 when tcp then log }\n}\nsignature t { id 2 when udp then forward <|>a }',
      'const a = { 80 }\nmodule b on tcp.dst_port in a {\n  signature a { id 1 when tcp then log }\n}\nsignature t { id 2 when udp then forward b }',
    ],
    [
      'a policy',
      'signature s { id 1 when tcp then log }\npolicy <|>a { protect 10.0.0.0/8 with tcp }\ntest "t" under a { packet { tcp } expect none under a }',
      'signature s { id 1 when tcp then log }\npolicy b { protect 10.0.0.0/8 with tcp }\ntest "t" under b { packet { tcp } expect none under b }',
    ],
    [
      'a signature of a module',
      'module m {\n  signature <|>a { id 1 when tcp then log }\n}\npolicy p { protect 10.0.0.0/8 with m disable a }\npolicy q { protect 10.0.0.0/8 with m override a then log }',
      'module m {\n  signature b { id 1 when tcp then log }\n}\npolicy p { protect 10.0.0.0/8 with m disable b }\npolicy q { protect 10.0.0.0/8 with m override b then log }',
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

  it('renames modules and policies across files, from either side', () => {
    const files = {
      'lib.sig': 'module web { }\npolicy p { protect 10.0.0.0/8 with web }\n',
      'other.sig':
        'import "./lib.sig" as l\nsignature o { id 2 when tcp then forward l.web }\ntest "t" under l.p { }\n',
    };
    expect(renamed('import "./lib.sig"\nmodule m in w<|>eb { }\ntest "t" under p { }\n', 'http', files)).toEqual({
      'main.sig': 'import "./lib.sig"\nmodule m in http { }\ntest "t" under p { }\n',
      'lib.sig': 'module http { }\npolicy p { protect 10.0.0.0/8 with http }\n',
      'other.sig': files['other.sig'].replace('l.web', 'l.http'),
    });
    expect(renamed('import "./lib.sig"\nmodule m in web { }\ntest "t" under <|>p { }\n', 'q', files)).toEqual({
      'main.sig': 'import "./lib.sig"\nmodule m in web { }\ntest "t" under q { }\n',
      'lib.sig': files['lib.sig'].replace('policy p', 'policy q'),
      'other.sig': files['other.sig'].replace('l.p', 'l.q'),
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
    ['another module', 'module <|>a { }\nmodule b { }', 'b', '`b` is declared already'],
    ['a module of the core', 'module <|>a { }', 'tcp', '`tcp` is declared already'],
    [
      'another policy',
      'policy <|>a { protect 10.0.0.0/8 with tcp }\npolicy b { protect 10.0.0.0/8 with tcp }',
      'b',
      '`b` is declared already',
    ],
    ['a word that structures for a module', 'module <|>a { }', 'with', 'structures rules'],
    [
      'a signature that a policy disables',
      'module <|>a { }\nsignature b { id 1 when tcp then log }\npolicy p { protect 10.0.0.0/8 with tcp disable b }',
      'b',
      '`b` is a signature, and a policy in `/w/main.sig` disables by that name',
    ],
    [
      'a signature where a policy disables the module',
      'module <|>a { }\nsignature b { id 1 when tcp then log }\npolicy p { protect 10.0.0.0/8 with tcp disable a }',
      'b',
      '`b` is a signature, and a policy',
    ],
    [
      'a module that a policy disables',
      'module b { }\nsignature <|>a { id 1 when tcp then log }\npolicy p { protect 10.0.0.0/8 with tcp disable b }',
      'b',
      '`b` is a module, and a policy',
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
