/** The options of every command that judges by a site's settings. */
import { InvalidArgumentError, Option } from 'commander';
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
