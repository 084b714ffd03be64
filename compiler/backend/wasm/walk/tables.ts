/** The decision tree as tables that the walker reads. */
import type { Formula } from '../../../logic/formula.js';
import { type IntSet } from '../../../logic/set.js';
import type { Branch, Candidate, Node, Question, Search, Tree } from '../../../tree/tree.js';
import type { MemoryPlan } from '../assembler/memory.js';
import { littleEndian } from '../assembler/words.js';
import { encodeProgram, type Program, type ProgramContext } from '../program/encode.js';
import { isAddress } from '../program/is-address.js';
import { familiesOf, halfWords, pairs } from '../program/tables.js';
import { directoryOf } from './directory.js';
import type { Groups } from './waiters.js';

/** Byte offsets in a node's record: how many, and where they lie. */
export const NODE = { candidates: 0, searches: 8, branches: 16, size: 24 } as const;
/** Bytes of a candidate: its signature, and its program or 0 where nothing is left to decide. */
export const CANDIDATE_BYTES = 8;
/** Bytes of a node's search: its number, and the word that says that the group is wanted. */
export const SEARCH_BYTES = 8;
/** Byte offsets in one table of a branch's ranges; `edges` has for each range the number of its edge, from 1; 0 for no directory. */
export const EDGES = { ranges: 0, count: 4, edges: 8, directory: 12, pages: 16, shift: 20, size: 24 } as const;
/** Byte offsets in a branch: its question, how the answer is looked up, the node of each edge, and up to three tables of ranges. */
export const BRANCH = { question: 0, kind: 4, nodes: 8, tables: 12, size: 12 + 3 * EDGES.size } as const;
/** How an answer is looked up. */
const LOOKUP = { presence: 0, integer: 1, address: 2 } as const;

/** Programs, each once however many signatures share it. */
export interface Programs {
  /** Where the formula's program lies; 0 for one that always holds. */
  place(formula: Formula): number;
  /** Where the program lies that decides a part which conditions share. */
  readonly placeShared: (part: Formula) => number;
  readonly lists: number;
  readonly depth: number;
}

export function createPrograms(memory: MemoryPlan, context: ProgramContext): Programs {
  const known = new Map<string, number>();
  let [lists, depth] = [0, 0];
  const remember = (program: Program): number => {
    const { bytes } = program;
    lists = Math.max(lists, program.lists);
    depth = Math.max(depth, program.depth);
    const key = bytes.join();
    const address = known.get(key) ?? memory.data(bytes, 8);
    known.set(key, address);
    return address;
  };
  return {
    place(formula) {
      return formula.kind === 'True' ? 0 : remember(encodeProgram(formula, context));
    },
    placeShared: (part) => remember(encodeProgram(part, context, part)),
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
  const directories = createDirectories(memory);
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
    const nodes = placeWords(
      memory,
      edges.map((edge) => placeNode(edge.node)),
    );
    const asked = questions[question];
    const kind = kindOf(asked);
    const tables = tablesOf(asked, kind, edges).map((part) => edgesOf(part, memory, directories));
    const words = [question, kind, nodes, ...tables.flat()];
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
  if (question?.kind === 'Switch') return LOOKUP.integer;
  if (question?.kind !== 'Value') return LOOKUP.presence;
  return isAddress(question.value) ? LOOKUP.address : LOOKUP.integer;
}

/** Ranges, ascending, each with the number of its edge from 1. */
interface EdgeTable {
  readonly ranges: readonly { readonly range: IntSet[number]; readonly edge: number }[];
  /** Bytes of each end. */
  readonly size: 8 | 16;
  /** No value has more bits; undefined where that is not known, or where a value may be negative. */
  readonly bits?: number | undefined;
}

function tablesOf(asked: Question | undefined, kind: number, edges: Branch['edges']): EdgeTable[] {
  const part = (family: 'integers' | 'v4' | 'v6'): EdgeTable['ranges'] =>
    edges
      .flatMap(({ answers }, i) => familiesOf(answers)[family].map((range) => ({ range, edge: i + 1 })))
      .sort((a, b) => (a.range.low < b.range.low ? -1 : 1));
  const integers = part('integers');
  if (kind !== LOOKUP.address) return [{ ranges: integers, size: 8, bits: asked && bitsOf(asked) }];
  return [
    { ranges: integers, size: 8 },
    { ranges: part('v4'), size: 8, bits: 32 },
    { ranges: part('v6'), size: 16 },
  ];
}

/** Bits of values that are read as they stand in the packet. */
function bitsOf(question: Question): number | undefined {
  if (question.kind !== 'Value') return undefined;
  const { value } = question;
  if (value.kind === 'Field') return value.field.width;
  return value.kind === 'Read' ? value.size * 8 : undefined;
}

/** So many ranges are halved as fast. */
export const FEW_RANGES = 4;
/** Pages of all directories: 4 MB. */
const MOST_PAGES = 4096;

/** Lays out directories as long as there is room. */
interface Directories {
  /** Addresses of its index and its pages, and its shift; zeros where there is none. */
  place(table: EdgeTable): readonly [number, number, number];
}

function createDirectories(memory: MemoryPlan): Directories {
  let pages = 0;
  return {
    place({ ranges, bits }) {
      if (bits === undefined || ranges.length <= FEW_RANGES || pages >= MOST_PAGES) return [0, 0, 0];
      const made = directoryOf(
        ranges.map(({ range }) => range),
        bits,
      );
      if (!made || made.pages.length === 0) return [0, 0, 0];
      pages += made.pages.length;
      const index = memory.data(halfWords(made.index));
      return [
        index,
        placeWords(
          memory,
          made.pages.flatMap((page) => [...page]),
        ),
        made.shift,
      ];
    },
  };
}

function edgesOf(table: EdgeTable, memory: MemoryPlan, directories: Directories): number[] {
  const { ranges, size } = table;
  const ends = memory.data(
    pairs(
      ranges.map(({ range }) => range),
      size,
    ),
  );
  const edges = placeWords(
    memory,
    ranges.map(({ edge }) => edge),
  );
  return [ends, ranges.length, edges, ...directories.place(table)];
}
