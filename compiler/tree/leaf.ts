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
  const groups = new Map<string, Waiter[]>();
  for (const candidate of candidates) {
    const waiting = waitingOf(candidate.residual);
    const key = waiting && JSON.stringify(waiting.bytes);
    if (!waiting || key === undefined) {
      direct.push(candidate);
      continue;
    }
    const group = groups.get(key) ?? [];
    group.push({ ...waiting, candidate });
    groups.set(key, group);
  }
  const searches: Search[] = [];
  for (const group of groups.values()) {
    if (isDirect(group)) direct.push(...group.map((w) => w.candidate));
    else searches.push(searchOf(group));
  }
  return { candidates: direct.sort((a, b) => a.signature - b.signature), searches };
}

function isDirect(group: readonly Waiter[]): boolean {
  return group.length < MANY_DIRECT && group.every((w) => w.literals.every((l) => placesOf(l) <= FEW_PLACES));
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
