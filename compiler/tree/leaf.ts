/** What a node decides itself: candidates that wait for literals are found by one search for all of them. */
import { LOWER } from '../logic/fold.js';
import type { Literal } from '../logic/formula.js';
import { placesOf, type Waiting, waitingOf } from './literals.js';
import type { Candidate, Needle, Node, Search } from './tree.js';

/**
 * One after the other, Boyer–Moore falls from 1.3 GB/s at one literal to 0.15 at ten and 0.01 at two hundred; one pass for the set
 * holds 0.4 to 0.5 (measured before anything was built).
 */
const MOST_BY_ONE = 2;
/** A literal that has so few places to stand is compared there, and needs no search. */
const FEW_PLACES = 16;
/** So many of them cost more than a search. */
const MANY_DIRECT = 16;

type Waiter = Waiting & { readonly candidate: Candidate };

/** Sorts candidates into searches and those that are decided at once. */
export function leafOf(candidates: readonly Candidate[]): Pick<Node, 'candidates' | 'searches'> {
  const direct: Candidate[] = [];
  const groups = new Map<string, { readonly few: Waiter[]; readonly many: Waiter[] }>();
  for (const candidate of candidates) {
    const waiting = waitingOf(candidate.residual);
    if (!waiting) {
      direct.push(candidate);
      continue;
    }
    const key = JSON.stringify(waiting.bytes);
    const group = groups.get(key) ?? { few: [], many: [] };
    (waiting.literals.every((l) => placesOf(l) <= FEW_PLACES) ? group.few : group.many).push({ ...waiting, candidate });
    groups.set(key, group);
  }
  const searches: Search[] = [];
  for (const { few, many } of groups.values()) {
    const isSearched = few.length >= MANY_DIRECT;
    if (!isSearched) direct.push(...few.map((w) => w.candidate));
    const waiters = isSearched ? [...few, ...many] : many;
    if (waiters.length > 0) searches.push(searchOf(waiters));
  }
  return { candidates: direct.sort((a, b) => a.signature - b.signature), searches };
}

function searchOf(group: readonly Waiter[]): Search {
  const needles = new Map<string, { literal: Literal; candidates: Candidate[] }>();
  for (const { literals, candidate } of group) {
    for (const literal of literals) {
      const key = String.fromCharCode(...literal.bytes.map((byte) => LOWER[byte] ?? 0));
      const known = needles.get(key) ?? { literal, candidates: [] };
      if (known.candidates.at(-1) !== candidate) known.candidates.push(candidate);
      needles.set(key, known);
    }
  }
  const list: Needle[] = [...needles.values()];
  return {
    bytes: group[0]?.bytes ?? 'transport',
    method: list.length <= MOST_BY_ONE ? 'boyer-moore' : 'aho-corasick',
    needles: list,
  };
}
