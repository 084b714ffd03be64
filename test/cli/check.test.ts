/** `sigward check` as its user sees it: what it prints where, and what it exits with. */
import { describe, expect, test } from 'vitest';
import { inFolder } from './in-process.js';

const RIGHT = 'signature s {\n  id   1\n  when tcp\n  then log\n}\n';
const WRONG = 'signature s {\n  id   1\n  when tcp.fags == SYN\n  then log\n}\n';

describe('text', () => {
  test('what is right: one line on standard output, status 0', async () => {
    expect(await inFolder({ 'a.sig': RIGHT }, ['check', 'a.sig'])).toEqual({
      status: 0,
      stdout: '1 file, 1 signature, 0 tests: no problems\n',
      stderr: '',
    });
  });

  test('what is wrong: a code frame on standard error, a count on standard output, status 1', async () => {
    const { status, stdout, stderr } = await inFolder({ 'a.sig': WRONG }, ['check', 'a.sig']);
    expect(status).toBe(1);
    expect(stdout).toBe('1 file, 1 signature, 0 tests: 1 error\n');
    expect(stderr).toBe(
      [
        'error[E0402]: `tcp` has no field `fags`',
        ' --> a.sig:3:12',
        '  |',
        '3 |   when tcp.fags == SYN',
        '  |            ^^^^',
        '  = help: did you mean `tcp.flags`?',
        '',
        '',
      ].join('\n'),
    );
  });

  test('a warning alone leaves the status at 0', async () => {
    const { status, stdout, stderr } = await inFolder({ 'a.sig': RIGHT.replace('  id   1\n', '') }, ['check', 'a.sig']);
    expect([status, stdout]).toEqual([0, '1 file, 1 signature, 0 tests: 1 warning\n']);
    expect(stderr).toContain('warning[W0801]');
  });

  test('several files, and the same one twice', async () => {
    const { status, stdout } = await inFolder({ 'a.sig': RIGHT, 'b.sig': 'const x = 1' }, [
      'check',
      'a.sig',
      'b.sig',
      './a.sig',
    ]);
    expect([status, stdout]).toEqual([0, '2 files, 1 signature, 0 tests: no problems\n']);
  });

  test('two files that give the same id', async () => {
    const { status, stderr } = await inFolder({ 'a.sig': RIGHT, 'b.sig': RIGHT }, ['check', 'a.sig', 'b.sig']);
    expect(status).toBe(1);
    expect(stderr).toContain('error[E0803]');
    expect(stderr).toContain('a.sig:1:11');
  });
});

describe('folders and files that are not there', () => {
  test('a folder: every .sig file below it, but not hidden ones or those of packages', async () => {
    const files = {
      'r/a.sig': RIGHT,
      'r/deep/b.sig': 'const x = 1',
      'r/.git/c.sig': WRONG,
      'r/node_modules/d.sig': WRONG,
      'r/e.txt': WRONG,
    };
    const { status, stdout } = await inFolder(files, ['check', 'r']);
    expect([status, stdout]).toEqual([0, '2 files, 1 signature, 0 tests: no problems\n']);
  });

  test('a folder without any', async () => {
    const { status, stderr } = await inFolder({ 'r/a.txt': '' }, ['check', 'r']);
    expect(status).toBe(1);
    expect(stderr).toBe('error[E1002]: there is no `.sig` file in `r`\n\n');
  });

  test('a file that is not there, with the one that was meant', async () => {
    const { status, stderr } = await inFolder({ 'scans.sig': RIGHT }, ['check', 'scan.sig']);
    expect(status).toBe(1);
    expect(stderr).toContain('error[E1001]: there is no file `scan.sig`\n');
    expect(stderr).toContain('help: did you mean `scans.sig`?');
  });

  test('one that is there is checked all the same', async () => {
    const { stderr } = await inFolder({ 'a.sig': WRONG }, ['check', 'nowhere.sig', 'a.sig']);
    expect(stderr).toContain('error[E1001]');
    expect(stderr).toContain('error[E0402]');
  });

  test('a Suricata file, a capture', async () => {
    const files = {
      'x.rules': 'alert tcp any any -> any 80 (msg:"x"; sid:1;)\n',
      'x.pcap': new Uint8Array([0xd4, 0xc3, 0, 0]),
    };
    expect((await inFolder(files, ['check', 'x.rules'])).stderr).toContain(
      'error[E0202]: this is a Suricata or Snort rule',
    );
    expect((await inFolder(files, ['check', 'x.pcap'])).stderr).toContain('error[E0205]');
  });
});

describe('wrong usage: status 2 and nothing on standard output', () => {
  test.each([
    [['check']],
    [['check', '--format', 'xml', 'a.sig']],
    [['check', '--nonsense', 'a.sig']],
    [['chekc', 'a.sig']],
  ])('%j', async (args) => {
    const { status, stdout, stderr } = await inFolder({ 'a.sig': RIGHT }, args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: /);
  });
});

describe('--format json', () => {
  const json = async (text: string): Promise<unknown> => {
    const { stdout, stderr } = await inFolder({ 'a.sig': text }, ['check', '--format', 'json', 'a.sig']);
    expect(stderr).toBe('');
    return JSON.parse(stdout);
  };

  test('nothing wrong', async () => {
    expect(await json(RIGHT)).toEqual({ diagnostics: [] });
  });

  test('code, severity, message, help, place from 1, related places', async () => {
    expect(await json(`${WRONG}signature s {\n  id 2\n  when tcp\n  then log\n}\n`)).toEqual({
      diagnostics: [
        {
          code: 'E0402',
          severity: 'error',
          message: '`tcp` has no field `fags`',
          help: 'did you mean `tcp.flags`?',
          file: 'a.sig',
          line: 3,
          column: 12,
          endLine: 3,
          endColumn: 16,
          related: [],
        },
        {
          code: 'E0403',
          severity: 'error',
          message: '`s` is declared twice',
          file: 'a.sig',
          line: 6,
          column: 11,
          endLine: 6,
          endColumn: 12,
          related: [{ file: 'a.sig', line: 1, column: 11, endLine: 1, endColumn: 12, text: 'first here' }],
        },
      ],
    });
  });

  test('a finding without a place has none', async () => {
    const { stdout, status } = await inFolder({}, ['check', '--format', 'json', 'a.sig']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      diagnostics: [
        {
          code: 'E1001',
          severity: 'error',
          message: 'there is no file `a.sig`',
          help: 'give `.sig` files, or folders that hold some',
          related: [],
        },
      ],
    });
  });
});

describe('colours', () => {
  const ESCAPE = '\u001b[';
  test.each([
    ['not into a pipe', {}, false],
    ['where they are asked for', { FORCE_COLOR: '1' }, true],
    ['not where they are refused', { FORCE_COLOR: '0' }, false],
    ['not with NO_COLOR', { NO_COLOR: '1' }, false],
  ])('%s', async (_, env, coloured) => {
    const { stderr } = await inFolder({ 'a.sig': WRONG }, ['check', 'a.sig'], env);
    expect(stderr.includes(ESCAPE)).toBe(coloured);
  });
});
