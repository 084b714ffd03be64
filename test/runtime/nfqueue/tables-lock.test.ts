/** The lock of iptables-legacy, held by a process that iptables cannot open it in. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Libc } from '../../../runtime/nfqueue/libc.js';
import { prepareLegacy } from '../../../runtime/nfqueue/legacy.js';
import type * as Lock from '../../../runtime/nfqueue/tables-lock.js';

const [TAKE, RELEASE] = [2 | 4, 8];
const TAKEN_BY_OTHERS = -11;
const DENIED = -1;

describe('the lock of the tables', () => {
  let lock: typeof Lock;
  let calls: string[];
  /** What taking it gives, one after the other; then it succeeds. */
  let answers: number[];

  const libc: Pick<Libc, 'flock' | 'usleep'> = {
    flock(fd, operation) {
      calls.push(`${operation === TAKE ? 'take' : operation === RELEASE ? 'release' : '?'} ${fd}`);
      return operation === TAKE ? (answers.shift() ?? 0) : 0;
    },
    usleep: () => (calls.push('sleep'), 0),
  };

  beforeEach(async () => {
    vi.resetModules();
    lock = await import('../../../runtime/nfqueue/tables-lock.js');
    [calls, answers] = [[], []];
  });

  const hold = (): void => lock.lockTablesBy(libc as Libc, 9);

  it('is iptables’ own matter where nobody has it open', async () => {
    expect(lock.lockTablesSync()).toBe(true);
    expect(await lock.lockTables()).toBe(true);
    lock.unlockTables();
    expect(calls).toEqual([]);
    expect(lock.lockEnvironment()).toEqual({});
  });

  it('is waited for, and given back', () => {
    hold();
    answers = [TAKEN_BY_OTHERS, TAKEN_BY_OTHERS];
    expect(lock.lockTablesSync()).toBe(true);
    lock.unlockTables();
    expect(calls).toEqual(['take 9', 'sleep', 'take 9', 'sleep', 'take 9', 'release 9']);
    expect(lock.lockEnvironment()).toEqual({ XTABLES_LOCKFILE: '/dev/null' });
  });

  it('stays taken until the last one who uses it lets go', async () => {
    hold();
    await lock.lockTables();
    lock.lockTablesSync();
    lock.unlockTables();
    expect(calls).toEqual(['take 9', 'take 9']);
    lock.unlockTables();
    expect(calls.at(-1)).toBe('release 9');
  });

  it('that somebody keeps is not waited for without end', async () => {
    hold();
    answers = Array.from({ length: 1_000 }, () => TAKEN_BY_OTHERS);
    vi.useFakeTimers();
    const waiting = lock.lockTables();
    await vi.advanceTimersByTimeAsync(10_000);
    vi.useRealTimers();
    expect(await waiting).toBe(false);
    expect(calls.length).toBeLessThan(200);
  });

  it('that cannot be taken for another reason is no reason to change no rules', () => {
    hold();
    answers = [DENIED];
    expect(lock.lockTablesSync()).toBe(true);
  });
});

describe('before a process is no longer root', () => {
  function prepared(version: string): { ran: string[]; opened: string[]; lock: number | undefined } {
    const [ran, opened]: [string[], string[]] = [[], []];
    const lock = prepareLegacy({
      run(program, args) {
        ran.push([program, ...args].join(' '));
        return { kind: 'done', output: version };
      },
      open: (path) => opened.push(path) + 20,
    });
    return { ran: ran.filter((command) => !command.endsWith('--version')), opened, lock };
  }

  it('iptables-legacy loads modules of the kernel, and its lock is opened', () => {
    expect(prepared('iptables v1.8.9 (legacy)\n')).toEqual({
      ran: ['iptables -t filter -S', 'iptables -t mangle -S', 'ip6tables -t filter -S', 'ip6tables -t mangle -S'],
      opened: ['/run/xtables.lock'],
      lock: 21,
    });
  });

  it('another iptables needs nothing', () => {
    expect(prepared('iptables v1.8.9 (nf_tables)\n')).toEqual({ ran: [], opened: [], lock: undefined });
  });

  it('a lock that the operator names is left to iptables', () => {
    vi.stubEnv('XTABLES_LOCKFILE', '/run/other.lock');
    expect(prepared('iptables v1.8.9 (legacy)\n')).toMatchObject({ opened: [], lock: undefined });
    vi.unstubAllEnvs();
  });

  it('a lock that cannot be opened is iptables’ to complain about', () => {
    const lock = prepareLegacy({
      run: () => ({ kind: 'done', output: 'iptables v1.6.0' }),
      open: () => {
        throw new Error('EROFS');
      },
    });
    expect(lock).toBeUndefined();
  });
});
