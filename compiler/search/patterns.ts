/** The byte strings that literals are about: those that differ in their window only are looked for once. */
import { LOWER } from '../logic/fold.js';
import type { Literal } from '../logic/formula.js';

/** A literal that is this pattern in a window; the window is that of `Literal`, cut to `FAR`. */
export interface Use {
  readonly id: number;
  readonly first: number;
  readonly last: number;
}

/** A byte string, folded to lower case where case does not matter. */
export interface Pattern {
  readonly bytes: Uint8Array;
  /** It has letters, and their case does not matter. */
  readonly nocase: boolean;
  readonly uses: readonly Use[];
}

/** Farther than any byte of a packet; sums with a payload's length stay within 32 bits. */
const FAR = 2 ** 29;

/** Groups literals, whose ids are their indices, by what their bytes match. */
export function patternsOf(literals: readonly Literal[]): Pattern[] {
  const groups = new Map<string, { bytes: Uint8Array; nocase: boolean; uses: Use[] }>();
  literals.forEach((literal, id) => {
    const nocase = literal.nocase && literal.bytes.some(isLetter);
    const bytes = nocase ? literal.bytes.map((byte) => LOWER[byte] ?? 0) : literal.bytes;
    const key = `${nocase}${bytes.join()}`;
    const use = { id, first: near(literal.first), last: near(literal.last) };
    const group = groups.get(key);
    if (group) group.uses.push(use);
    else groups.set(key, { bytes, nocase, uses: [use] });
  });
  return [...groups.values()];
}

/** Whether the byte is an ASCII letter. */
export function isLetter(byte: number): boolean {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** A window's bound, cut to `FAR`. */
export function near(position: number): number {
  return Math.max(-FAR, Math.min(FAR, position));
}

/** How much of a payload all patterns lie in. */
export interface Reach {
  /** Bytes from the beginning; without, to the end. */
  readonly fromStart?: number;
  /** Bytes before the end; without, from the beginning. */
  readonly fromEnd?: number;
}

/** Where all patterns may stand: what lies outside of every window is not searched. */
export function reachOf(patterns: readonly Pattern[]): Reach {
  let [first, last, isTail, isHead] = [0, 0, true, true];
  for (const use of patterns.flatMap(({ uses }) => uses)) {
    [isTail, isHead] = [isTail && use.first < 0, isHead && use.last >= 0];
    [first, last] = [Math.min(first, use.first), Math.max(last, use.last)];
  }
  return { ...(isHead && { fromStart: last + 1 }), ...(isTail && { fromEnd: -first }) };
}
