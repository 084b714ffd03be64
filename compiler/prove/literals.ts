/**
 * Literals as diagrams, with what follows from one for others: `"abcd"` contains `"bc"`, and what stands in a window stands in a wider
 * one. A literal that implies another is written into it: "contains bc" is "contains abcd, or contains bc in another way". So no
 * implication has to be kept beside the diagrams.
 */
import { ahoCorasick } from '../backend/tree/aho-corasick.js';
import { LOWER } from '../logic/fold.js';
import { type Formula, type Literal, NOWHERE } from '../logic/formula.js';
import { keyOf } from '../logic/key.js';
import type { BytesRef } from '../logic/value.js';
import { isLetter } from '../search/patterns.js';
import { ALWAYS, type Diagram, NEVER } from './diagram.js';
import { remembered } from './memory.js';
import { cell, type Ground, hasBytes } from './values.js';

/** A literal in the bytes of something. */
export interface Placed {
  readonly bytes: BytesRef;
  readonly literal: Literal;
}

export interface Literals {
  /** Gives the literal its place in the order of variables: behind those that have one. */
  readonly place: (placed: Placed) => void;
  /** That the literal stands in the bytes, which are there then. */
  readonly contains: (placed: Placed) => Diagram;
}

/** A literal longer than this at a fixed position is not taken apart into bytes: 65,535 bytes would be half a million variables. */
const MOST_CELLS = 64;
/** One byte may stand in thousands of literals; of these so many are said to imply it. */
const MOST_STRONGER = 64;

type Timed = Pick<Ground, 'isTimeUp'>;

/** Literals over the headers of a ruleset; only those among `all` are known to imply others, as far as there is time. */
export function literals(ground: Ground, all: readonly Placed[]): Literals {
  const plain = ({ bytes, literal }: Placed): Placed => ({
    bytes: ground.headers.plain(bytes),
    literal: { ...literal, nocase: literal.nocase && literal.bytes.some(isLetter) },
  });
  const places = new Map<string, Placed>();
  for (const placed of all.map(plain)) {
    if (ground.isTimeUp?.()) break;
    places.set(keyOf(placed), placed);
  }
  const stronger = implications(places, ground);
  function somewhere(placed: Placed): Diagram {
    const key = keyOf(placed);
    return remembered(ground.memory.literals, key, () => build(placed, key));
  }

  function build(placed: Placed, key: string): Diagram {
    const { diagrams: d, headers } = ground;
    const { bytes, literal } = placed;
    const there = d.and(headers.presentBytes(bytes), hasBytes(ground, bytes, leastLength(literal)));
    if (isFixed(literal)) return d.and(there, spelt(ground, placed));
    const implied = (stronger.get(key) ?? []).map(somewhere);
    const stands = implied.reduceRight((rest, one) => d.or(one, rest), variableOf(placed, key));
    return d.and(there, stands);
  }

  /** Whether it stands there in another way than inside of those that imply it. */
  function variableOf({ bytes, literal }: Placed, key: string): Diagram {
    const formula: Formula = { kind: 'Contains', bytes, literal, negated: false, span: NOWHERE };
    return ground.row(key, 1, () => ({ kind: 'Holds', formula }))[0] ?? NEVER;
  }

  function place(of: Placed): void {
    const placed = plain(of);
    const { bytes, literal } = placed;
    if (isFixed(literal)) literal.bytes.forEach((_, i) => cell(ground, bytes, literal.first + i));
    else variableOf(placed, keyOf(placed));
  }

  return {
    place,
    contains: (placed) => ground.diagrams.and(ground.headers.presentBytes(placed.bytes), somewhere(plain(placed))),
  };
}

/** Whether there is one place for it, counted from one end. */
function isFixed({ bytes, first, last }: Literal): boolean {
  return last - first + 1 === bytes.length && first < 0 === last < 0 && bytes.length <= MOST_CELLS;
}

