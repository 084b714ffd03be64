/**
 * Netlink messages of the queue, built and read; pure. Layouts are those of Linux's `linux/netlink.h`,
 * `linux/netfilter/nfnetlink.h` and `linux/netfilter/nfnetlink_queue.h`. Headers are in the machine's byte order, what
 * lies inside the queue's attributes in network order.
 *
 * The reader believes nothing: it never reads outside the bounds it was given, never throws, and each step of its loop
 * goes at least four bytes forward.
 */

/**
 * Numbers in this machine's memory begin with their low byte: `loadLibc` takes no other machine. Whoever reads much has a constant of its own,
 * as V8 looks up what another module exports each time.
 */
export const LITTLE_ENDIAN = true;
const LITTLE = LITTLE_ENDIAN;

/** `NFNL_SUBSYS_QUEUE << 8`: the upper byte of every message type of the queue. */
const SUBSYSTEM = 3 << 8;
const PACKET = SUBSYSTEM | 0;
const CONFIG = SUBSYSTEM | 2;
const VERDICT = SUBSYSTEM | 1;
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

/** What a message from the kernel is: a packet that waits, an answer to what was sent, or something else or too broken to be told. */
export type MessageKind = 'packet' | 'answer' | 'other';

/** What was read last, in one object that is filled again and again. Offsets are into the view that was read. */
export interface Message {
  /** Of a packet: counts up within a queue, modulo 2^32. */
  id: number;
  /** Where the packet lies; start equals end where it has no payload. */
  start: number;
  end: number;
  /** Length before the kernel cut it, in bytes. */
  fullLength: number;
  /** The packet's mark; the kernel leaves it out where it is 0. */
  mark: number;
  /** When the network card or the kernel stamped it: seconds since 1970-01-01 UTC, -1 where none did, and nanoseconds. */
  seconds: number;
  nanoseconds: number;
  /** Of an answer: to what; `errno` is 0 for an acknowledgement. */
  sequence: number;
  errno: number;
}

/** A message of which nothing is known yet. */
export function createMessage(): Message {
  return { id: 0, start: 0, end: 0, fullLength: 0, mark: 0, seconds: -1, nanoseconds: 0, sequence: 0, errno: 0 };
}

/** Reads the message in `view` from `start` up to `end` into `message`, of which only what belongs to its kind means anything then. */
export function readMessage(view: DataView, start: number, end: number, message: Message): MessageKind {
  const limit = Math.min(end, view.byteLength);
  if (start < 0 || limit - start < HEADER_BYTES) return 'other';
  const length = view.getUint32(start, LITTLE);
  if (length < HEADER_BYTES) return 'other';
  const type = view.getUint16(start + 4, LITTLE);
  if (type === ERROR) return readAnswer(view, start, message);
  return type === PACKET ? readPacket(view, start + HEADER_BYTES, Math.min(limit, start + length), message) : 'other';
}

/** `struct nlmsgerr`: minus the error number, then the header of the message it answers, of which the caller has 20 bytes. */
function readAnswer(view: DataView, start: number, message: Message): MessageKind {
  message.sequence = view.getUint32(start + 8, LITTLE);
  message.errno = Math.abs(view.getInt32(start + 16, LITTLE));
  return 'answer';
}

function readPacket(view: DataView, first: number, end: number, message: Message): MessageKind {
  let known = false;
  message.start = message.end = end;
  message.fullLength = message.mark = 0;
  message.seconds = -1;
  for (let at = first; at + 4 <= end;) {
    const length = view.getUint16(at, LITTLE);
    if (length < 4 || at + length > end) break;
    const body = at + 4;
    const type = view.getUint16(at + 2, LITTLE) & TYPE_MASK;
    if (type === PACKET_HEADER && length >= 8) {
      message.id = view.getUint32(body);
      known = true;
    } else if (type === MARK && length >= 8) message.mark = view.getUint32(body);
    else if (type === TIMESTAMP && length >= 20) readTime(view, body, message);
    else if (type === CAPTURE_LENGTH && length >= 8) message.fullLength = view.getUint32(body);
    else if (type === PAYLOAD) {
      message.start = body;
      message.end = at + length;
    }
    at += align(length);
  }
  message.fullLength = Math.max(message.fullLength, message.end - message.start);
  return known ? 'packet' : 'other';
}

/** `struct nfqnl_msg_packet_timestamp`: seconds and microseconds, in 64 bits each, of which no clock fills more than 53. */
function readTime(view: DataView, at: number, message: Message): void {
  const [seconds, microseconds] = [wide(view, at), wide(view, at + 8)];
  if (seconds > LATEST_SECOND || microseconds >= 1_000_000) return;
  message.seconds = seconds;
  message.nanoseconds = microseconds * 1_000;
}

/** The end of the year 9999: a later time is none. */
const LATEST_SECOND = 253_402_300_799;

function wide(view: DataView, at: number): number {
  return view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4);
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
  writeHeader(new DataView(message.buffer), 0, CONFIG, length, NLM_F_REQUEST | NLM_F_ACK, sequence, queue);
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

/** Which packets a verdict is for. */
export type Reach = 'one' | 'all up to it';

/** Writes a verdict on the waiting packet `id`, or on all up to it, at `at`: without its mark; how many bytes it takes. */
export function writeVerdict(
  view: DataView,
  at: number,
  queue: number,
  reach: Reach,
  id: number,
  accept: boolean,
): number {
  writeHeader(view, at, reach === 'one' ? VERDICT : VERDICT_BATCH, VERDICT_BYTES, NLM_F_REQUEST, 0, queue);
  view.setUint16(at + HEADER_BYTES, 12, LITTLE);
  view.setUint16(at + HEADER_BYTES + 2, VERDICT_HEADER, LITTLE);
  view.setUint32(at + HEADER_BYTES + 4, accept ? NF_ACCEPT : NF_DROP);
  view.setUint32(at + HEADER_BYTES + 8, id);
  return VERDICT_BYTES;
}

/** Writes the same with what the packets' mark becomes. */
export function writeMarkingVerdict(
  view: DataView,
  at: number,
  queue: number,
  reach: Reach,
  id: number,
  mark: number,
): number {
  writeVerdict(view, at, queue, reach, id, true);
  view.setUint32(at, MOST_VERDICT_BYTES, LITTLE);
  view.setUint16(at + VERDICT_BYTES, MARK_BYTES, LITTLE);
  view.setUint16(at + VERDICT_BYTES + 2, MARK, LITTLE);
  view.setUint32(at + VERDICT_BYTES + 4, mark);
  return MOST_VERDICT_BYTES;
}

/** A message that changes nothing and that the kernel answers on the same socket: whoever waits there has something to read. */
export function nudge(queue: number): Uint8Array {
  return configure(queue, 0, {});
}

function writeHeader(
  view: DataView,
  at: number,
  type: number,
  length: number,
  flags: number,
  sequence: number,
  queue: number,
): void {
  view.setUint32(at, length, LITTLE);
  view.setUint16(at + 4, type, LITTLE);
  view.setUint16(at + 6, flags, LITTLE);
  view.setUint32(at + 8, sequence, LITTLE);
  // Port 0 lets the kernel fill in the sender's; family 0 and version 0 (`NFNETLINK_V0`) follow.
  view.setUint32(at + 12, 0);
  view.setUint16(at + 16, 0);
  view.setUint16(at + 18, queue);
}

function attribute(type: number, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(align(4 + value.length));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 4 + value.length, LITTLE);
  view.setUint16(2, type, LITTLE);
  bytes.set(value, 4);
  return bytes;
}

function networkOrder(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
