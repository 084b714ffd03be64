/** The ways to reach the kernel's queue; each gives the same queue. */
import type { PacketBatch } from '../packet-batch.js';
import { openQueue } from './open.js';
import { openPackageQueue } from './package-open.js';
import type { PacketQueue } from './queue.js';

const OPENERS = { netlink: openQueue, nfqueue: openPackageQueue } as const;

/** `netlink`: over koffi, in batches, the fast one. `nfqueue`: the npm package of that name, one packet at a time. */
export type DriverName = keyof typeof OPENERS;

/** The names, the default one first. */
export const DRIVER_NAMES: readonly DriverName[] = ['netlink', 'nfqueue'];

/** Opens a queue (0 to 65,535) by a driver that receives into `batch`. Throws a Problem that says what to do. */
export function openDriver(name: DriverName, queue: number, batch: PacketBatch): Promise<PacketQueue> {
  return OPENERS[name]({ queue, batch });
}
