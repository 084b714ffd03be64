/** How large a tree is. */
import type { Node, Tree } from './tree.js';

export interface TreeSize {
  readonly nodes: number;
  /** Questions that follow on one another on the longest path. */
  readonly depth: number;
  /** How often signatures stand in it, all together: once each where none is on two edges. */
  readonly standing: number;
  readonly searches: number;
  readonly needles: number;
}

/** Counts what is in the tree. */
export function sizeOf({ root }: Tree): TreeSize {
  return countOf(root);
}

function countOf({ candidates, searches, branches }: Node): TreeSize {
  const below = branches.flatMap((b) => b.edges.map((e) => countOf(e.node)));
  const waiting = new Set(searches.flatMap((s) => s.needles.flatMap((n) => n.candidates)));
  const sum = (of: (size: TreeSize) => number): number => below.reduce((total, size) => total + of(size), 0);
  return {
    nodes: 1 + sum((s) => s.nodes),
    depth: below.length === 0 ? 0 : 1 + Math.max(...below.map((s) => s.depth)),
    standing: candidates.length + waiting.size + sum((s) => s.standing),
    searches: searches.length + sum((s) => s.searches),
    needles: searches.reduce((total, s) => total + s.needles.length, 0) + sum((s) => s.needles),
  };
}
