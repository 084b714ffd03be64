/** Raw sockets over a C library that is not there. */
import { describe, expect, test } from 'vitest';
import type { Libc } from '../../../runtime/nfqueue/libc.js';
import { Problem } from '../../../runtime/problem.js';
import { queueUnavailable } from '../../../runtime/nfqueue/diagnostics.js';
import { openRawSender, type RawSender } from '../../../runtime/reject/raw-socket.js';
import { packetsFrom } from '../../support/compile.js';

interface Fake {
  readonly libc: Libc;
  /** The block that was handed over, and what was sent of it: descriptor, length, offset and length of the address. */
  readonly blocks: Uint8Array[];
  readonly sent: number[][];
  readonly closed: number[];
}

const BASE = 4096n;

function fake(sockets: readonly number[], result = 0): Fake {
  const [blocks, sent, closed]: [Uint8Array[], number[][], number[]] = [[], [], []];
  let next = 0;
  const libc: Libc = {
    socket: () => sockets[next++] ?? -1,
    sendto: (fd, bytes, length, _, to, toLength) => {
      sent.push([fd, Number(bytes - BASE), length, Number(to - BASE), toLength]);
      return result;
    },
    bind: () => 0,
    listen: () => 0,
    setsockopt: () => 0,
    recvmmsg: () => 0,
    poll: () => Promise.resolve(0),
    pollHere: () => 0,
    usleep: () => 0,
    flock: () => 0,
    prctl: () => 0,
    close: (fd) => closed.push(fd),
    addressOf: (bytes) => (blocks.push(bytes), BASE),
  };
  return { libc, blocks, sent, closed };
}

async function senderOf({ libc }: Fake): Promise<RawSender> {
  const sender = await openRawSender(undefined, () => Promise.resolve(libc));
  if (!('send' in sender)) throw new Error(sender.message);
  return sender;
}

const [IPV4, IPV6] = packetsFrom(['ipv4 { dst 10.1.2.3 } tcp', 'ipv6 { dst 2001:db8::7 } tcp']).map((p) => p.bytes);

test('a packet goes to the address in its header, by the socket of its version', async () => {
  const system = fake([5, 6]);
  const sender = await senderOf(system);
  const block = (): string => Buffer.from(system.blocks[0]?.subarray(2048, 2048 + 28) ?? []).toString('hex');
  expect(sender.send(IPV4 ?? new Uint8Array(0))).toBe(true);
  expect(block()).toMatch(/^020000000a0102030{16}/);
  expect(sender.send(IPV6 ?? new Uint8Array(0))).toBe(true);
  expect(block()).toBe(`0a0000000000000020010db800000000000000000000000700000000`);
  expect(system.sent).toEqual([
    [5, 0, 40, 2048, 16],
    [6, 0, 60, 2048, 28],
  ]);
  sender.close();
  sender.close();
  expect(system.closed).toEqual([5, 6]);
  expect(sender.send(IPV4 ?? new Uint8Array(0))).toBe(false);
});

test('what the system refuses is not sent', async () => {
  const sender = await senderOf(fake([5, 6], -1));
  expect(sender.send(IPV4 ?? new Uint8Array(0))).toBe(false);
});

describe('a machine that does not let it answer: one warning', () => {
  test.each([
    ['no permission', fake([-1, -1]), []],
    ['permission for one of them', fake([-1, 6]), [6]],
  ])('%s', async (_, system, closed) => {
    const warning = await openRawSender(undefined, () => Promise.resolve(system.libc));
    expect(warning).toMatchObject({ code: 'W1205', severity: 'warning' });
    expect('message' in warning && warning.message).toMatch(/operation not permitted/);
    expect(system.closed).toEqual(closed);
  });

  test('no koffi', async () => {
    const reason = 'the npm package `koffi` could not be loaded';
    const warning = await openRawSender(undefined, () => Promise.reject(Problem.of(queueUnavailable, { reason })));
    expect('message' in warning && warning.message).toContain(reason);
  });
});
