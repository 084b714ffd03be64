/** Orders to what runs, as the compiler sees them: what is read anew, what stays as it was, and what is refused. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { baselineOf, type Compiling, createCompiling, type Site } from '../../../cli/compiling/compiling.js';
import { loadRunnable } from '../../../cli/load-runnable.js';
import { decodeArtefact } from '../../../compiler/artefact/artefact.js';
import type { Ruleset } from '../../../compiler/ruleset.js';
import type { Compiled, CompileResult, Task } from '../../../runtime/control/compiler.js';
import { sha256 } from '../../../runtime/sha256.js';
import { inFolder } from '../in-process.js';

let folder = '';
const at = (name: string): string => join(folder, name);
const write = (files: Readonly<Record<string, string>>): void => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), text);
  }
};

beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'sigward-compiling-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const signature = (name: string, id: number, word: string): string =>
  `signature ${name} {\n  id ${id}\n  when payload contains "${word}"\n  then log, drop\n}\n`;
const module = (name: string, id: number, word: string, on = 'tcp.dst_port == 80'): string =>
  `module ${name} in tcp on ${on} {\n${signature(`${name}_one`, id, word)}}\n`;

/** A compiler that begins where these files stand. */
function begin(names: readonly string[], site: Site = {}, policy?: string): Compiling {
  const runnable = loadRunnable(names.map(at), site, policy ?? false);
  expect(runnable.diagnostics).toEqual([]);
  return createCompiling(site, baselineOf(runnable, names.map(at)));
}

type Wish = Partial<Omit<Task, 'fresh'>> & { readonly fresh?: readonly string[] | 'everything' };

function order(compiling: Compiling, wish: Wish): CompileResult {
  const { paths = [], fresh = [], without = [], ...rest } = wish;
  const anew = fresh === 'everything' ? fresh : fresh.map(at);
  const task = { paths: paths.map(at), without: without.map(at), fresh: anew, removed: [], colour: false };
  return compiling.compile({ policy: undefined, ...task, ...rest }, () => undefined).result;
}

/** Done and taken over, or the test fails. */
function taken(compiling: Compiling, wish: Wish): Compiled {
  const result = order(compiling, wish);
  if (!result.ok) throw new Error(`refused: ${result.diagnostic.message}\n${result.findings?.text ?? ''}`);
  compiling.settle(true);
  return result;
}

/** What would be judged by. */
function rulesetIn({ artefact }: Compiled): Ruleset {
  const { value, diagnostics } = decodeArtefact(artefact, 'compiled', sha256);
  expect(diagnostics).toEqual([]);
  if (!value) throw new Error('no ruleset');
  return value.ruleset;
}

/** Bytes as text, and numbers of any size. */
const plain = (_key: string, value: unknown): unknown =>
  value instanceof Uint8Array ? `<${Buffer.from(value).toString()}>` : typeof value === 'bigint' ? `${value}` : value;

/** The words that signatures look for. */
function words(compiled: Compiled): string[] {
  const conditions = rulesetIn(compiled).signatures.map(({ when }) => JSON.stringify(when, plain));
  return conditions.flatMap((text) => text.match(/(?<=<)[^>]*(?=>)/g) ?? []);
}

