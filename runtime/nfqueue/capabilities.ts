/** What this process may do. */
import { readFileSync } from 'node:fs';

/** Bit 12 of a process's effective capabilities (`capabilities(7)`). */
const CAP_NET_ADMIN = 1n << 12n;

/** Whether this process may open queues and change rules; false where that cannot be told. */
export function mayAdministerNetwork(): boolean {
  try {
    const mask = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1];
    return mask !== undefined && (BigInt(`0x${mask}`) & CAP_NET_ADMIN) !== 0n;
  } catch {
    return false;
  }
}
