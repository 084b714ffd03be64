/**
 * Aho and Corasick's automaton ("Efficient String Matching: An Aid to Bibliographic Search", CACM 18(6), 1975): right for every set
 * and linear whatever the traffic. Bytes that no pattern tells apart are one class. States near the root and those where patterns
 * part have a row with the next state of every class; the others, nearly all, have one way on and a failure link, in 16 bytes
 * instead of up to 1,028.
 */
import { LOWER } from '../logic/fold.js';
import type { Pattern } from './patterns.js';
import { type Trie, trieOf } from './trie.js';

/** The automaton with states as numbers; how they lie in memory is the backend's. */
export interface Automaton {
  readonly trie: Trie;
  /** By byte. */
  readonly classOf: Uint8Array;
  readonly classes: number;
  /** By state: the number of its row, or -1. */
  readonly rowOf: Int32Array;
  /** Rows one after the other: the next state by class. */
  readonly rows: Int32Array;
  /** By state: where to go on after a mismatch. */
  readonly fail: Int32Array;
  /** By state: the nearest state on the failure links, itself included, where patterns end; 0 for none. */
  readonly told: Int32Array;
  /** By pattern: reaching its end does not prove it, its case or its rest has to be compared. */
  readonly unproven: readonly boolean[];
}

/** States to this depth have rows: harmless traffic hardly ever comes deeper. */
const ROWS_TO_DEPTH = 2;
/** Of all patterns together, so many bytes at most make states: 32 MiB. What is behind them is compared. */
const MOST_STATES = 2_000_000;

/** Builds the automaton of all patterns; bytes are folded where one of them disregards case. */
export function buildAutomaton(patterns: readonly Pattern[]): Automaton {
  const folded = patterns.some(({ nocase }) => nocase);
  const most = mostBytes(patterns);
  const trie = trieOf(patterns, folded, most);
  const { classOf, classes } = classesOf(trie, folded);
  const rowOf = chooseRows(trie);
  const links = link(trie, classOf, classes, rowOf);
  const unproven = patterns.map(
    ({ bytes, nocase }) => bytes.length > most || (folded && !nocase && bytes.some((b) => isCased(b))),
  );
  return { trie, classOf, classes, rowOf, ...links, unproven };
}

function isCased(byte: number): boolean {
  return LOWER[byte] !== byte || LOWER[byte - 0x20] === byte;
}

/** To how many bytes patterns are cut. */
function mostBytes(patterns: readonly Pattern[]): number {
  const lengths = patterns.map(({ bytes }) => bytes.length).sort((a, b) => a - b);
  let rest = MOST_STATES;
  for (const [index, length] of lengths.entries()) {
    const left = lengths.length - index;
    if (length * left > rest) return Math.max(1, Math.floor(rest / left));
    rest -= length;
  }
  return lengths.at(-1) ?? 1;
}

/** One class for each byte of a pattern and, where there are others, class 0 for these. */
function classesOf({ size, label }: Trie, folded: boolean): { classOf: Uint8Array; classes: number } {
  const used = new Set(label.subarray(1, size));
  const classOf = new Uint8Array(256);
  let classes = used.size < 256 ? 1 : 0;
  for (const byte of [...used].sort((a, b) => a - b)) classOf[byte] = classes++;
  if (folded) LOWER.forEach((lower, byte) => (classOf[byte] = classOf[lower]!));
  return { classOf, classes };
}

function chooseRows({ size, depth, firstChild, nextSibling }: Trie): Int32Array {
  let rows = 0;
  return Int32Array.from({ length: size }, (_, state) => {
    const child = firstChild[state]!;
    const parts = child > 0 && nextSibling[child]! > 0;
    return state === 0 || parts || (depth[state]! <= ROWS_TO_DEPTH && child > 0) ? rows++ : -1;
  });
}

/** Failure links and rows, those of shorter beginnings first. */
function link(
  trie: Trie,
  classOf: Uint8Array,
  classes: number,
  rowOf: Int32Array,
): Pick<Automaton, 'rows' | 'fail' | 'told'> {
  const { size, firstChild, nextSibling, label, ends } = trie;
  const fail = new Int32Array(size);
  const told = new Int32Array(size);
  const rows = new Int32Array((rowOf.reduce((a, b) => Math.max(a, b), 0) + 1) * classes);

  /** Writes a state's row: that of its failure link, and over it its own ways. */
  function fill(state: number): void {
    const at = rowOf[state]! * classes;
    if (state > 0) copyRow(fail[state]!, at);
    for (let child = firstChild[state]!; child > 0; child = nextSibling[child]!)
      rows[at + classOf[label[child]!]!] = child;
  }

  function copyRow(from: number, at: number): void {
    const passed: number[] = [];
    let state = from;
    for (; rowOf[state]! < 0; state = fail[state]!) passed.push(state);
    rows.copyWithin(at, rowOf[state]! * classes, (rowOf[state]! + 1) * classes);
    for (const single of passed.reverse()) {
      const child = firstChild[single]!;
      if (child > 0) rows[at + classOf[label[child]!]!] = child;
    }
  }

  function step(from: number, byte: number): number {
    for (let state = from; ; state = fail[state]!) {
      if (rowOf[state]! >= 0) return rows[rowOf[state]! * classes + classOf[byte]!]!;
      const child = firstChild[state]!;
      if (child > 0 && label[child] === byte) return child;
    }
  }

  const queue = new Int32Array(size);
  let filled = 1;
  for (let next = 0; next < filled; next++) {
    const state = queue[next]!;
    told[state] = ends.has(state) ? state : told[fail[state]!]!;
    for (let child = firstChild[state]!; child > 0; child = nextSibling[child]!) {
      if (state > 0) fail[child] = step(fail[state]!, label[child]!);
      queue[filled++] = child;
    }
    if (rowOf[state]! >= 0) fill(state);
  }
  return { rows, fail, told };
}
