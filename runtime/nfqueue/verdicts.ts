/** From one verdict a packet to the fewest messages: the kernel takes one for a whole run of packets. */
import { FATE, type Hand } from './hand.js';
import { writeMarkingVerdict, writeVerdict } from './netlink.js';

/**
 * Writes what settles the packets of a hand at `at`, after everything up to `settled` has its verdict; how many bytes it takes.
 *
 * A verdict for a run covers every id up to its own, also one that was never seen here (a message that was lost or could not
 * be read). Ids count up by one, so such a packet shows as a gap; it is dropped by a run of its own before the packet
 * behind it is accepted: nothing passes unjudged.
 *
 * Behind a packet that is held a run would cover that, too: from there on, or with `apart` from the first one on, each packet has a
 * message of its own. `settled` stays before the one that is held; so what was never seen behind it is dropped by the first run
 * that comes when nothing is held any more.
 */
export function writeVerdicts(
  view: DataView,
  at: number,
  queue: number,
  settled: number,
  hand: Hand,
  apart: boolean,
): number {
  const { length, ids, fates, newMarks } = hand;
  let [end, last, single] = [at, settled, apart];
  for (let i = 0; i < length; i++) {
    const id = ids[i] ?? 0;
    const fate = fates[i] ?? FATE.drop;
    if (!single && distance(last, id) > 1 && fate !== FATE.drop)
      end += writeVerdict(view, end, queue, 'all up to it', (id - 1) >>> 0, false);
    single ||= fate === FATE.hold;
    last = id;
    if (fate === FATE.hold || (!single && continues(hand, i))) continue;
    const reach = single ? 'one' : 'all up to it';
    if (fate === FATE.mark) end += writeMarkingVerdict(view, end, queue, reach, id, newMarks[i] ?? 0);
    else end += writeVerdict(view, end, queue, reach, id, fate === FATE.accept);
  }
  return end - at;
}

/** Whether the packet behind it is settled by the same message: it follows at once, or both are dropped and so is what lies between. */
function continues({ length, ids, fates, newMarks }: Hand, index: number): boolean {
  const next = index + 1;
  const fate = fates[index];
  if (next >= length || fates[next] !== fate) return false;
  if (fate === FATE.mark && newMarks[next] !== newMarks[index]) return false;
  return fate === FATE.drop || distance(ids[index] ?? 0, ids[next] ?? 0) <= 1;
}

/** The id up to which everything is settled once those messages were taken. */
export function settledBy({ length, ids, fates }: Hand, settled: number, apart: boolean): number {
  if (apart || length === 0) return settled;
  for (let i = 0; i < length; i++) if (fates[i] === FATE.hold) return ((ids[i] ?? 0) - 1) >>> 0;
  return ids[length - 1] ?? 0;
}

/** How far `to` is ahead of `from`, where numbers begin again at 2^32; negative if it is behind. */
export function distance(from: number, to: number): number {
  return (to - from) | 0;
}
