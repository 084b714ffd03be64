import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeTooOld } from '../../bin/node-version.js';

const ROOT = resolve(import.meta.dirname, '../..');
const made: string[] = [];

/** A clone with sources of its own and this one's packages, stamped as `npm ci` leaves them. */
function clone(sources: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'sigward-clone-'));
  made.push(root);
  for (const name of ['bin', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json']) {
    cpSync(join(ROOT, name), join(root, name), { recursive: true });
  }
  mkdirSync(join(root, 'node_modules'));
  for (const name of ['typescript', '@types', 'undici-types']) {
    symlinkSync(join(ROOT, 'node_modules', name), join(root, 'node_modules', name));
  }
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stamp = createHash('sha256').update(`package-lock.json\0${lock}\0`).digest('hex');
  writeFileSync(join(root, 'node_modules/.sigward-lock'), stamp);
  mkdirSync(join(root, 'cli'));
  for (const [name, text] of Object.entries(sources)) writeFileSync(join(root, 'cli', name), text);
  return root;
}

/** Runs it there, with an npm that only says so: nothing is ever fetched by these tests. */
function prepare(root: string): { status: number | null; stdout: string; stderr: string } {
  const npm = join(root, 'npm-cli.js');
  writeFileSync(npm, 'console.log("npm was asked to", process.argv.slice(2).join(" ")); process.exit(1);');
  const env = { ...process.env, npm_execpath: npm };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/prepare.js'], {
    cwd: root,
    encoding: 'utf8',
    env,
  });
  return { status, stdout, stderr };
}

afterAll(() => {
  for (const root of made) rmSync(root, { recursive: true, force: true });
});

describe('bin/prepare.js', () => {
  it('builds, says nothing when nothing has changed, and leaves nothing of a deleted source', () => {
    const root = clone({ 'a.ts': 'export const a = 1;\n', 'b.ts': 'export const b = 1;\n' });
    expect(prepare(root).stdout).toMatch(/^building \.\.\. done \(\d+\.\d s\)\n$/);
    expect(prepare(root)).toEqual({ status: 0, stdout: '', stderr: '' });
    rmSync(join(root, 'cli/b.ts'));
    expect(prepare(root).stdout).toContain('building ... done');
    expect([existsSync(join(root, 'dist/cli/a.js')), existsSync(join(root, 'dist/cli/b.js'))]).toEqual([true, false]);
  });

  it('shows what the compiler said and fails', () => {
    const { status, stdout, stderr } = prepare(clone({ 'a.ts': 'export const a: string = 1;\n' }));
    expect(status).toBe(1);
    expect(stdout).toContain('building ... failed');
    expect(stderr).toMatch(/cli\/a\.ts\(1,14\): error TS2322/);
  });

  it('installs anew when the lockfile has changed, and stops where npm fails', () => {
    const root = clone({ 'a.ts': 'export const a = 1;\n' });
    writeFileSync(join(root, 'package-lock.json'), '{}');
    const { status, stdout, stderr } = prepare(root);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^installing packages \.\.\. failed/);
    expect(stderr).toContain('npm was asked to ci');
    expect(existsSync(join(root, 'dist'))).toBe(false);
  });
});

describe('nodeTooOld', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0', '100.0.0'])('takes %s', (version) => {
    expect(nodeTooOld(version)).toBeUndefined();
  });

  it.each(['20.18.9', '18.20.0', '9.0.0'])('refuses %s and says what to do', (version) => {
    expect(nodeTooOld(version)).toMatch(new RegExp(`20\\.19.*${version.replaceAll('.', '\\.')}.*install`));
  });
});
