/** A ruleset with some of its signatures, as if the others had not been written. */
import type { Policy, Ruleset } from '../ruleset.js';

/** The ruleset with the signatures at these indices, ascending; its policies say of them what they did. Tests are left out. */
export function restrictTo({ policy, ...ruleset }: Ruleset, scope: readonly number[]): Ruleset {
  const place = new Map(scope.map((index, at) => [index, at]));
  const restricted = (one: Policy): Policy => ({
    ...one,
    disabled: one.disabled.flatMap((index) => place.get(index) ?? []),
    overrides: one.overrides.flatMap(({ signature, actions }) => {
      const at = place.get(signature);
      return at === undefined ? [] : [{ signature: at, actions }];
    }),
  });
  return {
    ...ruleset,
    signatures: scope.flatMap((index) => ruleset.signatures[index] ?? []),
    policies: ruleset.policies.map(restricted),
    tests: [],
    ...(policy && { policy: restricted(policy) }),
  };
}
