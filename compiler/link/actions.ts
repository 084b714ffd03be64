/** Signatures as a policy has them: some never match, and some do something else. */
import { FALSE } from '../logic/formula.js';
import type { Actions, Policy, Signature } from '../ruleset.js';

/** The signatures under a policy; without one, as they are. */
export function signaturesUnder(policy: Policy | undefined, signatures: readonly Signature[]): readonly Signature[] {
  if (!policy) return signatures;
  const disabled = new Set(policy.disabled);
  const overrides = new Map(policy.overrides.map(({ signature, actions }) => [signature, actions]));
  return signatures.map((signature, index) => {
    const actions = overrides.get(index);
    const acting = actions ? withActions(signature, actions) : signature;
    return disabled.has(index) ? { ...acting, when: FALSE } : acting;
  });
}

/** The signature with other actions: none of its own is left. */
function withActions(signature: Signature, actions: Actions): Signature {
  const { limit: _limit, mark: _mark, forward: _forward, delay: _delay, ...bare } = signature;
  return { ...bare, ...actions };
}
