/** Walks the decision tree: what is found on a packet's path, and nothing else, is evaluated. */
import { buildTree } from '../../tree/build.js';
import type { Candidate, Node, Question, Search, Tree } from '../../tree/tree.js';
import { link, type Unlinked } from '../../link/link.js';
import type { Formula } from '../../logic/formula.js';
import type { Evaluator } from '../evaluator.js';
import { boyerMoore, find } from '../interpreter/boyer-moore.js';
import { announcer, decode } from '../interpreter/decode.js';
import { evaluateFormula } from '../interpreter/evaluate.js';
import type { Stack } from '../interpreter/stack.js';
import { bytesOf, evaluateValue, isPresent } from '../interpreter/value.js';
import { ahoCorasick } from './aho-corasick.js';
import { type Lookup, lookup } from './lookup.js';

/** Builds the tree of a ruleset and prepares it. */
export function treeEvaluator(ruleset: Unlinked): Evaluator {
  const announce = announcer(ruleset.layouts);
  return { decode: (packet) => decode(packet, ruleset.layouts, announce), matching: walker(buildTree(link(ruleset))) };
}

/** One packet on its way: answers are kept, as several branches may ask the same. */
interface Visit {
  readonly stack: Stack;
  readonly answers: (bigint | null | undefined)[];
  /** By part that conditions share. */
  readonly switches: Map<Formula, boolean | undefined>;
  /** By signature: whether it matched; it may stand on several edges, or wait for several literals. */
  readonly matched: Set<number>;
}

interface Prepared {
  readonly candidates: readonly Candidate[];
  readonly searches: readonly ((visit: Visit) => void)[];
  readonly branches: readonly {
    readonly question: number;
    readonly edgeOf: Lookup;
    readonly nodes: readonly Prepared[];
  }[];
}

/** The signatures that match a packet, ascending; behind the last one, that it is not covered. */
export function walker({ root, questions, switches }: Tree): (stack: Stack) => readonly number[] {
  const searches = new Map<string, Searcher>();
  const prepared = prepare(root, searches);
  const unknown = switches.map((formula) => [formula, undefined] as const);
  return (stack) => {
    const visit: Visit = { stack, answers: [], switches: new Map(unknown), matched: new Set() };
    walk(prepared, visit, questions);
    return [...visit.matched].sort((a, b) => a - b);
  };
}

function walk(node: Prepared, visit: Visit, questions: readonly Question[]): void {
  for (const candidate of node.candidates) decide(candidate, visit);
  for (const search of node.searches) search(visit);
  for (const { question, edgeOf, nodes } of node.branches) {
    const answer = answerOf(question, visit, questions);
    const next = answer === null ? undefined : nodes[edgeOf(answer)];
    if (next) walk(next, visit, questions);
  }
}

function decide({ signature, residual }: Candidate, visit: Visit): void {
  if (!visit.matched.has(signature) && holds(residual, visit)) visit.matched.add(signature);
}

/** Whether a formula holds; what conditions share is decided once a packet. */
function holds(formula: Formula, visit: Visit): boolean {
  const { switches, stack } = visit;
  if (switches.size === 0) return evaluateFormula(formula, stack);
  if (!switches.has(formula)) return holdsInParts(formula, visit);
  const known = switches.get(formula) ?? holdsInParts(formula, visit);
  switches.set(formula, known);
  return known;
}

function holdsInParts(formula: Formula, visit: Visit): boolean {
  switch (formula.kind) {
    case 'And':
      return formula.of.every((part) => holds(part, visit));
    case 'Or':
      return formula.of.some((part) => holds(part, visit));
    case 'Not':
      return !holds(formula.of, visit);
    default:
      return evaluateFormula(formula, visit.stack);
  }
}

/** The answer, or null where the packet has none. */
function answerOf(index: number, visit: Visit, questions: readonly Question[]): bigint | null {
  const { answers } = visit;
  const known = answers[index];
  if (known !== undefined) return known;
  const question = questions[index];
  const answer = question ? ask(question, visit) : null;
  answers[index] = answer;
  return answer;
}

function ask(question: Question, visit: Visit): bigint | null {
  switch (question.kind) {
    case 'Header':
      return isPresent(question.header, visit.stack) ? 1n : null;
    case 'Value':
      return evaluateValue(question.value, visit.stack) ?? null;
    case 'Switch':
      return holds(question.formula, visit) ? 1n : 0n;
  }
}

function prepare({ candidates, searches, branches }: Node, searchers: Map<string, Searcher>): Prepared {
  return {
    candidates,
    searches: searches.map((search) => prepareSearch(search, searchers)),
    branches: branches.map(({ question, edges }) => ({
      question,
      edgeOf: lookup(edges.map((e) => e.answers)),
      nodes: edges.map((e) => prepare(e.node, searchers)),
    })),
  };
}

/** Tells the index of each literal that stands in the bytes. */
type Searcher = (bytes: Uint8Array, found: (index: number) => void) => void;

/** Nodes that look for the same literals share what finds them. */
function prepareSearch({ bytes, method, needles }: Search, searchers: Map<string, Searcher>): (visit: Visit) => void {
  const texts = needles.map(({ literal: { bytes: b } }) => `${b.length}:${String.fromCharCode(...b)}`);
  const key = `${method} ${texts.join('')}`;
  let searcher = searchers.get(key);
  if (!searcher) searchers.set(key, (searcher = SEARCHERS[method](needles.map((n) => n.literal.bytes))));
  return (visit) => {
    const field = bytesOf(bytes, visit.stack);
    if (field) searcher(field, (index) => needles[index]?.candidates.forEach((c) => decide(c, visit)));
  };
}

/** Neither regards case: the candidate compares what it waits for once more, case and window and all. */
const SEARCHERS = {
  'boyer-moore': (literals: readonly Uint8Array[]): Searcher => {
    const searches = literals.map((bytes) => boyerMoore(bytes, true));
    return (bytes, found) => {
      searches.forEach((search, index) => {
        if (find(search, bytes, 0, bytes.length) >= 0) found(index);
      });
    };
  },
  'aho-corasick': (literals: readonly Uint8Array[]): Searcher => ahoCorasick(literals).search,
} satisfies Record<Search['method'], (literals: readonly Uint8Array[]) => Searcher>;
