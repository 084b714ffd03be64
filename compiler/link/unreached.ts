/** Modules that no policy brings into a chain. */
import type { Policy, Ruleset } from '../ruleset.js';
import { signaturesUnder } from './actions.js';

/** The modules that are in no packet's chain under any of the policies, and that nothing hands packets on to; none without a policy. */
export function unreachedModules(ruleset: Pick<Ruleset, 'signatures' | 'modules' | 'policies'>): readonly number[] {
  const { modules, policies } = ruleset;
  if (policies.length === 0) return [];
  const reached = new Set(policies.flatMap((policy) => [...reachedUnder(policy, ruleset)]));
  return [...modules.keys()].filter((module) => !reached.has(module));
}

function reachedUnder(policy: Policy, { signatures, modules }: Pick<Ruleset, 'signatures' | 'modules'>): Set<number> {
  const named = new Set(policy.protect.flatMap((line) => line.modules));
  const isNamed = (module: number | undefined): boolean =>
    module !== undefined && (named.has(module) || isNamed(modules[module]?.parent));
  const reached = new Set([...modules.keys()].filter(isNamed));
  const acting = signaturesUnder(policy, signatures).filter(({ when }) => when.kind !== 'False');
  for (let size = -1; size !== reached.size;) {
    size = reached.size;
    for (const { module, forward = [] } of acting) {
      if (module === undefined || reached.has(module)) for (const to of forward) reached.add(to);
    }
  }
  return reached;
}
