/**
 * What a ruleset's signatures are to each other, proved by diagrams: nothing here is a guess, and what cannot be proved is not said.
 * Numbers are places in `signatures`.
 */
import type { Linked } from '../link/linked.js';
import { type Candidates, candidatesOf } from './candidates.js';
import { covering } from './cover.js';
import { ALWAYS, NEVER } from './diagram.js';
import { countAlike, doesAll, overrules } from './effects.js';
import { workshop, type Workshop } from './prover.js';
import { follows, type Subject, subjectsOf } from './subject.js';

export interface Analysis {
  /** No packet matches. */
  readonly never: readonly number[];
  /** Every packet matches. */
  readonly always: readonly number[];
  /** Two that match the same packets; `first` stands first. */
  readonly equal: readonly { readonly signature: number; readonly first: number }[];
  /** Wherever the signature matches, `by` matches, too, and does all that it does. */
  readonly subsumed: readonly { readonly signature: number; readonly by: number }[];
  /** Wherever it matches, one of `by` does, and all that it does; none of them can be left out. */
  readonly shadowed: readonly { readonly signature: number; readonly by: readonly number[] }[];
  /** It drops or rejects, but wherever it matches, one of `by` passes the packet; none of them can be left out. */
  readonly overruled: readonly { readonly signature: number; readonly by: readonly number[] }[];
}

/** Nodes of all signatures together, 20 bytes each and some for finding them. */
const RULESET_NODES = 12_000_000;

/** New nodes for one question. */
const PROOF_NODES = 1_000_000;

/** Whether one signature is reached wherever another one is, where what is proved says that it matches wherever that does. */
type Together = (one: number, other: number) => boolean;

/** Analyses all signatures of a ruleset; of two, only those that are `together`: under some policy one may be reached without the other. */
export function analyse({ layouts, signatures }: Linked, together: Together = () => true): Analysis {
  const isBeside = (one: Subject, other: Subject): boolean => together(one.index, other.index);
  const replaces = (one: Subject, other: Subject): boolean => doesInstead(one, other) && isBeside(one, other);
  const formulas = signatures.map(({ when }) => when);
  const w = workshop(layouts, formulas, RULESET_NODES);
  const subjects = subjectsOf(w, signatures);
  const usual = subjects.filter(({ when, domain }) => domain !== NEVER && when !== ALWAYS);
  const candidates = candidatesOf(w, usual);
  const equal = equals(w, candidates, (one, other) => isBeside(one, other) && isBeside(other, one));
  const doubled = new Set(equal.map(({ signature }) => signature));
  const single = usual.filter(({ index }) => !doubled.has(index));
  const subsumed = subsumptions(w, single, candidates, (one, other) => !doubled.has(one.index) && replaces(one, other));
  const known = new Set(subsumed.map(({ signature }) => signature));
  const passing = usual.filter(({ signature }) => signature.verdict === 'pass' && signature.count === undefined);
  return {
    never: subjects.flatMap(({ index, domain }) => (domain === NEVER ? [index] : [])),
    always: subjects.flatMap((subject) => (isAlways(w, subject) ? [subject.index] : [])),
    equal,
    subsumed,
    shadowed: covering(w, single.filter(({ index }) => !known.has(index)), single, candidates, replaces), // prettier-ignore
    overruled: covering(
      w,
      usual,
      passing,
      candidates,
      (one, other) => overrules(one.signature, other.signature) && isBeside(one, other),
    ),
  };
}

/** Whether the one stands for the other where both match. */
function doesInstead(one: Subject, other: Subject): boolean {
  return one.signature.count === undefined && doesAll(one.signature, other.signature);
}

function isAlways({ diagrams: d, facts }: Workshop, { when, signature }: Subject): boolean {
  // Of a packet of an unknown link type nothing is there: mostly that shows that a signature does not match everything.
  let at = when;
  while (at > ALWAYS) at = d.nodes.lows[at] ?? NEVER;
  return at === ALWAYS && d.within(PROOF_NODES, () => d.and(d.not(when), facts([signature.when]))) === NEVER;
}

function equals(
  w: Workshop,
  candidates: ReadonlyMap<Subject, Candidates>,
  mayBe: (one: Subject, other: Subject) => boolean,
): Analysis['equal'] {
  const size = w.diagrams.nodes.size;
  return [...candidates].flatMap(([subject, { single }]) => {
    w.tidy(size);
    const first = single.find(
      (other) => other.index < subject.index && mayBe(other, subject) && areEqual(w, subject, other),
    );
    return first ? [{ signature: subject.index, first: first.index }] : [];
  });
}

function areEqual(w: Workshop, a: Subject, b: Subject): boolean {
  if (!countAlike(a.signature.count, b.signature.count)) return false;
  return a.when === b.when || (follows(w, a, b) && follows(w, b, a));
}

function subsumptions(
  w: Workshop,
  subjects: readonly Subject[],
  candidates: ReadonlyMap<Subject, Candidates>,
  replaces: (one: Subject, other: Subject) => boolean,
): Analysis['subsumed'] {
  const size = w.diagrams.nodes.size;
  return subjects.flatMap((subject) => {
    w.tidy(size);
    const others = (candidates.get(subject)?.single ?? []).filter((other) => replaces(other, subject));
    const by = others.find((other) => follows(w, subject, other));
    return by ? [{ signature: subject.index, by: by.index }] : [];
  });
}
