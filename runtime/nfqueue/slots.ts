/**
 * The memory that the kernel writes into: slots for messages, which may lie in an engine's memory, and, apart from them so that no
 * engine reaches it, a block with the structures of `recvmmsg(2)` (64-bit Linux). Both are laid out once. Nothing in them moves
 * and nothing is allocated a packet; whoever holds the views keeps the addresses valid.
 */
import { LITTLE_ENDIAN, MOST_VERDICT_BYTES } from './netlink.js';

const LITTLE = LITTLE_ENDIAN;

/** Messages that one call takes. */
export const BATCH = 64;

/**
 * Room for one message: the 65,531 bytes that a payload can have, the headers and the other attributes (under 2 KiB as
 * long as no conntrack attributes are asked for), rounded up to whole pages.
 */
export const SLOT_BYTES = 68 * 1024;

/** `struct iovec`: address and length. */
const IOVEC_BYTES = 16;
/** `struct mmsghdr`: a `struct msghdr` of 56 bytes, then the length received. */
const MMSGHDR_BYTES = 64;
const FLAGS_OFFSET = 48;
const LENGTH_OFFSET = 56;
const MSG_TRUNC = 0x20;
/** `struct pollfd` and `struct sockaddr_nl`, and the verdicts of a batch: two a packet at most. */
const POLLFD_BYTES = 8;
const SOCKADDR_BYTES = 16;
const OUTGOING_BYTES = BATCH * 2 * MOST_VERDICT_BYTES;

const SLOTS_BYTES = BATCH * SLOT_BYTES;

const IOVECS = 0;
const HEADERS = IOVECS + BATCH * IOVEC_BYTES;
const POLLFD = HEADERS + BATCH * MMSGHDR_BYTES;
const SOCKADDR = POLLFD + POLLFD_BYTES;
const OUTGOING = SOCKADDR + SOCKADDR_BYTES;
const CONTROL_BYTES = OUTGOING + OUTGOING_BYTES;

/** Offsets into the block of structures: where each part begins. */
export const LAYOUT = { headers: HEADERS, pollfd: POLLFD, sockaddr: SOCKADDR, outgoing: OUTGOING } as const;
/** Bytes that one `sendto` can carry from the block. */
export const OUTGOING_LIMIT: number = OUTGOING_BYTES;

/** Memory, seen as bytes and as numbers. */
export interface Block {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly view: DataView<ArrayBuffer>;
}

/** The slots, and the structures that describe them. */
export interface Slots extends Block {
  readonly control: Block;
}

/** Slots at the beginning of `room`. Throws a RangeError where it is too small. */
export function createSlots(room: Uint8Array<ArrayBuffer>): Slots {
  return {
    ...blockOf(new Uint8Array(room.buffer, room.byteOffset, SLOTS_BYTES)),
    control: blockOf(new Uint8Array(CONTROL_BYTES)),
  };
}

function blockOf(bytes: Uint8Array<ArrayBuffer>): Block {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
}

/** Writes the structures that tell the kernel where the slots are, given the addresses of the first bytes of both. */
export function layOut({ control: { view } }: Slots, slots: bigint, control: bigint): void {
  for (let i = 0; i < BATCH; i++) {
    const iovec = IOVECS + i * IOVEC_BYTES;
    view.setBigUint64(iovec, slots + BigInt(i * SLOT_BYTES), LITTLE);
    view.setBigUint64(iovec + 8, BigInt(SLOT_BYTES), LITTLE);
    const header = HEADERS + i * MMSGHDR_BYTES;
    view.setBigUint64(header + 16, control + BigInt(iovec), LITTLE);
    view.setBigUint64(header + 24, 1n, LITTLE);
  }
}

/** Where message `index` of a batch begins. */
export function slotStart(index: number): number {
  return index * SLOT_BYTES;
}

/** Bytes of message `index` that were received. */
export function slotLength({ control }: Slots, index: number): number {
  return control.view.getUint32(HEADERS + index * MMSGHDR_BYTES + LENGTH_OFFSET, LITTLE);
}

/** Whether message `index` was longer than its slot. */
export function slotCut({ control }: Slots, index: number): boolean {
  return (control.view.getUint32(HEADERS + index * MMSGHDR_BYTES + FLAGS_OFFSET, LITTLE) & MSG_TRUNC) !== 0;
}
