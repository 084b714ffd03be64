/** Which nodes the engine has as code: about those that `backend/wasm/walk/upper.ts` chooses, by the same limits. */
import { isAddress } from '../backend/wasm/program/encode.js';
import type { Formula } from '../logic/formula.js';
import type { Branch, Node, Question, Tree } from '../tree/tree.js';

/** Conditions and edges that become code. */
const MOST = 4096;
const MOST_A_ROW = 256;
const MOST_RANGES = 128;

/** The nodes that are code, from the root on. */
export function upperNodes({ root, questions }: Tree): ReadonlySet<Node> {
  const nodes = [root];
  let left = MOST - sizeOf(root);
  for (let next = 0; next < nodes.length; next++) {
    const spelled = (nodes[next]?.branches ?? []).filter((branch) => isSpelled(branch, questions));
    for (const { node } of spelled.flatMap(({ edges }) => edges)) {
      left -= sizeOf(node);
      if (left < 0) return new Set(nodes);
      nodes.push(node);
    }
  }
  return new Set(nodes);
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

/** Whether code asks the question of an upper node: addresses and long rows of answers are looked up in tables. */
export function isSpelled({ question, edges }: Branch, questions: readonly Question[]): boolean {
  const asked = questions[question];
  const ranges = edges.reduce((sum, { answers }) => sum + answers.length, 0);
  return asked !== undefined && ranges <= MOST_RANGES && !(asked.kind === 'Value' && isAddress(asked.value));
}
