/** Literals in windows. */
import type { Literal } from '../../logic/formula.js';
import { type BoyerMoore, boyerMoore, find } from './boyer-moore.js';
import { type Borders, bordersOf, findAll } from './knuth-morris-pratt.js';

const searches = new WeakMap<Literal, BoyerMoore>();

function searchOf(literal: Literal): BoyerMoore {
  let search = searches.get(literal);
  if (!search) searches.set(literal, (search = boyerMoore(literal.bytes, literal.nocase)));
  return search;
}

/** Positions of the first and last byte of a window. Positions that do not exist hold nothing: it is cut to the bytes. */
function windowOf(literal: Literal, { length }: Uint8Array): { first: number; last: number } {
  return {
    first: Math.max(0, literal.first < 0 ? length + literal.first : literal.first),
    last: Math.min(length - 1, literal.last < 0 ? length + literal.last : literal.last),
  };
}

/** Whether the literal stands in the bytes, all of it within its window. */
export function occursIn(literal: Literal, bytes: Uint8Array): boolean {
  const { first, last } = windowOf(literal, bytes);
  if (last - first + 1 < literal.bytes.length) return false;
  return find(searchOf(literal), bytes, first, last + 1) >= 0;
}

const borders = new WeakMap<Literal, Borders>();

/** Every position in its window where the literal stands, ascending; occurrences may overlap. */
export function occurrences(literal: Literal, bytes: Uint8Array): number[] {
  const { first, last } = windowOf(literal, bytes);
  const search = searchOf(literal);
  let known = borders.get(literal);
  if (!known) borders.set(literal, (known = bordersOf(search.pattern)));
  return findAll(search, known, bytes, first, last + 1);
}

/** From which to which position the literal may begin for all its bytes to lie in the window; nothing where there is no room. */
export function windowIn(
  literal: Literal,
  bytes: Uint8Array,
  { first, last }: { readonly first: bigint; readonly last: bigint },
): { from: number; to: number } | undefined {
  const end = last < BigInt(bytes.length) ? last : BigInt(bytes.length - 1);
  const to = end - BigInt(literal.bytes.length) + 1n;
  const from = first > 0n ? first : 0n;
  return from > to ? undefined : { from: Number(from), to: Number(to) };
}

/** Whether one of the ascending positions lies between `from` and `to`, both included. */
export function isAmong(
  positions: readonly number[],
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((positions[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  const next = positions[low];
  return next !== undefined && next <= to;
}
