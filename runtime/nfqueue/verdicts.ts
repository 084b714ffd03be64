/** From one verdict a packet to the fewest messages: the kernel takes one for a whole run of packets. */
import type { VerdictMessage } from './netlink.js';

/** What becomes of a packet. */
export type Fate = Omit<VerdictMessage, 'id'>;

/**
 * The runs that settle packets with these ids, in order of arrival, after everything up to `settled` has its verdict.
 *
 * A batch verdict covers every id up to its own, also one that was never seen here (a message that was lost or could not
 * be read). Ids count up by one, so such a packet shows as a gap; it is dropped by a run of its own before the packet
 * behind it is accepted: nothing passes unjudged.
 */
export function verdictRuns(settled: number, ids: readonly number[], fates: (index: number) => Fate): VerdictMessage[] {
  const runs: VerdictMessage[] = [];
  let last = settled;
  ids.forEach((id, index) => {
    if (distance(last, id) > 1) extend(runs, { id: (id - 1) >>> 0, accept: false });
    extend(runs, { id, ...fates(index) });
    last = id;
  });
  return runs;
}

/** How far `to` is ahead of `from`, where numbers begin again at 2^32; negative if it is behind. */
export function distance(from: number, to: number): number {
  return (to - from) | 0;
}

function extend(runs: VerdictMessage[], next: VerdictMessage): void {
  const last = runs.at(-1);
  if (last?.accept === next.accept && last.mark === next.mark) runs.pop();
  runs.push(next);
}
