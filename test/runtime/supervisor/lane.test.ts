/** A queue and the children that read it one after the other; children are made up here, and time is the test's. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_FAILURE_POLICY } from '../../../runtime/failure.js';
import type { KernelCounters } from '../../../runtime/nfqueue/statistics.js';
import type { Order, Report, Start } from '../../../runtime/packets/messages.js';
import type { HeldQueue } from '../../../runtime/supervisor/held-queue.js';
import { createLane, type Lane, type Release } from '../../../runtime/supervisor/lane.js';
import type { ChildListener } from '../../../runtime/supervisor/start-child.js';

interface FakeChild {
  readonly orders: string[];
  readonly listener: ChildListener;
  killed: boolean;
}

const HELLO: Start = {
  kind: 'start',
  queue: 3,
  failure: DEFAULT_FAILURE_POLICY,
  alerts: true,
  alertPackets: false,
  dryRun: false,
  onFragment: 'drop',
  answers: { ipv4: -1, ipv6: -1 },
};

const textOf = (order: Order): string => ('generation' in order ? `${order.kind} ${order.generation}` : order.kind);

describe('a lane', () => {
  let children: FakeChild[];
  let current: Release;
  let said: string[];
  let settled: string[];
  /** How many packets wait with no child to judge them. */
  let unread: number;
  let kernel: KernelCounters;
  let lane: Lane;

  beforeEach(() => {
    vi.useFakeTimers();
    [children, said, settled, unread] = [[], [], [], 0];
    current = { generation: 1, artefact: new Uint8Array() };
    kernel = { queue: 3, owner: 1, waiting: 0, dropped: 0, undelivered: 0, lastId: 0 };
    const held: HeldQueue = {
      ...{ queue: 3, fd: 9, counters: () => kernel, close: () => undefined },
      settleInHand: (fate) => (settled.push(`in hand: ${fate}`), 2),
      settleWaiting(fate) {
        if (unread > 0) settled.push(`waiting: ${fate}`);
        return unread;
      },
    };
    lane = createLane({
      ...{ held, hello: HELLO, current: () => current, closedBy: () => undefined, fate: 'drop' },
      start(queue, fd, listener) {
        expect([queue, fd]).toEqual([3, 9]);
        const child: FakeChild = { orders: [], listener, killed: false };
        children.push(child);
        return {
          pid: 100 + children.length,
          send: (order) => void child.orders.push(textOf(order)),
          kill() {
            child.killed = true;
            setTimeout(() => listener.ended('it was killed (SIGKILL)'), 1);
          },
        };
      },
      listener: {
        report: ({ kind }) => void said.push(kind),
        died: (how, inHand) => void said.push(`died: ${how}, ${inHand}`),
        unjudged: (packets) => void (packets > 0 && said.push(`unjudged: ${packets}`)),
      },
    });
  });

  afterEach(() => vi.useRealTimers());

  const last = (): FakeChild => {
    const child = children.at(-1);
    if (!child) throw new Error('no child was started');
    return child;
  };
  const hear = (report: Report): void => last().listener.report(report);
  const ready = (generation: number): void => hear({ kind: 'ready', generation, milliseconds: 5 });
  const using = (generation: number): void => hear({ kind: 'using', generation, microseconds: 7 });
  const die = (): void => last().listener.ended('it ended with status 1');
  const pass = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

  function judge(generation = 1): void {
    ready(generation);
    using(generation);
  }

  async function judging(): Promise<void> {
    const begun = lane.begin();
    judge();
    await begun;
  }

  it('tells its first child how, and what by, and begins once that judges', async () => {
    await judging();
    expect(last().orders).toEqual(['start', 'load 1', 'use 1']);
    expect(lane.status()).toEqual({ queue: 3, state: 'judging', pid: 101, generation: 1, deaths: 0 });
  });

  it('does not begin where the first child refuses', async () => {
    const begun = lane.begin();
    hear({ kind: 'refused', generation: 1, reason: 'it is none' });
    await expect(begun).rejects.toThrow('it is none');
    const stopped = lane.stop();
    await pass(60_000);
    await stopped;
    expect(children.map(({ killed }) => killed)).toEqual([true]);
  });

  it('does not begin where the first child ends', async () => {
    const begun = lane.begin();
    die();
    await expect(begun).rejects.toThrow('it ended with status 1');
    await pass(60_000);
    expect(children).toHaveLength(1);
    expect(lane.status().state).toBe('ended');
  });

  it('follows a child that has ended by another at once; what it had in hand gets its fate', async () => {
    await judging();
    die();
    expect(settled).toEqual(['in hand: drop']);
    expect(said).toEqual(['died: it ended with status 1, 2']);
    await pass(0);
    expect(children).toHaveLength(2);
    judge();
    expect(lane.status()).toMatchObject({ state: 'judging', deaths: 1, pid: 102 });
    unread = 5;
    await pass(60_000);
    expect(settled).toHaveLength(1);
  });

  it('settles what waits where the next one takes its time, and no longer once that is ready', async () => {
    await judging();
    die();
    unread = 4;
    await pass(1_900);
    expect(settled).toEqual(['in hand: drop']);
    await pass(200);
    expect(lane.status().state).toBe('settling');
    expect(said).toContain('unjudged: 4');
    ready(1);
    const times = settled.length;
    await pass(1_000);
    // From then on the child reads the socket.
    expect(settled).toHaveLength(times);
    using(1);
    expect(lane.status().state).toBe('judging');
  });

  it('has packets wait no more for those that die again and again', async () => {
    await judging();
    unread = 1;
    for (let deaths = 0; deaths < 3; deaths++) {
      die();
      if (deaths < 2) await pass(1);
    }
    const before = settled.length;
    await pass(40);
    expect(settled.length).toBeGreaterThan(before);
    expect(children).toHaveLength(3);
    await pass(250);
    expect(children).toHaveLength(4);
  });

  it('kills a child that hangs, and says so', async () => {
    await judging();
    kernel = { ...kernel, waiting: 5, lastId: 5 };
    await pass(6_000);
    expect(children[0]?.killed).toBe(true);
    expect(said).toEqual(['died: it hung, and was killed, 2']);
  });

  it('kills one that is ready and does not come to judge', async () => {
    await judging();
    die();
    await pass(0);
    ready(1);
    await pass(2_100);
    expect(children[1]?.killed).toBe(true);
  });

  describe('takes another ruleset', () => {
    beforeEach(judging);

    it('in two steps', async () => {
      const loading = lane.load({ generation: 2, artefact: new Uint8Array() });
      ready(2);
      expect(await loading).toBe(5);
      current = { ...current, generation: 2 };
      const changing = lane.use(2);
      using(2);
      expect(await changing).toBe(7);
      expect(last().orders.slice(3)).toEqual(['load 2', 'use 2']);
      expect(lane.status().generation).toBe(2);
    });

    it('or not: the one in use stays', async () => {
      const loading = lane.load({ generation: 2, artefact: new Uint8Array() });
      hear({ kind: 'refused', generation: 2, reason: 'it is none' });
      await expect(loading).rejects.toThrow('it is none');
      expect(last().killed).toBe(false);
      expect(lane.status()).toMatchObject({ state: 'judging', generation: 1 });
    });

    it('not where its child ends meanwhile', async () => {
      const loading = lane.load({ generation: 2, artefact: new Uint8Array() });
      die();
      await expect(loading).rejects.toThrow('has ended: it ended with status 1');
    });

    it('all the same where its child ends between the two: the next one begins with it', async () => {
      const loading = lane.load({ generation: 2, artefact: new Uint8Array() });
      ready(2);
      await loading;
      current = { ...current, generation: 2 };
      const changing = lane.use(2);
      die();
      await pass(0);
      expect(last().orders).toEqual(['start', 'load 2']);
      judge(2);
      expect(await changing).toBe(7);
    });

    it('all the same where its child does not come to it', async () => {
      current = { ...current, generation: 2 };
      const changing = lane.use(2);
      await pass(5_100);
      expect(children[0]?.killed).toBe(true);
      judge(2);
      await changing;
      expect(lane.status()).toMatchObject({ state: 'judging', generation: 2 });
    });

    it('once more where it changed while the next child got ready', async () => {
      die();
      await pass(0);
      ready(1);
      current = { ...current, generation: 2 };
      using(1);
      ready(2);
      await pass(0);
      expect(last().orders).toEqual(['start', 'load 1', 'use 1', 'load 2', 'use 2']);
    });
  });

  it('has nobody wait for a child that hangs, where all is about to end', async () => {
    await judging();
    const loading = lane.load({ generation: 2, artefact: new Uint8Array() });
    const changing = lane.use(2);
    lane.giveUp();
    await expect(loading).rejects.toThrow('it ends');
    expect(await changing).toBeGreaterThanOrEqual(0);
    expect(last().killed).toBe(false);
  });

  it('ends in order: what its child leaves gets its fate, and nobody comes after', async () => {
    await judging();
    const stopped = lane.stop();
    expect(last().orders.at(-1)).toBe('stop');
    die();
    await stopped;
    expect(lane.status().state).toBe('ended');
    expect(said).toEqual([]);
    await pass(60_000);
    expect(children).toHaveLength(1);
  });

  it('ends though its child does not', async () => {
    await judging();
    const stopped = lane.stop();
    await pass(10_100);
    await stopped;
    expect(last().killed).toBe(true);
  });

  it('does not hear what an earlier child has to say', async () => {
    await judging();
    const first = last();
    die();
    await pass(0);
    first.listener.report({ kind: 'using', generation: 1, microseconds: 1 });
    first.listener.ended('once more');
    expect(lane.status()).toMatchObject({ state: 'starting', deaths: 1 });
  });
});
