/** The command line: which commands there are and what they take. One file a command in `commands/`. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { Problem } from '../runtime/problem.js';
import { checkCommand, type CheckOptions } from './commands/check.js';
import { addCtl } from './commands/ctl.js';
import { addCompile } from './commands/compile.js';
import { addDiff } from './commands/diff.js';
import { addDoctor } from './commands/doctor.js';
import { addExplain } from './commands/explain-options.js';
import { fmtCommand, type FmtOptions } from './commands/fmt.js';
import { addInspect } from './commands/inspect.js';
import { addKeygen } from './commands/keygen.js';
import { addLint } from './commands/lint-options.js';
import { addLsp } from './commands/lsp.js';
import { addRun } from './commands/run-options.js';
import { addSign } from './commands/sign.js';
import { testCommand, type TestOptions } from './commands/test.js';
import { addVerify } from './commands/verify.js';
import { addWitness } from './commands/witness.js';
import { packageVersion } from './paths.js';
import { painter, renderDiagnostic } from './render.js';
import { configOption, modulesOption, setOption } from './site-options.js';

/** Wrong usage, as opposed to wrong rules. */
const USAGE = 2;

/** Runs one command line (without `node` and the script) and gives the exit status. */
export async function main(argv: readonly string[]): Promise<number> {
  let status = 0;
  const program = build((result) => (status = result));
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (cause) {
    if (cause instanceof Problem) {
      process.stderr.write(renderDiagnostic(cause.diagnostic, new Map(), painter(process.stderr)));
      return 1;
    }
    if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : USAGE;
    throw cause;
  }
  return status;
}

function build(done: (status: number) => void): Command {
  const program = new Command('sigward')
    .description('Compiles attack signatures and enforces them on live packets.')
    .version(packageVersion())
    .showHelpAfterError('(add --help for what it takes)')
    .exitOverride();

  program
    .command('check')
    .description('say what is wrong with rule files')
    .argument('<rules...>', '.sig files, or folders that hold some')
    .addOption(new Option('--format <format>', 'how to say it').choices(['text', 'json']).default('text'))
    .addOption(setOption())
    .addOption(configOption())
    .addOption(modulesOption())
    .option('--watch', 'check again whenever a file changes, until Ctrl-C')
    .action(async (rules: string[], options: CheckOptions) => {
      done(await checkCommand(rules, options));
    });

  program
    .command('test')
    .description('run the tests that stand in rule files')
    .argument('<rules...>', '.sig files, or folders that hold some')
    .addOption(new Option('--format <format>', 'how to say it').choices(['text', 'json']).default('text'))
    .option('--coverage', 'say which signatures and which parts of their conditions no test exercises')
    .addOption(
      new Option('--coverage-threshold <percent>', 'fail where less is exercised (implies --coverage)').argParser(
        percent,
      ),
    )
    .addOption(modulesOption())
    .action(async (rules: string[], options: TestOptions) => {
      done(await testCommand(rules, options));
    });

  const fmt = program
    .command('fmt')
    .description('bring rule files into their canonical form')
    .argument(
      '[paths...]',
      '.sig files, or folders that hold some; - is standard input, formatted to standard output',
      ['.'],
    )
    .option('--check', 'change nothing, and name the files that would change')
    .action(async (paths: string[], options: FmtOptions) => {
      if (paths.includes('-') && paths.length > 1) fmt.error('error: - stands alone');
      done(await fmtCommand(paths, options));
    });

  for (const add of COMMANDS) add(program, done);
  return program;
}

const COMMANDS = [
  addLint,
  addRun,
  addExplain,
  addWitness,
  addDiff,
  addCompile,
  addInspect,
  addKeygen,
  addSign,
  addVerify,
  addCtl,
  addDoctor,
  addLsp,
] as const;

function percent(text: string): number {
  if (/^\d{1,3}(\.\d{1,3})?$/.test(text) && Number(text) <= 100) return Number(text);
  throw new InvalidArgumentError('a threshold is a number from 0 to 100');
}
