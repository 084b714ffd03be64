/** Nodes of diagrams, each once, in columns of integers: an object a node took ten times the memory. */

/** Thrown where a diagram would take more nodes than allowed; whoever asked does without the answer. */
export class TooLarge extends Error {}

/** The variable of the two constants: behind all others. */
const LAST = 0x7fff_ffff;
/** Of the golden ratio, as in `backend/tree/aho-corasick.ts`. */
const SPREAD = 0x9e3779b1;

/** Spreads three numbers over 32 bits. */
export function hash(a: number, b: number, c: number): number {
  return Math.imul(Math.imul(Math.imul(a, SPREAD) ^ b, SPREAD) ^ c, SPREAD);
}

/** By number: what a node asks, and where it leads where that is false and where it is true. 0 and 1 are the constants. */
export class Nodes {
  #capacity = 1 << 14;
  variables = new Int32Array(this.#capacity);
  lows = new Int32Array(this.#capacity);
  highs = new Int32Array(this.#capacity);
  /** How many there are; a node's children have smaller numbers than itself. */
  size = 2;
  /** How many there may be. */
  most: number;
  /** How many steps operations may still take. */
  steps = Number.MAX_SAFE_INTEGER;
  #table = new Int32Array(this.#capacity * 2).fill(-1);

  constructor(most: number) {
    this.most = most;
    this.variables.fill(LAST, 0, 2);
  }

  /** The node of these three; one whose sides are equal asks nothing and is that side. */
  node(variable: number, low: number, high: number): number {
    if (low === high) return low;
    const slot = this.#slotOf(variable, low, high);
    const known = this.#table[slot] as number;
    if (known >= 0) return known;
    if (this.size >= this.most) throw new TooLarge();
    const made = this.size++;
    this.variables[made] = variable;
    this.lows[made] = low;
    this.highs[made] = high;
    this.#table[slot] = made;
    if (this.size === this.#capacity) this.#grow();
    return made;
  }

  /** Keeps what the roots need and gives their new numbers. */
  collect(roots: readonly number[]): number[] {
    const moved = new Int32Array(this.size);
    // Children have smaller numbers: from the top down marks all, from the bottom up moves all.
    for (const root of roots) moved[root] = 1;
    for (let i = this.size - 1; i > 1; i--) {
      if (moved[i] !== 0) moved[this.lows[i] as number] = moved[this.highs[i] as number] = 1;
    }
    moved[0] = 0;
    moved[1] = 1;
    let kept = 2;
    for (let i = 2; i < this.size; i++) {
      if (moved[i] === 0) continue;
      this.variables[kept] = this.variables[i] as number;
      this.lows[kept] = moved[this.lows[i] as number] as number;
      this.highs[kept] = moved[this.highs[i] as number] as number;
      moved[i] = kept++;
    }
    this.size = kept;
    this.#index();
    return roots.map((root) => moved[root] as number);
  }

  /** Forgets all but the first `size` nodes. */
  truncate(size: number): void {
    this.size = size;
    this.#index();
  }

  #slotOf(variable: number, low: number, high: number): number {
    const { variables, lows, highs } = this;
    const table = this.#table;
    const mask = table.length - 1;
    let slot = (hash(variable, low, high) >>> 5) & mask;
    for (;;) {
      const at = table[slot] as number;
      if (at < 0 || (variables[at] === variable && lows[at] === low && highs[at] === high)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    this.#capacity *= 2;
    this.variables = enlarged(this.variables, this.#capacity);
    this.lows = enlarged(this.lows, this.#capacity);
    this.highs = enlarged(this.highs, this.#capacity);
    this.#table = new Int32Array(this.#capacity * 2);
    this.#index();
  }

  #index(): void {
    this.#table.fill(-1);
    for (let i = 2; i < this.size; i++) {
      const slot = this.#slotOf(this.variables[i] as number, this.lows[i] as number, this.highs[i] as number);
      this.#table[slot] = i;
    }
  }
}

function enlarged(column: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(column);
  return larger;
}
