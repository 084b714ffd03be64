/**
 * What the engine's work costs, in picoseconds of the reference machine. Measured and written by
 *
 *     node --expose-gc dist/bench/calibrate.js --write
 *
 * on AMD EPYC, Node 20.20.2.
 */
export const COST = {
  /** A packet of real traffic: to decode it, and all else that is done for any packet. */
  packet: 43_264,
  /** A header more. */
  header: 8065,
  /** An entry of a list (an option of TCP), where somebody asks for the list. */
  entry: 992,
  /** To halve a row of ranges once, on the way to the one in which a value lies. */
  halving: 761,
  /** A question of an upper node, which is code, with a few answers. */
  question: 866,
  /** A question of an upper node whose answer is looked up among many. */
  directory: 7438,
  /** A question of a lower node, or with very many answers: all of it is read from tables. */
  lookup: 17_323,
  /** To read a number, to add, or to compare, in code: so conditions of upper nodes are decided. */
  emitted: 197,
  /** A node that a packet comes by. */
  node: 477,
  /** The same by the machine: so conditions behind a literal, with named occurrences, and of lower nodes are decided. */
  operation: 2100,
  /** To begin a pass over the bytes of a packet, and to end it. */
  pass: 15_618,
  /** A signature that waits for a literal that was found, whether the packet came by its node or not. */
  waiter: 609,
  /** A signature that matches: it is put on the list of the packet. */
  match: 5950,
  /** A literal that a pass finds in a packet for the first time. */
  found: 17_504,
  /** An integer of the bytes that a packet carries, or how many these are. */
  read: 4396,
  /** A digit of an integer in ASCII. */
  digit: 2519,
  /** To begin to look for a literal by itself. */
  find: 15_387,
  /** A byte in which a literal is looked for by itself. */
  findByte: 129,
  /** The same where the literal is nearly there at every place. */
  findNearByte: 3247,
  /** An occurrence of a named literal that is put on a list. */
  occurrence: 4556,
} as const;

/** What a byte costs in the pass for a set of literals of this size: in typical payloads, and in those full of what is nearly there. */
export interface SearchRow {
  /** Different byte strings. */
  readonly patterns: number;
  readonly expected: number;
  readonly worst: number;
}

/** By the kind of search, the sets that were measured, the smallest first. */
export const SEARCH_ROWS: Readonly<Record<'filtered' | 'automaton', readonly SearchRow[]>> = {
  filtered: [
    { patterns: 1, expected: 37, worst: 275 },
    { patterns: 2, expected: 84, worst: 590 },
    { patterns: 5, expected: 104, worst: 1493 },
    { patterns: 10, expected: 129, worst: 2744 },
    { patterns: 20, expected: 143, worst: 2719 },
    { patterns: 50, expected: 203, worst: 2824 },
    { patterns: 100, expected: 267, worst: 1405 },
    { patterns: 200, expected: 227, worst: 1864 },
    { patterns: 500, expected: 334, worst: 4997 },
    { patterns: 1000, expected: 528, worst: 4752 },
    { patterns: 5000, expected: 1849, worst: 21_012 },
  ],
  automaton: [
    { patterns: 10, expected: 1718, worst: 2109 },
    { patterns: 100, expected: 1820, worst: 3194 },
    { patterns: 1000, expected: 2645, worst: 6000 },
    { patterns: 5000, expected: 3444, worst: 8648 },
  ],
};
