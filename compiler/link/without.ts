/** A ruleset without some of its modules, as if they had not been written. */
import type { Actions, Policy, Ruleset, Signature } from '../ruleset.js';

/** A signature that stays, and hands packets on to a module that does not. */
export interface Dangling {
  readonly signature: Signature;
  readonly module: string;
}

/** The ruleset without the modules of these names and all that stands in them, tests left out; or what stands in the way. */
export function withoutModules(
  ruleset: Ruleset,
  names: ReadonlySet<string>,
): { readonly ruleset: Ruleset; readonly dangling: readonly Dangling[] } {
  const gone = goneFrom(ruleset.modules, names);
  if (gone.size === 0) return { ruleset, dangling: [] };
  const { modules, signatures } = ruleset;
  const stays = signatures.map(({ module }) => module === undefined || !gone.has(module));
  const moduleAt = places(modules.map((_, module) => !gone.has(module)));
  const signatureAt = places(stays);
  const renumbered = (actions: Actions): Actions => {
    const { forward, ...rest } = actions;
    const left = forward && through(forward, moduleAt);
    return left && left.length > 0 ? { ...rest, forward: left } : rest;
  };
  const kept = signatures.filter((_, index) => stays[index]);
  const underPolicy = (policy: Policy): Policy => ({
    ...policy,
    protect: policy.protect.map((line) => ({ ...line, modules: through(line.modules, moduleAt) })),
    disabled: through(policy.disabled, signatureAt),
    overrides: policy.overrides.flatMap(({ signature, actions }) => {
      const at = signatureAt[signature];
      return at === undefined ? [] : [{ signature: at, actions: renumbered(actions) }];
    }),
  });
  const { policy, ...rest } = ruleset;
  const policies = ruleset.policies.map(underPolicy);
  // One of those, and not its twin: what is written of it is its place among them.
  const inForce = policy && policies[ruleset.policies.indexOf(policy)];
  return {
    dangling: kept.flatMap((signature) =>
      (signature.forward ?? [])
        .filter((to) => gone.has(to))
        .map((to) => ({ signature, module: modules[to]?.name ?? '' })),
    ),
    ruleset: {
      ...rest,
      tests: [],
      modules: modules
        .filter((_, module) => !gone.has(module))
        .map((one) => ({ ...one, ...placeOf('parent', one.parent, moduleAt) })),
      signatures: kept.map((one) => ({ ...one, ...renumbered(one), ...placeOf('module', one.module, moduleAt) })),
      policies,
      ...(inForce && { policy: inForce }),
    },
  };
}

/** Those of these names, and those that stand in them. */
function goneFrom(modules: Ruleset['modules'], names: ReadonlySet<string>): ReadonlySet<number> {
  const isGone = (module: number | undefined): boolean => {
    for (let at = module; at !== undefined; at = modules[at]?.parent)
      if (names.has(modules[at]?.name ?? '')) return true;
    return false;
  };
  return new Set(modules.flatMap((_, module) => (isGone(module) ? [module] : [])));
}

/** By old place, the new one of what stays. */
function places(stays: readonly boolean[]): readonly (number | undefined)[] {
  let next = 0;
  return stays.map((stay) => (stay ? next++ : undefined));
}

function through(numbers: readonly number[], at: readonly (number | undefined)[]): number[] {
  return numbers.flatMap((number) => at[number] ?? []);
}

function placeOf<K extends string>(
  key: K,
  old: number | undefined,
  at: readonly (number | undefined)[],
): { [P in K]?: number } {
  const place = old === undefined ? undefined : at[old];
  return (place === undefined ? {} : { [key]: place }) as { [P in K]?: number };
}
