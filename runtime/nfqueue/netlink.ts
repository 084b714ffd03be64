/**
 * Netlink messages of the queue, built and read; pure. Layouts are those of Linux's `linux/netlink.h`,
 * `linux/netfilter/nfnetlink.h` and `linux/netfilter/nfnetlink_queue.h`. Headers are in the machine's byte order, what
 * lies inside the queue's attributes in network order.
 *
 * The reader believes nothing: it never reads outside the bounds it was given, never throws, and each step of its loop
 * goes at least four bytes forward.
 */
import os from 'node:os';

/** Whether a number in this machine's memory begins with its low byte. */
export const LITTLE_ENDIAN: boolean = os.endianness() === 'LE';

/** `NFNL_SUBSYS_QUEUE << 8`: the upper byte of every message type of the queue. */
const SUBSYSTEM = 3 << 8;
const PACKET = SUBSYSTEM | 0;
const CONFIG = SUBSYSTEM | 2;
const VERDICT_BATCH = SUBSYSTEM | 3;
/** `NLMSG_ERROR`: an answer; error number 0 is the acknowledgement. */
const ERROR = 2;

const NLM_F_REQUEST = 1;
const NLM_F_ACK = 4;

/** Attributes of a packet message (`NFQA_*`). */
const PACKET_HEADER = 1;
/** Also in a verdict message. */
const MARK = 3;
const TIMESTAMP = 4;
const PAYLOAD = 10;
const CAPTURE_LENGTH = 13;
/** Attribute of a verdict message. */
const VERDICT_HEADER = 2;
/** Attributes of a configuration message (`NFQA_CFG_*`). */
const COMMAND = 1;
const PARAMETERS = 2;
const MAXIMUM_LENGTH = 3;
const MASK = 4;
const FLAGS = 5;
/** `NFQA_CFG_F_*`. */
const FAIL_OPEN = 1 << 0;
const GSO = 1 << 2;

/** The two upper bits of an attribute's type are flags (nested, network order). */
const TYPE_MASK = 0x3fff;

/** `struct nlmsghdr` and `struct nfgenmsg`: what stands before the first attribute. */
const HEADER_BYTES = 20;
/** One batch verdict: headers, and an attribute of eight bytes; with a mark, one of four bytes more. */
const VERDICT_BYTES = HEADER_BYTES + 12;
const MARK_BYTES = 8;
export const MOST_VERDICT_BYTES: number = VERDICT_BYTES + MARK_BYTES;

const NF_DROP = 0;
const NF_ACCEPT = 1;
const COPY_PACKET = 2;

/** A message from the kernel. Offsets are into the view that was read. */
export type Message =
  | QueuedPacket
  /** An answer to what was sent: `errno` is 0 for an acknowledgement. */
  | { readonly kind: 'answer'; readonly sequence: number; readonly errno: number }
  /** Something else, or too broken to be told. */
  | { readonly kind: 'other' };

/** A packet that waits for a verdict. */
export interface QueuedPacket {
  readonly kind: 'packet';
  /** Counts up within a queue, modulo 2^32. */
  readonly id: number;
  /** Where the packet lies; start equals end where it has no payload. */
  readonly start: number;
  readonly end: number;
  /** Length before the kernel cut it, in bytes, where it says so. */
  readonly fullLength: number | undefined;
  /** The packet's mark; the kernel leaves it out where it is 0. */
  readonly mark: number;
  /** Nanoseconds since 1970-01-01 UTC, where the network card or the kernel stamped it. */
  readonly time: bigint | undefined;
}

const OTHER: Message = { kind: 'other' };

/** Reads the message in `view` from `start` up to `end`. */
export function readMessage(view: DataView, start: number, end: number): Message {
  const limit = Math.min(end, view.byteLength);
  if (start < 0 || limit - start < HEADER_BYTES) return OTHER;
  const length = view.getUint32(start, LITTLE_ENDIAN);
  if (length < HEADER_BYTES) return OTHER;
  const type = view.getUint16(start + 4, LITTLE_ENDIAN);
  if (type === ERROR) return readAnswer(view, start);
  return type === PACKET ? readPacket(view, start + HEADER_BYTES, Math.min(limit, start + length)) : OTHER;
}

/** `struct nlmsgerr`: minus the error number, then the header of the message it answers, of which the caller has 20 bytes. */
function readAnswer(view: DataView, start: number): Message {
  const sequence = view.getUint32(start + 8, LITTLE_ENDIAN);
  return { kind: 'answer', sequence, errno: Math.abs(view.getInt32(start + 16, LITTLE_ENDIAN)) };
}

function readPacket(view: DataView, first: number, end: number): Message {
  let id: number | undefined;
  let payload = end;
  let payloadEnd = end;
  let fullLength: number | undefined;
  let time: bigint | undefined;
  let mark = 0;
  for (let at = first; at + 4 <= end;) {
    const length = view.getUint16(at, LITTLE_ENDIAN);
    if (length < 4 || at + length > end) break;
    const body = at + 4;
    const type = view.getUint16(at + 2, LITTLE_ENDIAN) & TYPE_MASK;
    if (type === PACKET_HEADER && length >= 8) id = view.getUint32(body);
    else if (type === MARK && length >= 8) mark = view.getUint32(body);
    else if (type === TIMESTAMP && length >= 20) time = readTime(view, body);
    else if (type === CAPTURE_LENGTH && length >= 8) fullLength = view.getUint32(body);
    else if (type === PAYLOAD) {
      payload = body;
      payloadEnd = at + length;
    }
    at += align(length);
  }
  return id === undefined ? OTHER : { kind: 'packet', id, start: payload, end: payloadEnd, fullLength, mark, time };
}

