/** Which policy is in force. */
import type { Policy, Ruleset } from '../compiler/ruleset.js';
import { error } from '../grammar/diagnostic.js';
import { didYouMean } from '../grammar/suggest.js';
import { Problem } from '../runtime/problem.js';

/** What was said of it: its name, or `false` where there is to be none; nothing where nothing was said. */
export type PolicyChoice = string | false | undefined;

export const unknownPolicy = error<{ name: string; near: string | undefined; names: readonly string[] }>(
  'E1901',
  'no such policy',
  ({ name }) => `no policy is called \`${name}\``,
  ({ near, names }) => near ?? (names.length === 0 ? 'the rules declare none' : `there is ${listed(names)}`),
);

export const severalPolicies = error<{ names: readonly string[] }>(
  'E1902',
  'several policies',
  ({ names }) => `the rules declare ${names.length} policies, and one at most is in force: ${listed(names)}`,
  () => 'choose one by `--policy NAME`, or none by `--no-policy`: then every packet is covered by all modules',
);

/** The only policy that rules declare is in force where nothing was said. Throws Problem E19xx. */
export function underPolicy(ruleset: Ruleset, choice: PolicyChoice): Ruleset {
  const { policy: _none, ...bare } = ruleset;
  const policy = chosen(ruleset.policies, choice);
  return policy ? { ...bare, policy } : bare;
}

function chosen(policies: readonly Policy[], choice: PolicyChoice): Policy | undefined {
  if (choice === false) return undefined;
  const names = policies.map(({ name }) => name);
  if (choice === undefined) {
    if (policies.length > 1) throw Problem.of(severalPolicies, { names });
    return policies[0];
  }
  const found = policies.find(({ name }) => name === choice);
  if (!found) throw Problem.of(unknownPolicy, { name: choice, near: didYouMean(choice, names), names });
  return found;
}

/** More names than these are counted. */
const MOST_NAMES = 12;

function listed(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES;
  const shown = names.slice(0, MOST_NAMES).map((name) => `\`${name}\``);
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
