/**
 * The decision tree: which signatures are left to decide for a packet, by what its headers answer. A packet takes every branch of
 * a node: an edge where the answer lies in one, none where it lies in none or is missing. So a signature stands at the deepest
 * node that all its packets pass, and what is found at the nodes of a packet's path is all that can match.
 */
import type { Formula, Literal } from '../logic/formula.js';
import type { IntSet } from '../logic/set.js';
import type { BytesRef, HeaderRef, Value } from '../logic/value.js';

/** What a branch asks of a packet. */
export type Question =
  /** Whether a header is there: 1 is yes; no is no answer. */
  | { readonly kind: 'Header'; readonly header: HeaderRef }
  | { readonly kind: 'Value'; readonly value: Value }
  /** Whether a part that conditions share holds: 1 is yes, 0 is no, and every packet has an answer. `number` is its place in `switches`. */
  | { readonly kind: 'Switch'; readonly number: number; readonly formula: Formula };

/** A signature that is still to be decided (or behind the last one, that the packet is not covered): it matches where `residual`, the part of its condition that no question answered, holds. */
export interface Candidate {
  /** Index into `ruleset.signatures`. */
  readonly signature: number;
  readonly residual: Formula;
}

/** `aho-corasick` for a set, one pass; `boyer-moore` for one or two, one pass each. */
export type SearchMethod = 'boyer-moore' | 'aho-corasick';

/** A literal of a search, and who waits for it: also those whose literal differs in case or window, which are the residual's to check. */
export interface Needle {
  readonly literal: Literal;
  readonly candidates: readonly Candidate[];
}

/** Literals that are looked for together in the same bytes; the candidates of those that are not found do not match. */
export interface Search {
  readonly bytes: BytesRef;
  readonly method: SearchMethod;
  readonly needles: readonly Needle[];
}

export interface Edge {
  readonly answers: IntSet;
  readonly node: Node;
}

export interface Branch {
  /** Index into `questions`. */
  readonly question: number;
  /** Their answers do not overlap. */
  readonly edges: readonly Edge[];
}

export interface Node {
  /** Decided by their residual alone. */
  readonly candidates: readonly Candidate[];
  readonly searches: readonly Search[];
  readonly branches: readonly Branch[];
}

export interface Tree {
  readonly root: Node;
  /** Every question that a branch asks, once: a packet answers each at most once. */
  readonly questions: readonly Question[];
  /** Parts that residuals share (`Linked.switches`): where one of these objects stands in a residual, it is decided once a packet. */
  readonly switches: readonly Formula[];
}
