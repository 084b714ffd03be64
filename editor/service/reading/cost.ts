/** What a signature costs a packet by itself, in words. */
import { expectedReason } from '../../../compiler/cost/reason.js';
import { rulesetCost } from '../../../compiler/cost/ruleset.js';
import { wordsOf } from '../../../compiler/explain/words.js';
import type { Signature } from '../../../compiler/ruleset.js';
import type { CheckedSignature } from '../view.js';

export interface CostText {
  /** `12 ns` */
  readonly expected: string;
  readonly worst: string;
  /** What most of it is spent on. */
  readonly reason: string;
}

const known = new WeakMap<Signature, CostText>();

/**
 * As if it were the only one: then the figure stays the same whatever is written around it, and it is told without building the tree
 * of all. In a ruleset the passes over a payload are shared, so together signatures cost less than the sum.
 */
export function costOf({ signature, layouts, views }: CheckedSignature): CostText {
  const found = known.get(signature);
  if (found) return found;
  const { signatures } = rulesetCost({ layouts, signatures: [signature] });
  const [cost] = signatures;
  const text = cost
    ? {
        expected: duration(cost.expected),
        worst: duration(cost.worst),
        reason: expectedReason(cost, wordsOf({ layouts, views })),
      }
    : { expected: '0 ns', worst: '0 ns', reason: '' };
  known.set(signature, text);
  return text;
}

/** Picoseconds in two digits: the model is no more exact. */
function duration(picoseconds: number): string {
  const units = ['ns', 'µs', 'ms', 's'];
  let value = picoseconds / 1000;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = value >= 10 ? Math.round(value) : Number(value.toPrecision(2));
  return `${digits} ${units[unit] ?? ''}`;
}
