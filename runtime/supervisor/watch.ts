/** Whether a child still does its work: one that hangs must not hold up packets for ever. */
import type { KernelCounters } from '../nfqueue/statistics.js';

/** How long packets may wait without a sign of life from the child, in milliseconds. */
const HANG_MILLISECONDS = 4_000;

export interface Watch {
  /** Its packet thread has turned so often. */
  turned(turns: number): void;
  /** Looks at the queue; true where the child hangs. */
  hangs(kernel: KernelCounters | undefined): boolean;
}

/**
 * A sign of life is a turn of its loop (packets may be held back on purpose), or packets that are settled (it may be too busy to send word).
 * Without packets that wait there is nothing to be late for.
 */
export function createWatch(clock: () => number): Watch {
  let alive = clock();
  let turns = -1;
  let settled: number | undefined;
  return {
    turned(now) {
      if (now !== turns) alive = clock();
      turns = now;
    },
    hangs(kernel) {
      const progress = kernel && kernel.lastId - kernel.undelivered - kernel.waiting;
      if (!kernel || kernel.waiting === 0 || progress !== settled) alive = clock();
      settled = progress;
      return clock() - alive >= HANG_MILLISECONDS;
    },
  };
}
