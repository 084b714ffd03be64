/** What it costs to look for a set of literals in one pass over a packet's bytes. */
import type { Literal } from '../logic/formula.js';
import { reachOf } from '../search/patterns.js';
import { planSearch, type SearchPlan } from '../search/plan.js';
import { add, type Cost, NOTHING, partOf, same } from './amount.js';
import { COST, SEARCH_ROWS } from './constants.js';
import type { Setting } from './condition.js';
import { standingChance } from './share.js';

/** The search that was chosen, and what one pass costs. */
export interface PassCost extends Cost {
  readonly design: SearchPlan['design'];
  /** One sentence for people. */
  readonly why: string;
  /** Different byte strings. */
  readonly patterns: number;
  /** Picoseconds a byte. */
  readonly byte: Cost;
  /** Bytes of a packet in which the literals may stand, where it carries as many as is typical, and at most. */
  readonly bytes: Cost;
}

/** A pass for these literals, of which each wakes so many signatures. */
export function passCost(
  literals: readonly Literal[],
  waiters: readonly number[],
  setting: Pick<Setting, 'bytes' | 'longest'>,
): PassCost {
  const plan = planSearch(literals);
  const patterns = plan.design === 'nothing' ? [] : plan.patterns;
  const { fromStart, fromEnd } = reachOf(patterns);
  const reached = Math.min(fromStart ?? Infinity, fromEnd ?? Infinity);
  const bytes = { expected: Math.min(setting.bytes, reached), worst: Math.min(setting.longest, reached) };
  const byte =
    plan.design === 'filtered'
      ? filteredByte(patterns.length, plan.attempts.length)
      : byteCost('automaton', patterns.length);
  const through = { expected: byte.expected * bytes.expected, worst: byte.worst * bytes.worst };
  const told = literals.map((literal, index) => {
    const one = same(COST.found + COST.waiter * (waiters[index] ?? 0));
    return partOf(one, standingChance(literal, setting.bytes));
  });
  const { expected, worst } = add(same(COST.pass), through, ...told);
  return { design: plan.design, why: plan.why, patterns: patterns.length, byte, bytes, expected, worst };
}

/** Where filters find too much, those for other windows begin anew, and then the automaton. */
function filteredByte(patterns: number, attempts: number): Cost {
  const { expected, worst } = byteCost('filtered', patterns);
  return { expected, worst: attempts * worst + byteCost('automaton', patterns).worst };
}

/** Between two sets that were measured, in proportion to their size; beyond the largest, as for that. */
function byteCost(kind: keyof typeof SEARCH_ROWS, patterns: number): Cost {
  const rows = SEARCH_ROWS[kind];
  const above = rows.findIndex((row) => row.patterns >= patterns);
  const [low, high] = [rows[Math.max(0, above - 1)], rows[above] ?? rows.at(-1)];
  if (!low || !high) return NOTHING;
  if (above <= 0) return { expected: high.expected, worst: high.worst };
  const between = (from: number, to: number): number =>
    from + Math.floor(((to - from) * (patterns - low.patterns)) / (high.patterns - low.patterns));
  return { expected: between(low.expected, high.expected), worst: between(low.worst, high.worst) };
}
