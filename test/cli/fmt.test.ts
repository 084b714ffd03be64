/** `sigward fmt` as its user sees it. */
import {
  chmodSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sigward } from '../support/sigward.js';
import { inFolder } from './in-process.js';

const WRITTEN = 'const  a=1 // why\n';
const CANONICAL = 'const a = 1  // why\n';
const BROKEN = 'const a = \n';
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigward-fmt-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const at = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(at(name), 'utf8');
const write = (name: string, text: string): void => {
  writeFileSync(at(name), text);
};

describe('files', () => {
  test('are written where they change, and only there', () => {
    write('a.sig', WRITTEN);
    write('b.sig', CANONICAL);
    write('other.txt', WRITTEN);
    utimesSync(at('b.sig'), 1, 1);
    expect(sigward(['fmt', folder])).toEqual({
      status: 0,
      stdout: `${at('a.sig')}\n`,
      stderr: '1 file formatted, 1 file in canonical form\n',
    });
    expect([read('a.sig'), read('b.sig'), read('other.txt')]).toEqual([CANONICAL, CANONICAL, WRITTEN]);
    expect(statSync(at('b.sig')).mtimeMs).toBe(1000);
    expect(readdirSync(folder).sort()).toEqual(['a.sig', 'b.sig', 'other.txt']);
    expect(sigward(['fmt', folder])).toMatchObject({ status: 0, stdout: '', stderr: '2 files in canonical form\n' });
  });

  test('keep their mode, and links lead where they led', () => {
    write('a.sig', WRITTEN);
    chmodSync(at('a.sig'), 0o640);
    symlinkSync('a.sig', at('link.sig'));
    expect(sigward(['fmt', at('link.sig'), at('a.sig')])).toMatchObject({ status: 0, stdout: `${at('link.sig')}\n` });
    expect(statSync(at('a.sig')).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder, { withFileTypes: true }).filter((e) => e.isSymbolicLink())).toHaveLength(1);
    expect(read('a.sig')).toBe(CANONICAL);
  });

  test('`--check` names those that would change, and leaves them', () => {
    write('a.sig', WRITTEN);
    write('b.sig', CANONICAL);
    linkSync(at('a.sig'), at('c.sig'));
    expect(sigward(['fmt', '--check', folder])).toEqual({
      status: 1,
      stdout: `${at('a.sig')}\n${at('c.sig')}\n`,
      stderr: '2 files would change, 1 file in canonical form\n',
    });
    expect(read('a.sig')).toBe(WRITTEN);
    expect(sigward(['fmt', '--check', at('b.sig')])).toMatchObject({ status: 0, stdout: '' });
  });

  test('one with mistakes stays as it is, the others are formatted', () => {
    write('a.sig', BROKEN);
    write('b.sig', WRITTEN);
    write('c.sig', '\0');
    const { status, stdout, stderr } = sigward(['fmt', folder]);
    expect([status, stdout]).toEqual([1, `${at('b.sig')}\n`]);
    expect(stderr).toContain('error[E0201]');
    expect(stderr).toContain('error[E0205]');
    expect(stderr).toContain('a.sig:1:10');
    expect(stderr).toMatch(/1 file formatted, 2 files left as they are\n$/);
    expect([read('a.sig'), read('c.sig')]).toEqual([BROKEN, '\0']);
  });

  test('that are not there, and folders without any', () => {
    expect(sigward(['fmt', at('no.sig')])).toMatchObject({ status: 1, stdout: '' });
    expect(sigward(['fmt', at('no.sig')]).stderr).toContain('error[E1001]');
    expect(sigward(['fmt', folder]).stderr).toContain('error[E1002]');
  });

  test('that cannot be written stay as they are, and what is in the way too', async () => {
    const inTheWay = `.sigward-${String(process.pid)}.tmp`;
    const { status, stdout, stderr } = await inFolder({ 'a.sig': WRITTEN, [inTheWay]: 'x' }, ['fmt', 'a.sig']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('error[E1005]: `a.sig` cannot be written: EEXIST');
    expect(stderr).toContain('1 file left as it is\n');
  });
});

describe('standard input', () => {
  const input = (text: string, ...args: string[]): ReturnType<typeof sigward> =>
    sigward(['fmt', ...args, '-'], Buffer.from(text));

  test('goes to standard output', () => {
    expect(input(WRITTEN)).toEqual({ status: 0, stdout: CANONICAL, stderr: '' });
    expect(input('')).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('with mistakes, nothing is written', () => {
    expect(input(BROKEN)).toMatchObject({ status: 1, stdout: '' });
    expect(input(BROKEN).stderr).toContain('--> -:1:10');
  });

  test('with `--check`', () => {
    expect(input(WRITTEN, '--check')).toEqual({ status: 1, stdout: '-\n', stderr: '' });
    expect(input(CANONICAL, '--check')).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('stands alone', () => {
    expect(sigward(['fmt', '-', 'rules'])).toMatchObject({ status: 2, stdout: '' });
  });
});
