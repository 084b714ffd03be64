/** What the way through the tree costs, node by node, and what is decided there. */
import { split } from '../backend/wasm/walk/atoms.js';
import { FEW_RANGES } from '../backend/wasm/walk/tables.js';
import { type Group, type Groups, groupsOf } from '../backend/wasm/walk/waiters.js';
import { type Formula, type Literal, TRUE } from '../logic/formula.js';
import type { Branch, Candidate, Node, Question, Tree } from '../tree/tree.js';
import { add, type Cost, NOTHING, partOf, same } from './amount.js';
import { type ConditionPart, partsOf, type Setting } from './condition.js';
import { COST } from './constants.js';
import { groupBy } from './group-by.js';
import { answerChance, chanceOf, part, standingChance, WHOLE } from './share.js';
import { hasShortRow, isCode, upperNodes } from '../tree/upper.js';

/** A place where a signature is decided, and what that costs; the expected cost is that of all packets. */
export interface Place extends Cost {
  readonly signature: number;
  /** How often packets come by there. */
  readonly reached: number;
  /** The pass that it waits for, as an index into `uses`, and for which literals; without, it is decided at once. */
  readonly waits?: { readonly use: number; readonly literals: readonly Literal[] };
  /** What of the cost is due to which part of the condition. */
  readonly parts: readonly ConditionPart[];
}

/** Literals that are looked for in the same bytes, and how often a packet comes by a node that asks for it. */
export interface SearchUse extends Pick<Group, 'bytes' | 'literals'> {
  /** By literal, how many wait for it. */
  readonly waiters: readonly number[];
  readonly wanted: number;
}

/** The tree with its prices. */
export interface TreeCost {
  /** Nodes and questions, without what is decided; at worst on one packet's way. */
  readonly walk: Cost;
  /** The same with all that is decided on that way. */
  readonly worst: number;
  readonly places: readonly Place[];
  /** By signature: all places on one packet's way, at worst. */
  readonly worstOf: ReadonlyMap<number, number>;
  readonly uses: readonly SearchUse[];
}

interface Pricing {
  readonly questions: readonly Question[];
  readonly groups: Groups;
  readonly waiters: ReadonlyMap<number, readonly Waiting[]>;
  readonly upper: ReadonlySet<Node>;
  readonly sizes: Sizes;
  readonly places: Place[];
}

/** Bytes that a packet carries typically, and that are searched at worst. */
type Sizes = Pick<Setting, 'bytes' | 'longest'>;

/** Somebody who waits for a literal at a node's search. */
interface Waiting {
  readonly group: number;
  readonly literal: Literal;
  readonly candidate: Candidate;
  readonly residual: Formula;
}

/** What a node costs with all below it: `wanted` is, by group, how often a packet that is here will need its pass. */
interface Priced {
  readonly walk: Cost;
  readonly worst: number;
  readonly worstOf: Map<number, number>;
  readonly wanted: readonly number[];
}

/** Prices a tree for packets of a kind. */
export function treeCost(tree: Tree, sizes: Sizes): TreeCost {
  const { root, questions } = tree;
  const groups = groupsOf(root);
  const pricing: Pricing = {
    questions,
    groups,
    waiters: waitersOf(groups),
    upper: new Set(upperNodes(tree)),
    sizes,
    places: [],
  };
  const { wanted, ...cost } = priceNode(root, WHOLE, pricing);
  const uses = groups.groups.map(({ bytes, literals, waiters }, index) => {
    return { bytes, literals, waiters: waiters.map((row) => row.length), wanted: wanted[index] ?? 0 };
  });
  return { ...cost, places: pricing.places, uses };
}

/** By the number of the node's search. */
function waitersOf({ groups }: Groups): Map<number, Waiting[]> {
  const found = new Map<number, Waiting[]>();
  groups.forEach(({ literals, waiters }, group) => {
    literals.forEach((literal, index) => {
      for (const { search, candidate, residual } of waiters[index] ?? []) {
        const row = found.get(search) ?? [];
        found.set(search, row);
        row.push({ group, literal, candidate, residual });
      }
    });
  });
  return found;
}

function priceNode(node: Node, reached: number, pricing: Pricing): Priced {
  const { groups, places, upper } = pricing;
  const isUpper = upper.has(node);
  const own: Place[] = [
    ...node.candidates.map(({ signature, residual }) =>
      placeOf(signature, reached, { residual, literals: [] }, pricing, isUpper && hasShortRow(node)),
    ),
    ...node.searches.flatMap((search) => waitingPlaces(groups.place(search).number, reached, pricing)),
  ];
  places.push(...own);
  const worstOf = new Map<number, number>();
  for (const { signature, worst } of own) raise(worstOf, signature, worst);
  const asked = node.branches.map((branch) => priceBranch(branch, isUpper, reached, pricing));
  for (const branch of asked) for (const [signature, worst] of branch.worstOf) raise(worstOf, signature, worst);
  const here = new Set(node.searches.map((search) => groups.place(search).group));
  return {
    walk: add(partOf(same(COST.node), reached), ...asked.map((branch) => branch.walk)),
    worst: COST.node + sum(own) + sum(asked),
    worstOf,
    wanted: groups.groups.map((_, group) =>
      here.has(group) ? WHOLE : eitherOf(asked.map((b) => b.wanted[group] ?? 0)),
    ),
  };
}

