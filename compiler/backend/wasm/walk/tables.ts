/** The decision tree as tables that the walker reads. */
import type { Formula } from '../../../logic/formula.js';
import { type IntSet } from '../../../logic/set.js';
import type { Branch, Candidate, Node, Question, Search, Tree } from '../../../tree/tree.js';
import type { MemoryPlan } from '../assembler/memory.js';
import { littleEndian } from '../assembler/words.js';
import { encodeProgram, isAddress, type Program, type ProgramContext } from '../program/encode.js';
import { familiesOf, pairs } from '../program/tables.js';
import type { Groups } from './waiters.js';

/** Byte offsets in a node's record: how many, and where they lie. */
export const NODE = { candidates: 0, searches: 8, branches: 16, size: 24 } as const;
/** Bytes of a candidate: its signature, and its program or 0 where nothing is left to decide. */
export const CANDIDATE_BYTES = 8;
/** Bytes of a node's search: its number, and the word that says that the group is wanted. */
export const SEARCH_BYTES = 8;
/** Byte offsets in a branch: its question, how the answer is looked up, and up to three tables of ranges, each with their nodes. */
export const BRANCH = { question: 0, kind: 4, tables: 8, size: 48 } as const;
/** Byte offsets in one of them; `nodes` has the address of a node for each range. */
export const EDGES = { ranges: 0, count: 4, nodes: 8, size: 12 } as const;
/** How an answer is looked up. */
const LOOKUP = { presence: 0, integer: 1, address: 2 } as const;

/** Programs, each once however many signatures share it. */
export interface Programs {
  /** Where the formula's program lies; 0 for one that always holds. */
  place(formula: Formula): number;
  readonly lists: number;
  readonly depth: number;
}

export function createPrograms(memory: MemoryPlan, context: ProgramContext): Programs {
  const known = new Map<string, number>();
  let [lists, depth] = [0, 0];
  const remember = ({ bytes }: Program): number => {
    const key = bytes.join();
    const address = known.get(key) ?? memory.data(bytes, 8);
    known.set(key, address);
    return address;
  };
  return {
    place(formula) {
      if (formula.kind === 'True') return 0;
      const program = encodeProgram(formula, context);
      lists = Math.max(lists, program.lists);
      depth = Math.max(depth, program.depth);
      return remember(program);
    },
    get lists() {
      return lists;
    },
    get depth() {
      return depth;
    },
  };
}

/** Words in memory. */
export function placeWords(memory: MemoryPlan, words: readonly number[]): number {
  return memory.data(littleEndian(words), 4);
}

/** Where the parts of a tree lie. */
export interface Placed {
  node(node: Node): number;
  branch(branch: Branch): number;
  /** A node's search: its number, and the word that says that its group is wanted. */
  search(search: Search): { readonly number: number; readonly wanted: number };
}

/** Lays out a tree; `wanted` gives the word of a group. */
export function placeTree(
  memory: MemoryPlan,
  { root, questions }: Tree,
  groups: Groups,
  programs: Programs,
  wanted: (group: number) => number,
): Placed {
  const row = (items: readonly (readonly number[])[]): number[] => [items.length, placeWords(memory, items.flat())];
  const candidate = ({ signature, residual }: Candidate): number[] => [signature, programs.place(residual)];
  const nodes = new Map<Node, number>();
  const branches = new Map<Branch, number>();
  const search: Placed['search'] = (one) => {
    const { group, number } = groups.place(one);
    return { number, wanted: wanted(group) };
  };
  const placeNode = (node: Node): number => {
    const searches = node.searches.map((one) => [search(one).number, search(one).wanted]);
    const rows = [row(node.candidates.map(candidate)), row(searches), row(node.branches.map(placeBranch))];
    const [, first = 0] = rows[2] ?? [];
    node.branches.forEach((branch, i) => branches.set(branch, first + i * BRANCH.size));
    const address = placeWords(memory, rows.flat());
    nodes.set(node, address);
    return address;
  };
  const placeBranch = ({ question, edges }: Branch): number[] => {
    const below = edges.map((edge) => placeNode(edge.node));
    const asked = questions[question];
    const kind = kindOf(asked);
    const tables = tablesOf(kind, edges, below).map((part) => edgesOf(part.ranges, part.size, memory));
    const words = [question, kind, ...tables.flat()];
    return [...words, ...Array.from({ length: BRANCH.size / 4 - words.length }, () => 0)];
  };
  placeNode(root);
  const known = <T>(map: ReadonlyMap<T, number>, part: T): number => {
    const address = map.get(part);
    if (address === undefined) throw new Error('not a part of the tree that was laid out');
    return address;
  };
  return { node: (node) => known(nodes, node), branch: (branch) => known(branches, branch), search };
}

function kindOf(question: Question | undefined): number {
  if (question?.kind !== 'Value') return LOOKUP.presence;
  return isAddress(question.value) ? LOOKUP.address : LOOKUP.integer;
}

interface Range {
  readonly set: IntSet;
  readonly node: number;
}

/** The ranges of each family, with the node to which each leads. */
function tablesOf(kind: number, edges: Branch['edges'], nodes: readonly number[]): { ranges: Range[]; size: 8 | 16 }[] {
  const part = (family: 'integers' | 'v4' | 'v6'): Range[] =>
    edges.flatMap(({ answers }, i) => {
      const node = nodes[i] ?? 0;
      return familiesOf(answers)[family].map((range) => ({ set: [range], node }));
    });
  const sorted = (ranges: Range[]): Range[] =>
    ranges.sort((a, b) => ((a.set[0]?.low ?? 0n) < (b.set[0]?.low ?? 0n) ? -1 : 1));
  const integers = { ranges: sorted(part('integers')), size: 8 as const };
  if (kind !== LOOKUP.address) return [integers];
  return [integers, { ranges: sorted(part('v4')), size: 8 }, { ranges: sorted(part('v6')), size: 16 }];
}

function edgesOf(ranges: readonly Range[], size: 8 | 16, memory: MemoryPlan): number[] {
  const table = memory.data(
    pairs(
      ranges.flatMap((r) => r.set),
      size,
    ),
  );
  return [
    table,
    ranges.length,
    placeWords(
      memory,
      ranges.map((r) => r.node),
    ),
  ];
}
