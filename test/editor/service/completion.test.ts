import { describe, expect, it } from 'vitest';
import { completion } from '../../../editor/service/features/completion.js';
import { isClean } from '../../../grammar/diagnostic.js';
import { parse } from '../../../grammar/parse.js';
import { at, MAIN } from './marked.js';

/** The labels proposed at the mark. */
function labels(marked: string, files: Readonly<Record<string, string>> = {}): string[] {
  const { view, offset } = at(marked, files);
  return completion(view, MAIN, offset).items.map(({ label }) => label);
}

const inWhen = (condition: string): string => `signature s {\n  id 1\n  when ${condition}\n`;

describe('completion', () => {
  it('proposes fields behind a header’s dot, in a line and a file that are not finished', () => {
    const fields = labels('signature s {\n  id 1\n  when tcp.fl<|>');
    expect(fields).toEqual(expect.arrayContaining(['flags', 'src_port', 'port', 'options', 'payload', 'malformed']));
    expect(fields).not.toContain('mss');
  });

  it('replaces the whole word in which the cursor stands', () => {
    const { view, offset, text } = at(`${inWhen('tcp.fl<|>ags == SYN')}  then log\n}\n`);
    const { replaces } = completion(view, MAIN, offset);
    expect(text.slice(replaces.start, replaces.end)).toBe('flags');
  });

  it.each([
    ['a view', 'ip.<|>', ['src', 'dst', 'ttl', 'protocol', 'addr', 'payload']],
    ['a list', 'tcp.options.<|>', ['mss', 'sack', 'malformed']],
    ['an entry', 'tcp.options.mss.<|>', ['length', 'value']],
    ['an indexed header', 'vlan[1].<|>', ['vid', 'pcp']],
    ['a payload', 'payload.<|>', ['length', 'u16', 'u16le', 'dec']],
    ['a header’s payload', 'udp.payload.<|>', ['length', 'u8']],
    ['the packet', 'packet.<|>', ['truncated', 'too_deep']],
    ['an occurrence', 'payload contains "a" as found and payload contains "b" at found.<|>', ['start', 'end']],
  ])('knows what stands behind the dot of %s', (_, condition, expected) => {
    expect(labels(inWhen(condition))).toEqual(expect.arrayContaining(expected));
  });

  it.each([
    'tcp.flags has <|>',
    'tcp.flags has SYN | <|>',
    'tcp.flags == <|>',
    'tcp.flags & <|>',
    'tcp.flags & (SYN | <|>',
    'tcp.flags lacks A<|>',
  ])('proposes the flags of the field first: %s', (condition) => {
    expect(labels(inWhen(condition)).slice(0, 9)).toEqual([
      'CWR',
      'ECE',
      'URG',
      'ACK',
      'PSH',
      'RST',
      'SYN',
      'FIN',
      'none',
    ]);
  });

  it('proposes no flags behind the next `and`', () => {
    expect(labels(inWhen('tcp.flags has SYN and <|>'))).not.toContain('SYN');
  });

  it('proposes what is declared and imported where a condition begins, and what joins it to the next where it ends', () => {
    const start = 'import "std/scans"\nimport "./lib.sig" as lib\nconst ports = { 1 }\npredicate p(a) = a == 1\n';
    const files = { 'lib.sig': 'const other = 5\n' };
    const names = labels(`${start}${inWhen('<|>')}`, files);
    expect(names).toEqual(expect.arrayContaining(['ports', 'p', 'null_scan', 'lib', 'tcp', 'ip', 'payload', 'not']));
    expect(labels(`${start}${inWhen('lib.<|>')}`, files)).toEqual(['other']);
    const joining = labels(`${start}${inWhen('tcp.dst_port <|>')}`, files);
    expect(joining).toEqual(expect.arrayContaining(['in', '==', 'and', 'contains', 'then']));
    expect(joining).not.toContain('tcp');
  });

  it('says what a predicate takes', () => {
    const { view, offset } = at(`import "std/scans"\n${inWhen('null<|>')}`);
    const found = completion(view, MAIN, offset).items.find(({ label }) => label === 'null_scan');
    expect(found).toMatchObject({ kind: 'predicate', takes: ['flags'], detail: '(flags)' });
    expect(found?.doc).toContain('RFC 9293');
  });

  it('proposes the keys of a signature that are not given yet', () => {
    const keys = labels('signature s {\n  id 1\n  title "x"\n  <|>\n}\n');
    expect(keys).toEqual(expect.arrayContaining(['rev', 'severity', 'when', 'then', 'ref', 'let']));
    expect(keys).not.toContain('id');
    expect(keys).not.toContain('title');
  });

  it.each([
    ['severity', 'signature s { severity <|>', ['critical', 'high', 'medium', 'low']],
    [
      'an action',
      'signature s { when tcp then <|>',
      ['log', 'drop', 'reject', 'pass', 'limit', 'mark', 'forward', 'delay'],
    ],
    [
      'a further action',
      'signature s { when tcp then log, <|>',
      ['drop', 'reject', 'pass', 'limit', 'mark', 'forward', 'delay'],
    ],
    ['a count', 'signature s { when tcp count <|>', ['by', '>', '>=']],
  ])('proposes the words of %s', (_, marked, expected) => {
    expect(labels(marked)).toEqual(expected);
  });

  it('proposes kinds of references and classes that are used elsewhere', () => {
    const files = { 'other.sig': 'signature o { id 2 class recon ref bugtraq "1" when tcp then log }' };
    expect(labels('signature s { ref <|>', files)).toEqual(expect.arrayContaining(['cve', 'bugtraq']));
    expect(labels('signature s { class <|>', files)).toEqual(['recon']);
  });

  it('knows a signature’s own names, and a predicate’s parameters', () => {
    const own = labels('signature s {\n  let said = payload.u16(0)\n  when payload contains "x" as found and <|>');
    expect(own).toEqual(expect.arrayContaining(['said', 'found']));
    expect(labels('predicate p(flags, port) = <|>')).toEqual(expect.arrayContaining(['flags', 'port']));
  });

  it('builds packets: headers, their fields that are not given yet, and flags', () => {
    const test = (packet: string): string => `signature s { id 1 when tcp then log }\ntest "t" {\n  packet { ${packet}`;
    expect(labels(test('<|>'))).toEqual(expect.arrayContaining(['ipv4', 'tcp', 'payload']));
    const fields = labels(test('ipv4 tcp { dst_port 5  <|>'));
    expect(fields).toEqual(expect.arrayContaining(['src_port', 'flags', 'options', 'payload']));
    expect(fields).not.toContain('dst_port');
    expect(labels(test('ipv4 tcp { flags <|>'))).toEqual(expect.arrayContaining(['SYN', 'none']));
    expect(labels(test('ipv4 tcp { flags SYN | <|>'))).toEqual(expect.arrayContaining(['ACK']));
  });

  it('expects signatures and verdicts', () => {
    const test = 'signature one { id 1 when tcp then log }\ntest "t" {\n  packet { ipv4 tcp }\n  expect ';
    expect(labels(`${test}<|>`)).toEqual(['one', 'none', 'verdict']);
    expect(labels(`${test}one, <|>`)).toEqual(['one', 'verdict']);
    expect(labels(`${test}one, verdict <|>`)).toEqual(['pass', 'reject', 'drop', 'accept']);
  });

  it('proposes files to import that are not imported yet', () => {
    const files = { 'lib.sig': '', 'sub/deep.sig': 'import "std/scans"\n' };
    const paths = labels('import "./lib.sig"\nimport "<|>', files);
    expect(paths).toEqual(expect.arrayContaining(['./sub/deep.sig', 'std/scans']));
    expect(paths).not.toContain('./lib.sig');
  });

  it('proposes declarations between declarations', () => {
    const declarations = [
      'import',
      'const',
      'param',
      'space',
      'header',
      'view',
      'predicate',
      'signature',
      'module',
      'policy',
      'test',
    ];
    expect(labels('sig<|>')).toEqual(declarations);
    expect(labels('signature s { id 1 when tcp then log }\n<|>')).toEqual(declarations);
  });

  it.each(['// tcp.<|>', 'signature s { title "tcp.<|>" }', 'signature s { id 12<|>'])('is silent in %s', (marked) => {
    expect(labels(marked)).toEqual([]);
  });

  it('leaves a text that parses as it was: every proposal is a word that may stand there', () => {
    const marked = [
      'const a = 5\nimport "std/scans"\n',
      'signature s { id 1 when <|>tcp then log }',
      'signature s { id 1 when tcp.<|>flags == 1 then log }',
      'signature s { id 1 severity <|>high when tcp then log }',
      'test "t" { packet { <|>tcp } expect none }',
      'test "t" { packet { tcp { <|>flags 1 } } expect none }',
      'signature s { id 1 when tcp then log }\nsignature t { id 2 when tcp then log }\ntest "t" { packet { tcp } expect <|>s }',
    ].map((text, i) => (i === 0 ? `${text}<|>` : text));
    for (const one of marked.slice(1)) {
      const { view, text, offset } = at(one);
      const { items, replaces } = completion(view, MAIN, offset);
      expect(items.length).toBeGreaterThan(2);
      for (const { label } of items.filter(
        (i) => i.label !== 'file' && i.label !== 'not' && i.label !== 'verdict' && i.label !== 'payload',
      )) {
        const changed = text.slice(0, replaces.start) + label + text.slice(replaces.end);
        expect(isClean(parse(MAIN, changed).diagnostics), changed).toBe(true);
      }
    }
  });
});
