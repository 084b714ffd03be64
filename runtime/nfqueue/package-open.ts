/** Opening a queue through the npm package `nfqueue`, and every way in which that can fail. */
import process from 'node:process';
import type { NfqueuePackage } from 'nfqueue';
import { createBatch } from '../packet-batch.js';
import { Problem } from '../problem.js';
import { mayAdministerNetwork } from './capabilities.js';
import {
  driverMissing,
  queueFailed,
  queueNotPermitted,
  queueTaken,
  queueUnavailable,
  queueUnsupported,
} from './diagnostics.js';
import { createPackageQueue } from './package-queue.js';
import type { QueueOptions } from './open.js';
import type { PacketQueue } from './queue.js';
import { type KernelCounters, kernelCounters } from './statistics.js';

/** What opening takes from the machine; tests give their own. */
export interface PackageEnvironment {
  readonly load: () => Promise<{ default: NfqueuePackage }>;
  readonly permitted: () => boolean;
  readonly counters: (queue: number) => KernelCounters | undefined;
}

const MACHINE: PackageEnvironment = {
  load: () => import('nfqueue'),
  permitted: mayAdministerNetwork,
  counters: kernelCounters,
};

/** Kernel memory for messages that were not fetched yet. */
const RECEIVE_BUFFER_BYTES = 64 << 20;

/** Opens a queue (0 to 65,535). Throws a Problem that says what to do. */
export async function openPackageQueue(
  { queue, batch = createBatch() }: Pick<QueueOptions, 'queue' | 'batch'>,
  environment: PackageEnvironment = MACHINE,
): Promise<PacketQueue> {
  const nfqueue = await loadPackage(environment.load);
  if (!environment.permitted()) throw Problem.of(queueNotPermitted, { queue });
  const opened = new nfqueue.NFQueue();
  try {
    opened.open(queue, RECEIVE_BUFFER_BYTES);
  } catch (cause) {
    throw openingFailed(queue, (cause as Error).message, environment);
  }
  return createPackageQueue(nfqueue, opened, queue, batch);
}

/** Loads the package. Throws a Problem where it is not installed, or its native part was not built or does not fit. */
export async function loadPackage(load: PackageEnvironment['load'] = MACHINE.load): Promise<NfqueuePackage> {
  if (process.platform !== 'linux') throw Problem.of(queueUnavailable, { reason: 'it is part of Linux' });
  try {
    return (await load()).default;
  } catch (cause) {
    // npm takes an optional package away again where its build fails, and then has nothing to rebuild.
    const installed = (cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND';
    throw Problem.of(driverMissing, { installed });
  }
}

/** The package says which step failed, not why; so the kernel's table is asked whether somebody has the queue. */
function openingFailed(queue: number, message: string, { counters }: PackageEnvironment): Problem {
  const owner = counters(queue)?.owner;
  if (message === 'Unable to create queue' && owner !== undefined) return Problem.of(queueTaken, { queue, owner });
  if (/^Unable to (open|unbind) queue$/.test(message)) return Problem.of(queueUnsupported, { reason: message });
  return Problem.of(queueFailed, { queue, doing: 'opening it', reason: message });
}
