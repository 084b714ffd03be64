/** The packets of one batch that wait for their verdicts, in columns: nothing is allocated a packet. */
import type { Mark } from '../../compiler/ruleset.js';
import { BATCH } from './slots.js';

/** What becomes of a packet. `hold`: it waits on, and is settled by itself later. */
export const FATE = { drop: 0, accept: 1, mark: 2, hold: 3 } as const;

/** In order of arrival. */
export interface Hand {
  length: number;
  /** Of those that can be judged, together. */
  bytes: number;
  readonly ids: Uint32Array;
  /** The packet's place in the batch of those that can be judged; `UNREADABLE` where it was not handed over. */
  readonly places: Int32Array;
  /** The marks with which packets came. */
  readonly marks: Uint32Array;
  /** What becomes of each (`FATE`), and with `FATE.mark` of its mark. Until somebody says otherwise: dropped. */
  readonly fates: Uint8Array;
  readonly newMarks: Uint32Array;
}

/** The place of a packet whose message was cut, or that has no payload. */
export const UNREADABLE = -1;

/** Room for a batch. */
export function createHand(): Hand {
  return {
    length: 0,
    bytes: 0,
    ids: new Uint32Array(BATCH),
    places: new Int32Array(BATCH),
    marks: new Uint32Array(BATCH),
    fates: new Uint8Array(BATCH),
    newMarks: new Uint32Array(BATCH),
  };
}

/** Has packet `index` go on, its mark changed: only in the bits of the mask, the others belong to somebody else. */
export function acceptMarked(hand: Hand, index: number, { value, mask }: Mark): void {
  const old = hand.marks[index] ?? 0;
  const mark = newMark(old, { value, mask });
  hand.newMarks[index] = mark;
  hand.fates[index] = mark === old ? FATE.accept : FATE.mark;
}

/** A mark in which the bits of the mask are those of the value. */
export function newMark(old: number, { value, mask }: Mark): number {
  return ((old & ~mask) | (value & mask)) >>> 0;
}
