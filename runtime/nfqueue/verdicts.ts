/** From one verdict a packet to the fewest messages: the kernel takes one for a whole run of packets. */

/** One message: every waiting packet up to and including `id`, as far as no earlier run has settled it. */
export interface Run {
  readonly id: number;
  readonly accept: boolean;
}

/**
 * The runs that settle packets with these ids, in order of arrival, after everything up to `settled` has its verdict.
 *
 * A batch verdict covers every id up to its own, also one that was never seen here (a message that was lost or could not
 * be read). Ids count up by one, so such a packet shows as a gap; it is dropped by a run of its own before the packet
 * behind it is accepted: nothing passes unjudged.
 */
export function verdictRuns(settled: number, ids: readonly number[], accepts: (index: number) => boolean): Run[] {
  const runs: Run[] = [];
  let last = settled;
  ids.forEach((id, index) => {
    if (distance(last, id) > 1) extend(runs, (id - 1) >>> 0, false);
    extend(runs, id, accepts(index));
    last = id;
  });
  return runs;
}

/** How far `to` is ahead of `from`, where numbers begin again at 2^32; negative if it is behind. */
export function distance(from: number, to: number): number {
  return (to - from) | 0;
}

function extend(runs: Run[], id: number, accept: boolean): void {
  if (runs.at(-1)?.accept === accept) runs.pop();
  runs.push({ id, accept });
}
