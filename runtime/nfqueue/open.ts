/** Opening a queue: the socket, the binding, and every way in which the machine can refuse. */
import os from 'node:os';
import { createBatch, type PacketBatch } from '../packet-batch.js';
import { Problem } from '../problem.js';
import { mayAdministerNetwork } from './capabilities.js';
import { queueNotPermitted, queueTaken, queueUnsupported } from './diagnostics.js';
import { type Libc, loadLibc } from './libc.js';
import { configure, type Configuration, createMessage, readMessage } from './netlink.js';
import { errnoText, failure } from './errors.js';
import { createQueue, type PacketQueue } from './queue.js';
import { send } from './settle.js';
import { LAYOUT, slotLength, slotStart } from './slots.js';
import { type NetlinkSocket, openSocket } from './socket.js';
import { kernelCounters } from './statistics.js';

export interface QueueOptions {
  /** 0 to 65,535. */
  readonly queue: number;
  /** Packets that may wait for a verdict; beyond them the kernel drops. 16,384 unless given. */
  readonly maxLength?: number;
  /** What packets are received into: that of an engine spares copying them. */
  readonly batch?: PacketBatch;
}

const DEFAULT_MAXIMUM_LENGTH = 16_384;
/** The most that can be asked for; the kernel hands over 65,531 bytes of a packet, all that an attribute holds. */
const COPY_RANGE = 0xffff;

/** Opens a queue of the kernel. Throws a Problem that says what to do where it is taken, not permitted or not there. */
export async function openQueue(options: QueueOptions, load: () => Promise<Libc> = loadLibc): Promise<PacketQueue> {
  const { queue, maxLength, batch = createBatch() } = options;
  const socket = openSocket(await load(), batch.room);
  if (typeof socket === 'number') throw openingFailed(queue, -socket);
  bindQueue(socket, queue, { ...(maxLength !== undefined && { maxLength }) });
  return createQueue(socket, queue, batch);
}

/** What is asked of the kernel for a queue. */
export interface Binding {
  /** Packets that may wait for a verdict. 16,384 unless given. */
  readonly maxLength?: number;
  /** What comes beyond them goes on, instead of being dropped. */
  readonly failOpen?: boolean;
  /** What the kernel handles as one packet comes as one (segmentation offload). */
  readonly whole?: boolean;
}

/** Binds a socket to a queue and has packets handed over. Throws a Problem where that fails, and then the socket is closed. */
export function bindQueue(socket: NetlinkSocket, queue: number, binding: Binding): void {
  const { maxLength = DEFAULT_MAXIMUM_LENGTH, failOpen, whole } = binding;
  try {
    // Until it is told how much to copy, the kernel drops what comes, so no packet can come before this acknowledgement.
    const errno = ask(socket, queue, { bind: true, maximumLength: maxLength });
    if (errno !== 0) throw bindingFailed(queue, errno);
    const flags = { ...(failOpen !== undefined && { failOpen }), ...(whole !== undefined && { whole }) };
    tell(socket, queue, { ...flags, copyRange: COPY_RANGE });
  } catch (problem) {
    socket.close();
    throw problem;
  }
}

const SEQUENCE = 1;

function tell(socket: NetlinkSocket, queue: number, wanted: Configuration): void {
  const message = configure(queue, SEQUENCE, wanted);
  socket.slots.control.bytes.set(message, LAYOUT.outgoing);
  const sent = send(socket, message.length);
  if (sent < 0) throw failure(queue, 'configuring', -sent);
}

/** Configures and gives the kernel's answer. Netlink answers within the call that sends, so it is there already. */
function ask(socket: NetlinkSocket, queue: number, wanted: Configuration): number {
  tell(socket, queue, wanted);
  const count = socket.receive();
  const answer = createMessage();
  for (let i = 0; i < count; i++) {
    const start = slotStart(i);
    const kind = readMessage(socket.slots.view, start, start + slotLength(socket.slots, i), answer);
    if (kind === 'answer' && answer.sequence === SEQUENCE) return answer.errno;
  }
  return count < 0 ? -count : os.constants.errno.EIO;
}

/** Why the kernel gives no socket. */
export function openingFailed(queue: number, errno: number): Problem {
  const { EPROTONOSUPPORT, EAFNOSUPPORT } = os.constants.errno;
  const unsupported = errno === EPROTONOSUPPORT || errno === EAFNOSUPPORT;
  return unsupported
    ? Problem.of(queueUnsupported, { reason: errnoText(errno) })
    : failure(queue, 'opening a socket', errno);
}

/**
 * The kernel answers EPERM both to a program without CAP_NET_ADMIN and where another program has the queue (EBUSY where
 * it is this same socket), and EINVAL where nothing listens for messages to the queue (`nfnetlink_rcv_msg`).
 */
function bindingFailed(queue: number, errno: number): Problem {
  const { EPERM, EBUSY, EINVAL, EOPNOTSUPP } = os.constants.errno;
  if (errno === EBUSY || (errno === EPERM && mayAdministerNetwork())) {
    return Problem.of(queueTaken, { queue, owner: kernelCounters(queue)?.owner });
  }
  if (errno === EPERM) return Problem.of(queueNotPermitted, { queue });
  if (errno === EINVAL || errno === EOPNOTSUPP) return Problem.of(queueUnsupported, { reason: errnoText(errno) });
  return failure(queue, 'binding', errno);
}
