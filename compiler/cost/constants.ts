/**
 * What the engine's work costs, in picoseconds of the reference machine. Measured and written by
 *
 *     node --expose-gc dist/bench/calibrate.js --write
 *
 * on AMD EPYC, Node 20.20.2.
 */
export const COST = {
  /** A packet of real traffic: to decode it, and all else that is done for any packet. */
  packet: 42_869,
  /** A header more. */
  header: 8490,
  /** An entry of a list (an option of TCP), where somebody asks for the list. */
  entry: 992,
  /** To halve a row of ranges once, on the way to the one in which a value lies. */
  halving: 1225,
  /** A question of an upper node, which is code, with a few answers. */
  question: 726,
  /** A question of an upper node whose answer is looked up among many. */
  directory: 6875,
  /** A question of a lower node, or with very many answers: all of it is read from tables. */
  lookup: 16_585,
  /** To read a number, to add, or to compare, in code: so conditions of upper nodes are decided. */
  emitted: 200,
  /** A node that a packet comes by. */
  node: 997,
  /** The same by the machine: so conditions behind a literal, with named occurrences, and of lower nodes are decided. */
  operation: 2355,
  /** To begin a pass over the bytes of a packet, and to end it. */
  pass: 17_588,
  /** A signature that waits for a literal that was found, whether the packet came by its node or not. */
  waiter: 539,
  /** A signature that matches: it is put on the list of the packet. */
  match: 5943,
  /** A literal that a pass finds in a packet for the first time. */
  found: 11_430,
  /** An integer of the bytes that a packet carries, or how many these are. */
  read: 3152,
  /** A digit of an integer in ASCII. */
  digit: 2406,
  /** To begin to look for a literal by itself. */
  find: 14_550,
  /** A byte in which a literal is looked for by itself. */
  findByte: 126,
  /** The same where the literal is nearly there at every place. */
  findNearByte: 3179,
  /** An occurrence of a named literal that is put on a list. */
  occurrence: 4548,
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
    { patterns: 1, expected: 40, worst: 266 },
    { patterns: 2, expected: 87, worst: 549 },
    { patterns: 5, expected: 107, worst: 534 },
    { patterns: 10, expected: 146, worst: 621 },
    { patterns: 20, expected: 148, worst: 649 },
    { patterns: 50, expected: 201, worst: 801 },
    { patterns: 100, expected: 211, worst: 981 },
    { patterns: 200, expected: 230, worst: 1052 },
    { patterns: 500, expected: 281, worst: 1478 },
    { patterns: 1000, expected: 513, worst: 1980 },
    { patterns: 5000, expected: 1083, worst: 5461 },
  ],
  automaton: [
    { patterns: 10, expected: 1712, worst: 2060 },
    { patterns: 100, expected: 1797, worst: 2798 },
    { patterns: 1000, expected: 2427, worst: 5548 },
    { patterns: 5000, expected: 3251, worst: 7870 },
  ],
};
