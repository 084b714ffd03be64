import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../runtime/problem.js';
import type { QueueEnvironment } from '../../../runtime/nfqueue/draining.js';
import { createQueue, type PacketQueue } from '../../../runtime/nfqueue/queue.js';
import { SLOT_BYTES } from '../../../runtime/nfqueue/slots.js';
import { createBatch } from '../../../runtime/packet-batch.js';
import { type FakeSocket, fakeSocket } from './fake-socket.js';
import { answerMessage, attribute, packetMessage } from './messages.js';

const EBADF = 9;
const EAGAIN = 11;
const ENOBUFS = 105;
const EINTR = 4;

const packet = (id: number, first = 0x45): { bytes: Uint8Array } => ({
  bytes: packetMessage({ id, payload: Uint8Array.of(first, id) }),
});

function open(environment: Partial<QueueEnvironment> = {}): { socket: FakeSocket; queue: PacketQueue } {
  const batch = createBatch();
  const socket = fakeSocket(batch.room);
  const queue = createQueue(socket, 1, batch, { clock: () => 5n, counters: () => undefined, ...environment });
  return { socket, queue };
}

describe('receiving and settling', () => {
  it('hands packets over in order and sends one verdict for a run', async () => {
    const { socket, queue } = open();
    socket.arrivals.push([packet(1), packet(2), packet(3, 0x60)]);
    const batch = await queue.receive();
    expect([...(batch ?? [])]).toEqual([
      { link: 101, bytes: Uint8Array.of(0x45, 1), wireLength: 2, time: 5n },
      { link: 101, bytes: Uint8Array.of(0x45, 2), wireLength: 2, time: 5n },
      { link: 101, bytes: Uint8Array.of(0x60, 3), wireLength: 2, time: 5n },
    ]);
    queue.settle(['accept', 'pass', 'accept']);
    expect(socket.sent).toEqual(['accept 3']);
    expect(queue.statistics()).toMatchObject({ packets: 3, batches: 1, unreadable: 0, unsent: 0 });
  });

  it('drops what is to be dropped or rejected, and nothing else', async () => {
    const { socket, queue } = open();
    socket.arrivals.push([packet(1), packet(2), packet(3), packet(4)]);
    await queue.receive();
    queue.settle(['accept', 'drop', 'reject', 'pass']);
    expect(socket.sent).toEqual(['accept 1', 'drop 3', 'accept 4']);
  });

  it('changes the bits of a mark, and those of packets that go on only', async () => {
    const { socket, queue } = open();
    const marked = (id: number, mark: number) => {
      const value = Uint8Array.of(mark >>> 24, mark >>> 16, mark >>> 8, mark);
      return { bytes: packetMessage({ id, payload: Uint8Array.of(0x45), more: [attribute(3, value)] }) };
    };
    socket.arrivals.push([packet(1), marked(2, 0x80000003), marked(3, 0x10), packet(4), packet(5), packet(6)]);
    await queue.receive();
    const mark = { value: 0x10, mask: 0xf0 };
    queue.settle(
      ['accept', 'pass', 'accept', 'drop', 'accept', 'accept'],
      [mark, mark, mark, mark, undefined, { value: 0xffffffff, mask: 0xffffffff }],
    );
    expect(socket.sent).toEqual([
      'accept 1 mark 10', 'accept 2 mark 80000013', 'accept 3', 'drop 4', 'accept 5', 'accept 6 mark ffffffff',
    ]); // prettier-ignore
  });

  it('leaves out what is no packet', async () => {
    const { socket, queue } = open();
    socket.arrivals.push([{ bytes: answerMessage(2) }, packet(1), { bytes: Uint8Array.of(1, 2, 3) }]);
    expect(await queue.receive()).toHaveLength(1);
    queue.settle(['accept']);
    expect(socket.sent).toEqual(['accept 1']);
  });

  it('drops, unjudged, a message that was cut and one without payload', async () => {
    const { socket, queue } = open();
    socket.arrivals.push([packet(1), { ...packet(2), cut: true }, { bytes: packetMessage({ id: 3 }) }, packet(4)]);
    expect(Array.from((await queue.receive()) ?? [], (p) => p.bytes[1])).toEqual([1, 4]);
    queue.settle(['accept', 'accept']);
    expect(socket.sent).toEqual(['accept 1', 'drop 3', 'accept 4']);
    expect(queue.statistics()).toMatchObject({ packets: 2, unreadable: 2 });
  });

  it('says how long a packet was that the kernel cut', async () => {
    const { socket, queue } = open();
    const more = [attribute(13, Uint8Array.of(0, 0, 0xff, 0xff))];
    socket.arrivals.push([{ bytes: packetMessage({ id: 1, payload: new Uint8Array(65531), more }) }]);
    const batch = await queue.receive();
    expect(batch?.packet(0).bytes).toHaveLength(65531);
    expect(batch?.packet(0).wireLength).toBe(65535);
  });

  it('has room for the longest message in every slot', async () => {
    const { socket, queue } = open();
    const payload = new Uint8Array(65531).fill(7);
    const more = Array.from({ length: 20 }, (_, i) => attribute(100 + i, new Uint8Array(32)));
    const batch = Array.from({ length: 64 }, (_, i) => ({ bytes: packetMessage({ id: i + 1, payload, more }) }));
    expect(batch[0]?.bytes.length).toBeLessThan(SLOT_BYTES);
    socket.arrivals.push(batch);
    expect(Array.from((await queue.receive()) ?? []).every((p) => p.bytes.every((b) => b === 7))).toBe(true);
    queue.settle(batch.map((_, i) => (i % 2 ? 'drop' : 'accept')));
    expect(socket.sent).toHaveLength(64);
    expect(socket.sent.at(-1)).toBe('drop 64');
  });

  it('drops what the caller gave no verdict', async () => {
    const { socket, queue } = open();
    socket.arrivals.push([packet(1), packet(2)], [packet(3)]);
    await queue.receive();
    queue.settle(['accept']);
    await queue.receive();
    await queue.receive();
    expect(socket.sent).toEqual(['accept 1', 'drop 2', 'drop 3']);
  });

  it('gives an empty batch after a wait in which nothing came', async () => {
    const { socket, queue } = open();
    expect(await queue.receive()).toHaveLength(0);
    expect(socket.waits).toBe(1);
  });

  it('never throws on bytes from the kernel and never accepts more than the caller did', async () => {
    const datagram = fc.record({
      bytes: fc.oneof(
        fc.uint8Array({ maxLength: 100 }),
        fc.nat(300).map((id) => packet(id).bytes),
      ),
      cut: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(datagram, { maxLength: 64 }), { maxLength: 3 }), async (batches) => {
        const { socket, queue } = open();
        socket.arrivals.push(...batches);
        for (const _ of batches) {
          await queue.receive();
          queue.settle([]);
        }
        expect(socket.sent.filter((s) => s.startsWith('accept'))).toEqual([]);
      }),
    );
  });
});

