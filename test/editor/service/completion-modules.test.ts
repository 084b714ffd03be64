/** Completion in modules and policies, and where one of them is named. */
import { describe, expect, it } from 'vitest';
import { completion } from '../../../editor/service/features/completion.js';
import { isClean } from '../../../grammar/diagnostic.js';
import { parse } from '../../../grammar/parse.js';
import { at, MAIN } from './marked.js';

function labels(marked: string, files: Readonly<Record<string, string>> = {}): string[] {
  const { view, offset } = at(marked, files);
  return completion(view, MAIN, offset).items.map(({ label }) => label);
}

const FILES = {
  'lib.sig':
    'module worms {\n  signature worm { id 9 title "A worm" when udp then log }\n}\npolicy far { protect 10.0.0.0/8 with worms }\n',
};
const START = `import "./lib.sig" as lib
const home = { 10.0.0.0/8 }
predicate p(a) = a == 1
/// Of the web.
module web on tcp.dst_port in { 80, 443 } {
  signature get { id 1 title "A GET" when payload contains "GET" then log }
}
module mail { }
signature low { id 2 when ip.ttl < 5 then log }
policy campus { protect home with web }
`;

/** What is proposed behind the declarations above. */
const behind = (marked: string): string[] => labels(`${START}${marked}`, FILES);

/** Modules of the core, which every file knows. */
const OF_CORE = ['tcp', 'udp', 'icmp', 'icmpv6'];

const LINES = ['protect', 'otherwise', 'disable', 'override'];

