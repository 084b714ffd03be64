import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { QueueEnvironment } from '../../../runtime/nfqueue/draining.js';
import { createPackageQueue } from '../../../runtime/nfqueue/package-queue.js';
import type { PacketQueue } from '../../../runtime/nfqueue/queue.js';
import type { KernelCounters } from '../../../runtime/nfqueue/statistics.js';
import { createBatch } from '../../../runtime/packet-batch.js';
import { type FakePackage, fakePackage } from './fake-package.js';

const QUIET_MILLISECONDS = 400;

interface Opened extends FakePackage {
  readonly queue: PacketQueue;
  /** What the kernel counts; changed by a test. */
  kernel: KernelCounters | undefined;
}

function open(environment: Partial<QueueEnvironment> = {}): Opened {
  const fake = fakePackage();
  const opened = new fake.nfqueue.NFQueue();
  const kernel = undefined as KernelCounters | undefined;
  const result: Opened = Object.assign(fake, { kernel, queue: undefined as unknown as PacketQueue });
  const counters = (): KernelCounters | undefined => result.kernel;
  const queue = createPackageQueue(fake.nfqueue, opened, 1, createBatch(), {
    clock: () => 5n,
    counters,
    ...environment,
  });
  return Object.assign(result, { queue });
}

const counted = (waiting: number, lastId: number): KernelCounters => ({
  queue: 1,
  owner: 1,
  waiting,
  dropped: 0,
  undelivered: 0,
  lastId,
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('receiving and settling', () => {
  it('hands packets over in order, a verdict for each', async () => {
    const { queue, arrive, verdicts } = open();
    for (const id of [1, 2, 3, 4]) arrive(id);
    expect((await queue.receive())?.packet(3)).toEqual({
      link: 101,
      bytes: Uint8Array.of(0x45, 4),
      wireLength: 2,
      time: 5n,
    });
    queue.settle(['accept', 'drop', 'reject', 'pass']);
    expect(verdicts).toEqual(['accept 1', 'drop 2', 'drop 3', 'accept 4']);
    expect(queue.statistics()).toMatchObject({ packets: 4, batches: 1, unreadable: 0 });
    queue.close();
  });

  it('waits for a packet, and gives an empty batch after a wait in which nothing came', async () => {
    const { queue, arrive } = open();
    const first = queue.receive();
    arrive(1);
    expect(await first).toHaveLength(1);
    const second = queue.receive();
    await vi.advanceTimersByTimeAsync(QUIET_MILLISECONDS);
    expect(await second).toHaveLength(0);
    queue.close();
  });

  it('drops what the caller gave no verdict, and what has no payload', async () => {
    const { queue, arrive, verdicts } = open();
    arrive(1);
    arrive(2, new Uint8Array(0));
    arrive(3);
    expect(await queue.receive()).toHaveLength(2);
    queue.settle(['accept']);
    expect(verdicts).toEqual(['drop 2', 'accept 1', 'drop 3']);
    expect(queue.statistics()).toMatchObject({ packets: 2, unreadable: 1 });
    queue.close();
  });
});

describe('packets that never arrive', () => {
  it('are dropped, those behind the last that came too, when it is quiet', async () => {
    const opened = open();
    const { queue, arrive, verdicts } = opened;
    arrive(3);
    await queue.receive();
    queue.settle(['accept']);
    opened.kernel = counted(3, 4);
    const waiting = queue.receive();
    await vi.advanceTimersByTimeAsync(140);
    expect(verdicts).toEqual(['accept 3']);
    await vi.advanceTimersByTimeAsync(QUIET_MILLISECONDS);
    expect(await waiting).toHaveLength(0);
    expect(verdicts.slice(0, 4)).toEqual(['accept 3', 'drop 1', 'drop 2', 'drop 4']);
    queue.close();
  });

  it('are left alone where the kernel holds nothing but what is in hand', async () => {
    const opened = open();
    opened.kernel = counted(1, 3);
    opened.arrive(3);
    await opened.queue.receive();
    await vi.advanceTimersByTimeAsync(QUIET_MILLISECONDS);
    expect(opened.verdicts).toEqual([]);
    opened.queue.close();
  });

  it('are dropped where the kernel does not tell', async () => {
    const { queue, arrive, verdicts } = open();
    arrive(2);
    await vi.advanceTimersByTimeAsync(QUIET_MILLISECONDS);
    expect(verdicts).toEqual(['drop 1']);
    queue.close();
  });
});

describe('leaving', () => {
  it('after `stop` ends when nothing is left', async () => {
    const { queue, arrive, verdicts } = open();
    queue.stop();
    arrive(1);
    expect(await queue.receive()).toHaveLength(1);
    queue.settle(['accept']);
    const last = queue.receive();
    await vi.advanceTimersByTimeAsync(QUIET_MILLISECONDS);
    expect(await last).toBeUndefined();
    expect(verdicts).toEqual(['accept 1']);
    queue.close();
  });

  it('ends after a second although more comes, but not before what waited at `stop` is settled', async () => {
    let now = 0n;
    const { queue, arrive } = open({ clock: () => now, counters: () => counted(2, 2) });
    queue.stop();
    now = 2_000_000_000n;
    for (const id of [1, 2]) {
      arrive(id);
      expect(await queue.receive()).toHaveLength(1);
      queue.settle(['accept']);
    }
    arrive(3);
    expect(await queue.receive()).toBeUndefined();
    queue.close();
  });

  it('closed, drops what is in hand and what still comes, and ends a wait', async () => {
    const { queue, arrive, verdicts } = open();
    arrive(1);
    await queue.receive();
    arrive(2);
    queue.close();
    queue.close();
    arrive(0xffffffff);
    expect(verdicts).toEqual(['drop 1', 'drop 2', 'drop 4294967295']);
    expect(await queue.receive()).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
    const other = open();
    const waiting = other.queue.receive();
    other.queue.close();
    expect(await waiting).toBeUndefined();
  });
});
