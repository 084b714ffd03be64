/** A decision tree as indented text. */
import type { BranchView, CandidateView, NodeView, SearchView } from './tree-view.js';

/** One line: what it is about decides how it is painted. */
export interface TreeLine {
  readonly depth: number;
  readonly kind: 'question' | 'answer' | 'signature' | 'search' | 'hidden';
  readonly text: string;
  /** Where it stands in the rules, and what is left to decide. */
  readonly place?: string;
  readonly detail?: string;
  /** The literals that a signature waits for. */
  readonly literals?: string;
  /** How many packets it takes. */
  readonly count?: string;
}

/** The lines of a node and all below it. */
export function treeLines(node: NodeView, depth = 0): TreeLine[] {
  const { hidden } = node;
  return [
    ...node.candidates.map((c) => candidateLine(c, depth)),
    ...node.searches.flatMap((search) => searchLines(search, depth)),
    ...node.branches.flatMap((branch) => branchLines(branch, depth)),
    ...(hidden ? [{ depth, kind: 'hidden', text: hiddenText(hidden) } as const] : []),
  ];
}

function candidateLine({ signature, place, residual, count }: CandidateView, depth: number): TreeLine {
  const detail = residual === 'true' ? '' : residual;
  return { depth, kind: 'signature', text: signature, place, detail, ...(count !== undefined && { count }) };
}

/** So many of the literals that a signature waits for are named; its condition has them all. */
const MOST_LITERALS = 4;

function searchLines({ bytes, why, candidates, hidden = 0 }: SearchView, depth: number): TreeLine[] {
  return [
    { depth, kind: 'search', text: `search ${bytes}`, detail: why },
    ...candidates.map((c) => ({ ...candidateLine(c, depth + 1), literals: namedLiterals(c.literals) })),
    ...(hidden > 0
      ? [{ depth: depth + 1, kind: 'hidden', text: hiddenText({ candidates: hidden, edges: 0 }) } as const]
      : []),
  ];
}

function namedLiterals(literals: readonly string[]): string {
  const shown = literals.slice(0, MOST_LITERALS);
  const rest = literals.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? `, … ${rest} more` : ''}`;
}

function branchLines({ question, edges, hidden = 0 }: BranchView, depth: number): TreeLine[] {
  return [
    { depth, kind: 'question', text: question },
    ...edges.flatMap(({ answers, node }) => [
      { depth: depth + 1, kind: 'answer', text: answers } as const,
      ...treeLines(node, depth + 2),
    ]),
    ...(hidden > 0
      ? [{ depth: depth + 1, kind: 'hidden', text: hiddenText({ candidates: 0, edges: hidden }) } as const]
      : []),
  ];
}

/** `… 12 more signatures, 3 more edges` */
export function hiddenText({ candidates, edges }: { readonly candidates: number; readonly edges: number }): string {
  const parts = [
    ...(candidates > 0 ? [counted(candidates, 'more signature')] : []),
    ...(edges > 0 ? [counted(edges, 'more edge')] : []),
  ];
  return `… ${parts.join(', ')}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
