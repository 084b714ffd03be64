import { type Command, Option } from 'commander';
import { isClean } from '../../grammar/diagnostic.js';
import { type Loaded, loadRules } from '../load.js';
import { countProblems, diagnosticToJson, painter, plural, renderDiagnostic } from '../render.js';
import type { SiteOptions } from '../settings.js';
import { configOption, modulesOption, setOption } from '../site-options.js';
import { watchRules } from './check-watch.js';

interface CheckOptions extends SiteOptions {
  readonly format: 'text' | 'json';
  /** Check again whenever a file changes, until SIGINT. */
  readonly watch?: boolean;
}

/** Adds the command. */
export function addCheck(program: Command, done: (status: number) => void): void {
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
}

/**
 * `sigward check RULES…`: reads, checks and says what is wrong. Gives the exit status: 1 if there is an error; with `--watch`, 0
 * when the user has had enough.
 */
async function checkCommand(paths: readonly string[], options: CheckOptions): Promise<number> {
  const { format, watch } = options;
  if (watch) {
    await watchRules(paths, options, (loaded) => {
      if (format === 'json') printJson(loaded);
      else printWatched(loaded);
    });
    return 0;
  }
  const loaded = loadRules(paths, options);
  if (format === 'json') printJson(loaded, 2);
  else printText(loaded);
  return isClean(loaded.diagnostics) ? 0 : 1;
}

/** Without `indent`, on one line, so that each check is one. */
function printJson({ diagnostics, texts }: Loaded, indent?: number): void {
  const list = diagnostics.map((d) => diagnosticToJson(d, texts));
  process.stdout.write(`${JSON.stringify({ diagnostics: list }, undefined, indent)}\n`);
}

function printText(loaded: Loaded): void {
  printDiagnostics(loaded);
  const { signatures, tests } = loaded.ruleset;
  const what = [
    plural(loaded.roots.length, 'file'),
    plural(signatures.length, 'signature'),
    plural(tests.length, 'test'),
  ];
  process.stdout.write(`${what.join(', ')}: ${countProblems(loaded.diagnostics)}\n`);
}

/** Erases the screen and what has scrolled off it, and goes to its first line. */
const CLEAR = '\x1b[2J\x1b[3J\x1b[H';

function printWatched(loaded: Loaded): void {
  const { isTTY } = process.stdout;
  if (isTTY) process.stdout.write(CLEAR);
  printText(loaded);
  if (isTTY) process.stdout.write('waiting for a change; Ctrl-C ends\n');
}

/** Prints every finding on standard error, with code frames. */
export function printDiagnostics({ diagnostics, texts }: Pick<Loaded, 'diagnostics' | 'texts'>): void {
  const paint = painter(process.stderr);
  for (const diagnostic of diagnostics) process.stderr.write(`${renderDiagnostic(diagnostic, texts, paint)}\n`);
}
