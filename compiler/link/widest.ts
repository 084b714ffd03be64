/** How signatures are reached at most: without a policy, or under any that is declared. What is proved of all these packets holds under each. */
import type { Ruleset, Signature } from '../ruleset.js';
import { unlinkableIn } from './limits.js';
import { link } from './link.js';
import type { Linked } from './linked.js';

/** A policy takes modules out of chains, which leaves fewer packets; but it may let a signature forward that does not by itself. */
export function widest({ policy: _none, ...ruleset }: Ruleset): Linked {
  const { modules } = ruleset;
  const signatures = withAllForwards(ruleset);
  if (signatures === ruleset.signatures) return link(ruleset);
  // Each policy can be linked; all of them together may go in a circle. Then nothing is known of how modules are reached.
  if (!unlinkableIn({ signatures, modules, policies: [] })) return link({ ...ruleset, signatures });
  const loose = ruleset.signatures.map(({ module: _module, forward: _forward, ...one }): Signature => one);
  return link({ ...ruleset, signatures: loose, modules: [] });
}

/** The same list where no policy adds anything. */
function withAllForwards({ signatures, policies }: Pick<Ruleset, 'signatures' | 'policies'>): readonly Signature[] {
  const added = new Map<number, number[]>();
  for (const { signature, actions } of policies.flatMap(({ overrides }) => overrides)) {
    const own = signatures[signature]?.forward ?? [];
    const more = (actions.forward ?? []).filter((to) => !own.includes(to));
    if (more.length > 0) added.set(signature, [...(added.get(signature) ?? []), ...more]);
  }
  if (added.size === 0) return signatures;
  return signatures.map((one, index) => {
    const more = added.get(index);
    return more ? { ...one, forward: [...new Set([...(one.forward ?? []), ...more])].sort((a, b) => a - b) } : one;
  });
}
