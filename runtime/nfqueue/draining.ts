/** How a queue ends once it was told to stop: when what waited is settled, or nothing comes any more. */
import { type KernelCounters, kernelCounters } from './statistics.js';
import { distance } from './verdicts.js';

/** What a queue takes from outside itself; tests give their own. */
export interface QueueEnvironment {
  /** Nanoseconds since 1970-01-01 UTC. */
  readonly clock: () => bigint;
  readonly counters: (queue: number) => KernelCounters | undefined;
}

/** The machine's clock and kernel. */
export const MACHINE: QueueEnvironment = {
  clock: () => BigInt(Date.now()) * 1_000_000n,
  counters: kernelCounters,
};

/** How long one wait may last, in milliseconds; after `stop`, also the quiet that means that nothing is left. */
export const WAIT_MILLISECONDS = 150;

/** How long packets may go on arriving after `stop`, in milliseconds, once all that waited then are settled. */
const DRAIN_MILLISECONDS = 1_000;

/** The last id that the kernel had given at `stop`, where it tells, and when there is an end to what came later. */
export interface Stopping {
  readonly lastId: number | undefined;
  readonly deadline: bigint;
}

/** What `stop` notes. */
export function stoppingNow(queue: number, { clock, counters }: QueueEnvironment): Stopping {
  return { lastId: counters(queue)?.lastId, deadline: clock() + BigInt(DRAIN_MILLISECONDS) * 1_000_000n };
}

/** Whether all that waited at `stop` is settled, up to and including the id `settled`, and the time for more is over. */
export function isDrained(stopping: Stopping | undefined, settled: number, { clock }: QueueEnvironment): boolean {
  if (!stopping || clock() < stopping.deadline) return false;
  return stopping.lastId === undefined || distance(settled, stopping.lastId) <= 0;
}
