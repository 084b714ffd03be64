import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { tokenMatcher } from 'chevrotain';
import { describe, expect, test } from 'vitest';
import { loadRules } from '../../../cli/load.js';
import { packageRoot } from '../../../cli/paths.js';
import { check } from '../../../compiler/check/check.js';
import type { SymbolUse } from '../../../compiler/check/symbols.js';
import { keywordType, lexer, Word } from '../../../grammar/tokens.js';
import { compileSig, MAIN } from '../../support/compile.js';

type Files = Readonly<Record<string, string>>;

function symbolsIn(text: string, files: Files = {}): readonly SymbolUse[] {
  return compileSig(text, { files, symbols: true }).symbols.filter(({ span }) => span.file === MAIN);
}

/**
 * Every word of `main.sig` that stands for something: what, and the line on which it is declared, or the file; `*` marks the
 * declaration itself.
 */
function described(text: string, files: Files = {}): string[] {
  return symbolsIn(text, files).map(({ span, kind, name, declared, isDeclaration }) => {
    const words = text.slice(span.start, span.end);
    if (kind !== 'file' && kind !== 'builtin') expect(words).toBe(name);
    const line = declared && text.slice(0, declared.start).split('\n').length;
    const place = !declared ? '' : declared.file === MAIN ? ` ${line}` : ` ${declared.file}`;
    return `${words} ${kind}${isDeclaration ? '*' : ''}${kind === 'file' ? ` ${declared?.file ?? ''}` : place}`;
  });
}

describe('what a word stands for', () => {
  test('constants, parameters, predicates and what is handed to them', () => {
    const text = [
      'const low = 1',
      'param ports = { low, 80 }',
      'predicate small(f, n) = f < n and tcp',
      'signature s { when small(tcp.dst_port, low) and tcp.dst_port in ports then log, drop }',
    ].join('\n');
    expect(described(text)).toEqual([
      'low const* 1', 'ports param* 2', 'low const 1', 'small predicate* 3', 'f parameter* 3', 'n parameter* 3', 'f parameter 3',
      'n parameter 3', 'tcp header std/tcp', 's signature* 4', 'small predicate 3', 'tcp header std/tcp', 'dst_port field std/tcp',
      'low const 1', 'tcp header std/tcp', 'dst_port field std/tcp', 'ports param 2', 'log builtin', 'drop builtin',
    ]); // prettier-ignore
  });

  test('flags by themselves belong to the field beside them, also where a constant is called like one', () => {
    const text = 'const SYN = 5\nsignature s { when tcp.flags has SYN | ACK and tcp.window == SYN then log }';
    const flags = described(text).filter((line) => /^(?:SYN|ACK)/.test(line));
    expect(flags).toEqual(['SYN const* 1', 'SYN flag std/tcp', 'ACK flag std/tcp', 'SYN const 1']);
    expect(described('const both = tcp.SYN | tcp.ACK')).toContain('SYN flag std/tcp');
  });

  test('a flag in a predicate’s body is known from its uses, and noted once', () => {
    const text = 'predicate p(f) = f has SYN\nsignature s { when p(tcp.flags) and p(tcp.flags) then log }';
    expect(described(text).filter((line) => line.startsWith('SYN'))).toEqual(['SYN flag std/tcp']);
  });

  test('lists, entries, their fields, ends and views', () => {
    const when = 'tcp.options.mss.value == 1 and tcp.options.mss.kind == 2 and tcp.port == 5 and ip.addr == 10.0.0.1';
    expect(described(`signature s { when ${when} and tcp.options.malformed and ip.protocol == 6 then log }`)).toEqual([
      's signature* 1', 'tcp header std/tcp', 'options list std/tcp', 'mss entry std/tcp', 'value field std/tcp', 'tcp header std/tcp',
      'options list std/tcp', 'mss entry std/tcp', 'kind field std/tcp', 'tcp header std/tcp', 'port ends std/tcp', 'ip view std/ip',
      'addr ends std/ip', 'tcp header std/tcp', 'options list std/tcp', 'malformed builtin', 'ip view std/ip', 'protocol field std/ip',
      'log builtin',
    ]); // prettier-ignore
  });

  test('`let`s, occurrences, and what is read out of bytes', () => {
    const text = [
      'signature s {',
      'let n = payload.u16(x.end)',
      'when payload contains "a" as x and payload contains "b" at x.end + n and udp.payload.length > n and packet.truncated',
      'count by ip.src > 5 per 1s',
      'then log, limit 1 per 10s by ip.dst, mark 1 }',
    ].join('\n');
    expect(described(text)).toEqual([
      's signature* 1', 'n let* 2', 'payload builtin', 'u16 builtin', 'x occurrence 3', 'end builtin', 'payload builtin',
      'x occurrence* 3', 'payload builtin', 'x occurrence 3', 'end builtin', 'n let 2', 'udp header std/udp', 'payload builtin',
      'length builtin', 'n let 2', 'packet builtin', 'truncated builtin', 'ip view std/ip', 'src field std/ip', 'log builtin',
      'limit builtin', 'ip view std/ip', 'dst field std/ip', 'mark builtin',
    ]); // prettier-ignore
  });

  test('headers: spaces, fields in expressions of their own, flags, cases, ends', () => {
    const text = [
      'space kinds : u8',
      'const least = 4',
      'header foo in ip_proto 253 role transport "FOO" {',
      '  len : u8 >= least  bits : u8 = ON { ON 1 }  sum : u16 = inet(pseudo, header)',
      '  list until len * 4 { kind : u8 case 1 as one { size_ : u8 } size size_ else { l : u8 } size l }',
      '  next kinds(bits) when len == 5',
      '  either end_ = len | bits',
      '}',
      'view both = foo | tcp { a = len | offset  b = last(kinds)  either c = a | b }',
    ].join('\n');
    expect(described(text)).toEqual([
      'kinds space* 1', 'u8 builtin', 'least const* 2', 'foo header* 3', 'ip_proto space std/ipv4', 'transport builtin', 'len field* 4',
      'u8 builtin', 'least const 2', 'bits field* 4', 'u8 builtin', 'ON flag 4', 'ON flag* 4', 'sum field* 4', 'u16 builtin', 'inet builtin',
      'pseudo builtin', 'header builtin', 'list list* 5', 'len field 4', 'kind field* 5', 'u8 builtin', 'one entry* 5', 'size_ field* 5', 'u8 builtin',
      'size_ field 5', 'l field* 5', 'u8 builtin', 'l field 5', 'kinds space 1', 'bits field 4', 'len field 4', 'end_ ends* 7', 'len field 4',
      'bits field 4', 'both view* 9', 'foo header 3', 'tcp header std/tcp', 'a field* 9', 'len field 4', 'offset field std/tcp', 'b field* 9',
      'kinds space 1', 'c ends* 9', 'a field 9', 'b field 9',
    ]); // prettier-ignore
  });

  test('tests: headers, what is assigned, values, expectations', () => {
    const text = [
      'signature s { when tcp then log }',
      'test "t" { packet { ipv4 { ttl 5 } tcp { flags SYN options hex"" payload "x" } } expect s, verdict drop }',
    ].join('\n');
    expect(described(text).slice(3)).toEqual([
      'ipv4 header std/ipv4', 'ttl field std/ipv4', 'tcp header std/tcp', 'flags field std/tcp', 'SYN flag std/tcp', 'options list std/tcp',
      'payload builtin', 's signature 1', 'drop builtin',
    ]); // prettier-ignore
  });

  test('imports, their names, and what is reached through them', () => {
    const files = { 'lib.sig': 'const one = 1\npredicate p(x) = x == one\nsignature far { when tcp then log }' };
    const text = [
      'import "./lib.sig" as lib',
      'import "std/scans"',
      'signature s { when lib.p(tcp.seq) and tcp.ack == lib.one and null_scan(tcp.flags) then log }',
      'test "t" { packet { ipv4 {} } expect lib.far }',
    ].join('\n');
    expect(described(text, files).filter((line) => !line.includes('std/tcp'))).toEqual([
      '"./lib.sig" file lib.sig', 'lib import* 1', '"std/scans" file std/scans', 's signature* 3', 'lib import 1', 'p predicate lib.sig',
      'lib import 1', 'one const lib.sig', 'null_scan predicate std/scans', 'log builtin', 'ipv4 header std/ipv4', 'lib import 1',
      'far signature lib.sig',
    ]); // prettier-ignore
  });

  test('what cannot be resolved stands for nothing, and is no reason to forget the rest', () => {
    const text = 'const a = nothing\nsignature s { when tcp.nothing == a and nobody(tcp.seq) then log }';
    const found = described(text);
    expect(found.some((line) => line.startsWith('no'))).toBe(false);
    expect(found).toContain('a const 1');
  });
});

