/**
 * Assignments that satisfy diagrams, and which other diagrams they satisfy: what one assignment of a signature does not satisfy does not
 * follow from it. So of five million pairs of signatures a few thousand are left to prove.
 */
import { ALWAYS, type Diagram, type Diagrams, NEVER } from './diagram.js';
import type { Meaning } from './variables.js';

/** Assignments in columns: of each variable a row of bits, one a column. */
export interface Columns {
  /** 32-bit words a row. */
  readonly words: number;
  readonly rows: Uint32Array;
}

/** Numbers without a pattern, the same in every run (xorshift, G. Marsaglia, "Xorshift RNGs", 2003). */
export function randomWords(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/**
 * One assignment a column, each of which satisfies the diagram of its column; what that does not ask is chosen so that little else
 * holds: literals and headers are absent, numbers are anything.
 */
export function modelsOf(
  { nodes }: Diagrams,
  satisfied: readonly Diagram[],
  meanings: readonly Meaning[],
  random: () => number,
): Columns {
  const words = Math.ceil(satisfied.length / 32);
  const rows = new Uint32Array(meanings.length * words);
  meanings.forEach(({ kind }, variable) => {
    if (kind !== 'Bit' && kind !== 'Cell') return;
    for (let word = 0; word < words; word++) rows[variable * words + word] = random();
  });
  satisfied.forEach((diagram, column) => {
    let at = diagram;
    while (at > ALWAYS) {
      const [low, high] = [nodes.lows[at] as number, nodes.highs[at] as number];
      const isHigh = low === NEVER || (high !== NEVER && (random() & 1) === 1);
      set(rows, (nodes.variables[at] as number) * words, column, isHigh);
      at = isHigh ? high : low;
    }
  });
  return { words, rows };
}

function set(rows: Uint32Array, row: number, column: number, value: boolean): void {
  const word = row + (column >>> 5);
  const bit = 1 << (column & 31);
  rows[word] = value ? (rows[word] as number) | bit : (rows[word] as number) & ~bit;
}

/** Of each of the diagrams, in order, which columns satisfy it: a row of words. */
export function truths({ nodes }: Diagrams, asked: readonly Diagram[], { words, rows }: Columns): Uint32Array[] {
  const needed = neededBy(nodes, asked);
  const found = new Uint32Array(needed.count * words);
  found.fill(0xffff_ffff, ALWAYS * words, 2 * words);
  const { variables, lows, highs } = nodes;
  // Children have smaller numbers, so they are known.
  for (let node = 2; node < needed.places.length; node++) {
    const place = (needed.places[node] as number) * words;
    if (place === 0) continue;
    const row = (variables[node] as number) * words;
    const low = (needed.places[lows[node] as number] as number) * words;
    const high = (needed.places[highs[node] as number] as number) * words;
    for (let word = 0; word < words; word++) {
      const chosen = rows[row + word] as number;
      found[place + word] = (chosen & (found[high + word] as number)) | (~chosen & (found[low + word] as number));
    }
  }
  return asked.map((diagram) => {
    const place = (needed.places[diagram] as number) * words;
    return found.subarray(place, place + words);
  });
}

/** Which nodes some diagrams are made of, and places for them without gaps, in their order. */
function neededBy(
  { lows, highs }: Diagrams['nodes'],
  asked: readonly Diagram[],
): { places: Int32Array; count: number } {
  const places = new Int32Array(asked.reduce((most, f) => Math.max(most, f), ALWAYS) + 1);
  for (const diagram of asked) places[diagram] = 1;
  for (let node = places.length - 1; node > 1; node--) {
    if (places[node] !== 0) places[lows[node] as number] = places[highs[node] as number] = 1;
  }
  let count = 2;
  for (let node = 2; node < places.length; node++) if (places[node] !== 0) places[node] = count++;
  places[NEVER] = 0;
  places[ALWAYS] = 1;
  return { places, count };
}

/** Whether the first column satisfies a diagram. */
export function satisfies({ nodes }: Diagrams, diagram: Diagram, { words, rows }: Columns): boolean {
  let at = diagram;
  while (at > ALWAYS) {
    const isHigh = ((rows[(nodes.variables[at] as number) * words] as number) & 1) === 1;
    at = (isHigh ? nodes.highs[at] : nodes.lows[at]) as number;
  }
  return at === ALWAYS;
}
