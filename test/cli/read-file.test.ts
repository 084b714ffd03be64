import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAny, readRegular } from '../../cli/read-file.js';

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'sigward-read-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const SIZE = 100_000;
const MOST = 1 << 17;

describe('a file', () => {
  it.each([readRegular, readAny])('is read whole where it is no larger than is said (%o)', (read) => {
    const path = join(folder, 'file');
    writeFileSync(path, 'x'.repeat(SIZE));
    expect(read(path, SIZE).toString()).toBe('x'.repeat(SIZE));
    expect(() => read(path, SIZE - 1)).toThrow('it has more than 97 kB');
    expect(() => read(folder, SIZE)).toThrow('it is a folder');
    expect(() => read(join(folder, 'none'), SIZE)).toThrow('ENOENT');
  });
});

describe('what is no file', () => {
  it('is read until it ends, or until it is too much, by those alone who ask for it', () => {
    expect(() => readRegular('/dev/zero', MOST)).toThrow('it is no regular file');
    expect(() => readAny('/dev/zero', MOST)).toThrow('it has more than 128 kB');
    expect(readAny('/dev/null', MOST)).toHaveLength(0);
  });

  it('may be a pipe', async () => {
    const writer = spawn('sh', ['-c', 'mkfifo "$0" && head -c 100000 /dev/zero >"$0"', join(folder, 'pipe')]);
    await new Promise((resolve) => writer.once('spawn', resolve));
    await expect.poll(() => existsSync(join(folder, 'pipe'))).toBe(true);
    expect(readAny(join(folder, 'pipe'), MOST)).toHaveLength(SIZE);
    expect(() => readRegular(join(folder, 'pipe'), MOST)).toThrow('it is no regular file');
  });
});
