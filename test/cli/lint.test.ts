/** `sigward lint` as its user sees it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { packageRoot } from '../../cli/paths.js';
import { ALL_LINTS, LINT_NAMES } from '../../compiler/lint/all.js';
import { signatureWith } from '../lint/linted.js';
import { sigward } from '../support/sigward.js';
import { inFolder, type Outcome } from './in-process.js';

const SYN = signatureWith('tcp.flags == SYN');
const NOCASE = signatureWith('udp and payload contains hex"90 90 90 90" nocase', { name: 'y', id: 2 });

const lint = (files: Readonly<Record<string, string | Uint8Array>>, ...args: string[]): Promise<Outcome> =>
  inFolder(files, ['lint', ...args]);

describe('text', () => {
  it('shows each finding with its page, and counts them', async () => {
    expect(await lint({ 'a.sig': SYN }, 'a.sig')).toEqual({
      status: 0,
      stdout: '1 file, 1 signature: 1 warning\n',
      stderr: `warning[flags-equal]: \`tcp.flags == SYN\` compares every bit, so it misses the same segment with \`ECE\` or \`CWR\` set
 --> a.sig:7:12
  |
7 |   when     tcp.flags == SYN
  |            ^^^^^^^^^^^^^^^^
  = help: ECN sets these bits (RFC 3168), and so may an attacker; mask them: \`tcp.flags & ~(ECE | CWR) == …\`
  = page: sigward lint --explain flags-equal

`,
    });
  });

  it('says what the checker says, and no more where that is an error', async () => {
    const { status, stdout, stderr } = await lint({ 'a.sig': `${SYN}const a = b\n` }, 'a.sig');
    expect([status, stdout]).toEqual([1, '1 file, 1 signature: 1 error\n']);
    expect(stderr).toContain('error[E0401]');
    expect(stderr).not.toContain('flags-equal');
    const warned = await lint({ 'a.sig': signatureWith('tcp').replace(/ {2}id .*\n/, '') }, 'a.sig');
    expect([warned.status, warned.stdout]).toEqual([0, '1 file, 1 signature: 1 warning\n']);
    expect(warned.stderr).toContain('warning[W0801]');
  });

  it('is about the files that were named, not about those that they import', async () => {
    const files = { 'a.sig': 'import "./b.sig"\n', 'b.sig': SYN };
    expect((await lint(files, 'a.sig')).stdout).toBe('1 file, 1 signature: no problems\n');
    expect((await lint(files, '.')).stdout).toBe('2 files, 1 signature: 1 warning\n');
  });
});

describe('the exit status', () => {
  test('is 1 for an error, and with --deny-warnings for a warning', async () => {
    const status = async (...args: string[]): Promise<number> =>
      (await lint({ 'a.sig': SYN }, 'a.sig', ...args)).status;
    expect(await status()).toBe(0);
    expect(await status('--level', 'flags-equal=error')).toBe(1);
    expect(await status('--deny-warnings')).toBe(1);
    expect(await status('--deny-warnings', '--level', 'flags-equal=note')).toBe(0);
  });

  test('is 2 for wrong usage', async () => {
    expect((await lint({ 'a.sig': SYN })).status).toBe(2);
    expect(await lint({ 'a.sig': SYN }, 'a.sig', '--level', 'flag-equal=off')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('did you mean `flags-equal`?'),
    });
    expect((await lint({ 'a.sig': SYN }, 'a.sig', '--level', 'flags-equal=quiet')).status).toBe(2);
    expect((await lint({ 'a.sig': SYN }, 'a.sig', '--write-baseline')).status).toBe(2);
    expect((await lint({}, '--explain', 'nothing')).status).toBe(2);
  });
});

describe('levels', () => {
  const toml = (text: string): Promise<Outcome> => lint({ 'a.sig': SYN, 'sigward.toml': text }, 'a.sig');

  test('stand in sigward.toml, and a flag is stronger', async () => {
    expect((await toml('[lint]\nflags-equal = "off"\n')).stdout).toContain('no problems');
    expect((await toml('lint.flags-equal = "error"\n')).stdout).toContain('1 error');
    expect((await toml('lint = { "flags-equal" = "note" }\n')).stdout).toContain('1 note');
    const files = { 'a.sig': SYN, 'sigward.toml': '[lint]\nflags-equal = "off"\n' };
    expect((await lint(files, 'a.sig', '--level', 'flags-equal=note')).stdout).toContain('1 note');
  });

  test('that are none, and lints that are none, are said and change nothing', async () => {
    const { status, stderr } = await toml('[lint]\nflag-equal = "off"\nflags-equal = "loud"\nsegment-end = 3\n');
    expect(status).toBe(0);
    expect(stderr).toContain('warning[W1003]: no lint is called `flag-equal`\n --> sigward.toml:2:1');
    expect(stderr).toContain('= help: did you mean `flags-equal`?');
    expect(stderr).toContain('warning[W1004]: `loud` cannot be the level of `flags-equal`\n --> sigward.toml:3:1');
    expect(stderr).toContain('warning[W1004]: `3` cannot be the level of `segment-end`\n --> sigward.toml:4:1');
    expect(stderr).toContain('warning[flags-equal]');
    expect((await toml('lint = "off"\n')).stderr).toContain('error[E1008]: this cannot be the value of `lint`');
  });

  test('stop no other command', async () => {
    const run = await inFolder({ 'a.sig': SYN, 'sigward.toml': '[lint]\nnothing = "off"\n' }, ['check', 'a.sig']);
    expect([run.status, run.stdout]).toEqual([0, '1 file, 1 signature, 0 tests: 1 warning\n']);
  });
});

describe('--fix', () => {
  it('mends what keeps its meaning, says so, and leaves every other byte', async () => {
    const before = `\ufeff// Größe ✓\r\n${NOCASE.replaceAll('\n', '\r\n')}\r\n\tconst   a=1\r\n${SYN}`;
    const { status, stdout, stderr, files } = await fixing({
      'a.sig': before,
      'b.sig': signatureWith('tcp.flags == ACK', { name: 'z', id: 3 }),
    });
    expect([status, stdout]).toEqual([0, '2 files, 3 signatures: 3 warnings\n']);
    expect(stderr).toMatch(/^a\.sig: mended 1 finding \(pointless-modifier 1\)\n/);
    expect(files['a.sig']).toBe(before.replace(' nocase', ''));
  });

  it('goes on until nothing is left: one fix brings the next to light', async () => {
    const lets = '  let      a = payload.u8(0)\n  let      b = a + 1\n  let      c = b + 1\n';
    const { stdout, stderr, files } = await fixing({ 'a.sig': signatureWith('udp', { before: lets }) });
    expect(stdout).toBe('1 file, 1 signature: no problems\n');
    expect(stderr).toBe('a.sig: mended 3 findings (unused-name 3)\n');
    expect(files['a.sig']).toBe(signatureWith('udp'));
  });

  it('touches no file that was not named, and none that is not UTF-8', async () => {
    const imported = await fixing({ 'a.sig': 'import "./b.sig"\n', 'b.sig': NOCASE }, 'a.sig');
    expect(imported.files['b.sig']).toBe(NOCASE);
    const latin1 = Buffer.from(`// Gr\xf6\xdfe\n${NOCASE}`, 'latin1');
    const { status, stderr, bytes } = await fixing({ 'a.sig': latin1 });
    expect(status).toBe(1);
    expect(stderr).toContain('error[E0205]');
    expect(bytes['a.sig']).toEqual(latin1);
  });

  it('says where a file cannot be written', async () => {
    const inTheWay = `.sigward-${String(process.pid)}.tmp`;
    const { status, stderr, files } = await fixing({ 'a.sig': NOCASE, [inTheWay]: 'x' }, 'a.sig');
    expect(status).toBe(1);
    expect(stderr).toContain('error[E1005]: `a.sig` cannot be written');
    expect(files['a.sig']).toBe(NOCASE);
  });

  it('does nothing where the rules are wrong', async () => {
    const { status, files } = await fixing({ 'a.sig': `${NOCASE}const a = b\n` });
    expect([status, files['a.sig']]).toEqual([1, `${NOCASE}const a = b\n`]);
  });

  async function fixing(
    given: Readonly<Record<string, string | Uint8Array>>,
    path = '.',
  ): Promise<Outcome & { files: Record<string, string>; bytes: Record<string, Buffer> }> {
    const bytes: Record<string, Buffer> = {};
    const outcome = await inFolder(given, ['lint', '--fix', path], {}, (name) => {
      if (name in given) bytes[name] = readFileSync(name);
    });
    const files = Object.fromEntries(Object.entries(bytes).map(([name, content]) => [name, content.toString('utf8')]));
    return { ...outcome, files, bytes };
  }
});

describe('a baseline', () => {
  it('is never written over the rules', async () => {
    const { status, stderr } = await lint({ 'a.sig': SYN }, '.', '--baseline', './a.sig', '--write-baseline');
    expect([status, stderr]).toEqual([1, expect.stringContaining('error[E1010]')]);
  });

  const other = signatureWith('tcp.flags == ACK', { name: 'y', id: 2 });
  const folder = (name: string): Promise<string> =>
    written({ [name]: SYN }, 'lint', '.', '--baseline', 'base.json', '--write-baseline');

  it('holds what is found, one a line', async () => {
    expect(await folder('a.sig')).toBe(
      '{\n"version": 1,\n"findings": [\n{"file":"a.sig","in":"signature x","lint":"flags-equal","text":"tcp.flags == SYN","count":1}\n]\n}\n',
    );
  });

  it('leaves that out, wherever its lines have moved, and nothing new', async () => {
    const base = await folder('a.sig');
    const moved = await lint(
      { 'a.sig': `// new\n\n${other}\n${SYN.replace('tcp.flags == SYN', 'tcp.flags\n  == SYN')}`, 'base.json': base },
      'a.sig',
      '--baseline',
      'base.json',
    );
    expect(moved.stdout).toBe('1 file, 2 signatures: 1 warning\n');
    expect(moved.stderr).toContain('`tcp.flags == ACK`');
    const twice = SYN.replace('tcp.flags == SYN', 'tcp.flags == SYN or tcp.flags == SYN');
    expect((await lint({ 'a.sig': twice, 'base.json': base }, 'a.sig', '--baseline', 'base.json')).stdout).toContain(
      '1 warning',
    );
  });

  it('says what is gone, of the files that were named', async () => {
    const base = await folder('a.sig');
    const gone = await lint({ 'a.sig': signatureWith('tcp'), 'base.json': base }, 'a.sig', '--baseline', 'base.json');
    expect(gone.stderr).toContain('warning[W1005]: `base.json` has 1 finding that is not there any more');
    const elsewhere = await lint(
      { 'b.sig': signatureWith('tcp'), 'base.json': base },
      'b.sig',
      '--baseline',
      'base.json',
    );
    expect(elsewhere.stdout).toContain('no problems');
  });

  it('names files from where it lies', async () => {
    const base = await written(
      { 'rules/a.sig': SYN, 'ci/x': '' },
      'lint',
      'rules',
      '--baseline',
      'ci/base.json',
      '--write-baseline',
    );
    expect(base).toContain('"file":"../rules/a.sig"');
  });

  it('that is none is an error', async () => {
    const said = async (text: string | undefined): Promise<string> =>
      (
        await lint(
          { 'a.sig': SYN, ...(text !== undefined && { 'base.json': text }) },
          'a.sig',
          '--baseline',
          'base.json',
        )
      ).stderr;
    expect(await said(undefined)).toContain('error[E1001]');
    for (const text of [
      '',
      '{',
      '[]',
      '{"version":2,"findings":[]}',
      '{"version":1,"findings":[{}]}',
      '{"version":1,"findings":[{"lint":"a","file":"b","in":"c","text":"d","count":0}]}',
    ])
      expect(await said(text)).toContain('error[E1011]');
  });

  async function written(files: Readonly<Record<string, string>>, ...args: string[]): Promise<string> {
    let text = '';
    const outcome = await inFolder(files, args, {}, (name) => {
      if (name.endsWith('base.json')) text = readFileSync(name, 'utf8');
    });
    expect(outcome.status).toBe(0);
    return text;
  }
});

describe('github', () => {
  it('writes one workflow command a finding, escaped', async () => {
    const titled = (name: string, id: number, when: string): string =>
      signatureWith(when, { name, id }).replace(`"The title of ${name}"`, '"100% a,b: c"');
    const { stdout } = await lint(
      {
        'a,b.sig': `${SYN}${titled('y', 2, 'icmp.type == 3')}${titled('z', 3, 'icmp.type == 4')}`,
      },
      'a,b.sig',
      '--format',
      'github',
      '--level',
      'duplicate-title=note',
    );
    expect(stdout.split('\n')).toEqual([
      '::warning file=a%2Cb.sig,line=7,endLine=7,col=12,endColumn=28,title=flags-equal::`tcp.flags == SYN` compares every bit, so it misses the same segment with `ECE` or `CWR` set%0AECN sets these bits (RFC 3168), and so may an attacker; mask them: `tcp.flags & ~(ECE | CWR) == …`',
      expect.stringMatching(
        /^::notice file=a%2Cb\.sig,line=21,endLine=21,col=12,endColumn=25,title=duplicate-title::`z` has the title of `y`%0A/,
      ),
      '',
    ]);
  });

  it('leaves columns out where a finding goes over lines, and places where it has none', async () => {
    const { stdout } = await lint({ 'a.sig': signatureWith('tcp.flags\n == SYN') }, 'a.sig', '--format', 'github');
    expect(stdout).toMatch(/^::warning file=a\.sig,line=7,endLine=8,title=flags-equal::/);
    expect((await lint({}, 'no.sig', '--format', 'github')).stdout).toMatch(/^::error title=E1001::there is no file/);
  });
});

describe('json', () => {
  it('has pages and fixes', async () => {
    const { stdout } = await lint({ 'a.sig': NOCASE }, 'a.sig', '--format', 'json');
    expect(JSON.parse(stdout)).toEqual({
      diagnostics: [
        {
          code: 'pointless-modifier', severity: 'warning', message: '`nocase` changes nothing: the bytes have no letters', help: 'leave it out',
          page: 'docs/lint/pointless-modifier.md', file: 'a.sig', line: 7, column: 54, endLine: 7, endColumn: 60, related: [],
          fixes: [{ title: 'leave it out', safe: true, edits: [{ file: 'a.sig', line: 7, column: 53, endLine: 7, endColumn: 60, replacement: '' }] }],
        },
      ],
    }); // prettier-ignore
  });
});

describe('pages', () => {
  it('are printed, and the lints listed', async () => {
    for (const name of LINT_NAMES) {
      const { status, stdout } = await lint({}, '--explain', name);
      expect([status, stdout]).toEqual([0, readFileSync(`${packageRoot}/docs/lint/${name}.md`, 'utf8')]);
    }
    const { stdout } = await lint({}, '--list');
    const listed = [...stdout.matchAll(/^(\S+) +(\S+) +(\S.*)$/gm)].map(([, ...columns]) => columns);
    expect(listed).toEqual(ALL_LINTS.map(({ name, level, summary }) => [name, level, summary]));
  });

  it('are in the package', () => {
    const { files } = JSON.parse(readFileSync(`${packageRoot}/package.json`, 'utf8')) as { files: string[] };
    expect(files).toContain('docs/lint');
  });
});

test('the rules that ship, and the library, are clean', () => {
  const { status, stdout, stderr } = sigward(['lint', '--deny-warnings', 'rules', 'stdlib']);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/: no problems\n$/);
});
