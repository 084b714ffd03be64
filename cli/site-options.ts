/** The options of every command that judges by a site's settings. */
import { InvalidArgumentError, Option } from 'commander';
import type { PolicyChoice } from './policy.js';
import { isFlag } from './settings.js';

/** `--set name=value`, as often as one likes. */
export function setOption(): Option {
  const help = "a value for a parameter, as the language writes it: --set 'home_net={ 10.0.0.0/8 }'; may be repeated";
  return new Option('--set <name=value>', help).argParser((text: string, before: readonly string[] | undefined) => {
    if (!isFlag(text)) throw new InvalidArgumentError('a setting is a parameter’s name, = and its value');
    return [...(before ?? []), text];
  });
}

/** `--config FILE`. */
export function configOption(): Option {
  return new Option('--config <file>', 'where settings are read from (default: sigward.toml, if there is one)');
}

/** `--modules FOLDER`. */
export function modulesOption(): Option {
  return new Option('--modules <folder>', 'where modules lie that a policy names and that are not loaded');
}

/** Which policy is in force: what a command takes that judges packets, or says how they would be judged. */
export interface PolicyOptions {
  /** `false` where there is to be none. */
  readonly policy?: PolicyChoice;
}

/** `--policy NAME`. */
export function policyOption(): Option {
  return new Option('--policy <name>', 'the policy in force, where rules declare several (default: the only one)');
}

/** `--no-policy`. */
export function noPolicyOption(): Option {
  return new Option('--no-policy', 'no policy: every packet is covered by all modules');
}
