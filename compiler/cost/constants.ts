/**
 * What the engine's work costs, in picoseconds of the reference machine. Measured and written by
 *
 *     node --expose-gc dist/bench/calibrate.js --write
 *
 * on AMD EPYC, Node 20.20.2.
 */
export const COST = {
  /** A packet of real traffic: to decode it, and all else that is done for any packet. */
  packet: 54_291,
  /** A header more. */
  header: 9287,
  /** An entry of a list (an option of TCP), where somebody asks for the list. */
  entry: 1003,
  /** To halve a row of ranges once, on the way to the one in which a value lies. */
  halving: 843,
  /** A question of an upper node, which is code, with a few answers. */
  question: 724,
  /** A question of an upper node whose answer is looked up among many. */
  directory: 6893,
  /** A question of a lower node, or with very many answers: all of it is read from tables. */
  lookup: 16_310,
  /** To read a number, to add, or to compare, in code: so conditions of upper nodes are decided. */
  emitted: 192,
  /** A node that a packet comes by. */
  node: 966,
  /** The same by the machine: so conditions behind a literal, with named occurrences, and of lower nodes are decided. */
  operation: 2250,
  /** To begin a pass over the bytes of a packet, and to end it. */
  pass: 18_270,
  /** A signature that waits for a literal that was found, whether the packet came by its node or not. */
  waiter: 553,
  /** A signature that matches: it is put on the list of the packet. */
  match: 5938,
  /** A literal that a pass finds in a packet for the first time. */
  found: 12_177,
  /** An integer of the bytes that a packet carries, or how many these are. */
  read: 3830,
  /** A digit of an integer in ASCII. */
  digit: 2518,
  /** To begin to look for a literal by itself. */
  find: 14_690,
  /** A byte in which a literal is looked for by itself. */
  findByte: 127,
  /** The same where the literal is nearly there at every place. */
  findNearByte: 3190,
  /** An occurrence of a named literal that is put on a list. */
  occurrence: 5522,
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
    { patterns: 1, expected: 42, worst: 263 },
    { patterns: 2, expected: 87, worst: 557 },
    { patterns: 5, expected: 106, worst: 548 },
    { patterns: 10, expected: 145, worst: 621 },
    { patterns: 20, expected: 148, worst: 649 },
    { patterns: 50, expected: 201, worst: 793 },
    { patterns: 100, expected: 209, worst: 919 },
    { patterns: 200, expected: 224, worst: 1022 },
    { patterns: 500, expected: 273, worst: 1413 },
    { patterns: 1000, expected: 438, worst: 1886 },
    { patterns: 5000, expected: 668, worst: 4757 },
  ],
  automaton: [
    { patterns: 10, expected: 1710, worst: 2060 },
    { patterns: 100, expected: 1818, worst: 2846 },
    { patterns: 1000, expected: 2343, worst: 5216 },
    { patterns: 5000, expected: 2988, worst: 7800 },
  ],
};
