/**
 * What the packet thread does, turn by turn: looks for orders, receives, judges, settles. It never goes back to an event loop: it waits in
 * the kernel, or for orders where it has no ruleset yet.
 */
import type { PacketBatch, Time } from '../packet-batch.js';
import { programEngine, type ProgramEngine } from '../engine/program.js';
import { passes, readBatch } from '../nfqueue/batch.js';
import {
  isDrained,
  type QueueEnvironment,
  type Stopping,
  stoppingNow,
  WAIT_MILLISECONDS,
} from '../nfqueue/draining.js';
import { createHand, FATE, type Hand } from '../nfqueue/hand.js';
import { BATCH } from '../nfqueue/slots.js';
import { arrived, type Progress, settleHand, startOf } from '../nfqueue/settle.js';
import type { NetlinkSocket } from '../nfqueue/socket.js';
import { add, addDelay, COUNT, type Counters } from './counters.js';
import { createDealer, type Dealer } from './deal.js';
import { createHolds, type Holds } from './holds.js';
import { type Chronicle, createChronicle, type Senders } from './chronicle.js';
import { release } from './release.js';
import type { Handling } from './messages.js';
import type { ThreadOrder, ThreadReport } from './thread-messages.js';

/** What the loop takes from outside itself; tests give their own. */
export interface LoopEnvironment extends QueueEnvironment {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly milliseconds: () => number;
  /** Milliseconds on a clock that nobody sets. */
  readonly now: () => number;
  /** A socket to the queue that receives into an engine's memory. */
  readonly socketInto: (room: PacketBatch['room']) => NetlinkSocket;
  /** Whether orders have come since it was asked last. */
  readonly rung: () => boolean;
  /** The next order. */
  readonly order: () => ThreadOrder | undefined;
  /** Sleeps for so many microseconds, and hardly more. */
  readonly sleep: (microseconds: number) => void;
  /** Waits for orders, a fraction of a second at most. */
  readonly await: () => void;
  readonly report: (report: ThreadReport) => void;
  readonly senders: Senders;
}

/** A ruleset that is ready. */
interface Ready {
  readonly generation: number;
  readonly engine: ProgramEngine;
  readonly socket: NetlinkSocket;
  readonly matches: Counters;
}

interface Loop {
  readonly environment: LoopEnvironment;
  readonly handling: Handling;
  readonly counters: Counters;
  readonly prepared: Map<number, Ready>;
  readonly progress: Progress;
  readonly hand: Hand;
  readonly holds: Holds;
  readonly dealer: Dealer;
  readonly chronicle: Chronicle;
  /** Messages that came with the last call. */
  last: number;
  current: Ready | undefined;
  stopping: Stopping | undefined;
}

/**
 * Where so many messages came with one call, the next ones are let gather for a moment: to be woken for a few packets costs more than to judge them,
 * in this process as in any other. Network cards do the same with interrupts. Where the queue fills up, nothing waits.
 */
const BUSY_MESSAGES = 4;
const GATHER_MICROSECONDS = 50;

/** While packets are held, and how long a wait may last otherwise, in milliseconds: a thread that waits must be seen to live. */
const LONGEST_WAIT = 200;

/** A loop that has no ruleset yet; each call is one turn, and gives false when it was the last one. */
export function createLoop(
  handling: Handling,
  counters: Counters,
  ring: SharedArrayBuffer,
  environment: LoopEnvironment,
): () => boolean {
  const loop: Loop = {
    ...{ environment, handling, counters, prepared: new Map(), current: undefined, stopping: undefined, last: 0 },
    ...{ progress: startOf(handling.queue), hand: createHand(), holds: createHolds() },
    dealer: createDealer(handling, counters, () => {
      if (handling.onFragment === 'warn') environment.report({ kind: 'fragments' });
    }),
    chronicle: createChronicle(handling, counters, ring, environment.senders),
  };
  return () => turn(loop);
}

function turn(loop: Loop): boolean {
  const { environment, counters } = loop;
  add(counters, COUNT.turns, 1);
  if (environment.rung()) takeOrders(loop);
  const { current, stopping } = loop;
  if (current) {
    const count = receive(loop, current);
    loop.last = count;
    if (count > 0) work(loop, current, count);
    releaseDue(loop, current, environment.now());
    if (count > 0 || !stopping) return true;
    releaseDue(loop, current, Infinity);
  } else if (!stopping) {
    environment.await();
    return true;
  }
  loop.chronicle.turn(environment.now(), current?.engine, true);
  environment.report({ kind: 'stopped' });
  return false;
}

function takeOrders(loop: Loop): void {
  for (let order = loop.environment.order(); order; order = loop.environment.order()) take(loop, order);
}

