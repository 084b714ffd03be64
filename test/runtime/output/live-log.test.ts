import { spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../../grammar/diagnostic.js';
import { BACKLOG_BYTES, type LiveLog, openLiveLog } from '../../../runtime/output/live-log.js';

const folder = mkdtempSync(join(tmpdir(), 'sigward-live-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function opened(path: string): { log: LiveLog; warnings: Diagnostic[] } {
  const warnings: Diagnostic[] = [];
  return { log: openLiveLog(path, (warning) => warnings.push(warning)), warnings };
}

function fifo(name: string): string {
  const path = join(folder, name);
  expect(spawnSync('mkfifo', [path]).status).toBe(0);
  return path;
}

const reader = (path: string): number => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);

/** What lies in the pipe now. */
function readAll(fd: number): string {
  const chunks: Buffer[] = [];
  const chunk = Buffer.alloc(1 << 16);
  for (;;) {
    try {
      const count = readSync(fd, chunk);
      if (count === 0) break;
      chunks.push(Buffer.from(chunk.subarray(0, count)));
    } catch {
      break; // EAGAIN: it is empty, and the writer is there
    }
  }
  return Buffer.concat(chunks).toString();
}

const LINE = 'x'.repeat(999);

describe('file', () => {
  test('is appended to, every line in order', () => {
    const path = join(folder, 'twice.json');
    const lines = Array.from({ length: 20_000 }, (_, i) => `{"n":${i},"text":"ü"}`);
    for (const part of [lines.slice(0, 9_999), lines.slice(9_999)]) {
      const { log, warnings } = opened(path);
      for (const line of part) log.write(line);
      log.close();
      expect({ lost: log.lost, warnings }).toEqual({ lost: 0, warnings: [] });
    }
    expect(readFileSync(path, 'utf8')).toBe(lines.map((l) => `${l}\n`).join(''));
  });

  test('is opened anew after it was renamed', () => {
    const path = join(folder, 'rotated.json');
    const { log } = opened(path);
    log.write('a');
    renameSync(path, `${path}.1`);
    log.reopen();
    log.write('b');
    log.close();
    expect([readFileSync(`${path}.1`, 'utf8'), readFileSync(path, 'utf8')]).toEqual(['a\n', 'b\n']);
  });

  test('that cannot be opened anew is written on, and that is said', () => {
    const path = join(folder, 'kept.json');
    const { log, warnings } = opened(path);
    log.write('a');
    renameSync(path, `${path}.1`);
    mkdirSync(path);
    log.reopen();
    log.write('b');
    expect(log.stalled).toBe(false);
    log.close();
    expect(readFileSync(`${path}.1`, 'utf8')).toBe('a\nb\n');
    expect(warnings).toMatchObject([{ code: 'W1302', message: expect.stringContaining('EISDIR') }]);
  });

  test('that somebody else has opened is opened by us only when it is rotated', () => {
    const path = join(folder, 'handed.json');
    const log = openLiveLog(join(folder, 'none', 'x.json'), () => undefined, openSync(path, 'a'));
    log.write('a');
    log.close();
    expect(readFileSync(path, 'utf8')).toBe('a\n');
  });

  test('that cannot be opened is E1301', () => {
    expect(() => opened(join(folder, 'none', 'x.json'))).toThrow(/ENOENT/);
  });

  test.skipIf(!existsSync('/dev/full'))('a full disk: one warning, never a throw, and all are counted', () => {
    const { log, warnings } = opened('/dev/full');
    for (let i = 0; i < 10_000; i++) log.write(LINE);
    expect(log.lost).toBe(10_000 - Math.floor(BACKLOG_BYTES / 1_000));
    expect(log.stalled).toBe(true);
    log.close();
    expect(log.lost).toBe(10_000);
    expect(warnings.map(({ code, message }) => [code, message])).toEqual([
      ['W1301', expect.stringContaining('ENOSPC')],
    ]);
  });
});

describe.skipIf(process.platform === 'win32')('pipe', () => {
  test('whose reader has stopped: what does not fit is lost and counted, the others are whole', () => {
    const path = fifo('stopped');
    const fd = reader(path);
    const { log, warnings } = opened(path);
    for (let i = 0; i < 10_000; i++) log.write(LINE);
    const { lost } = log;
    expect(lost).toBeGreaterThan(0);
    expect(warnings).toMatchObject([{ code: 'W1301', message: expect.stringContaining('EAGAIN') }]);
    const begun = readAll(fd);
    log.close(); // hands over what fits into the pipe again, and no more
    const lines = (begun + readAll(fd)).split('\n');
    closeSync(fd);
    const whole = lines.slice(0, -1);
    expect(new Set(whole)).toEqual(new Set([LINE]));
    expect(whole.length + log.lost).toBe(10_000);
    expect(log.lost).toBeGreaterThan(lost);
  });

  test('that nobody reads yet gets its lines later', () => {
    const path = fifo('later');
    const { log, warnings } = opened(path);
    log.write('a');
    const fd = reader(path);
    log.close();
    expect(readAll(fd)).toBe('a\n');
    closeSync(fd);
    expect(log.lost).toBe(0);
    expect(warnings).toMatchObject([{ message: expect.stringContaining('ENXIO') }]);
  });

  test('whose reader goes: one warning, and the next reader begins with a whole line', () => {
    const path = fifo('gone');
    const gone = reader(path);
    const { log, warnings } = opened(path);
    for (let i = 0; i < 200; i++) log.write(LINE);
    closeSync(gone);
    log.write('last');
    log.reopen();
    const begun = Date.now();
    while (warnings.length === 0 && Date.now() - begun < 5_000) log.flush();
    const fd = reader(path);
    log.close();
    const first = readAll(fd).split('\n')[0];
    closeSync(fd);
    expect(first).toBe(LINE);
    expect(warnings).toMatchObject([{ code: 'W1301', message: expect.stringContaining('EPIPE') }]);
  });
});
