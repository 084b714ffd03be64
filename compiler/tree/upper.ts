/** The upper nodes, by which every packet comes: those that the compiled engine has as code. */
import type { Formula } from '../logic/formula.js';
import type { Branch, Node, Tree } from './tree.js';

/** Atoms and edges that become code, in all and of one node's candidates: some 100 KB of code at most. */
const MOST = 4096;
const MOST_A_ROW = 256;
/**
 * Edges of a branch that is code. Blocks nest as deep, which takes less than half of the stack; with 512, 2,000 header signatures
 * cost 1.6 times one instead of 1.3.
 */
const MOST_EDGES = 1024;

/** The nodes that are code, from the root on, as long as there is room. */
export function upperNodes({ root }: Tree): readonly Node[] {
  const nodes = [root];
  let left = MOST - sizeOf(root);
  for (let next = 0; next < nodes.length; next++) {
    const asked = (nodes[next]?.branches ?? []).filter(isCode);
    for (const { node } of asked.flatMap(({ edges }) => edges)) {
      left -= sizeOf(node);
      if (left < 0) return nodes;
      nodes.push(node);
    }
  }
  return nodes;
}

function sizeOf(node: Node): number {
  const edges = node.branches.reduce((sum, branch) => sum + branch.edges.length, 0);
  return 1 + Math.min(rowSize(node), MOST_A_ROW) + node.searches.length + edges;
}

/** A longer row of candidates is gone through as data. */
export function hasShortRow(node: Node): boolean {
  return rowSize(node) <= MOST_A_ROW;
}

function rowSize({ candidates }: Node): number {
  return candidates.reduce((sum, { residual }) => sum + 1 + atoms(residual), 0);
}

function atoms(formula: Formula): number {
  if (formula.kind === 'Not') return atoms(formula.of);
  if (formula.kind !== 'And' && formula.kind !== 'Or') return 1;
  return formula.of.reduce((sum, part) => sum + atoms(part), 0);
}

/** Whether an upper node asks the question in code: long rows of edges are gone through as data. */
export function isCode({ edges }: Branch): boolean {
  return edges.length <= MOST_EDGES;
}
