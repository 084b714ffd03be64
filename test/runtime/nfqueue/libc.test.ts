import os from 'node:os';
import { describe, expect, it } from 'vitest';
import { type Libc, loadLibc } from '../../../runtime/nfqueue/libc.js';
import { openSocket } from '../../../runtime/nfqueue/socket.js';
import { createBatch } from '../../../runtime/packet-batch.js';
import { Problem } from '../../../runtime/problem.js';
import { needs } from '../../support/skip.js';

const why = needs('linux');
const { EAGAIN, EBADF } = os.constants.errno;

describe('where the calls cannot be had', () => {
  it.each<[string, Parameters<typeof loadLibc>[0]]>([
    ['koffi is not installed', () => Promise.reject(new Error("Cannot find package 'koffi'"))],
    ['the C library lacks a call', () => Promise.resolve({ default: NO_SYMBOLS })],
  ])('%s: a problem that says what to do', async (_, load) => {
    const problem = await loadLibc(load).catch((e: unknown) => e);
    expect(problem).toBeInstanceOf(Problem);
    expect((problem as Problem).diagnostic).toMatchObject({ code: 'E1204', severity: 'error' });
    expect((problem as Problem).diagnostic.help).toContain('--pcap');
  });
});

const NO_SYMBOLS = {
  load: (): never => {
    throw new Error('undefined symbol');
  },
  errno: (): number => 0,
  address: (): bigint => 0n,
};

describe.skipIf(why !== undefined)('system calls', () => {
  it('answer with minus the error number', async () => {
    const libc: Libc = await loadLibc();
    expect(libc.close(-1)).toBe(-EBADF);
    expect(libc.recvmmsg(-1, 0n, 0, 0)).toBe(-EBADF);
    expect(libc.sendto(-1, 0n, 0, 0, 0n, 0)).toBe(-EBADF);
  });

  it('open a socket to netfilter, without privileges, on which nothing waits', async () => {
    const socket = openSocket(await loadLibc(), createBatch().room);
    if (typeof socket === 'number') throw new Error(`error ${socket}`);
    expect(socket.receive()).toBe(-EAGAIN);
    expect(socket.receiveBriefly()).toBe(-EAGAIN);
    const waiting = socket.wait(20);
    socket.close();
    await waiting;
    expect(socket.receive()).toBe(-EBADF);
    expect(socket.send(20)).toBeLessThan(0);
  });
});
