/** Literals in windows. */
import type { Literal } from '../../logic/formula.js';
import { type BoyerMoore, boyerMoore, find } from './boyer-moore.js';

const searches = new WeakMap<Literal, BoyerMoore>();

/** Whether the literal stands in the bytes, all of it within its window. */
export function occursIn(literal: Literal, bytes: Uint8Array): boolean {
  const { length } = bytes;
  // Positions that do not exist hold nothing: the window is cut to the bytes.
  const first = Math.max(0, literal.first < 0 ? length + literal.first : literal.first);
  const last = Math.min(length - 1, literal.last < 0 ? length + literal.last : literal.last);
  if (last - first + 1 < literal.bytes.length) return false;
  let search = searches.get(literal);
  if (!search) searches.set(literal, (search = boyerMoore(literal.bytes, literal.nocase)));
  return find(search, bytes, first, last + 1) >= 0;
}