describe('what ships', () => {
  const files = ['stdlib', 'rules'].flatMap((folder) =>
    readdirSync(join(packageRoot, folder))
      .filter((name) => name.endsWith('.sig'))
      .map((name) => join(packageRoot, folder, name)),
  );
  const { input, texts } = loadRules(files);
  const { symbols } = check(input, { symbols: true });

  test('has no word whose meaning was not noted', () => {
    const known = new Set(symbols.map(({ span }) => `${span.file} ${span.start}`));
    const gaps = [...texts].flatMap(([file, text]) => gapsIn(file, text, known));
    expect(gaps).toEqual([]);
    expect(known.size).toBeGreaterThan(10_000);
  });

  test('declares each name as it is used', () => {
    const wrong = symbols.filter(({ kind, name, declared }) => {
      const text = declared && texts.get(declared.file)?.slice(declared.start, declared.end);
      return kind !== 'file' && declared && text !== name;
    });
    expect(wrong).toEqual([]);
    const undeclared = symbols.filter(({ kind, declared }) => kind !== 'builtin' && !declared);
    expect(undeclared).toEqual([]);
  });
});

/** Words of metadata are the author's own: classes, tags, kinds of references. */
const METADATA = /^\s*(?:severity|class|tags|ref|meta)\b/;

function gapsIn(file: string, text: string, known: ReadonlySet<string>): string[] {
  return lexer.tokenize(text).tokens.flatMap((token) => {
    const { image, startOffset } = token;
    if (!tokenMatcher(token, Word) || keywordType(image)) return [];
    const line = text.slice(text.lastIndexOf('\n', startOffset) + 1, startOffset);
    return known.has(`${file} ${startOffset}`) || METADATA.test(line) ? [] : [`${file}: ${line}${image}`];
  });
}

test('asking for nothing costs nothing: there are no symbols without the option', () => {
  expect(compileSig('const a = 1').symbols).toEqual([]);
});