describe('what is read anew', () => {
  it('is what an order names; the rest stays as it was, also where it has gone from the disk', () => {
    write({ 'a.sig': signature('a', 1, 'alpha'), 'b.sig': signature('b', 2, 'beta') });
    const compiling = begin(['a.sig', 'b.sig']);
    write({ 'a.sig': signature('a', 1, 'gamma'), 'b.sig': 'not rules' });
    const first = taken(compiling, { paths: ['a.sig', 'b.sig'], fresh: ['a.sig'] });
    expect(words(first)).toEqual(['gamma', 'beta']);
    rmSync(at('b.sig'));
    expect(words(taken(compiling, { paths: ['a.sig', 'b.sig'] }))).toEqual(['gamma', 'beta']);
    expect(order(compiling, { paths: ['a.sig', 'b.sig'], fresh: 'everything' })).toMatchObject({ ok: false });
  });

  it('goes with all that it imports and the lists that these name, and with nothing that others name', () => {
    const user = (name: string, id: number): string =>
      `import "./common.sig"\nconst own_${name} = file "${name}.list"\nsignature ${name} {\n  id ${id}\n  when ip.src in own_${name} and payload contains word\n  then log\n}\n`;
    write({
      'common.sig': 'const word = "old"\n',
      ...{ 'a.sig': user('a', 1), 'b.sig': user('b', 2), 'a.list': '10.0.0.1\n', 'b.list': '10.0.0.1\n' },
    });
    const compiling = begin(['a.sig', 'b.sig']);
    write({ 'common.sig': 'const word = "new"\n', 'a.list': '10.0.0.2\n', 'b.list': '10.0.0.3\n' });
    const one = rulesetIn(taken(compiling, { paths: ['a.sig', 'b.sig'] }));
    const other = taken(compiling, { paths: ['a.sig', 'b.sig'], fresh: ['a.sig'] });
    expect(words(other)).toEqual(['new', 'new']);
    const networks = ({ signatures }: Ruleset): string[] =>
      signatures.map(({ when }) => JSON.stringify(when, plain).replace(/.*"set":([^\]]*).*/, '$1'));
    expect(networks(rulesetIn(other))[1]).toBe(networks(one)[1]);
    expect(networks(rulesetIn(other))[0]).not.toBe(networks(one)[0]);
    const all = taken(compiling, { paths: ['a.sig', 'b.sig'], fresh: 'everything' });
    expect(networks(rulesetIn(all))[1]).not.toBe(networks(one)[1]);
  });

  it('has parameters as the site sets them; its file is read anew with everything else alone', () => {
    const rules = 'param word = "default"\nsignature a {\n  id 1\n  when payload contains word\n  then log\n}\n';
    write({ 'a.sig': rules, 'site.toml': '[params]\nword = "\\"first\\""\n' });
    const compiling = begin(['a.sig'], { config: at('site.toml') });
    write({ 'site.toml': '[params]\nword = "\\"second\\""\n' });
    expect(words(taken(compiling, { paths: ['a.sig'], fresh: ['a.sig'] }))).toEqual(['first']);
    expect(words(taken(compiling, { paths: ['a.sig'], fresh: 'everything' }))).toEqual(['second']);
  });

  it('is what was taken over last, not what was refused', () => {
    write({ 'a.sig': signature('a', 1, 'alpha'), 'b.sig': signature('b', 2, 'beta') });
    const compiling = begin(['a.sig', 'b.sig']);
    write({ 'a.sig': signature('a', 1, 'gamma') });
    expect(order(compiling, { paths: ['a.sig', 'b.sig'], fresh: ['a.sig'] })).toMatchObject({ ok: true });
    compiling.settle(false);
    expect(words(taken(compiling, { paths: ['a.sig', 'b.sig'] }))).toEqual(['alpha', 'beta']);
  });

  it('leaves files out of folders that were removed', () => {
    write({ 'rules/a.sig': signature('a', 1, 'alpha'), 'rules/b.sig': signature('b', 2, 'beta') });
    const compiling = begin(['rules']);
    expect(words(taken(compiling, { paths: ['rules'], without: ['rules/a.sig'], fresh: 'everything' }))).toEqual([
      'beta',
    ]);
  });

  it('is no device and no pipe, which would have every other order wait', () => {
    write({ 'a.sig': signature('a', 1, 'alpha') });
    const compiling = begin(['a.sig']);
    expect(spawnSync('mkfifo', [at('pipe.sig')]).status).toBe(0);
    for (const path of ['/dev/zero', at('pipe.sig')]) {
      const result = order(compiling, { paths: ['a.sig'], fresh: [] });
      expect(result.ok).toBe(true);
      const task = { paths: [at('a.sig'), path], without: [], fresh: [path], removed: [], colour: false };
      const attempt = compiling.compile({ ...task, policy: undefined }, () => undefined).result;
      expect(attempt).toMatchObject({
        ok: false,
        findings: { text: expect.stringContaining('it is no regular file') },
      });
    }
  });

  it('may be nothing that judges, which is said', () => {
    write({ 'a.sig': module('web', 1, 'alpha') });
    const compiling = begin(['a.sig']);
    const { findings, signatures } = taken(compiling, { paths: ['a.sig'], removed: ['web'] });
    expect(signatures).toBe(0);
    expect(findings.text).toContain('W1001');
  });
});

