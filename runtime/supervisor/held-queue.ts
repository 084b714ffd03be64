/**
 * A queue as the supervisor holds it: bound here, read by a child over the same socket. As long as this side keeps the socket open the kernel
 * keeps the queue and all that waits in it, whatever becomes of the child; and while no child reads, this side settles.
 */
import type { Fate } from '../failure.js';
import { failure, isPassing } from '../nfqueue/errors.js';
import type { Libc } from '../nfqueue/libc.js';
import { configure, createMessage, readMessage, writeVerdict } from '../nfqueue/netlink.js';
import { type Binding, bindQueue, openingFailed } from '../nfqueue/open.js';
import { send } from '../nfqueue/settle.js';
import { BATCH, LAYOUT, SLOT_BYTES, slotLength, slotStart } from '../nfqueue/slots.js';
import { type NetlinkSocket, openDescriptor, socketOver } from '../nfqueue/socket.js';
import type { KernelCounters } from '../nfqueue/statistics.js';
import { distance } from '../nfqueue/verdicts.js';

const MSG_PEEK = 0x2;
const MSG_DONTWAIT = 0x40;
/** Batches that one call settles at most, so that it comes back. */
const BATCHES_A_CALL = 64;

export interface HeldQueue {
  readonly queue: number;
  /** What a child is handed. */
  readonly fd: number;
  /**
   * Gives a fate to the packets that a child had received and not settled, in one verdict: those that lie in the socket wait for the next
   * child. How many they were. Only while no child reads.
   */
  settleInHand(fate: Fate): number;
  /** The same for all that waits, up to some thousands. */
  settleWaiting(fate: Fate): number;
  /** Undefined where the kernel's table may not be read. */
  counters(): KernelCounters | undefined;
  close(): void;
}

/** Opens a queue. Throws a Problem that says what to do where it is taken, not permitted or not there. */
export function holdQueue(
  libc: Libc,
  queue: number,
  binding: Binding,
  countersOf: (queue: number) => KernelCounters | undefined,
): HeldQueue {
  const fd = openDescriptor(libc);
  if (fd < 0) throw openingFailed(queue, -fd);
  // As large as a reader's; the kernel gives a page of it when it is first written to.
  const socket = socketOver(libc, fd, new Uint8Array(BATCH * SLOT_BYTES));
  bindQueue(socket, queue, binding);
  const counters = (): KernelCounters | undefined => countersOf(queue);
  const settleInHand = (fate: Fate): number => settleBefore(libc, { fd, queue, socket, counters }, fate);
  return {
    queue,
    fd,
    counters,
    settleInHand,
    settleWaiting: (fate) => settleInHand(fate) + settleRead(queue, socket, fate),
    close() {
      tell(socket, configure(queue, 0, { unbind: true }));
      socket.close();
    },
  };
}

/** Opens several, or none. */
export function holdQueues(
  libc: Libc,
  queues: readonly number[],
  binding: Binding,
  countersOf: (queue: number) => KernelCounters | undefined,
): HeldQueue[] {
  const held: HeldQueue[] = [];
  try {
    for (const queue of queues) held.push(holdQueue(libc, queue, binding, countersOf));
  } catch (problem) {
    for (const queue of held) queue.close();
    throw problem;
  }
  return held;
}

interface Held extends Pick<HeldQueue, 'fd' | 'queue' | 'counters'> {
  readonly socket: NetlinkSocket;
}

/**
 * What was received and not settled are the ids before the one that lies in the socket first. Where none lies there it is all that the kernel
 * had numbered before that was looked at: what is numbered later is in the socket.
 */
function settleBefore(libc: Libc, { fd, queue, socket, counters }: Held, fate: Fate): number {
  const before = counters();
  const first = firstInSocket(libc, fd, socket);
  const last = first === undefined ? before?.lastId : (first - 1) >>> 0;
  if (last === undefined || before?.waiting === 0) return 0;
  settle(queue, socket, last, fate);
  const after = counters();
  // While nobody else settles: what waited and what has come, without what waits now.
  return before && after ? Math.max(0, enqueued(after, before) + before.waiting - after.waiting) : 0;
}

function enqueued(after: KernelCounters, before: KernelCounters): number {
  return distance(before.lastId, after.lastId) - (after.undelivered - before.undelivered);
}

/** The id of the packet that would be received next. What is no packet is taken out: nobody waits for it. */
function firstInSocket(libc: Libc, fd: number, { slots }: NetlinkSocket): number | undefined {
  const headers = libc.addressOf(slots.control.bytes) + BigInt(LAYOUT.headers);
  const message = createMessage();
  for (;;) {
    if (libc.recvmmsg(fd, headers, 1, MSG_DONTWAIT | MSG_PEEK) <= 0) return undefined;
    if (readMessage(slots.view, 0, slotLength(slots, 0), message) === 'packet') return message.id;
    if (libc.recvmmsg(fd, headers, 1, MSG_DONTWAIT) <= 0) return undefined;
  }
}

function settleRead(queue: number, socket: NetlinkSocket, fate: Fate): number {
  const message = createMessage();
  let packets = 0;
  for (let batch = 0; batch < BATCHES_A_CALL; batch++) {
    const count = socket.receive();
    let last: number | undefined;
    for (let i = 0; i < count; i++) {
      const start = slotStart(i);
      if (readMessage(socket.slots.view, start, start + slotLength(socket.slots, i), message) !== 'packet') continue;
      last = message.id;
      packets++;
    }
    if (last !== undefined) settle(queue, socket, last, fate);
    if (count < BATCH) break;
  }
  return packets;
}

function settle(queue: number, socket: NetlinkSocket, last: number, fate: Fate): void {
  const length = writeVerdict(
    socket.slots.control.view,
    LAYOUT.outgoing,
    queue,
    'all up to it',
    last,
    fate === 'accept',
  );
  const sent = send(socket, length);
  // What passes by itself is made good by the next verdict, which reaches as far back.
  if (sent < 0 && !isPassing(-sent)) throw failure(queue, 'sending verdicts', -sent);
}

function tell(socket: NetlinkSocket, message: Uint8Array): void {
  socket.slots.control.bytes.set(message, LAYOUT.outgoing);
  send(socket, message.length);
}
