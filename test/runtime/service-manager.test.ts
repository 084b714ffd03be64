/** The datagram that systemd waits for, on a socket like the one that it opens. */
import { mkdtempSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Libc, loadLibc } from '../../runtime/nfqueue/libc.js';
import { tellReady } from '../../runtime/service-manager.js';
import { needs } from '../support/skip.js';

const UNIX = 1;
const DATAGRAM = 2;
const NONBLOCKING = 0o4000;

describe.skipIf(needs('linux') !== undefined)('a service manager', () => {
  let libc: Libc;
  let folder = '';
  beforeAll(async () => {
    libc = await loadLibc();
    folder = mkdtempSync(join(tmpdir(), 'sigward-notify-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** Listens where `name` says, and gives what has arrived once `act` is done. */
  function heardWhile(name: string, act: () => void): string {
    const address = Buffer.alloc(128);
    new Uint16Array(address.buffer, address.byteOffset, 1)[0] = UNIX;
    const length = 2 + address.write(name, 2);
    const fd = libc.socket(UNIX, DATAGRAM | NONBLOCKING, 0);
    try {
      expect(libc.bind(fd, libc.addressOf(address), length)).toBe(0);
      act();
      const heard = Buffer.alloc(200);
      return heard.toString('utf8', 0, readSync(fd, heard));
    } finally {
      libc.close(fd);
    }
  }

  it('is told at a path', () => {
    const path = join(folder, 'notify');
    expect(heardWhile(path, () => void expect(tellReady(libc, path)).toBe(true))).toBe('READY=1');
  });

  it('is told at a name that is in no folder', () => {
    const name = `sigward-notify-${process.pid}`;
    expect(heardWhile(`\0${name}`, () => void expect(tellReady(libc, `@${name}`)).toBe(true))).toBe('READY=1');
  });

  it.each([
    ['nobody asked', undefined],
    ['it is empty', ''],
    ['it is no path', 'vsock:2:1'],
    ['nobody listens', '/nonexistent/notify'],
    ['it is longer than a socket’s name', `/${'x'.repeat(200)}`],
  ])('is not told where %s', (_, path) => {
    expect(tellReady(libc, path)).toBe(false);
  });
});
