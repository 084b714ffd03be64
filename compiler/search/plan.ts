/** Which search a set of literals gets. */
import type { Literal } from '../logic/formula.js';
import { type Automaton, buildAutomaton } from './automaton.js';
import { type Pattern, patternsOf } from './patterns.js';

/** What was chosen for a set of literals. */
export type SearchPlan = NoSearch | AutomatonPlan;

/** What every plan says. */
interface Planned {
  readonly literals: number;
  /** One sentence for people. */
  readonly why: string;
}

/** There is nothing to look for. */
export interface NoSearch extends Planned {
  readonly design: 'nothing';
}

/** Every byte goes through the automaton. */
export interface AutomatonPlan extends Planned {
  readonly design: 'automaton';
  readonly patterns: readonly Pattern[];
  readonly automaton: Automaton;
}

/** Chooses the search; a literal's id is its index in the list. */
export function planSearch(literals: readonly Literal[]): SearchPlan {
  if (literals.length === 0) return { design: 'nothing', literals: 0, why: 'there are no literals' };
  const patterns = patternsOf(literals);
  return {
    design: 'automaton',
    literals: literals.length,
    why: 'the automaton is right for every set and linear whatever the traffic',
    patterns,
    automaton: buildAutomaton(patterns),
  };
}
