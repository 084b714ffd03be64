/** The part of a decision tree that leads to some of its signatures. */
import type { Candidate, Node, Tree } from '../tree/tree.js';

/**
 * The tree with nothing but the paths to the signatures at these indices. A search keeps all its literals, as it is one pass for
 * all of them; only those who wait are left out.
 */
export function partOf(tree: Tree, only: ReadonlySet<number>): Tree {
  return { ...tree, root: part(tree.root, ({ signature }) => only.has(signature)) };
}

function part(node: Node, isWanted: (candidate: Candidate) => boolean): Node {
  const searches = node.searches.map((search) => ({
    ...search,
    needles: search.needles.map((needle) => ({ ...needle, candidates: needle.candidates.filter(isWanted) })),
  }));
  const branches = node.branches.map(({ question, edges }) => {
    const kept = edges.map(({ answers, node: below }) => ({ answers, node: part(below, isWanted) }));
    return { question, edges: kept.filter((edge) => !isEmpty(edge.node)) };
  });
  return {
    candidates: node.candidates.filter(isWanted),
    searches: searches.filter(({ needles }) => needles.some(({ candidates }) => candidates.length > 0)),
    branches: branches.filter(({ edges }) => edges.length > 0),
  };
}

function isEmpty({ candidates, searches, branches }: Node): boolean {
  return candidates.length === 0 && searches.length === 0 && branches.length === 0;
}