/** Its bytes, one after the other, at its place. */
function spelt(ground: Ground, { bytes, literal }: Placed): Diagram {
  const { diagrams: d } = ground;
  let all: Diagram = ALWAYS;
  for (let i = literal.bytes.length - 1; i >= 0; i--) {
    const byte = literal.bytes[i] ?? 0;
    const bits = cell(ground, bytes, literal.first + i);
    // The two cases of a letter differ in bit 5.
    const isEither = literal.nocase && isLetter(byte);
    for (let bit = 0; bit < 8; bit++) {
      const variable = bits[7 - bit] ?? NEVER;
      if (!(isEither && bit === 5)) all = d.and((byte >> bit) & 1 ? variable : d.not(variable), all);
    }
  }
  return all;
}

/** Fewer bytes have no room for it. */
function leastLength({ bytes, first, last }: Literal): number {
  const behind = last < 0 ? -1 - last : 0;
  return Math.max(0, first) + bytes.length + behind;
}

/** By the key of a literal: those that imply it. */
function implications(distinct: ReadonlyMap<string, Placed>, timed: Timed): ReadonlyMap<string, readonly Placed[]> {
  const groups = new Map<string, [string, Placed][]>();
  for (const entry of distinct) {
    const place = keyOf(entry[1].bytes);
    const group = groups.get(place);
    if (group) group.push(entry);
    else groups.set(place, [entry]);
  }
  return new Map([...groups.values()].flatMap((group) => [...impliedIn(group, timed)]));
}

function impliedIn(group: readonly [string, Placed][], { isTimeUp }: Timed): Map<string, Placed[]> {
  const byPattern = new Map<string, [string, Placed][]>();
  for (const entry of group) {
    const pattern = folded(entry[1].literal).join();
    byPattern.set(pattern, [...(byPattern.get(pattern) ?? []), entry]);
  }
  const patterns = [...byPattern.values()];
  const { search } = ahoCorasick(patterns.map(([first]) => (first ? folded(first[1].literal) : new Uint8Array(1))));
  const stronger = new Map<string, Placed[]>();
  for (const [key, placed] of group) {
    if (isTimeUp?.()) break;
    search(placed.literal.bytes, (pattern) => {
      for (const [weakerKey, weaker] of patterns[pattern] ?? []) {
        if (weakerKey === key || !implies(placed.literal, weaker.literal)) continue;
        // Two that imply each other would be made of each other.
        if (implies(weaker.literal, placed.literal) && weakerKey > key) continue;
        const list = stronger.get(weakerKey) ?? [];
        if (list.length < MOST_STRONGER) stronger.set(weakerKey, [...list, placed]);
      }
    });
  }
  return stronger;
}

function folded({ bytes }: Literal): Uint8Array {
  return bytes.map((byte) => LOWER[byte] ?? 0);
}

/** Whether the second literal stands wherever the first one does. */
function implies(a: Literal, b: Literal): boolean {
  for (let offset = 0; offset + b.bytes.length <= a.bytes.length; offset++) {
    if (standsAt(a, b, offset) && isWithin(a, b, offset)) return true;
  }
  return false;
}

/** Whether the second one's bytes are there in the first one, in every case that this allows. */
function standsAt(a: Literal, b: Literal, offset: number): boolean {
  return b.bytes.every((byte, i) => {
    const other = a.bytes[offset + i] ?? 0;
    if (b.nocase) return LOWER[byte] === LOWER[other];
    return byte === other && !(a.nocase && isLetter(byte));
  });
}

/** Whether a place of the first one puts the second one, so far behind its beginning, into its own window. */
function isWithin(a: Literal, b: Literal, offset: number): boolean {
  const behind = a.bytes.length - offset - b.bytes.length;
  return startsWithin(a.first, b.first, offset) && endsWithin(a.last, b.last, behind);
}

function startsWithin(a: number, b: number, offset: number): boolean {
  if (b === 0) return true;
  return a < 0 === b < 0 && a + offset >= b;
}

function endsWithin(a: number, b: number, behind: number): boolean {
  if (b === -1) return true;
  return a < 0 === b < 0 && a - behind <= b;
}
