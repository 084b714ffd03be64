/** Modules that an operator has taken out of what runs. */
import { withoutModules } from '../compiler/link/without.js';
import type { Ruleset } from '../compiler/ruleset.js';
import { error } from '../grammar/diagnostic.js';
import { Problem } from '../runtime/problem.js';

export const stillForwarded = error<{ module: string; signatures: readonly string[] }>(
  'E1903',
  'module that others forward to',
  ({ module, signatures }) =>
    `${signatures.map((name) => `\`${name}\``).join(', ')} forwards to \`${module}\`, which was taken out`,
  () => 'take out the module that forwards, too; or first exchange its file for one that does not forward',
);

/** The same ruleset where nothing is left out. Throws a `Problem` where signatures that stay hand packets on to what goes. */
export function withoutRemoved(ruleset: Ruleset, names: readonly string[]): Ruleset {
  if (names.length === 0) return ruleset;
  const { ruleset: rest, dangling } = withoutModules(ruleset, new Set(names));
  const [first] = dangling;
  if (!first) return rest;
  const signatures = dangling.filter(({ module }) => module === first.module).map(({ signature }) => signature.name);
  throw Problem.of(stillForwarded, { module: first.module, signatures: [...new Set(signatures)].slice(0, 5) });
}
