/** What this process may do. */
import { readFileSync } from 'node:fs';

/** Bit 12 of a process's effective capabilities (`capabilities(7)`). */
const CAP_NET_ADMIN = 1n << 12n;

/** Bit 13: rules of iptables need it to be put in, at times. */
const CAP_NET_RAW = 1n << 13n;

/** Whether this process may open queues and change rules; false where that cannot be told. */
export function mayAdministerNetwork(): boolean {
  return ((effective() ?? 0n) & CAP_NET_ADMIN) !== 0n;
}

/** Whether it may do anything beyond the network; true where that cannot be told. */
export function mayDoMore(): boolean {
  return ((effective() ?? ~0n) & ~(CAP_NET_ADMIN | CAP_NET_RAW)) !== 0n;
}

function effective(): bigint | undefined {
  try {
    const mask = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1];
    return mask === undefined ? undefined : BigInt(`0x${mask}`);
  } catch {
    return undefined;
  }
}
