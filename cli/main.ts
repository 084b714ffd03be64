/** The command line: which commands there are. One file a command in `commands/`, which says what it takes. */
import { Command, CommanderError } from 'commander';
import { Problem } from '../runtime/problem.js';
import { packageVersion } from './paths.js';
import { painter, renderDiagnostic } from './render.js';

/** Wrong usage, as opposed to wrong rules. */
const USAGE = 2;

/** Declares one command; `done` is told its exit status. */
type AddCommand = (program: Command, done: (status: number) => void) => void;

/**
 * In the order of the help. A command line loads the one that it names: loading all of them took 1.2 s where `ctl` alone
 * takes a fifth.
 */
const COMMANDS: ReadonlyMap<string, () => Promise<AddCommand>> = new Map([
  ['check', async () => (await import('./commands/check.js')).addCheck],
  ['test', async () => (await import('./commands/test.js')).addTest],
  ['fmt', async () => (await import('./commands/fmt.js')).addFmt],
  ['lint', async () => (await import('./commands/lint-options.js')).addLint],
  ['run', async () => (await import('./commands/run-options.js')).addRun],
  ['explain', async () => (await import('./commands/explain-options.js')).addExplain],
  ['witness', async () => (await import('./commands/witness.js')).addWitness],
  ['diff', async () => (await import('./commands/diff.js')).addDiff],
  ['compile', async () => (await import('./commands/compile.js')).addCompile],
  ['inspect', async () => (await import('./commands/inspect.js')).addInspect],
  ['keygen', async () => (await import('./commands/keygen.js')).addKeygen],
  ['sign', async () => (await import('./commands/sign.js')).addSign],
  ['verify', async () => (await import('./commands/verify.js')).addVerify],
  ['ctl', async () => (await import('./commands/ctl.js')).addCtl],
  ['doctor', async () => (await import('./commands/doctor.js')).addDoctor],
  ['lsp', async () => (await import('./commands/lsp.js')).addLsp],
]);

/** Runs one command line (without `node` and the script) and gives the exit status. */
export async function main(argv: readonly string[]): Promise<number> {
  let status = 0;
  const program = new Command('sigward')
    .description('Compiles attack signatures and enforces them on live packets.')
    .version(packageVersion())
    .showHelpAfterError('(add --help for what it takes)')
    .exitOverride();
  for (const load of named(argv[0])) (await load())(program, (result) => (status = result));
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

/** What a command line needs that begins with `word`: that command, or all of them, for the help and for what is misspelt. */
function named(word: string | undefined): Iterable<() => Promise<AddCommand>> {
  if (word === '--version') return [];
  const load = COMMANDS.get(word ?? '');
  return load === undefined ? COMMANDS.values() : [load];
}
