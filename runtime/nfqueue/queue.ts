/** The kernel's packet queue as a driver: packets in order of arrival, a verdict for each. */
import { setImmediate } from 'node:timers/promises';
import type { Mark, Verdict } from '../../compiler/ruleset.js';
import type { Driver } from '../driver.js';
import { type PacketBatch, timeOf } from '../packet-batch.js';
import { passes, readBatch } from './batch.js';
import {
  isDrained,
  MACHINE,
  type QueueEnvironment,
  type Stopping,
  stoppingNow,
  WAIT_MILLISECONDS,
} from './draining.js';
import { acceptMarked, createHand, FATE, type Hand } from './hand.js';
import { configure } from './netlink.js';
import { arrived, type Progress, send, settleHand, startOf } from './settle.js';
import { LAYOUT } from './slots.js';
import type { NetlinkSocket } from './socket.js';
import type { KernelCounters } from './statistics.js';

/** After this many batches in a row the event loop has its turn, so that signals and timers are served under load. */
const BATCHES_A_TURN = 16;

/** What has happened since the queue was opened. */
export interface QueueStatistics {
  /** Packets that were handed to the caller. */
  readonly packets: number;
  /** Batches that had at least one packet. */
  readonly batches: number;
  /** Packets dropped here because the message was cut, had no payload or could not be read. */
  readonly unreadable: number;
  /** Times that the socket had no room for a message; the kernel's counter says how many packets it cost. */
  readonly overruns: number;
  /** Times that the kernel refused verdicts; the packets concerned are dropped with the next batch. */
  readonly unsent: number;
  /** What the kernel counts; missing where its table may not be read. */
  readonly kernel: KernelCounters | undefined;
}

/**
 * A queue of the kernel. To leave without losing what is in hand: remove the iptables rules, call `stop`, go on with
 * `receive` and `settle` until `receive` gives `undefined`, then `close`. Packets still in a queue that is closed are
 * dropped by the kernel.
 */
export interface PacketQueue extends Driver {
  /** No wish for more: `receive` ends when the queue is empty, or holds only what came after this call for a second. */
  stop(): void;
  statistics(): QueueStatistics;
}

/** A driver over a socket that is bound to `queue` already, and receives into the room of `batch`. */
export function createQueue(
  socket: NetlinkSocket,
  queue: number,
  batch: PacketBatch,
  environment: QueueEnvironment = MACHINE,
): PacketQueue {
  const counts = { packets: 0, batches: 0, unreadable: 0 };
  const state: State = {
    ...{ socket, environment, progress: startOf(queue), hand: createHand() },
    ...{ turns: 0, busy: false, closed: false },
  };

  async function receive(): Promise<PacketBatch | undefined> {
    settle([]); // what the caller left, and packets that could not be read, must not wait for ever
    if (++state.turns % BATCHES_A_TURN === 0) await setImmediate();
    const count = isDrained(state.stopping, state.progress.settled, environment) ? 0 : await fetchSome(state);
    if (isClosed(state) || (count === 0 && state.stopping)) return undefined;
    readBatch(socket.slots, count, timeOf(environment.clock()), batch, state.hand);
    counts.packets += batch.length;
    counts.unreadable += state.hand.length - batch.length;
    if (batch.length > 0) counts.batches++;
    return batch;
  }

  const settle: Driver['settle'] = (verdicts, marks = []) => settleBatch(state, verdicts, marks);

  return {
    receive,
    settle,
    stop: () => void (state.stopping ??= stoppingNow(queue, environment)),
    statistics: () => ({
      ...counts,
      overruns: state.progress.overruns,
      unsent: state.progress.unsent,
      kernel: environment.counters(queue),
    }),
    close() {
      if (state.closed) return;
      settle([]);
      state.closed = true;
      const farewell = configure(queue, 0, { unbind: true });
      socket.slots.control.bytes.set(farewell, LAYOUT.outgoing);
      send(socket, farewell.length);
      socket.close();
    },
  };
}

interface State {
  readonly socket: NetlinkSocket;
  readonly environment: QueueEnvironment;
  readonly progress: Progress;
  readonly hand: Hand;
  turns: number;
  /** Whether packets came with the last call. */
  busy: boolean;
  closed: boolean;
  /** Set by `stop`. */
  stopping?: Stopping;
}

/** Apart, so that the compiler does not take for granted what was so before a wait. */
function isClosed(state: State): boolean {
  return state.closed;
}

/** Waits for messages, at most `WAIT_MILLISECONDS`: how many there are. */
async function fetchSome(state: State): Promise<number> {
  const { socket, progress } = state;
  if (state.closed) return 0;
  let count = arrived(progress, state.busy ? socket.receiveBriefly() : socket.receive());
  if (count === 0) {
    await socket.wait(WAIT_MILLISECONDS);
    count = isClosed(state) ? 0 : arrived(progress, socket.receive());
  }
  state.busy = count > 0;
  return count;
}

function settleBatch(state: State, verdicts: readonly Verdict[], marks: readonly (Mark | undefined)[]): void {
  const { socket, progress, hand } = state;
  if (hand.length === 0 || state.closed) return;
  for (let i = 0; i < hand.length; i++) {
    const place = hand.places[i] ?? 0;
    const change = marks[place];
    if (!passes(verdicts[place])) hand.fates[i] = FATE.drop;
    else if (change) acceptMarked(hand, i, change);
    else hand.fates[i] = FATE.accept;
  }
  settleHand(socket, progress, hand);
  hand.length = 0;
}