/** `struct nfqnl_msg_packet_timestamp`: seconds and microseconds. */
function readTime(view: DataView, at: number): bigint {
  return view.getBigUint64(at) * 1_000_000_000n + view.getBigUint64(at + 8) * 1_000n;
}

/** `NLMSG_ALIGN`: attributes begin at multiples of four. */
function align(length: number): number {
  return (length + 3) & ~3;
}

/** What a configuration message asks for. */
export interface Configuration {
  readonly bind?: boolean;
  readonly unbind?: boolean;
  /** Packets that may wait; the kernel drops what comes beyond. */
  readonly maximumLength?: number;
  /** Bytes of each packet to hand over; the kernel takes at most 65,531, what an attribute holds. */
  readonly copyRange?: number;
  /** What comes when the queue is full goes on instead of being dropped. Both are kept as they are where they are left out. */
  readonly failOpen?: boolean;
  /** What the kernel handles as one packet (segmentation offload) comes as one, up to 65,531 bytes of it, and not in segments. */
  readonly whole?: boolean;
}

/** A configuration message for a queue; the kernel answers it with `sequence`. */
export function configure(queue: number, sequence: number, wanted: Configuration): Uint8Array {
  const attributes: Uint8Array[] = [];
  // The address family that the command has room for has meant nothing since Linux 3.8: a queue takes them all.
  if (wanted.bind) attributes.push(attribute(COMMAND, Uint8Array.of(1, 0, 0, 0)));
  if (wanted.unbind) attributes.push(attribute(COMMAND, Uint8Array.of(2, 0, 0, 0)));
  if (wanted.maximumLength !== undefined)
    attributes.push(attribute(MAXIMUM_LENGTH, networkOrder(wanted.maximumLength)));
  if (wanted.copyRange !== undefined) {
    attributes.push(attribute(PARAMETERS, Uint8Array.of(...networkOrder(wanted.copyRange), COPY_PACKET)));
  }
  attributes.push(...flagAttributes(wanted));
  const length = attributes.reduce((sum, a) => sum + a.length, HEADER_BYTES);
  const message = new Uint8Array(length);
  writeHeader(new DataView(message.buffer), 0, {
    type: CONFIG,
    length,
    flags: NLM_F_REQUEST | NLM_F_ACK,
    sequence,
    queue,
  });
  attributes.reduce((at, a) => (message.set(a, at), at + a.length), HEADER_BYTES);
  return message;
}

/** The kernel refuses flags without the mask that says which of them are meant. */
function flagAttributes({ failOpen, whole }: Configuration): Uint8Array[] {
  const mask = (failOpen === undefined ? 0 : FAIL_OPEN) | (whole === undefined ? 0 : GSO);
  if (mask === 0) return [];
  const flags = (failOpen ? FAIL_OPEN : 0) | (whole ? GSO : 0);
  return [attribute(FLAGS, networkOrder(flags)), attribute(MASK, networkOrder(mask))];
}

/** A verdict for every waiting packet up to and including `id`, and, where it says so, their new mark. */
export interface VerdictMessage {
  readonly id: number;
  readonly accept: boolean;
  readonly mark?: number;
}

/** Writes a verdict at `at`; how many bytes it takes, at most `MOST_VERDICT_BYTES`. */
export function writeVerdict(view: DataView, at: number, queue: number, { id, accept, mark }: VerdictMessage): number {
  const length = mark === undefined ? VERDICT_BYTES : MOST_VERDICT_BYTES;
  writeHeader(view, at, { type: VERDICT_BATCH, length, flags: NLM_F_REQUEST, sequence: 0, queue });
  view.setUint16(at + HEADER_BYTES, 12, LITTLE_ENDIAN);
  view.setUint16(at + HEADER_BYTES + 2, VERDICT_HEADER, LITTLE_ENDIAN);
  view.setUint32(at + HEADER_BYTES + 4, accept ? NF_ACCEPT : NF_DROP);
  view.setUint32(at + HEADER_BYTES + 8, id);
  if (mark !== undefined) {
    view.setUint16(at + VERDICT_BYTES, MARK_BYTES, LITTLE_ENDIAN);
    view.setUint16(at + VERDICT_BYTES + 2, MARK, LITTLE_ENDIAN);
    view.setUint32(at + VERDICT_BYTES + 4, mark);
  }
  return length;
}

interface Header {
  readonly type: number;
  readonly length: number;
  readonly flags: number;
  readonly sequence: number;
  readonly queue: number;
}

function writeHeader(view: DataView, at: number, header: Header): void {
  view.setUint32(at, header.length, LITTLE_ENDIAN);
  view.setUint16(at + 4, header.type, LITTLE_ENDIAN);
  view.setUint16(at + 6, header.flags, LITTLE_ENDIAN);
  view.setUint32(at + 8, header.sequence, LITTLE_ENDIAN);
  // Port 0 lets the kernel fill in the sender's; family 0 and version 0 (`NFNETLINK_V0`) follow.
  view.setUint32(at + 12, 0);
  view.setUint16(at + 16, 0);
  view.setUint16(at + 18, header.queue);
}

function attribute(type: number, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(align(4 + value.length));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 4 + value.length, LITTLE_ENDIAN);
  view.setUint16(2, type, LITTLE_ENDIAN);
  bytes.set(value, 4);
  return bytes;
}

function networkOrder(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
