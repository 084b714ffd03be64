/** What a signature asks beside its own condition, in a few words that name the module or the policy. */
import type { Requirement } from '../link/requirements.js';
import type { Ruleset } from '../ruleset.js';

/** What is to be named. */
export type Named = Pick<Ruleset, 'modules' | 'policy' | 'signatures'>;

/** `switch of module http`: what stands in front of a condition, or for one that nobody wrote. */
export function requirementText(requirement: Requirement, { modules, policy, signatures }: Named): string {
  const moduleOf = (module: number): string => `module ${modules[module]?.name ?? '?'}`;
  const policyName = `policy ${policy?.name ?? '?'}`;
  switch (requirement.kind) {
    case 'Covered':
      return `${policyName}: it covers the packet`;
    case 'Chain':
      return `${policyName}: ${moduleOf(requirement.module)} is in the packet’s chain`;
    case 'Switch':
      return `switch of ${moduleOf(requirement.module)}`;
    case 'Reached': {
      const names = requirement.by.map((index) => signatures[index]?.name ?? '?');
      return `${moduleOf(requirement.module)}: it is reached by itself, or ${sendersText(names)} to it`;
    }
    case 'Enabled':
      return `${policyName}: the signature is enabled`;
  }
}

/** More names than these are counted. */
const MOST_NAMES = 4;

function sendersText(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES;
  const [only] = names;
  if (names.length === 1) return `${only ?? '?'} forwards`;
  return `one of ${names.slice(0, MOST_NAMES).join(', ')}${rest > 0 ? ` and ${rest} more` : ''} forwards`;
}
