/** A netlink socket to the kernel's netfilter, receiving into slots. */
import os from 'node:os';
import type { Address, Libc } from './libc.js';
import { BATCH, createSlots, LAYOUT, layOut, OUTGOING_LIMIT, type Slots } from './slots.js';
import { LITTLE_ENDIAN } from './netlink.js';

export const AF_NETLINK = 16;
const SOCK_RAW = 3;
const SOCK_CLOEXEC = 0o2000000;
const NETLINK_NETFILTER = 12;
const SOL_SOCKET = 1;
const SO_RCVTIMEO = 20;
const SO_RCVBUFFORCE = 33;
const SOL_NETLINK = 270;
const NETLINK_NO_ENOBUFS = 5;
const MSG_DONTWAIT = 0x40;
const MSG_WAITFORONE = 0x10000;
const POLLIN = 1;
export const SOCKADDR_NL_BYTES = 12;
/** `struct timeval`: seconds and microseconds. What lies in less than 64 bytes may be moved, so it is given more room. */
const TIMEVAL_BYTES = 16;
const TIMEVAL_WORDS = 16;
/** Room for an address or for the value of an option; what is behind so large an array is never moved. */
const SOCKADDR_BLOCK_BYTES = 128;

/**
 * Where packets came just now, it is cheaper to wait for the next right here: going to another thread and back costs, at
 * 40,000 packets a second, more CPU time than all the rest.
 */
const BRIEF_MICROSECONDS = 1_000n;

/** Kernel memory for messages that were not fetched yet: 16,384 full-size packets with what the kernel adds to each. */
const RECEIVE_BUFFER_BYTES = 64 << 20;

/** What the queue needs of a socket; a test puts another behind it. Numbers below zero are minus the error number. */
export interface NetlinkSocket {
  /** Where messages are received, and in `control` from `LAYOUT.outgoing` on, where those to be sent are written. */
  readonly slots: Slots;
  /** Fetches what is there, at most `BATCH` messages, without waiting: how many. */
  receive(): number;
  /**
   * The same, but waits for the first message, about as long as `BRIEF_MICROSECONDS` (the kernel rounds it up to its
   * clock ticks, so at most 8 ms) or as `limitBriefWait` says, and the event loop with it.
   */
  receiveBriefly(): number;
  /** Sends the first `length` bytes of the outgoing part. */
  send(length: number): number;
  /** Waits until something is there, or the time is up. The event loop goes on. */
  wait(milliseconds: number): Promise<void>;
  /** The same, and the whole thread waits. */
  waitHere(milliseconds: number): void;
  close(): void;
}

/** Opens a socket that receives into `room`; the error number below zero where the kernel refuses. */
export function openSocket(libc: Libc, room: Uint8Array<ArrayBuffer>): NetlinkSocket | number {
  const fd = openDescriptor(libc);
  return fd < 0 ? fd : socketOver(libc, fd, room);
}

/** Opens a socket and gives its descriptor, which another process may be handed; the error number below zero where the kernel refuses. */
export function openDescriptor(libc: Libc): number {
  const fd = libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER);
  if (fd < 0) return fd;
  const block = new Uint8Array(SOCKADDR_BLOCK_BYTES);
  const view = new DataView(block.buffer);
  view.setUint16(0, AF_NETLINK, LITTLE_ENDIAN);
  const bound = libc.bind(fd, libc.addressOf(block), SOCKADDR_NL_BYTES);
  const ready = bound < 0 ? bound : setOptions(libc, fd, block, view);
  if (ready < 0) {
    libc.close(fd);
    return ready;
  }
  return fd;
}

/** The first two are for speed under load: where the kernel refuses one, the queue works and loses packets earlier. */
function setOptions(libc: Libc, fd: number, block: Uint8Array, view: DataView): number {
  const value = libc.addressOf(block);
  const set = (level: number, option: number, number: number): void => {
    view.setInt32(0, number, LITTLE_ENDIAN);
    libc.setsockopt(fd, level, option, value, 4);
  };
  set(SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER_BYTES);
  // Overruns are counted by the queue (`undelivered`); as errors of the socket they would only cost calls.
  set(SOL_NETLINK, NETLINK_NO_ENOBUFS, 1);
  // Without a limit a brief wait would be one without end, so this one must succeed.
  return limitBriefWait(libc, fd, BRIEF_MICROSECONDS);
}

/** How long `receiveBriefly` waits on a descriptor, less than a second; minus the error number where that cannot be set. */
export function limitBriefWait(libc: Libc, fd: number, microseconds: bigint): number {
  const time = new BigInt64Array(TIMEVAL_WORDS);
  time[1] = microseconds;
  const bytes = new Uint8Array(time.buffer);
  return libc.setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, libc.addressOf(bytes), TIMEVAL_BYTES);
}

/** A socket that is open already, whoever opened it, receiving into `room`. */
export function socketOver(libc: Libc, fd: number, room: Uint8Array<ArrayBuffer>): NetlinkSocket {
  const slots = createSlots(room);
  const base = libc.addressOf(slots.control.bytes);
  layOut(slots, libc.addressOf(slots.bytes), base);
  slots.control.view.setUint16(LAYOUT.sockaddr, AF_NETLINK, LITTLE_ENDIAN);
  return socketOf(libc, fd, slots, base);
}

function socketOf(libc: Libc, fd: number, slots: Slots, base: Address): NetlinkSocket {
  const headers = base + BigInt(LAYOUT.headers);
  const outgoing = base + BigInt(LAYOUT.outgoing);
  const kernel = base + BigInt(LAYOUT.sockaddr);
  const pollfd = base + BigInt(LAYOUT.pollfd);
  slots.control.view.setInt32(LAYOUT.pollfd, fd, LITTLE_ENDIAN);
  slots.control.view.setInt16(LAYOUT.pollfd + 4, POLLIN, LITTLE_ENDIAN);
  let open = true;
  let waiting = false;
  return {
    slots,
    receive: () => (open ? libc.recvmmsg(fd, headers, BATCH, MSG_DONTWAIT) : -os.constants.errno.EBADF),
    receiveBriefly: () => (open ? libc.recvmmsg(fd, headers, BATCH, MSG_WAITFORONE) : -os.constants.errno.EBADF),
    send: (length) => {
      if (!open || length > OUTGOING_LIMIT) return -os.constants.errno.EINVAL;
      return libc.sendto(fd, outgoing, length, 0, kernel, SOCKADDR_NL_BYTES);
    },
    wait: async (milliseconds) => {
      waiting = true;
      await libc.poll(pollfd, 1, milliseconds);
      waiting = false;
      if (!open) libc.close(fd);
    },
    waitHere: (milliseconds) => void libc.pollHere(pollfd, 1, milliseconds),
    close: () => {
      // While another thread waits on the number, it must not be given to another file.
      if (open && !waiting) libc.close(fd);
      open = false;
    },
  };
}
