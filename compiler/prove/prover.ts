/**
 * Questions about formulas that are answered for every packet at once. Yes is proved; no says that nothing is: what the diagrams cannot
 * follow (named occurrences, numbers read at places that the packet gives) they leave open.
 */
import type { Formula } from '../logic/formula.js';
import type { Layout } from '../logic/layout.js';
import { ALWAYS, type Diagram, type Diagrams, diagrams, NEVER } from './diagram.js';
import { encoder, type Encoder } from './encode.js';
import { factsFor } from './facts.js';
import { type Headers, headers } from './headers.js';
import { memory, remembered } from './memory.js';
import { mentionsOf } from './mentions.js';
import { type Variables, variables } from './variables.js';

export interface Prover {
  /** No packet satisfies it. */
  readonly isNever: (formula: Formula) => boolean;
  /** Every packet does. */
  readonly isAlways: (formula: Formula) => boolean;
  /** Whatever satisfies the first satisfies the second. */
  readonly implies: (formula: Formula, other: Formula) => boolean;
  /** The same packets satisfy both. */
  readonly equal: (formula: Formula, other: Formula) => boolean;
}

/** Nodes of all diagrams of one prover, 20 bytes each. */
const MOST_NODES = 6_000_000;

/** New nodes for one question. */
const QUESTION_NODES = 1_000_000;

/** Everything that diagrams of one ruleset are made with. */
export interface Workshop {
  readonly diagrams: Diagrams;
  readonly variables: Variables;
  readonly headers: Headers;
  readonly encode: Encoder['encode'];
  /** What is true of every packet and may matter to the formulas. */
  readonly facts: (formulas: readonly Formula[]) => Diagram;
  /** Forgets all but what the roots are made of, and gives their new numbers. */
  readonly collect: (roots: readonly Diagram[]) => Diagram[];
  /** Forgets what was made since there were `size` nodes, once that is much. */
  readonly tidy: (size: number) => void;
}

/** Nodes that are let lie before they are swept up. */
const GARBAGE = 1_000_000;

/**
 * Prepares diagrams over these layouts. Of literals, those in `formulas` are known to imply each other. When time is up it is ready at once:
 * what is made with it then is larger or proves less, and says nothing that is wrong.
 */
export function workshop(
  layouts: readonly Layout[],
  formulas: readonly Formula[],
  nodes = MOST_NODES,
  isTimeUp: () => boolean = () => false,
): Workshop {
  const d = diagrams(nodes);
  const rows = variables(d);
  const memo = memory();
  const known = headers(d, rows, layouts, memo);
  const ground = { diagrams: d, row: rows.row, headers: known, layouts, memory: memo, isTimeUp };
  const { encode } = encoder(ground, formulas);
  return {
    diagrams: d,
    variables: rows,
    headers: known,
    encode,
    facts: (of) => {
      const mentions = mentionsOf(of, layouts);
      // Most signatures read the same few headers.
      return remembered(memo.headers, [...mentions.layouts, ...mentions.fields].sort().join(), () =>
        factsFor(mentions, layouts, known.order).reduce((all, fact) => d.and(all, encode(fact)), ALWAYS),
      );
    },
    collect: (roots) => {
      memo.clear();
      return d.collect(roots);
    },
    tidy: (size) => {
      if (d.nodes.size < size + GARBAGE) return;
      memo.clear();
      d.truncate(size);
    },
  };
}

/** A prover for formulas over these layouts. */
export function proverFor(layouts: readonly Layout[]): Prover {
  const refutes = (formulas: readonly Formula[], make: (w: Workshop) => Diagram): boolean => {
    const w = workshop(layouts, formulas);
    const claim = w.diagrams.within(QUESTION_NODES, () => {
      const made = make(w);
      return made === NEVER ? NEVER : w.diagrams.and(made, w.facts(formulas));
    });
    return claim === NEVER;
  };
  const implies = (a: Formula, b: Formula): boolean =>
    refutes([a, b], ({ encode, diagrams: d }) => d.and(encode(a), d.not(encode(b))));
  return {
    isNever: (formula) => refutes([formula], ({ encode }) => encode(formula)),
    isAlways: (formula) => refutes([formula], ({ encode, diagrams: d }) => d.not(encode(formula))),
    implies,
    equal: (a, b) => implies(a, b) && implies(b, a),
  };
}
