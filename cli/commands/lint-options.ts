/** What `sigward lint` takes. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { LINT_NAMES } from '../../compiler/lint/all.js';
import { type Level, LEVELS } from '../../compiler/lint/lint.js';
import { didYouMean } from '../../grammar/suggest.js';
import { configOption, modulesOption, setOption } from '../site-options.js';
import { LINT_FORMATS } from './lint-formats.js';
import { explainLint, lintCommand, type LintCommandOptions, listLints } from './lint.js';

type Given = LintCommandOptions & { readonly explain?: string; readonly list?: boolean };

/** Declares the command. */
export function addLint(program: Command, done: (status: number) => void): void {
  const command = program
    .command('lint')
    .description('say what is right in rule files and yet hardly what was meant')
    .argument('[rules...]', '.sig files, or folders that hold some')
    .addOption(new Option('--format <format>', 'how to say it').choices(LINT_FORMATS).default('text'))
    .addOption(levelOption())
    .option('--deny-warnings', 'fail where there is a warning, too')
    .option('--fix', 'mend what can be mended without changing what a signature means, and say what')
    .option('--baseline <file>', 'leave out the findings that this file lists')
    .option('--write-baseline', 'write that file with all that is found now')
    .addOption(new Option('--explain <lint>', 'print the page of a lint, and do nothing else').argParser(lintName))
    .option('--list', 'name all lints with their levels, and do nothing else')
    .addOption(setOption())
    .addOption(configOption())
    .addOption(modulesOption());
  command.action((rules: string[], options: Given) => {
    if (options.explain !== undefined) return void done(explainLint(options.explain));
    if (options.list) return void done(listLints());
    if (rules.length === 0) command.error('error: say what to lint: files or folders');
    if (options.writeBaseline && options.baseline === undefined)
      command.error('error: --write-baseline goes with --baseline FILE');
    done(lintCommand(rules, options));
  });
}

function levelOption(): Option {
  const help = `how a lint’s findings are taken, stronger than sigward.toml: --level NAME=${LEVELS.join('|')}; may be repeated`;
  return new Option('--level <lint=level>', help).argParser(
    (text: string, before: LintCommandOptions['level'] = []): LintCommandOptions['level'] => {
      const [name = '', given = ''] = text.split('=');
      const level = LEVELS.find((one): one is Level => one === given);
      if (level === undefined) throw new InvalidArgumentError(`a level is one of ${LEVELS.join(', ')}`);
      return [...before, [lintName(name), level]];
    },
  );
}

function lintName(text: string): string {
  if (LINT_NAMES.includes(text)) return text;
  throw new InvalidArgumentError(didYouMean(text, LINT_NAMES) ?? '`sigward lint --list` names the lints');
}
