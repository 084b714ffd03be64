/** Sends IP packets that are complete already, through raw sockets (raw(7)). */
import os from 'node:os';
import { type Diagnostic, report } from '../../grammar/diagnostic.js';
import { errnoText } from '../nfqueue/errors.js';
import { type Libc, loadLibc } from '../nfqueue/libc.js';
import { Problem } from '../problem.js';
import { rejectsUnanswered } from './diagnostics.js';

const AF_INET = 2;
const AF_INET6 = 10;
const SOCK_RAW = 3;
const SOCK_CLOEXEC = 0o2000000;
/** What it sends begins with its IP header, of either version. */
const IPPROTO_RAW = 255;
const MSG_DONTWAIT = 0x40;
const SOCKADDR_IN_BYTES = 16;
const SOCKADDR_IN6_BYTES = 28;

/** Where the address of the receiver lies in the block, behind room for the longest answer. */
const ADDRESS = 2048;
const BLOCK_BYTES = ADDRESS + 64;

export interface RawSender {
  /** Whether the system took the packet. */
  send(packet: Uint8Array): boolean;
  close(): void;
}

/** Descriptors, by version of IP; below zero: none. */
export interface RawSockets {
  readonly ipv4: number;
  readonly ipv6: number;
}

/**
 * Opens a socket for each version of IP, unless they are open already; where the machine has none of one, packets of that version are not sent.
 * Gives the warning where there is neither.
 */
export async function openRawSender(
  opened?: RawSockets,
  load: () => Promise<Libc> = loadLibc,
): Promise<RawSender | Diagnostic> {
  const libc = await load().catch((cause: unknown) => {
    if (cause instanceof Problem) return cause;
    throw cause;
  });
  if (libc instanceof Problem) return report(rejectsUnanswered, { reason: libc.message });
  const sockets = opened ?? openRawSockets(libc);
  return 'code' in sockets ? sockets : rawSender(libc, sockets);
}

/** The sockets alone, for another thread or process to send by. */
export function openRawSockets(libc: Libc): RawSockets | Diagnostic {
  const open = (family: number): number => libc.socket(family, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
  const [ipv4, ipv6] = [open(AF_INET), open(AF_INET6)];
  if (ipv4 < 0) {
    if (ipv6 >= 0) libc.close(ipv6);
    return report(rejectsUnanswered, { reason: errnoText(-ipv4) });
  }
  return { ipv4, ipv6 };
}

/** Sends by sockets that are open. */
export function rawSender(libc: Libc, { ipv4, ipv6 }: RawSockets): RawSender {
  const block = new Uint8Array(BLOCK_BYTES);
  const base = libc.addressOf(block);
  const littleEndian = os.endianness() === 'LE';
  let open = true;
  return {
    send(packet) {
      if (!open || packet.length > ADDRESS) return false;
      const isIpv4 = (packet[0] ?? 0) >> 4 === 4;
      block.fill(0, ADDRESS);
      block.set(packet);
      new DataView(block.buffer).setUint16(ADDRESS, isIpv4 ? AF_INET : AF_INET6, littleEndian);
      if (isIpv4) block.set(packet.subarray(16, 20), ADDRESS + 4);
      else block.set(packet.subarray(24, 40), ADDRESS + 8);
      const length = isIpv4 ? SOCKADDR_IN_BYTES : SOCKADDR_IN6_BYTES;
      const fd = isIpv4 ? ipv4 : ipv6;
      return libc.sendto(fd, base, packet.length, MSG_DONTWAIT, base + BigInt(ADDRESS), length) >= 0;
    },
    close() {
      if (!open) return;
      open = false;
      for (const fd of [ipv4, ipv6]) if (fd >= 0) libc.close(fd);
    },
  };
}