function sum(all: readonly { readonly worst: number }[]): number {
  return all.reduce((total, { worst }) => total + worst, 0);
}

function raise(row: Map<number, number>, signature: number, by: number): void {
  row.set(signature, (row.get(signature) ?? 0) + by);
}

/** How often one of several comes about that have nothing to do with each other. */
function eitherOf(shares: readonly number[]): number {
  return WHOLE - shares.reduce((none, share) => part(none, WHOLE - share), WHOLE);
}

/** A packet takes one edge at most. */
function priceBranch(branch: Branch, upper: boolean, reached: number, pricing: Pricing): Priced {
  const { question: index, edges } = branch;
  const question = pricing.questions[index];
  const ask = same(upper && isCode(branch) ? askCost(branch) : COST.lookup);
  const shares = question ? sharesOf(question, edges) : [];
  const below = edges.map(({ node }, i) => priceNode(node, part(reached, shares[i] ?? 0), pricing));
  const worstOf = new Map<number, number>();
  for (const edge of below) {
    for (const [signature, worst] of edge.worstOf) worstOf.set(signature, Math.max(worst, worstOf.get(signature) ?? 0));
  }
  const wantedBy = (group: number): number =>
    below.reduce((total, edge, i) => total + part(edge.wanted[group] ?? 0, shares[i] ?? 0), 0);
  return {
    walk: {
      expected: add(partOf(ask, reached), ...below.map((edge) => edge.walk)).expected,
      worst: ask.worst + most(below.map((edge) => edge.walk.worst)),
    },
    worst: ask.worst + most(below.map((edge) => edge.worst)),
    worstOf,
    wanted: pricing.groups.groups.map((_, group) => Math.min(WHOLE, wantedBy(group))),
  };
}

/** To ask in code: a few ranges are compared one by one, more are looked up in a directory. */
function askCost({ edges }: Branch): number {
  const ranges = edges.reduce((count, { answers }) => count + answers.length, 0);
  return ranges <= FEW_RANGES ? COST.question : COST.directory;
}

/** Answers of two edges do not overlap: where the guesses say that there are more packets than all, each gets its part of them. */
function sharesOf(question: Question, edges: Branch['edges']): number[] {
  const shares = edges.map(({ answers }) => answerChance({ question, answers }));
  const all = shares.reduce((a, b) => a + b, 0);
  return all <= WHOLE ? shares : shares.map((share) => Math.floor((share * WHOLE) / all));
}

function most(amounts: readonly number[]): number {
  return amounts.reduce((a, b) => Math.max(a, b), 0);
}

/** Those who wait at a search; one that waits for several literals is decided once, when one of them is found. */
function waitingPlaces(search: number, reached: number, pricing: Pricing): Place[] {
  const byCandidate = groupBy(pricing.waiters.get(search) ?? [], ({ candidate }) => candidate);
  return [...byCandidate].map(([{ signature }, rows]) => {
    const [{ group: use, residual } = { group: 0, residual: TRUE }] = rows;
    const literals = rows.map(({ literal }) => literal);
    return { ...placeOf(signature, reached, { residual, literals }, pricing, false), waits: { use, literals } };
  });
}

/** What is decided, where one of the literals was found if there are any. */
interface Decided {
  readonly residual: Formula;
  readonly literals: readonly Literal[];
}

function placeOf(
  signature: number,
  reached: number,
  { residual, literals }: Decided,
  { sizes }: Pricing,
  isCode: boolean,
): Place {
  const found = eitherOf(literals.map((literal) => standingChance(literal, sizes.bytes)));
  const share = literals.length === 0 ? reached : part(reached, found);
  const { code, rest } = isCode ? split(residual) : { code: TRUE, rest: residual };
  const known = { ...sizes, found: literals.length === 1 ? literals[0] : undefined };
  const left = part(share, chanceOf(code, known));
  const parts = [
    ...partsOf(code, { ...known, operation: COST.emitted }, share),
    ...partsOf(rest, { ...known, operation: COST.operation }, left),
  ];
  // To call the machine, and to come back.
  const begun = isCode && rest.kind === 'True' ? NOTHING : partOf(same(2 * COST.operation), left);
  const matched = partOf(same(COST.match), part(left, chanceOf(rest, known)));
  return { signature, reached, parts, ...add(begun, matched, ...parts) };
}
