/** The way of a packet through the tree: every branch that it meets, what it answers, and where that leads. */
import { evaluateFormula } from '../backend/interpreter/evaluate.js';
import type { Stack } from '../backend/interpreter/stack.js';
import { evaluateValue, isPresent } from '../backend/interpreter/value.js';
import { type IntSet, setHas } from '../logic/set.js';
import type { Branch, Candidate, Node, Question, Tree } from '../tree/tree.js';

export interface Path {
  readonly node: Node;
  /** One for each branch of the node. */
  readonly steps: readonly Step[];
}

export interface Step {
  readonly question: Question;
  /** Nothing where what is asked for is missing. */
  readonly answer: bigint | undefined;
  /** Edges that the branch has. */
  readonly edges: number;
  readonly taken?: { readonly answers: IntSet; readonly path: Path };
}

/** Follows a packet from the root. */
export function pathOf({ root, questions }: Tree, stack: Stack): Path {
  const stepOf = ({ question: index, edges }: Branch): Step[] => {
    const question = questions[index];
    if (!question) return [];
    const answer = answerOf(question, stack);
    const edge = answer === undefined ? undefined : edges.find(({ answers }) => setHas(answers, answer));
    const taken = edge && { answers: edge.answers, path: walk(edge.node) };
    return [{ question, answer, edges: edges.length, ...(taken && { taken }) }];
  };
  const walk = (node: Node): Path => ({ node, steps: node.branches.flatMap(stepOf) });
  return walk(root);
}

/** What a packet answers. */
function answerOf(question: Question, stack: Stack): bigint | undefined {
  switch (question.kind) {
    case 'Header':
      return isPresent(question.header, stack) ? 1n : undefined;
    case 'Value':
      return evaluateValue(question.value, stack);
    case 'Switch':
      return evaluateFormula(question.formula, stack) ? 1n : 0n;
  }
}

/** Signatures that are decided at a node: by their residual alone, and by a literal of a search. */
export function candidatesOf(node: Node): Candidate[] {
  const waiting = node.searches.flatMap((search) => search.needles.flatMap((needle) => needle.candidates));
  return [...node.candidates, ...new Set(waiting)];
}

/** Indices of the signatures at the nodes of a path: only these can match. */
export function reached(path: Path): Set<number> {
  const below = path.steps.flatMap(({ taken }) => (taken ? [...reached(taken.path)] : []));
  return new Set([...candidatesOf(path.node).map((c) => c.signature), ...below]);
}