function take(loop: Loop, order: ThreadOrder): void {
  switch (order.kind) {
    case 'prepare':
      return void prepare(loop, order);
    case 'use':
      return void use(loop, order);
    case 'forget':
      return void loop.prepared.delete(order.generation);
    case 'closed':
      return void loop.dealer.close(order.by);
    case 'stop':
      loop.stopping ??= stoppingNow(loop.handling.queue, loop.environment);
  }
}

function prepare(loop: Loop, { generation, program, matches, sockets }: ThreadOrder & { kind: 'prepare' }): void {
  const { environment, prepared, chronicle } = loop;
  try {
    const engine = programEngine(program);
    prepared.set(generation, { generation, engine, matches, socket: environment.socketInto(engine.batch.room) });
    chronicle.answerBy(sockets);
    environment.report({ kind: 'prepared', generation });
  } catch (cause) {
    environment.report({ kind: 'refused', generation, reason: cause instanceof Error ? cause.message : String(cause) });
  }
}

/** From one batch to the next: what was received is settled, and what comes is received into the new one's memory. */
function use(loop: Loop, { generation, carried }: ThreadOrder & { kind: 'use' }): void {
  const { environment, prepared, current, chronicle } = loop;
  const begun = environment.now();
  const next = prepared.get(generation);
  if (!next) return void environment.report({ kind: 'refused', generation, reason: 'it was not loaded' });
  prepared.delete(generation);
  if (current) next.engine.carryOver(current.engine, carried);
  chronicle.changed(next.engine);
  loop.current = next;
  environment.report({ kind: 'using', generation, microseconds: Math.round((environment.now() - begun) * 1_000) });
}

/** How many messages there are, after a wait if need be; none while it ends: nothing comes any more. */
function receive({ environment, progress, holds, stopping, last }: Loop, { socket }: Ready): number {
  if (stopping) {
    if (isDrained(stopping, progress.settled, environment)) return 0;
    return arrived(progress, socket.receive()) || waitAndReceive(progress, socket, WAIT_MILLISECONDS);
  }
  if (holds.length === 0) {
    if (last >= BUSY_MESSAGES && last < BATCH / 2) environment.sleep(GATHER_MICROSECONDS);
    return arrived(progress, socket.receiveBriefly());
  }
  const left = Math.min(Math.floor(holds.next - environment.now()), LONGEST_WAIT);
  return arrived(progress, socket.receive()) || (left > 0 ? waitAndReceive(progress, socket, left) : 0);
}

function waitAndReceive(progress: Progress, socket: NetlinkSocket, milliseconds: number): number {
  socket.waitHere(milliseconds);
  return arrived(progress, socket.receive());
}

const time: { -readonly [K in keyof Time]: Time[K] } = { seconds: 0, nanoseconds: 0 };

function work(loop: Loop, current: Ready, count: number): void {
  const { environment, counters, hand, dealer, chronicle, progress } = loop;
  const { engine, socket } = current;
  const begun = environment.now();
  readTime(environment.milliseconds());
  readBatch(socket.slots, count, time, engine.batch, hand);
  if (hand.length === 0) return;
  dealer.deal(engine, hand);
  const held = dealer.notable.length > 0 ? hold(loop, begun) : 0;
  settleHand(socket, progress, hand);
  progress.held = loop.holds.length;
  const settled = environment.now();
  add(counters, COUNT.packets, hand.length);
  add(counters, COUNT.bytes, hand.bytes);
  add(counters, COUNT.batches, 1);
  addDelay(counters, (settled - begun) * 1_000, hand.length - held);
  // Packets go on before anything is written about them.
  chronicle.write(current, dealer.notable);
  chronicle.turn(settled, engine, false);
}

function readTime(milliseconds: number): void {
  time.seconds = Math.floor(milliseconds / 1_000);
  time.nanoseconds = (milliseconds - time.seconds * 1_000) * 1_000_000;
}

/** Holds back those packets that go on, and that a signature delays, and says how many; one for which there is no room goes on at once. */
function hold({ dealer, hand, holds, handling }: Loop, now: number): number {
  let held = 0;
  if (handling.dryRun) return held;
  for (const { index, judgement, verdict } of dealer.notable) {
    if (judgement.delay === undefined || !passes(verdict)) continue;
    const mark = hand.fates[index] === FATE.mark ? hand.newMarks[index] : undefined;
    const due = now + Number(judgement.delay) / 1_000_000;
    if (!holds.add(hand.ids[index] ?? 0, mark, due)) continue;
    hand.fates[index] = FATE.hold;
    held++;
  }
  return held;
}

function releaseDue({ holds, progress }: Loop, { socket }: Ready, now: number): void {
  if (holds.next > now) return;
  release(socket, progress, holds, now);
  progress.held = holds.length;
}
