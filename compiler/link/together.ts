/** Which signatures stand for which others under every policy, not only where all modules are in the chain. */
import type { Ruleset } from '../ruleset.js';

type Rules = Pick<Ruleset, 'signatures' | 'modules' | 'policies'>;

/**
 * Whether the one is reached wherever the other is, without a policy and under each that is declared, once it is proved that without
 * one it matches wherever the other does; and whether it does there what it says. What is not sure is no.
 */
export function reachedTogether({ signatures, modules, policies }: Rules): (one: number, other: number) => boolean {
  const changed = new Set(policies.flatMap(({ overrides }) => overrides.map(({ signature }) => signature)));
  const disabled = new Set(policies.flatMap((policy) => policy.disabled));
  const actions = [...signatures, ...policies.flatMap(({ overrides }) => overrides.map((one) => one.actions))];
  const handedOn = new Set(actions.flatMap(({ forward = [] }) => forward));
  const isIn = (inner: number, outer: number): boolean => {
    for (let at: number | undefined = inner; at !== undefined; at = modules[at]?.parent) if (at === outer) return true;
    return false;
  };
  return (one, other) => {
    if (disabled.has(one) || changed.has(one) || changed.has(other)) return false;
    const [module, from] = [signatures[one]?.module, signatures[other]?.module];
    if (module === undefined || module === from) return true;
    // Naming a module brings those that stand in it; being handed on to it does not.
    return from !== undefined && isIn(module, from) && !handedOn.has(module) && !handedOn.has(from);
  };
}
