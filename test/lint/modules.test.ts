/** Lints take a signature as it is reached: with the switches of its modules, and under every policy. */
import { expect, test } from 'vitest';
import { lintSig } from './linted.js';

const signature = (name: string, id: number, when: string, then = 'log'): string =>
  `signature ${name} { id ${id} title "${name}" severity low class recon ref rfc "1" when ${when} then ${then} }\n`;
const QUIET = { 'unused-name': 'off', 'missing-metadata': 'off', 'broad-pass': 'off' } as const;

function found(text: string, name: string): string[] {
  return lintSig(text, { levels: QUIET })
    .filter(({ code }) => code === name)
    .map(({ message }) => message);
}

/** What is said without the module's switch, and not with it, or the other way round. */
function twice(name: string, on: string, signatures: string): readonly [boolean, boolean] {
  const isSaid = (text: string): boolean => found(text, name).length > 0;
  return [isSaid(signatures), isSaid(`module m on ${on} {\n${signatures}}\n`)];
}

test.each([
  ['negated-absence', 'tcp', signature('a', 1, 'not tcp.dst_port == 80')],
  ['malformed-fragment', 'not ipv4.flags has MF', signature('a', 1, 'udp.malformed')],
  ['weak-pattern', 'tcp.dst_port == 4444 and ip.src == 10.0.0.1', signature('a', 1, 'payload contains "e"')],
  ['always-matches', 'tcp', signature('a', 1, 'true')],
])('%s is silenced by the switch %s', (name, on, signatures) => {
  expect(twice(name, on, signatures)).toEqual([true, false]);
});

test.each([
  ['segment-end', 'tcp', signature('a', 1, 'payload contains "end" at -3')],
  ['link-layer-inline', 'ethernet.src == 02:00:5e:10:00:01', signature('a', 1, 'tcp.dst_port == 80')],
  ['needless-part', 'tcp.dst_port in 80..90', signature('a', 1, 'tcp.dst_port > 70 and payload contains "abcdef"')],
])('%s follows from the switch %s', (name, on, signatures) => {
  expect(twice(name, on, signatures)).toEqual([false, true]);
});

test('a `pass` whose module asks for an address is not broad', () => {
  const said = (text: string): string[] => lintSig(text, { levels: { 'unused-name': 'off' } }).map(({ code }) => code);
  const pass = signature('a', 1, 'tcp.dst_port == 80', 'pass');
  expect(said(pass)).toContain('broad-pass');
  expect(said(`module m on ip.src == 10.0.0.1 {\n${pass}}`)).not.toContain('broad-pass');
});

test('verdicts conflict only where a packet reaches both', () => {
  const of = (on: string): string[] =>
    found(
      `module a on tcp.dst_port == 80 {\n${signature('p', 1, 'ip.src == 10.0.0.1', 'pass')}}\n` +
        `module b on ${on} {\n${signature('d', 2, 'ip.dst == 10.0.0.2', 'drop')}}\n`,
      'conflicting-verdicts',
    );
  expect(of('tcp.dst_port in 1..99')).toHaveLength(1);
  expect(of('udp')).toEqual([]);
});

test('a part is needless only for packets that reach the module, and not where another site may widen the switch', () => {
  const rules = `module m on tcp.dst_port in web {\n${signature('a', 1, 'tcp.dst_port > 70 and payload contains "abcdef"')}}\n`;
  expect(found(`const web = 80..90\n${rules}`, 'needless-part')).toEqual([
    'for packets that reach module `m`, `tcp.dst_port > 70` makes no difference: it holds wherever the rest does',
  ]);
  expect(found(`param web = 80..90\n${rules}`, 'needless-part')).toEqual([]);
  const sender = signature('s', 2, 'tcp.dst_port == 5 and payload contains "hello"', 'log, forward m');
  expect(found(`const web = 80..90\n${rules}${sender}`, 'needless-part')).toEqual([]);
});

const REDUNDANT = ['same-condition', 'subsumed-signature', 'shadowed-signature', 'overruled-signature'] as const;
const redundant = (text: string): string[] => REDUNDANT.filter((name) => found(text, name).length > 0);

test.each([
  ['in one module', 'a', 'a', ['same-condition']],
  ['in two, of which a policy may have one alone', 'a', 'b', []],
  ['the other one in a module that comes with the first', 'a', 'inner', ['subsumed-signature']],
  ['the other way round', 'inner', 'a', ['subsumed-signature']],
])('equal conditions %s', (_, first, second, wanted) => {
  const body = (module: string): string =>
    [first, second].map((home, i) => (home === module ? signature(`s${i}`, i + 1, 'tcp.dst_port == 80') : '')).join('');
  const rules = `module a {\n${body('a')}}\nmodule b {\n${body('b')}}\nmodule inner in a {\n${body('inner')}}\n`;
  expect(redundant(rules)).toEqual(wanted);
});

test('what stands in no module is in every chain', () => {
  const rules = `${signature('s', 1, 'tcp')}module a on tcp.dst_port == 80 {\n${signature('t', 2, 'payload.length > 4')}}\n`;
  expect(redundant(rules)).toEqual(['subsumed-signature']);
});

test('being handed on to a module does not bring what stands in it', () => {
  const rules =
    `module a {\n${signature('s', 1, 'tcp.dst_port == 80')}}\nmodule inner in a {\n${signature('t', 2, 'tcp.dst_port == 80')}}\n` +
    'policy p { protect 10.0.0.0/8 with inner }\n';
  expect(redundant(rules)).toEqual(['subsumed-signature']);
  expect(redundant(rules + signature('f', 3, 'udp', 'log, forward a'))).toEqual([]);
});

test('a policy that disables or overrides one of them needs the other', () => {
  const rules = `${signature('s', 1, 'tcp')}${signature('t', 2, 'tcp.dst_port == 80')}module m { }\n`;
  const under = (entry: string): string[] => redundant(`${rules}policy p { protect 10.0.0.0/8 with m  ${entry} }\n`);
  expect(under('')).toEqual(['subsumed-signature']);
  expect(under('disable s')).toEqual([]);
  expect(under('override s then log')).toEqual([]);
  expect(under('override t then log, drop')).toEqual([]);
  expect(under('disable t')).toEqual(['subsumed-signature']);
});

test('a constant that only a switch or a policy uses is used, and a module is no name that has to be', () => {
  const rules =
    'const web = 80\nconst home = { 10.0.0.0/8 }\nmodule m on tcp.dst_port == web {\n' +
    `${signature('s', 1, 'payload contains "abcdef"')}}\nmodule empty { }\npolicy p { protect home with m }\n`;
  const all = lintSig(rules, { levels: { 'missing-metadata': 'off' } }).filter(({ code }) => code === 'unused-name');
  expect(all).toEqual([]);
});