describe('errors of the socket', () => {
  it.each([EAGAIN, EINTR, ENOBUFS])('goes on after error %i', async (errno) => {
    const { socket, queue } = open();
    socket.arrivals.push(-errno, -errno, [packet(1)]);
    expect(await queue.receive()).toHaveLength(0);
    expect(await queue.receive()).toHaveLength(1);
    expect(queue.statistics().overruns).toBe(errno === ENOBUFS ? 2 : 0);
  });

  it('names any other', async () => {
    const { socket, queue } = open();
    socket.arrivals.push(-EBADF);
    const problem = await queue.receive().then(
      () => undefined,
      (e: unknown) => e,
    );
    expect(problem).toBeInstanceOf(Problem);
    expect((problem as Problem).diagnostic).toMatchObject({
      code: 'E1205',
      message: 'queue `1`: receiving failed: bad file descriptor (EBADF)',
    });
  });

  it('sends again after a signal', async () => {
    const { socket, queue } = open();
    socket.arrivals.push([packet(1)]);
    socket.refusals.push(-EINTR, -EINTR);
    await queue.receive();
    queue.settle(['accept']);
    expect(socket.sent).toEqual(['accept 1']);
  });

  it('drops packets whose verdicts were not taken before it accepts others', async () => {
    const { socket, queue } = open();
    socket.arrivals.push([packet(1), packet(2)], [packet(3)]);
    socket.refusals.push(-ENOBUFS);
    await queue.receive();
    queue.settle(['accept', 'drop']);
    await queue.receive();
    queue.settle(['accept']);
    expect(socket.sent).toEqual(['drop 2', 'accept 3']);
    expect(queue.statistics().unsent).toBe(1);
  });
});

describe('leaving', () => {
  it('after `stop` ends when nothing is left', async () => {
    const { socket, queue } = open();
    queue.stop();
    socket.arrivals.push([packet(1)]);
    expect(await queue.receive()).toHaveLength(1);
    queue.settle(['accept']);
    expect(await queue.receive()).toBeUndefined();
    expect(socket.sent).toEqual(['accept 1']);
  });

  it('ends after a second although more comes, but not before what waited at `stop` is settled', async () => {
    let now = 0n;
    const counters = { queue: 1, owner: 1, waiting: 2, dropped: 0, undelivered: 0, lastId: 2 };
    const { socket, queue } = open({ clock: () => now, counters: () => counters });
    socket.arrivals.push([packet(1)], [packet(2)], [packet(3)]);
    queue.stop();
    now = 2_000_000_000n;
    for (const id of [1, 2]) {
      expect((await queue.receive())?.packet(0).bytes[1]).toBe(id);
      queue.settle(['accept']);
    }
    expect(await queue.receive()).toBeUndefined();
    expect(socket.sent).toEqual(['accept 1', 'accept 2']);
  });

  it('drops what is still in hand, unbinds and closes, once', async () => {
    const { socket, queue } = open();
    socket.arrivals.push([packet(1)]);
    await queue.receive();
    queue.close();
    queue.close();
    expect(socket.sent).toEqual(['drop 1', 'configure']);
    expect(socket.closed).toBe(true);
    expect(await queue.receive()).toBeUndefined();
  });
});