describe('what is refused', () => {
  it('comes with the findings and their places, and changes nothing', () => {
    write({ 'a.sig': signature('a', 1, 'alpha') });
    const compiling = begin(['a.sig']);
    write({ 'a.sig': 'signature a {\n  id 1\n  when tcp.dst_prt == 80\n  then log\n}\n' });
    const result = order(compiling, { paths: ['a.sig'], fresh: ['a.sig'] });
    expect(result).toMatchObject({ ok: false, diagnostic: { code: 'E1813' } });
    expect(!result.ok && result.findings?.diagnostics).toMatchObject([
      { severity: 'error', file: at('a.sig'), line: 3 },
    ]);
    expect(!result.ok && result.findings?.text).toContain('dst_prt');
    compiling.settle(false);
    expect(words(taken(compiling, { paths: ['a.sig'] }))).toEqual(['alpha']);
  });

  it('is a policy that is not declared', () => {
    write({ 'a.sig': `${module('web', 1, 'alpha')}policy campus {\n  protect 10.0.0.0/8 with web\n}\n` });
    const compiling = begin(['a.sig']);
    expect(order(compiling, { paths: ['a.sig'], policy: 'camp' })).toMatchObject({
      ok: false,
      diagnostic: { code: 'E1901' },
    });
    expect(rulesetIn(taken(compiling, { paths: ['a.sig'], policy: 'campus' })).policy).toMatchObject({
      name: 'campus',
    });
    expect(rulesetIn(taken(compiling, { paths: ['a.sig'] })).policy).toBeUndefined();
  });

  it('is a module that others forward to', () => {
    const forwarding = `signature hand_on {\n  id 5\n  when ip.ttl == 1\n  then forward web\n}\n`;
    write({ 'a.sig': module('web', 1, 'alpha') + forwarding });
    const compiling = begin(['a.sig']);
    const result = order(compiling, { paths: ['a.sig'], removed: ['web'] });
    expect(result).toMatchObject({
      ok: false,
      diagnostic: { code: 'E1903', message: expect.stringContaining('hand_on') },
    });
  });

  it('is a compiled ruleset beside other rules, and text where keys are trusted', async () => {
    write({ 'a.sig': signature('a', 1, 'alpha'), 'b.sig': signature('b', 2, 'beta') });
    const say = async (line: string): Promise<void> =>
      expect(await inFolder({}, line.replace(/@/g, `${folder}/`).split(' '))).toMatchObject({ status: 0 });
    for (const line of ['compile @a.sig -o @a.sigc', 'compile @b.sig -o @b.sigc', 'keygen @key']) await say(line);
    write({ 'other.sig': signature('c', 3, 'c') });
    const open = begin(['a.sigc']);
    expect(order(open, { paths: ['a.sigc', 'other.sig'] })).toMatchObject({ ok: false, diagnostic: { code: 'E1818' } });
    expect(words(taken(open, { paths: ['b.sigc'], fresh: ['b.sigc'] }))).toEqual(['beta']);
    await say('sign @a.sigc --key @key.key');
    const closed = begin(['a.sigc'], { trust: [at('key.pub')] });
    expect(order(closed, { paths: ['b.sigc'], fresh: ['b.sigc'] })).toMatchObject({ ok: false, diagnostic: { code: expect.stringMatching(/^E/) } });
    expect(order(closed, { paths: ['a.sig'], fresh: ['a.sig'] })).toMatchObject({ ok: false });
    await say('sign @b.sigc --key @key.key');
    expect(words(taken(closed, { paths: ['b.sigc'], fresh: ['b.sigc'] }))).toEqual(['beta']);
  }); // prettier-ignore
});

describe('what is taken out', () => {
  it('is a module with those in it, of rules and of what was compiled', async () => {
    const inner = `module inner in web {\n${signature('deep', 3, 'deep')}}\n`;
    write({ 'a.sig': module('web', 1, 'alpha') + inner + signature('root', 2, 'beta') });
    expect(await inFolder({}, ['compile', at('a.sig'), '-o', at('a.sigc')])).toMatchObject({ status: 0 });
    for (const name of ['a.sig', 'a.sigc']) {
      const compiling = begin([name]);
      const cut = taken(compiling, { paths: [name], removed: ['web'] });
      expect(words(cut)).toEqual(['beta']);
      expect(cut.modules.map((one) => one.name)).not.toContain('inner');
      expect(cut.fate.gone).toEqual(['web', 'inner']);
      const whole = taken(compiling, { paths: [name] });
      expect(words(whole)).toEqual(['alpha', 'deep', 'beta']);
      expect(whole.hash).not.toBe(cut.hash);
      expect(whole.fate.added).toEqual(['web', 'inner']);
    }
  });
});

