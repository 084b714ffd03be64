/** Ending somebody's wait on a queue's socket: the kernel answers a message that changes nothing, on the same socket. */
import type { Libc } from './libc.js';
import { LITTLE_ENDIAN, nudge } from './netlink.js';
import { AF_NETLINK, SOCKADDR_NL_BYTES } from './socket.js';

/** Where the kernel's address lies behind the message; what lies in less than 64 bytes may be moved, so there is more. */
const ADDRESS = 64;
const BLOCK_BYTES = 128;

/** A function that has whoever waits for messages on the descriptor look up. */
export function nudger(libc: Libc, fd: number, queue: number): () => void {
  const block = new Uint8Array(BLOCK_BYTES);
  const message = nudge(queue);
  block.set(message);
  new DataView(block.buffer).setUint16(ADDRESS, AF_NETLINK, LITTLE_ENDIAN);
  return () => {
    const address = libc.addressOf(block);
    // Where there is no room for the answer, there is something else to read.
    libc.sendto(fd, address, message.length, 0, address + BigInt(ADDRESS), SOCKADDR_NL_BYTES);
  };
}
