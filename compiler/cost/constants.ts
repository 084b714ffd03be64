/**
 * What the engine's work costs, in picoseconds of the reference machine. Measured and written by
 *
 *     node --expose-gc dist/bench/calibrate.js --write
 *
 * on AMD EPYC, Node 20.20.2.
 */
export const COST = {
  /** A packet of real traffic: to decode it, and all else that is done for any packet. */
  packet: 44_214,
  /** A header more. */
  header: 8211,
  /** An entry of a list (an option of TCP), where somebody asks for the list. */
  entry: 1411,
  /** To halve a row of ranges once, on the way to the one in which a value lies. */
  halving: 814,
  /** A question of an upper node, which is code, with a few answers. */
  question: 714,
  /** A question of an upper node whose answer is looked up among many. */
  directory: 6935,
  /** A question of a lower node, or with very many answers: all of it is read from tables. */
  lookup: 17_548,
  /** To read a number, to add, or to compare, in code: so conditions of upper nodes are decided. */
  emitted: 190,
  /** A node that a packet comes by. */
  node: 1075,
  /** The same by the machine: so conditions behind a literal, with named occurrences, and of lower nodes are decided. */
  operation: 2039,
  /** To begin a pass over the bytes of a packet, and to end it. */
  pass: 18_250,
  /** A signature that waits for a literal that was found, whether the packet came by its node or not. */
  waiter: 516,
  /** A signature that matches: it is put on the list of the packet. */
  match: 8020,
  /** A literal that a pass finds in a packet for the first time. */
  found: 13_561,
  /** An integer of the bytes that a packet carries, or how many these are. */
  read: 4238,
  /** A digit of an integer in ASCII. */
  digit: 2397,
  /** To begin to look for a literal by itself. */
  find: 15_303,
  /** A byte in which a literal is looked for by itself. */
  findByte: 127,
  /** The same where the literal is nearly there at every place. */
  findNearByte: 3171,
  /** An occurrence of a named literal that is put on a list. */
  occurrence: 7277,
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
    { patterns: 1, expected: 37, worst: 300 },
    { patterns: 2, expected: 84, worst: 488 },
    { patterns: 5, expected: 111, worst: 620 },
    { patterns: 10, expected: 140, worst: 743 },
    { patterns: 20, expected: 149, worst: 651 },
    { patterns: 50, expected: 211, worst: 840 },
    { patterns: 100, expected: 214, worst: 974 },
    { patterns: 200, expected: 232, worst: 1064 },
    { patterns: 500, expected: 293, worst: 1415 },
    { patterns: 1000, expected: 400, worst: 1880 },
    { patterns: 5000, expected: 581, worst: 3939 },
  ],
  automaton: [
    { patterns: 10, expected: 1713, worst: 2087 },
    { patterns: 100, expected: 1769, worst: 2776 },
    { patterns: 1000, expected: 2283, worst: 5134 },
    { patterns: 5000, expected: 2939, worst: 7387 },
  ],
};
