/** `sigward check --watch`: a real process, real files, and as little waiting as there can be. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectNoTrace, SIGWARD } from '../support/sigward.js';

const GOOD = 'signature one {\n  id   1\n  when tcp\n  then log\n}\n';
const BAD = GOOD.replace('tcp', 'tpc');
/** Longest time to wait for a line: far more than the machine needs when it does much else. */
const PATIENCE = 20_000;

let folder = '';
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigward-watch-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const at = (name: string): string => join(folder, name);
/** At once, so that a machine that is busy with something else never shows half of it. */
const write = (name: string, text: string): void => {
  const whole = `${folder}.new`;
  writeFileSync(whole, text);
  renameSync(whole, at(name));
};

interface Watching {
  /** Waits until the whole of standard output is this. */
  readonly says: (lines: readonly string[]) => Promise<void>;
  readonly output: () => { stdout: string; stderr: string };
  /** Ends it with a signal; gives the exit status. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
}

function watch(...args: string[]): Watching {
  const started = spawn(process.execPath, [SIGWARD, 'check', '--watch', ...args], {
    cwd: folder,
    env: { ...process.env, FORCE_COLOR: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  const written = { stdout: '', stderr: '' };
  started.stdout.setEncoding('utf8').on('data', (text: string) => (written.stdout += text));
  started.stderr.setEncoding('utf8').on('data', (text: string) => (written.stderr += text));
  return {
    says: async (lines) => {
      const wanted = lines.map((line) => `${line}\n`).join('');
      await expect.poll(() => written.stdout, { timeout: PATIENCE, interval: 20 }).toBe(wanted);
    },
    output: () => written,
    end: async (signal) => {
      const exit = once(started, 'exit') as Promise<[number | null]>;
      started.kill(signal);
      const [status] = await exit;
      expectNoTrace(written.stdout + written.stderr);
      return status;
    },
  };
}

const OK = '1 file, 1 signature, 0 tests: no problems';
const WRONG = '1 file, 1 signature, 0 tests: 1 error';

describe('a file', () => {
  test('that is written, replaced, taken away and put back', { timeout: 6 * PATIENCE }, async () => {
    write('a.sig', GOOD);
    const { says, end, output } = watch('a.sig');
    await says([OK]);
    writeFileSync(at('a.sig'), BAD);
    await says([OK, WRONG]);
    expect(output().stderr).toContain('error[E0401]');
    write('a.sig', GOOD);
    await says([OK, WRONG, OK]);
    unlinkSync(at('a.sig'));
    await says([OK, WRONG, OK, '0 files, 0 signatures, 0 tests: 1 error']);
    expect(output().stderr).toContain('error[E1001]');
    write('a.sig', GOOD);
    await says([OK, WRONG, OK, '0 files, 0 signatures, 0 tests: 1 error', OK]);
    expect(await end('SIGINT')).toBe(0);
  });

  test(
    'that is written bit by bit: whatever was seen of it on the way, the whole is checked',
    { timeout: 3 * PATIENCE },
    async () => {
      write('a.sig', GOOD);
      const { says, end, output } = watch('a.sig');
      await says([OK]);
      write('a.sig', '');
      for (const letter of BAD) {
        appendFileSync(at('a.sig'), letter);
        await sleep(5);
      }
      await expect
        .poll(() => output().stdout.trimEnd().split('\n').at(-1), { timeout: PATIENCE, interval: 20 })
        .toBe(WRONG);
      expect(await end('SIGTERM')).toBe(0);
    },
  );
});

describe('what is reached', () => {
  test('imports, also such as are not there yet, and links', { timeout: 5 * PATIENCE }, async () => {
    write('a.sig', 'import "./sub/b.sig"\n');
    const { says, end, output } = watch('a.sig');
    const lines = ['1 file, 0 signatures, 0 tests: 1 error'];
    await says(lines);
    expect(output().stderr).toContain('error[E0301]');
    mkdirSync(at('sub'));
    write('sub/b.sig', GOOD);
    await says([...lines, OK]);
    write('sub/b.sig', BAD);
    await says([...lines, OK, WRONG]);
    write('elsewhere.sig', GOOD);
    symlinkSync('../elsewhere.sig', at('sub/.b.sig.new'));
    renameSync(at('sub/.b.sig.new'), at('sub/b.sig'));
    await says([...lines, OK, WRONG, OK]);
    expect(await end('SIGINT')).toBe(0);
  });

  test('files that come and go in a folder; others are nothing to it', { timeout: 4 * PATIENCE }, async () => {
    write('a.sig', GOOD);
    const { says, end } = watch('.');
    await says([OK]);
    write('.a.sig.swp', 'x');
    write('notes.txt', 'x');
    mkdirSync(at('deep'));
    write('deep/b.sig', 'const x = 1\n');
    await says([OK, '2 files, 1 signature, 0 tests: no problems']);
    rmSync(at('deep'), { recursive: true });
    await says([OK, '2 files, 1 signature, 0 tests: no problems', OK]);
    expect(await end('SIGINT')).toBe(0);
  });
});

test('as JSON, each check is a line', { timeout: 3 * PATIENCE }, async () => {
  write('a.sig', GOOD);
  const { says, end } = watch('--format', 'json', 'a.sig');
  await says(['{"diagnostics":[]}']);
  write('a.sig', '\n' + GOOD);
  await says(['{"diagnostics":[]}', '{"diagnostics":[]}']);
  expect(await end('SIGINT')).toBe(0);
});
