/**
 * Cutting the answers to a question into edges. Who wants `80` and who wants `{ 80, 443 }` gives two edges: on 80 both are left, on 443
 * the second. Somebody on two edges stands in the tree twice; where that would be too often, the ones on most edges are left out.
 */
import { type IntSet, type Range, setOf } from '../logic/set.js';

/** Members that want the same answers. */
export interface Wish<T> {
  readonly answers: IntSet;
  readonly members: readonly T[];
}

export interface Part<T> {
  readonly answers: IntSet;
  readonly members: readonly T[];
}

export interface Partition<T> {
  /** By their least answers, ascending. */
  readonly parts: readonly Part<T>[];
  /** Who is on no edge: it would be on too many. */
  readonly left: readonly T[];
}

/** What a sweep may look at: pieces of the number line times the wishes that hold there. */
const MOST_WORK = 4_000_000;

/** Cuts the wishes into edges on which all members together stand at most `most` times. */
export function partition<T>(wishes: readonly Wish<T>[], most: (members: number) => number): Partition<T> {
  const cuts = cutsOf(wishes);
  // Who covers many pieces of the line costs the most; a wish for everything but one value covers nearly all.
  const byPieces = wishes.map((wish) => ({ wish, pieces: piecesOf(wish, cuts) })).sort((a, b) => a.pieces - b.pieces);
  let work = 0;
  let kept = byPieces.filter(({ pieces }) => (work += pieces) <= MOST_WORK).map(({ wish }) => wish);
  for (;;) {
    const parts = sweep(kept);
    const edges = edgesOf(parts, kept.length);
    const members = kept.reduce((sum, w) => sum + w.members.length, 0);
    let standing = kept.reduce((sum, w, i) => sum + w.members.length * (edges[i] ?? 0), 0);
    if (standing <= most(members)) return { parts: parts.map((p) => partOf(p, kept)), left: leftOf(wishes, kept) };
    // Without the greatest, the others may need fewer edges: cut off as much as is too much now, and look again.
    const order = kept.map((_, i) => i).sort((a, b) => (edges[b] ?? 0) - (edges[a] ?? 0) || b - a);
    const dropped = new Set<number>();
    let remaining = members;
    for (const index of order) {
      if (standing <= most(remaining)) break;
      const size = kept[index]?.members.length ?? 0;
      standing -= size * (edges[index] ?? 0);
      remaining -= size;
      dropped.add(index);
    }
    kept = kept.filter((_, i) => !dropped.has(i));
  }
}

function leftOf<T>(wishes: readonly Wish<T>[], kept: readonly Wish<T>[]): T[] {
  const staying = new Set(kept);
  return wishes.filter((w) => !staying.has(w)).flatMap((w) => w.members);
}

interface Piece {
  /** Places in the list of wishes, ascending. */
  readonly wishes: readonly number[];
  readonly ranges: Range[];
}

function partOf<T>({ wishes, ranges }: Piece, kept: readonly Wish<T>[]): Part<T> {
  return { answers: setOf(ranges), members: wishes.flatMap((i) => kept[i]?.members ?? []) };
}

function edgesOf(pieces: readonly Piece[], count: number): number[] {
  const edges = Array.from({ length: count }, () => 0);
  for (const { wishes } of pieces) for (const i of wishes) edges[i] = (edges[i] ?? 0) + 1;
  return edges;
}

/** Where a range begins, and where the next number after one comes, ascending. */
function cutsOf(wishes: readonly Wish<unknown>[]): bigint[] {
  const cuts = new Set<bigint>();
  for (const { answers } of wishes) for (const { low, high } of answers) cuts.add(low).add(high + 1n);
  return [...cuts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** How many pieces between two cuts the wish covers. */
function piecesOf({ answers }: Wish<unknown>, cuts: readonly bigint[]): number {
  return answers.reduce((sum, { low, high }) => sum + placeOf(high + 1n, cuts) - placeOf(low, cuts), 0);
}

function placeOf(cut: bigint, cuts: readonly bigint[]): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle] ?? 0n) < cut) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Goes along the line from cut to cut; pieces where the same wishes hold are one. */
function sweep(wishes: readonly Wish<unknown>[]): Piece[] {
  const cuts = cutsOf(wishes);
  const begins: number[][] = cuts.map(() => []);
  const ends: number[][] = cuts.map(() => []);
  wishes.forEach(({ answers }, i) => {
    for (const { low, high } of answers) {
      begins[placeOf(low, cuts)]?.push(i);
      ends[placeOf(high + 1n, cuts)]?.push(i);
    }
  });
  const pieces = new Map<string, Piece>();
  const here = new Set<number>();
  cuts.forEach((low, place) => {
    for (const i of ends[place] ?? []) here.delete(i);
    for (const i of begins[place] ?? []) here.add(i);
    const next = cuts[place + 1];
    if (here.size === 0 || next === undefined) return;
    const held = [...here].sort((a, b) => a - b);
    const key = held.join();
    const piece = pieces.get(key) ?? { wishes: held, ranges: [] };
    piece.ranges.push({ low, high: next - 1n });
    pieces.set(key, piece);
  });
  return [...pieces.values()];
}