describe('what is told', () => {
  it('is which modules changed, and what their signatures match now', () => {
    write({ 'a.sig': module('web', 1, 'alpha'), 'b.sig': module('mail', 2, 'beta', 'tcp.dst_port == 25') });
    const compiling = begin(['a.sig', 'b.sig']);
    write({ 'a.sig': module('web', 1, 'gamma') });
    const compiled = taken(compiling, { paths: ['a.sig', 'b.sig'], fresh: ['a.sig'] });
    expect(compiled.fate).toMatchObject({ changed: ['web'], added: [], gone: [] });
    expect(compiled.fate.unchanged).toContain('mail');
    expect(compiled.verified).toBe('the tree means what 2 signatures mean: proved');
    expect(compiled.steps.map(({ name }) => name)).toEqual(['read and check', 'compile', 'verify']);
    const difference = compiling.compare(false);
    expect(difference).toMatchObject({ skipped: 0, signatures: [{ name: 'web_one', meaning: 'different' }] });
    expect(difference.text).toContain('~ web_one');
    expect(difference.summary).toContain('1 match other packets');
  });

  it('is what becomes different where only a switch does, and of packets that a policy does not cover', () => {
    const policy = (network: string): string => `policy campus {\n  protect ${network} with web\n  otherwise drop\n}\n`;
    write({ 'a.sig': module('web', 1, 'alpha'), 'p.sig': `import "./a.sig"\n${policy('10.0.0.0/8')}` });
    const compiling = begin(['a.sig', 'p.sig'], {}, 'campus');
    const wish = { paths: ['a.sig', 'p.sig'], policy: 'campus' };
    write({ 'a.sig': module('web', 1, 'alpha', 'tcp.dst_port in { 80, 8080 }') });
    taken(compiling, { ...wish, fresh: ['a.sig'] });
    expect(compiling.compare(false)).toMatchObject({ signatures: [{ name: 'web_one', meaning: 'different' }] });
    write({ 'p.sig': `import "./a.sig"\n${policy('10.0.0.0/9')}` });
    taken(compiling, { ...wish, fresh: ['p.sig'] });
    expect(compiling.compare(false).text).toMatch(
      /^~ otherwise\n[^]*is dropped now as not covered, and was not before/,
    );
  });

  it('is what policies have brought in from the module directory, once', () => {
    write({ 'modules/mail.sig': module('mail', 2, 'beta', 'tcp.dst_port == 25'), 'a.sig': signature('a', 1, 'alpha') });
    const compiling = begin(['a.sig'], { modules: at('modules') });
    write({ 'p.sig': 'policy campus {\n  protect 10.0.0.0/8 with mail\n}\n' });
    const paths = ['a.sig', 'p.sig'];
    const brought = taken(compiling, { paths, fresh: ['p.sig'], policy: 'campus' });
    expect(brought.broughtIn).toEqual([expect.stringMatching(/modules\/mail\.sig$/)]);
    expect(brought.units).toContainEqual({ path: brought.broughtIn[0], modules: ['mail'], isImported: true });
    expect(taken(compiling, { paths }).broughtIn).toEqual([]);
    // As if the policy's file imported them, they are read anew with it.
    write({ 'modules/mail.sig': module('mail', 2, 'gamma', 'tcp.dst_port == 25') });
    expect(words(taken(compiling, { paths, fresh: ['a.sig'] }))).toEqual(['alpha', 'beta']);
    expect(words(taken(compiling, { paths, fresh: ['p.sig'] }))).toEqual(['alpha', 'gamma']);
  });

  it('is whether packets reach it: by a chain, or handed on by a signature', () => {
    const forwarding =
      'module web in tcp {\n  signature w {\n    id 5\n    when payload contains "x"\n    then log, forward mail\n  }\n}\n';
    const policy = 'policy campus {\n  protect 10.0.0.0/8 with web\n}\n';
    write({ 'a.sig': `${forwarding}${module('mail', 1, 'y')}${module('dns', 2, 'z')}${policy}` });
    const { modules } = taken(begin(['a.sig'], {}, 'campus'), { paths: ['a.sig'], policy: 'campus' });
    const chained = modules.filter(({ path }) => path === at('a.sig')).map(({ name, isChained }) => [name, isChained]);
    expect(chained).toEqual([
      ['web', true],
      ['mail', true],
      ['dns', false],
    ]);
  });
});
