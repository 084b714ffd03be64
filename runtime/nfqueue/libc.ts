/**
 * The few system calls that a netlink socket needs, through koffi. Calls answer as the kernel does: a result that is not
 * negative, or minus the error number. koffi is loaded when first asked for, so that the rest works where it is missing.
 */
import type koffiModule from 'koffi';
import process from 'node:process';
import { Problem } from '../problem.js';
import { queueUnavailable } from './diagnostics.js';

/** An address in this process's memory, as C sees it. */
export type Address = bigint;

/**
 * System calls of Linux. Whoever hands out an address keeps the memory behind it referenced until the call is done; the
 * collector takes it otherwise, and the call fails with EFAULT.
 */
export interface Libc {
  socket(domain: number, type: number, protocol: number): number;
  bind(fd: number, address: Address, length: number): number;
  listen(fd: number, backlog: number): number;
  setsockopt(fd: number, level: number, option: number, value: Address, length: number): number;
  sendto(fd: number, bytes: Address, length: number, flags: number, to: Address, toLength: number): number;
  recvmmsg(fd: number, headers: Address, count: number, flags: number): number;
  /** Waits in another thread, so that the event loop goes on; the number of descriptors that are ready. */
  poll(descriptors: Address, count: number, milliseconds: number): Promise<number>;
  /** The same in this thread. */
  pollHere(descriptors: Address, count: number, milliseconds: number): number;
  /** Sleeps, and the thread with it. */
  usleep(microseconds: number): number;
  prctl(option: number, value: number): number;
  flock(fd: number, operation: number): number;
  close(fd: number): number;
  /** Where an array lies. It stays there: what is behind a typed array of more than 64 bytes is never moved. */
  addressOf(bytes: Uint8Array): Address;
}

type Koffi = Pick<typeof koffiModule, 'load' | 'errno' | 'address'>;

/** Loads koffi and binds the calls. Throws a Problem where that is not possible. */
export async function loadLibc(load: () => Promise<{ default: Koffi }> = () => import('koffi')): Promise<Libc> {
  if (process.platform !== 'linux') throw unavailable('it is part of Linux');
  if (!['x64', 'arm64', 'riscv64', 'loong64'].includes(process.arch)) throw unavailable('this is not a 64-bit machine');
  let koffi: Koffi;
  try {
    koffi = (await load()).default;
  } catch {
    throw unavailable('the npm package `koffi` could not be loaded');
  }
  try {
    return bindCalls(koffi);
  } catch {
    throw unavailable('the C library lacks a call that is needed');
  }
}

function unavailable(reason: string): Problem {
  return Problem.of(queueUnavailable, { reason });
}

function bindCalls(koffi: Koffi): Libc {
  // No name: the symbols that Node itself is linked against, so the C library need not be guessed (glibc or musl).
  const library = koffi.load(null);
  const call = (prototype: string): ((...args: readonly Argument[]) => number) => {
    const bound = library.func(prototype) as (...args: readonly Argument[]) => number;
    return (...args) => {
      const result = bound(...args);
      return result < 0 ? -koffi.errno() : result;
    };
  };
  const prctl = call('int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)');
  const recvmmsg = call('int recvmmsg(int, void *, uint32_t, int, void *)');
  return {
    socket: call('int socket(int, int, int)'),
    bind: call('int bind(int, void *, uint32_t)'),
    listen: call('int listen(int, int)'),
    setsockopt: call('int setsockopt(int, int, int, void *, uint32_t)'),
    sendto: call('long sendto(int, void *, size_t, int, void *, uint32_t)'),
    recvmmsg: (fd, headers, count, flags) => recvmmsg(fd, headers, count, flags, null),
    poll: bindPoll(library),
    usleep: call('int usleep(uint32_t)'),
    prctl: (option, value) => prctl(option, value, 0, 0, 0),
    flock: call('int flock(int, int)'),
    pollHere: call('int poll(void *, unsigned long, int)'),
    close: call('int close(int)'),
    addressOf: (bytes) => koffi.address(bytes),
  };
}

type Argument = number | bigint | null;

/** errno belongs to the thread that waited, so a failure of the call only says "look again". */
function bindPoll(library: ReturnType<Koffi['load']>): Libc['poll'] {
  type Done = (failure: Error | null, ready: number) => void;
  type Aside = (descriptors: Address, count: number, milliseconds: number, done: Done) => void;
  const poll = library.func('int poll(void *, unsigned long, int)').async as Aside;
  return (descriptors, count, milliseconds) =>
    new Promise((resolve, reject) => {
      poll(descriptors, count, milliseconds, (failure, ready) => {
        if (failure) reject(failure);
        else resolve(Math.max(ready, 0));
      });
    });
}