describe('completion of modules and policies', () => {
  it.each([
    ['a parent', 'module new in <|>', ['web', 'mail', 'lib']],
    ['a parent that has begun', 'module new in we<|>', ['web', 'mail', 'lib']],
    ['a parent of an import', 'module new in lib.<|>', ['worms']],
    ['a parent before what is there', 'module new in <|> on tcp {\n}\n', ['web', 'mail', 'lib']],
    ['a parent, but not the module itself', 'module web2 { }\nmodule new in <|>\n', ['web', 'mail', 'web2', 'lib']],
    ['what is handed on to', 'signature s { id 3 when tcp then log, forward <|>', ['web', 'mail', 'lib']],
    ['what is handed on to behind a limit', 'signature s { when tcp then log, limit 1 per 1m, forward <|>', ['web', 'mail', 'lib']],
    ['what is handed on to in an import', 'signature s { id 3 when tcp then forward lib.<|>', ['worms']],
    ['what is handed on to, but not where it comes from', 'module new {\n  signature s { id 3 when tcp then forward <|>\n}\n', ['web', 'mail', 'lib']],
    ['what protects', 'policy q { protect home with <|>', ['web', 'mail', 'lib']],
    ['what protects, too', 'policy q { protect home with web, <|>', ['web', 'mail', 'lib']],
    ['what protects, in an import', 'policy q { protect home with web, lib.w<|>', ['worms']],
    ['what is protected', 'policy q { protect <|>', ['home', 'lib']],
    ['what else is protected', 'policy q { protect 10.0.0.0/8, <|>', ['home', 'lib']],
    ['what is disabled', 'policy q { disable <|>', ['low', 'get', 'web', 'mail', 'lib']],
    ['what is disabled in an import', 'policy q { disable lib.<|>', ['worm', 'worms']],
    ['what is overridden', 'policy q { override <|>', ['low', 'get', 'lib']],
    ['where an override hands on to', 'policy q { override low then forward <|>', ['web', 'mail', 'lib']],
    ['a policy of a test', 'test "t" under <|>', ['campus', 'lib']],
    ['a policy of a test that is there', 'test "t" under <|> {\n}\n', ['campus', 'lib']],
    ['a policy in a test', 'test "t" {\n  under <|>\n  packet { tcp }\n}', ['campus', 'lib']],
    ['a policy of an import', 'test "t" {\n  under lib.<|>', ['far']],
    ['a signature of an import', 'test "t" {\n  expect lib.<|>', ['worm']],
  ])('proposes %s: %s', (_, marked, expected) => {
    const own = behind(marked).filter((name) => !OF_CORE.includes(name));
    expect(own.sort()).toEqual([...expected].sort());
  }); // prettier-ignore

  it.each([
    ['a module’s name', 'module new <|>', ['in', 'on']],
    ['its parent', 'module new in web <|>', ['on']],
    ['a test’s title', 'test "t" <|>', ['under']],
    ['networks', 'policy q { protect home <|>', ['with']],
    ['an override’s name', 'policy q { override low <|>', ['then']],
    ['otherwise', 'policy q { otherwise <|>', ['accept', 'drop']],
    ['a policy’s brace', 'policy q { <|>', LINES],
    ['a policy’s line', 'policy q {\n  otherwise drop\n  <|>\n}', ['protect', 'disable', 'override']],
    ['modules', 'policy q {\n  protect home with web\n  <|>', LINES],
    ['what is disabled', 'policy q {\n  disable low\n  <|>', LINES],
    ['`with` without a module', 'policy q {\n  protect home with\n  <|>\n}\n', LINES],
    ['a comma', 'policy q {\n  protect home with web,\n  <|>\n}\n', LINES],
    ['`disable` alone', 'policy q {\n  disable\n  <|>\n}\n', LINES],
    ['`override` alone', 'policy q {\n  override\n  <|>\n}\n', LINES],
    ['a module’s brace', 'module new {\n  <|>\n}\n', ['signature', 'test']],
    ['what stands in a module', 'module new {\n  signature s { id 3 when tcp then log }\n  <|>\n}\n', ['signature', 'test']],
    ['the beginning of what stands in a module', 'module new {\n  sig<|>\n}\n', ['signature', 'test']],
    ['a word that cannot stand in a module', 'module new {\n  const<|>\n}\n', ['signature', 'test']],
    ['a module that is not closed', 'module new {\n  signature s { id 3 when tcp then log }\n  <|>', ['signature', 'test']],
  ])('proposes words behind %s: %s', (_, marked, expected) => {
    expect(behind(marked)).toEqual(expected);
  }); // prettier-ignore

  it('proposes modules of the core behind those of the file', () => {
    expect(behind('policy q { protect home with <|>').slice(0, 2)).toEqual(['web', 'mail']);
    expect(behind('policy q { protect home with <|>')).toEqual(expect.arrayContaining(OF_CORE));
  });

  it('proposes a switch’s condition, and actions of an override with what may follow', () => {
    expect(behind('module new in web on <|>')).toEqual(expect.arrayContaining(['tcp', 'home', 'p', 'not']));
    expect(behind('module new on tcp.dst_port <|>')).toEqual(expect.arrayContaining(['in', '==', 'and']));
    expect(behind('module new on tcp.dst_port in <|>')).toEqual(expect.arrayContaining(['home']));
    expect(behind('module new on tcp.dst_port in <|>')).not.toContain('web');
    expect(behind('policy q { override low then <|>')).toContain('forward');
    expect(behind('policy q { override low then log <|>')).toEqual(expect.arrayContaining(LINES));
    expect(behind('policy q { override low then log, <|>')).not.toContain('log');
  });

  it('goes on behind a line that is not finished', () => {
    expect(behind('policy q {\n  protect home with\n  disable <|>\n}\n')).toEqual(
      expect.arrayContaining(['low', 'web']),
    );
    expect(behind('policy q {\n  override low\n  otherwise <|>\n}\n')).toEqual(['accept', 'drop']);
    expect(behind('policy q {\n  disable\n  protect home with <|>\n}\n')).toEqual(expect.arrayContaining(['web']));
    expect(behind('signature s {\n  when tcp and\n  then log, forward <|>\n}\n')).toEqual(
      expect.arrayContaining(['web']),
    );
    const inModule = 'module new {\n  signature s {\n    when tcp.dst_port ==\n    then <|>\n  }\n}\n';
    expect(behind(inModule)).toEqual(expect.arrayContaining(['log', 'forward']));
    expect(behind('module new in <|>\n\nmodule next { }\n')).toEqual(expect.arrayContaining(['web', 'next']));
  });

  it('says of each name what it is', () => {
    const { view, offset } = at(`${START}policy q { disable <|>`, FILES);
    const items = completion(view, MAIN, offset).items;
    expect(items.find(({ label }) => label === 'get')).toMatchObject({ kind: 'signature', detail: 'A GET' });
    expect(items.find(({ label }) => label === 'web')).toMatchObject({ kind: 'module', doc: 'Of the web.' });
  });

  it('leaves a text that parses as it was: every proposal is a word that may stand there', () => {
    for (const marked of [
      'module new in <|>web on tcp { }',
      'signature s { id 3 when tcp then forward <|>web }',
      'policy q { protect home with <|>web }',
      'policy q { protect <|>home with web }',
      'policy q { disable <|>web }',
      'policy q { override <|>low then log }',
      'policy q { protect home with web otherwise <|>drop }',
      'test "t" under <|>campus { packet { tcp } expect none }',
    ]) {
      const { view, text, offset } = at(`${START}${marked}`, FILES);
      const { items, replaces } = completion(view, MAIN, offset);
      expect(items.length).toBeGreaterThan(1);
      for (const { label } of items) {
        const changed = text.slice(0, replaces.start) + label + text.slice(replaces.end);
        expect(isClean(parse(MAIN, changed).diagnostics), changed).toBe(true);
      }
    }
  });
});
