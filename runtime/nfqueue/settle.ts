/** Receiving and settling, with what the kernel may answer to either: for whoever reads a queue. */
import os from 'node:os';
import { failure, isPassing } from './errors.js';
import type { Hand } from './hand.js';
import { LAYOUT } from './slots.js';
import type { NetlinkSocket } from './socket.js';
import { settledBy, writeVerdicts } from './verdicts.js';

/** How far a queue is settled, and what went wrong on the way. */
export interface Progress {
  readonly queue: number;
  /** The last id up to which everything has its verdict. The kernel counts from 1. */
  settled: number;
  /** Packets behind it that are held. */
  held: number;
  /** Times that the socket had no room for a message. */
  overruns: number;
  /** Times that the kernel refused verdicts; the packets concerned are dropped with the next batch. */
  unsent: number;
}

/** Of a queue of which nothing was read yet. */
export function startOf(queue: number): Progress {
  return { queue, settled: 0, held: 0, overruns: 0, unsent: 0 };
}

/** How many messages a call brought; throws a Problem where it failed and will fail again. */
export function arrived(progress: Progress, count: number): number {
  if (count >= 0) return count;
  if (!isPassing(-count)) throw failure(progress.queue, 'receiving', -count);
  if (-count === os.constants.errno.ENOBUFS) progress.overruns++;
  return 0;
}

/**
 * Gives the packets in hand their fates, those that are held excepted. Ids whose verdicts the kernel did not take are a gap for the next
 * hand, and so are dropped with it. Whether it took them.
 */
export function settleHand(socket: NetlinkSocket, progress: Progress, hand: Hand): boolean {
  const { queue, settled } = progress;
  const apart = progress.held > 0;
  const bytes = writeVerdicts(socket.slots.control.view, LAYOUT.outgoing, queue, settled, hand, apart);
  if (!sendVerdicts(socket, progress, bytes)) return false;
  progress.settled = settledBy(hand, settled, apart);
  return true;
}

/** Sends so many bytes of verdicts; false where the kernel had no room for them just now. */
export function sendVerdicts(socket: NetlinkSocket, progress: Progress, bytes: number): boolean {
  if (bytes === 0) return true;
  const sent = send(socket, bytes);
  if (sent >= 0) return true;
  if (!isPassing(-sent)) throw failure(progress.queue, 'sending verdicts', -sent);
  progress.unsent++;
  return false;
}

/** Sends what lies in the outgoing part, again if a signal came between. */
export function send(socket: NetlinkSocket, length: number): number {
  let sent = socket.send(length);
  while (sent === -os.constants.errno.EINTR) sent = socket.send(length);
  return sent;
}
