/**
 * Many strings in one pass (A. V. Aho, M. J. Corasick, "Efficient String Matching: An Aid to Bibliographic Search", CACM 18(6), 1975),
 * without regard to the case of ASCII letters: what must be exact is compared afterwards. Transitions lie in one open hash table,
 * about 20 bytes for each byte of a pattern, where a full table would take 1,024.
 */
import { LOWER } from '../../logic/fold.js';

export interface AhoCorasick {
  /** `found` is told the index of each pattern that stands in the bytes, once, in no certain order. */
  readonly search: (bytes: Uint8Array, found: (pattern: number) => void) => void;
}

const NO_STATE = -1;
/** Of the golden ratio: spreads neighbouring keys over the table (Knuth, The Art of Computer Programming, 6.4). */
const SPREAD = 0x9e3779b1;

/** Prepares the search for patterns of one byte or more, all different also without regard to case. */
export function ahoCorasick(patterns: readonly Uint8Array[]): AhoCorasick {
  const trie = trieOf(patterns);
  const { fail, ends, inherited } = linksOf(trie);
  // In which search a state was last reached: what ends there, and behind its links, has been told then.
  const told = new Int32Array(trie.size);
  let round = 0;

  function tell(state: number, found: (pattern: number) => void): void {
    for (let at = state; at > 0 && told[at] !== round; at = inherited[at] ?? 0) {
      told[at] = round;
      const pattern = ends[at] ?? -1;
      if (pattern >= 0) found(pattern);
    }
  }

  return {
    search(bytes, found) {
      round = (round + 1) | 0;
      // After four thousand million searches the rounds begin again, and none may look as if it had been told.
      if (round === 0) told.fill(round++);
      let state = 0;
      for (const byte of bytes) {
        const folded = LOWER[byte] ?? 0;
        let next = trie.step(state, folded);
        while (next === NO_STATE && state !== 0) {
          state = fail[state] ?? 0;
          next = trie.step(state, folded);
        }
        state = next === NO_STATE ? 0 : next;
        if (state !== 0) tell(state, found);
      }
    },
  };
}

interface Trie {
  /** States; 0 is the root. */
  readonly size: number;
  readonly step: (state: number, byte: number) => number;
  /** By state: its parent and the byte that leads from it. */
  readonly parent: Int32Array;
  readonly label: Uint8Array;
  /** By state: the pattern that ends there, or -1. */
  readonly ends: Int32Array;
}

function trieOf(patterns: readonly Uint8Array[]): Trie {
  const most = patterns.reduce((sum, p) => sum + p.length, 1);
  const parent = new Int32Array(most);
  const label = new Uint8Array(most);
  const ends = new Int32Array(most).fill(-1);
  const slots = 2 ** Math.ceil(Math.log2(most * 2));
  const table = new Int32Array(slots).fill(NO_STATE);
  const slotOf = (state: number, byte: number): number => (Math.imul(state * 256 + byte, SPREAD) >>> 7) & (slots - 1);
  let size = 1;

  function find(state: number, byte: number): number {
    let slot = slotOf(state, byte);
    for (;;) {
      const next = table[slot] ?? NO_STATE;
      if (next === NO_STATE || (parent[next] === state && label[next] === byte)) return slot;
      slot = (slot + 1) & (slots - 1);
    }
  }

  patterns.forEach((pattern, index) => {
    let state = 0;
    for (const byte of pattern) {
      const folded = LOWER[byte] ?? 0;
      const slot = find(state, folded);
      if (table[slot] === NO_STATE) {
        parent[size] = state;
        label[size] = folded;
        table[slot] = size++;
      }
      state = table[slot] ?? 0;
    }
    ends[state] = index;
  });
  return { size, parent, label, ends, step: (state, byte) => table[find(state, byte)] ?? NO_STATE };
}

/** By state: where to go on after a mismatch, and the next state on that way where a pattern ends. */
function linksOf({ size, step, parent, label, ends }: Trie): {
  fail: Int32Array;
  ends: Int32Array;
  inherited: Int32Array;
} {
  const fail = new Int32Array(size);
  const inherited = new Int32Array(size);
  for (const state of byDepth(size, parent)) {
    const above = parent[state] ?? 0;
    if (above === 0) continue;
    const byte = label[state] ?? 0;
    let at = fail[above] ?? 0;
    let next = step(at, byte);
    while (next === NO_STATE && at !== 0) {
      at = fail[at] ?? 0;
      next = step(at, byte);
    }
    const link = next === NO_STATE ? 0 : next;
    fail[state] = link;
    inherited[state] = (ends[link] ?? -1) >= 0 ? link : (inherited[link] ?? 0);
  }
  return { fail, ends, inherited };
}

/** All states but the root, those of shorter beginnings first. */
function byDepth(size: number, parent: Int32Array): number[] {
  const depth = new Int32Array(size);
  // A state's parent was made before it.
  for (let state = 1; state < size; state++) depth[state] = (depth[parent[state] ?? 0] ?? 0) + 1;
  return Array.from({ length: size - 1 }, (_, i) => i + 1).sort((a, b) => (depth[a] ?? 0) - (depth[b] ?? 0));
}
