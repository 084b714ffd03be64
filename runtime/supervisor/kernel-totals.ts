/** What the kernel counts for the queues, added up: its numbers have 32 bits, and begin again after a day of 50,000 packets a second. */
import type { KernelCounters } from '../nfqueue/statistics.js';

export interface KernelTotals {
  /** What a queue's counters say now; to be told at least once while they go round. */
  note(counters: KernelCounters): void;
  /** Packets that the kernel has given to the queues, and those that it dropped; undefined where it never told. */
  sums(): { readonly packets: number; readonly drops: number } | undefined;
}

/** Nothing counted yet. */
export function createKernelTotals(): KernelTotals {
  const last = new Map<number, KernelCounters>();
  const totals = { packets: 0, drops: 0 };
  return {
    note(counters) {
      const before = last.get(counters.queue);
      const more = (of: 'lastId' | 'dropped' | 'undelivered'): number => (counters[of] - (before?.[of] ?? 0)) >>> 0;
      totals.packets += more('lastId');
      totals.drops += more('dropped') + more('undelivered');
      last.set(counters.queue, counters);
    },
    sums: () => (last.size === 0 ? undefined : { ...totals }),
  };
}
