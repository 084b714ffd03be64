/** What is left of a ruleset once modules and the policy in force have become conditions: all that runs or proves signatures takes it. */
import { type Formula, not } from '../logic/formula.js';
import type { Layout } from '../logic/layout.js';
import type { Signature } from '../ruleset.js';
import type { Requirement } from './requirements.js';

export interface Linked {
  readonly layouts: readonly Layout[];
  /** Indices are those of the ruleset. `when` holds exactly where the signature is reached and matches; actions are those of the policy in force. */
  readonly signatures: readonly Signature[];
  /**
   * Parts that conditions have in common: how signatures are reached. Where they stand in a condition, or in each other, they are these
   * objects, so that each is decided at most once a packet. Each comes behind those that it is made of.
   */
  readonly switches?: readonly Formula[];
  /**
   * What a signature's `when` has beside the author's own condition, in the order in which it is asked; what is always so is left out.
   * Nothing where there are neither modules nor a policy.
   */
  readonly requirements?: (index: number) => readonly Requirement[];
  /** Where a policy is in force: it covers the packet. No signature matches where it does not hold; the index behind the last one does then. */
  readonly covered?: Formula;
  /** A ruleset is none of these until it is linked. */
  readonly modules?: undefined;
}

/** What an evaluator answers questions about: conditions by index, that of the packets which the policy does not cover behind the last. */
export function conditionsOf({ signatures, covered }: Pick<Linked, 'signatures' | 'covered'>): Formula[] {
  const whens = signatures.map(({ when }) => when);
  return covered ? [...whens, not(covered)] : whens;
}
