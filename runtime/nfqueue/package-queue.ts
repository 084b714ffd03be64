/**
 * The npm package `nfqueue` as a driver: for machines where koffi cannot be used. It hands over one packet a turn of the
 * event loop, by a callback, and takes one verdict a call.
 *
 * Its limits: 1,024 packets may wait (the kernel's default), and there is no failing open; a packet whose message
 * is longer than 65,535 bytes (one of about 65,400 bytes and more) never arrives, and is dropped; it does not say whether the
 * kernel took a verdict; it is never closed, so that the process has to be ended.
 */
import type { NfqueuePackage, PackagePacket, PackageQueue } from 'nfqueue';
import type { Mark, Verdict } from '../../compiler/ruleset.js';
import { type PacketBatch, timeOf } from '../packet-batch.js';
import { LINK_RAW, passes } from './batch.js';
import {
  isDrained,
  MACHINE,
  type QueueEnvironment,
  type Stopping,
  stoppingNow,
  WAIT_MILLISECONDS,
} from './draining.js';
import { createGaps, type Gaps } from './gaps.js';
import { newMark } from './hand.js';
import type { PacketQueue } from './queue.js';

/** Ticks without a packet that mean that nothing is left; the first may be any part of one. */
const QUIET_TICKS = 2;

/** Verdicts a tick for packets that never arrived: each is a call, and packets that do arrive must not wait for long. */
const DROPS_A_TICK = 4_096;

/** A driver over a queue that is open already, and that nobody else runs. */
export function createPackageQueue(
  nfqueue: Pick<NfqueuePackage, 'NF_ACCEPT' | 'NF_DROP'>,
  opened: PackageQueue,
  queue: number,
  batch: PacketBatch,
  environment: QueueEnvironment = MACHINE,
): PacketQueue {
  const counts = { packets: 0, batches: 0, unreadable: 0, overruns: 0, unsent: 0 };
  const progress = { arrived: [], inHand: [], gaps: createGaps(), settled: 0, quiet: 0, closed: false };
  const state: State = { nfqueue, opened, queue, batch, environment, counts, ...progress };
  // It must not throw, whatever comes: the package would take the process down with it.
  opened.run((packet) => arrive(state, packet));
  const timer = setInterval(() => tick(state), WAIT_MILLISECONDS);
  const settle: PacketQueue['settle'] = (verdicts, marks = []) => settleAll(state, verdicts, marks);

  return {
    async receive() {
      settle([]); // what the caller left must not wait for ever
      if (state.closed || isDrained(state.stopping, state.settled, environment)) return undefined;
      if (state.arrived.length === 0) await new Promise<void>((resolve) => (state.wake = resolve));
      if (isClosed(state) || (state.arrived.length === 0 && state.stopping)) return undefined;
      return takeBatch(state);
    },
    settle,
    stop() {
      state.stopping ??= stoppingNow(queue, environment);
      state.quiet = 0;
    },
    statistics: () => ({ ...counts, kernel: environment.counters(queue) }),
    close() {
      if (state.closed) return;
      state.closed = true;
      clearInterval(timer);
      for (const packet of [...state.inHand.splice(0), ...state.arrived.splice(0)]) drop(state, packet);
      wake(state);
    },
  };
}

interface State {
  readonly nfqueue: Pick<NfqueuePackage, 'NF_ACCEPT' | 'NF_DROP'>;
  readonly opened: PackageQueue;
  readonly queue: number;
  readonly batch: PacketBatch;
  readonly environment: QueueEnvironment;
  readonly counts: { packets: number; batches: number; unreadable: number };
  /** What came and was not fetched yet, and what was fetched and has no verdict yet. */
  readonly arrived: PackagePacket[];
  readonly inHand: PackagePacket[];
  readonly gaps: Gaps;
  /** The last id that has its verdict. */
  settled: number;
  /** Ticks since the last packet. */
  quiet: number;
  closed: boolean;
  stopping?: Stopping;
  /** Ends the wait of `receive`. */
  wake?: (() => void) | undefined;
  /** The last id that the kernel had given at the last tick without a packet. */
  overdue?: number | undefined;
}

/** Apart, so that the compiler does not take for granted what was so before a wait. */
function isClosed(state: State): boolean {
  return state.closed;
}

function wake(state: State): void {
  const ready = state.wake;
  state.wake = undefined;
  ready?.();
}

function arrive(state: State, packet: PackagePacket): void {
  state.quiet = 0;
  state.gaps.arrived(packet.info.id >>> 0);
  if (state.closed) return void drop(state, packet);
  if (packet.payload.length === 0) {
    state.counts.unreadable++;
    return void drop(state, packet);
  }
  state.arrived.push(packet);
  wake(state);
}

function drop({ nfqueue }: State, packet: PackagePacket): void {
  packet.setVerdict(nfqueue.NF_DROP);
}

/** As many as the batch has room for; the others are of the next one. */
function takeBatch(state: State): PacketBatch {
  const { arrived, inHand, counts, batch } = state;
  // The package gives whole seconds, and those only where something stamped the packet.
  const { seconds, nanoseconds } = timeOf(state.environment.clock());
  batch.clear();
  let at = 0;
  for (const { payload } of arrived) {
    if (batch.length === batch.most || at + payload.length > batch.room.length) break;
    batch.room.set(payload, at);
    batch.add(at, payload.length, payload.length, LINK_RAW, seconds, nanoseconds);
    at += payload.length;
  }
  inHand.push(...arrived.splice(0, batch.length));
  counts.packets += batch.length;
  if (batch.length > 0) counts.batches++;
  return batch;
}

/** Without a verdict a packet does not go on. */
function settleAll(state: State, verdicts: readonly Verdict[], marks: readonly (Mark | undefined)[]): void {
  const { nfqueue, inHand } = state;
  inHand.splice(0).forEach((packet, i) => {
    const change = marks[i];
    // The package does not set a mark of 0: the bits of a packet's mark can be changed by it, but not all cleared.
    if (passes(verdicts[i])) packet.setVerdict(nfqueue.NF_ACCEPT, change && newMark(packet.info.nfmark ?? 0, change));
    else packet.setVerdict(nfqueue.NF_DROP);
    state.settled = packet.info.id >>> 0;
  });
}

/** Ends a wait in which nothing came, and drops what waits in the kernel and will never arrive. */
function tick(state: State): void {
  state.quiet++;
  dropMissing(state);
  if (state.quiet >= QUIET_TICKS) wake(state);
}

/**
 * A message that was too long for the package, or for the socket's memory, leaves a gap in the ids. Its packet may still
 * wait, and 1,024 of them would fill the queue. Behind the last one that arrived, what the kernel had given at the
 * previous tick must have come by now, if it comes at all.
 */
function dropMissing(state: State): void {
  const { gaps, counts, queue, environment } = state;
  const kernel = environment.counters(queue);
  if (state.quiet >= QUIET_TICKS && state.overdue !== undefined) gaps.passed(state.overdue);
  state.overdue = kernel?.lastId;
  if (kernel && kernel.waiting <= state.arrived.length + state.inHand.length) return void gaps.clear();
  const missing = gaps.take(DROPS_A_TICK);
  for (const id of missing) drop(state, new state.opened.NFQueuePacket({ id }, new Uint8Array(0)));
  // Of the others the kernel has got rid already.
  const left = environment.counters(queue);
  if (kernel && left) counts.unreadable += Math.min(missing.length, Math.max(0, kernel.waiting - left.waiting));
}
