/** Which candidates wait for which literals: all literals of a ruleset in the same bytes are looked for together, in one pass. */
import { all, type Formula, type Literal, literalKey } from '../../../logic/formula.js';
import type { BytesRef } from '../../../logic/value.js';
import { waitingOf } from '../../../tree/literals.js';
import type { Candidate, Node, Search } from '../../../tree/tree.js';

/** A candidate that waits at a node for a literal. */
export interface Waiter {
  /** The number of the node's search among those of the group: only where the packet came by there does the candidate count. */
  readonly search: number;
  readonly candidate: Candidate;
  /** What is left to decide where the literal is found. */
  readonly residual: Formula;
  /** It waits for no other literal. */
  readonly isAlone: boolean;
}

/** The literals that are looked for in the same bytes. */
export interface Group {
  readonly bytes: BytesRef;
  readonly literals: readonly Literal[];
  /** By literal. */
  readonly waiters: readonly (readonly Waiter[])[];
}

interface GrowingGroup {
  readonly bytes: BytesRef;
  readonly literals: Literal[];
  readonly waiters: Waiter[][];
  readonly indices: Map<string, number>;
}

/** All searches of a tree, put together by their bytes; `place` says of a search at which group and number it stands. */
export interface Groups {
  readonly groups: readonly Group[];
  place(search: Search): { readonly group: number; readonly number: number };
  readonly searches: number;
}

/** Goes through the tree, nodes above before those below. */
export function groupsOf(root: Node): Groups {
  const groups = new Map<string, GrowingGroup>();
  const places = new Map<Search, { group: number; number: number }>();
  const visit = (node: Node): void => {
    for (const search of node.searches) {
      const key = JSON.stringify(search.bytes);
      const group = groups.get(key) ?? {
        bytes: search.bytes,
        literals: [],
        waiters: [],
        indices: new Map<string, number>(),
      };
      groups.set(key, group);
      const number = places.size;
      places.set(search, { group: [...groups.keys()].indexOf(key), number });
      for (const candidate of candidatesOf(search)) wait(candidate, number, group);
    }
    for (const { edges } of node.branches) for (const edge of edges) visit(edge.node);
  };
  visit(root);
  return {
    groups: [...groups.values()],
    place: (search) => places.get(search) ?? { group: 0, number: 0 },
    searches: places.size,
  };
}

/** Each once, though it may wait for several literals. */
function candidatesOf({ needles }: Search): Set<Candidate> {
  return new Set(needles.flatMap((needle) => needle.candidates));
}

function wait(candidate: Candidate, search: number, group: GrowingGroup): void {
  const { residual } = candidate;
  const literals = waitingOf(residual)?.literals ?? [];
  const isAlone = literals.length === 1;
  for (const literal of new Set(literals)) {
    const key = literalKey(literal);
    const index = group.indices.get(key) ?? group.literals.push(literal) - 1;
    group.indices.set(key, index);
    const left = isAlone ? without(residual, literal) : residual;
    (group.waiters[index] ??= []).push({ search, candidate, residual: left, isAlone });
  }
}

/** What is left to decide where the literal stands in its window. */
function without(formula: Formula, literal: Literal): Formula {
  const parts = formula.kind === 'And' ? formula.of : [formula];
  const isFound = (f: Formula): boolean =>
    f.kind === 'Contains' && f.literal === literal && !f.negated && f.window === undefined;
  return all(parts.filter((f) => !isFound(f)));
}
