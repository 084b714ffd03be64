/**
 * What the engine's work costs, in picoseconds of the reference machine. Measured and written by
 *
 *     node --expose-gc dist/bench/calibrate.js --write
 *
 * on AMD EPYC, Node 20.20.2.
 */
export const COST = {
  /** A packet of real traffic: to decode it, and all else that is done for any packet. */
  packet: 58_901,
  /** A header more. */
  header: 8457,
  /** An entry of a list (an option of TCP), where somebody asks for the list. */
  entry: 967,
  /** To halve a row of ranges once, on the way to the one in which a value lies. */
  halving: 802,
  /** A question of an upper node, which is code, with a few answers. */
  question: 737,
  /** A question of a lower node, which is looked up in tables; the halvings of its ranges come to it. */
  lookup: 14_541,
  /** A node that a packet comes by. */
  node: 818,
  /** To read a number, to add, or to compare, in code: so conditions of upper nodes are decided. */
  emitted: 198,
  /** The same by the machine: so conditions behind a literal, with named occurrences, and of lower nodes are decided. */
  operation: 2158,
  /** To begin a pass over the bytes of a packet, and to end it. */
  pass: 16_844,
  /** A signature that waits for a literal that was found, whether the packet came by its node or not. */
  waiter: 604,
  /** A signature that matches: it is put on the list of the packet. */
  match: 5272,
  /** A literal that a pass finds in a packet for the first time. */
  found: 10_874,
  /** An integer of the bytes that a packet carries, or how many these are. */
  read: 3751,
  /** A digit of an integer in ASCII. */
  digit: 2391,
  /** To begin to look for a literal by itself. */
  find: 15_311,
  /** A byte in which a literal is looked for by itself. */
  findByte: 129,
  /** The same where the literal is nearly there at every place. */
  findNearByte: 3247,
  /** An occurrence of a named literal that is put on a list. */
  occurrence: 4544,
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
    { patterns: 1, expected: 35, worst: 183 },
    { patterns: 2, expected: 83, worst: 412 },
    { patterns: 5, expected: 102, worst: 1890 },
    { patterns: 10, expected: 135, worst: 1877 },
    { patterns: 20, expected: 141, worst: 1963 },
    { patterns: 50, expected: 210, worst: 2027 },
    { patterns: 100, expected: 482, worst: 2264 },
    { patterns: 200, expected: 519, worst: 2267 },
    { patterns: 500, expected: 597, worst: 2220 },
    { patterns: 1000, expected: 867, worst: 3968 },
    { patterns: 5000, expected: 1096, worst: 13_296 },
  ],
  automaton: [
    { patterns: 10, expected: 1756, worst: 2050 },
    { patterns: 100, expected: 1778, worst: 2780 },
    { patterns: 1000, expected: 2437, worst: 5151 },
    { patterns: 5000, expected: 3269, worst: 9406 },
  ],
};
