import { describe, expect, it } from 'vitest';
import type { Libc } from '../../../runtime/nfqueue/libc.js';
import { openQueue } from '../../../runtime/nfqueue/open.js';
import { Problem } from '../../../runtime/problem.js';

/** A kernel that refuses at one call with one error number. */
function refusing(
  call: 'socket' | 'bind' | 'setsockopt' | 'sendto' | 'recvmmsg',
  errno: number,
): { libc: Libc; closed: number[] } {
  const closed: number[] = [];
  const answer = (name: string, otherwise: number) => (): number => (name === call ? -errno : otherwise);
  const libc: Libc = {
    socket: answer('socket', 7),
    bind: answer('bind', 0),
    listen: () => 0,
    setsockopt: answer('setsockopt', 0),
    sendto: answer('sendto', 0),
    recvmmsg: answer('recvmmsg', 0),
    poll: () => Promise.resolve(0),
    pollHere: () => 0,
    usleep: () => 0,
    flock: () => 0,
    prctl: () => 0,
    close: (fd) => closed.push(fd),
    addressOf: () => 4096n,
  };
  return { libc, closed };
}

async function problemOf(libc: Libc): Promise<Problem> {
  try {
    await openQueue({ queue: 3 }, () => Promise.resolve(libc));
  } catch (problem) {
    if (problem instanceof Problem) return problem;
    throw problem;
  }
  throw new Error('the queue was opened');
}

describe('a machine that refuses', () => {
  it('a kernel without netfilter’s netlink', async () => {
    const { diagnostic } = await problemOf(refusing('socket', 93).libc);
    expect(diagnostic.code).toBe('E1203');
    expect(diagnostic.help).toContain('modprobe nfnetlink_queue');
  });

  it.each([
    ['bind', 98],
    ['setsockopt', 1],
    ['sendto', 1],
    ['recvmmsg', 9],
  ] as const)('a failing `%s` is a problem, and the socket is closed', async (call, errno) => {
    const { libc, closed } = refusing(call, errno);
    expect((await problemOf(libc)).diagnostic.code).toMatch(/^E120\d$/);
    // `setsockopt` may fail for the options that are only for speed; the last one decides.
    expect(closed).toEqual([7]);
  });

  it('a kernel that gives no answer', async () => {
    expect((await problemOf(refusing('bind', 0).libc)).diagnostic).toMatchObject({
      code: 'E1205',
      message: 'queue `3`: binding failed: i/o error (EIO)',
    });
  });
});
