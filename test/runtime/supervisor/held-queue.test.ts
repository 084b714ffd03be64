/** A queue between two children, over a kernel that is made up: what was in hand is told from what lies in the socket. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Libc } from '../../../runtime/nfqueue/libc.js';
import { LAYOUT, slotStart } from '../../../runtime/nfqueue/slots.js';
import type { KernelCounters } from '../../../runtime/nfqueue/statistics.js';
import { type HeldQueue, holdQueue, holdQueues } from '../../../runtime/supervisor/held-queue.js';
import { answerMessage, packetMessage } from '../nfqueue/messages.js';
import { sentVerdicts } from '../nfqueue/sent.js';

const PEEK = 0x2;
const EPERM = 1;

describe('a queue that is held', () => {
  /** Messages in the socket, the first one first. */
  let socket: Uint8Array[];
  /** Ids of packets that wait for a verdict, in the socket or in a child's hands. */
  let waiting: number[];
  let lastId: number;
  let verdicts: string[];
  let closed: number[];
  /** Binds that succeed before one is refused. */
  let binds: number;

  beforeEach(() => {
    [socket, waiting, lastId, verdicts, closed, binds] = [[], [], 0, [], [], 99];
  });

  const counters = (): KernelCounters => ({
    ...{ queue: 3, owner: 1, waiting: waiting.length, dropped: 0, undelivered: 0, lastId },
  });

  /** Memory by address: the n-th block that was asked for lies at n million. */
  function kernel(): Libc {
    const blocks: Uint8Array[] = [];
    const at = (address: bigint): { block: Uint8Array; offset: number } => ({
      block: blocks[Number(address / 1_000_000n) - 1] ?? new Uint8Array(),
      offset: Number(address % 1_000_000n),
    });
    return {
      socket() {
        socket = [];
        return 9;
      },
      bind: () => 0,
      listen: () => 0,
      setsockopt: () => 0,
      sendto(_, address, length) {
        const { block, offset } = at(address);
        const view = new DataView(block.buffer, block.byteOffset, block.length);
        const sent = sentVerdicts(view, offset, offset + length);
        if (sent.length === 0) socket.push(answerMessage(binds-- > 0 ? 0 : EPERM));
        for (const { accept, id } of sent) {
          verdicts.push(`${accept ? 'accept' : 'drop'} up to ${id}`);
          waiting = waiting.filter((one) => one > id);
        }
        return length;
      },
      recvmmsg(_, address, count, flags) {
        const control = at(address).block;
        const view = new DataView(control.buffer);
        // The first of the vectors, which lie first, says where the slots are.
        const slots = at(view.getBigUint64(0, true)).block;
        const messages = flags & PEEK ? socket.slice(0, count) : socket.splice(0, count);
        messages.forEach((message, i) => {
          slots.set(message, slotStart(i));
          view.setUint32(LAYOUT.headers + i * 64 + 56, message.length, true);
        });
        return messages.length > 0 ? messages.length : -11;
      },
      ...{ poll: () => Promise.resolve(0), pollHere: () => 0, usleep: () => 0, prctl: () => 0, flock: () => 0 },
      close: (fd) => closed.push(fd),
      addressOf: (bytes) => BigInt(blocks.push(bytes)) * 1_000_000n,
    };
  }

  function hold(): HeldQueue {
    const held = holdQueue(kernel(), 3, {}, counters);
    socket = [];
    return held;
  }

  /** So many packets come and lie in the socket. */
  function come(count: number): void {
    for (let i = 0; i < count; i++) {
      waiting.push(++lastId);
      socket.push(packetMessage({ id: lastId, payload: new Uint8Array(4) }));
    }
  }

  it('settles what the child had in hand, and leaves what lies in the socket to the next one', () => {
    const held = hold();
    come(5);
    socket.splice(0, 3);
    expect(held.settleInHand('accept')).toBe(3);
    expect(verdicts).toEqual(['accept up to 3']);
    expect(waiting).toEqual([4, 5]);
    expect(socket).toHaveLength(2);
  });

  it('settles all that waits where nothing lies in the socket', () => {
    const held = hold();
    come(5);
    socket = [];
    expect(held.settleInHand('drop')).toBe(5);
    expect(verdicts).toEqual(['drop up to 5']);
  });

  it('settles nothing where nothing waits', () => {
    const held = hold();
    come(2);
    [socket, waiting] = [[], []];
    expect(held.settleInHand('drop')).toBe(0);
    expect(verdicts).toEqual([]);
  });

  it('takes out what is no packet', () => {
    const held = hold();
    socket.push(answerMessage(0, 7));
    come(3);
    socket.splice(1, 1);
    expect(held.settleInHand('drop')).toBe(1);
    expect(waiting).toEqual([2, 3]);
  });

  it('knows what comes behind the greatest number', () => {
    const held = hold();
    lastId = 0xffffffff;
    waiting = [0xffffffff];
    socket = [packetMessage({ id: 0, payload: new Uint8Array(4) })];
    held.settleInHand('drop');
    expect(verdicts).toEqual(['drop up to 4294967295']);
  });

  it('settles what waits for want of a child, in hand and in the socket, over several batches', () => {
    const held = hold();
    come(200);
    socket.splice(0, 10);
    expect(held.settleWaiting('drop')).toBe(200);
    expect([waiting, socket]).toEqual([[], []]);
  });

  it('is one of several, or none of them is held', () => {
    binds = 2;
    // Each binds and configures: the second one is refused.
    expect(() => holdQueues(kernel(), [3, 4], {}, () => undefined)).toThrow(/queue `4`|not permitted|taken/i);
    expect(closed).toEqual([9, 9]);
  });
});
