import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openEveLog } from '../../../runtime/output/eve-log.js';
import { Problem } from '../../../runtime/problem.js';

const folder = mkdtempSync(join(tmpdir(), 'sigward-eve-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (cause) {
    if (cause instanceof Problem) return cause.diagnostic.code;
    throw cause;
  }
}

describe('file', () => {
  test('has every line in order, however many', () => {
    const path = join(folder, 'many.json');
    const lines = Array.from({ length: 20_000 }, (_, i) => `{"n":${i},"text":"ü"}`);
    const log = openEveLog(path);
    for (const line of lines) log.write(line);
    log.close();
    log.close();
    expect(readFileSync(path, 'utf8')).toBe(lines.map((l) => `${l}\n`).join(''));
    expect(log.ended).toBe(false);
  });

  test('is emptied first', () => {
    const path = join(folder, 'twice.json');
    for (const line of ['a', 'b']) {
      const log = openEveLog(path);
      log.write(line);
      log.close();
    }
    expect(readFileSync(path, 'utf8')).toBe('b\n');
  });

  test('has what was flushed', () => {
    const path = join(folder, 'flush.json');
    const log = openEveLog(path);
    log.write('a');
    log.flush();
    expect(readFileSync(path, 'utf8')).toBe('a\n');
    log.close();
  });

  test.each([
    ['a folder that is not there', join(folder, 'none', 'x.json')],
    ['a directory', folder],
    ['a name that no file can have', 'a\0b'],
  ])('%s is E1301', (_, path) => {
    expect(codeOf(() => openEveLog(path))).toBe('E1301');
  });

  test.skipIf(!existsSync('/dev/full'))('a full disk is E1301', () => {
    const log = openEveLog('/dev/full');
    log.write('a');
    expect(codeOf(() => log.close())).toBe('E1301');
  });
});

describe.skipIf(process.platform === 'win32')('pipe', () => {
  /** A pipe with a name, which a shell command reads. */
  function pipe(name: string, command: string): { path: string; ended: Promise<string> } {
    const path = join(folder, name);
    expect(spawnSync('sh', ['-c', 'mkfifo "$0"', path]).status).toBe(0);
    const child = spawn('sh', ['-c', `${command} < "$0"`, path], { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    return { path, ended: new Promise((resolve) => child.on('close', () => resolve(text))) };
  }

  test('a slow reader gets everything', async () => {
    const { path, ended } = pipe('slow', 'sh -c "sleep 0.3; wc -l"');
    const log = openEveLog(path);
    for (let i = 0; i < 20_000; i++) log.write('x'.repeat(50));
    log.close();
    expect((await ended).trim()).toBe('20000');
  });

  test('a reader that goes away ends the log without a word', async () => {
    const { path, ended } = pipe('gone', 'head -n 1');
    const log = openEveLog(path);
    log.write('first');
    log.flush();
    expect(await ended).toBe('first\n');
    for (let i = 0; i < 5000; i++) log.write('x'.repeat(50));
    expect(log.ended).toBe(true);
    log.close();
  });
});
