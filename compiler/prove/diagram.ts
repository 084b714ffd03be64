/**
 * Reduced ordered binary decision diagrams (R. E. Bryant, "Graph-Based Algorithms for Boolean Function Manipulation", IEEE Transactions
 * on Computers C-35(8), 1986). A diagram is a number: equal functions are the same number. Variables are numbers, too, and stand in
 * their order from the root down.
 */
import { hash, Nodes, TooLarge } from './nodes.js';

/** A function of the variables. */
export type Diagram = number;

export const NEVER: Diagram = 0;
export const ALWAYS: Diagram = 1;

export interface Diagrams {
  /** The function that is one variable. */
  readonly variable: (index: number) => Diagram;
  readonly not: (f: Diagram) => Diagram;
  readonly and: (f: Diagram, g: Diagram) => Diagram;
  readonly or: (f: Diagram, g: Diagram) => Diagram;
  /** `g` where `f` holds, else `h`. */
  readonly choose: (f: Diagram, g: Diagram, h: Diagram) => Diagram;
  /** By diagram: the variable that it asks first, and what is left where that is false and where it is true. Children have smaller numbers. */
  readonly nodes: Pick<Nodes, 'variables' | 'lows' | 'highs' | 'size'>;
  /** What `make` gives, or nothing where that takes more than so many new nodes, or far more steps. */
  readonly within: <T>(nodes: number, make: () => T) => T | undefined;
  /** Forgets every node that none of the roots needs, and gives the roots' new numbers, in order; all other numbers mean nothing then. */
  readonly collect: (roots: readonly Diagram[]) => Diagram[];
  /** Forgets the nodes that were made since there were `size`; older diagrams stay what they are. */
  readonly truncate: (size: number) => void;
}

/** Variables that one diagram may ask one after the other: each is a call, and 9,000 literals in one `or` were too many. */
const DEEPEST = 3000;
/** Of the cache of operations: 16 bytes each. */
const CACHE_BITS = 18;

/** Diagrams that share their nodes; all of them together have at most `limit`, beyond which `TooLarge` is thrown. */
export function diagrams(limit: number): Diagrams {
  const nodes = new Nodes(limit);
  const cache = new Int32Array(4 << CACHE_BITS).fill(-1);

  function choose(f: Diagram, g: Diagram, h: Diagram, depth = 0): Diagram {
    if (f === ALWAYS || g === h) return g;
    if (f === NEVER) return h;
    if (g === ALWAYS && h === NEVER) return f;
    const entry = (hash(f, g, h) >>> (32 - CACHE_BITS)) << 2;
    if (cache[entry] === f && cache[entry + 1] === g && cache[entry + 2] === h) return cache[entry + 3] as number;
    if (--nodes.steps < 0 || depth > DEEPEST) throw new TooLarge();
    const { variables, lows, highs } = nodes;
    const top = Math.min(at(variables, f), at(variables, g), at(variables, h));
    // A diagram that asks for something further down is the same on both sides.
    const below = (side: Int32Array, of: Diagram): Diagram => (variables[of] === top ? at(side, of) : of);
    const low = choose(below(lows, f), below(lows, g), below(lows, h), depth + 1);
    const high = choose(below(highs, f), below(highs, g), below(highs, h), depth + 1);
    const made = nodes.node(top, low, high);
    cache[entry] = f;
    cache[entry + 1] = g;
    cache[entry + 2] = h;
    cache[entry + 3] = made;
    return made;
  }

  return {
    variable: (index) => nodes.node(index, NEVER, ALWAYS),
    not: (f) => choose(f, NEVER, ALWAYS),
    and: (f, g) => (f < g ? choose(f, g, NEVER) : choose(g, f, NEVER)),
    or: (f, g) => (f < g ? choose(f, ALWAYS, g) : choose(g, ALWAYS, f)),
    choose: (f, g, h) => choose(f, g, h),
    nodes,
    within: (count, make) => within(nodes, count, make),
    collect: (roots) => {
      cache.fill(-1);
      return nodes.collect(roots);
    },
    truncate: (size) => {
      cache.fill(-1);
      nodes.truncate(size);
    },
  };
}

const at = (column: Int32Array, index: number): number => column[index] as number;

/** Steps for a node: where many lead to few nodes, time is what runs out. */
const STEPS = 4;

function within<T>(nodes: Nodes, count: number, make: () => T): T | undefined {
  const { most, steps } = nodes;
  nodes.most = Math.min(most, nodes.size + count);
  nodes.steps = Math.min(steps, count * STEPS);
  const allowed = nodes.steps;
  try {
    return make();
  } catch (cause) {
    if (cause instanceof TooLarge) return undefined;
    throw cause;
  } finally {
    nodes.most = most;
    nodes.steps = steps - (allowed - nodes.steps);
  }
}
