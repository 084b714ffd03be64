import { readFileSync, realpathSync } from 'node:fs';
import type { Command } from 'commander';
import type { Diagnostic } from '../../grammar/diagnostic.js';
import { report } from '../../grammar/diagnostic.js';
import { format } from '../../grammar/format.js';
import { unreadable, unwritable } from '../diagnostics.js';
import { plural } from '../render.js';
import { replaceFile } from '../replace-file.js';
import { describeFault, rootFiles } from '../rule-files.js';
import { printDiagnostics } from './check.js';

interface FmtOptions {
  /** Say which files are not in their canonical form, and leave them. */
  readonly check?: boolean;
}

/** What became of a file. */
type Outcome = 'changed' | 'same' | 'failed';

/** Adds the command. */
export function addFmt(program: Command, done: (status: number) => void): void {
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
}

/**
 * `sigward fmt [PATHS…]`: brings rule files into their canonical form. Gives the exit status: 1 if a file has mistakes, cannot be
 * read or written, or, with `--check`, would change.
 */
async function fmtCommand(paths: readonly string[], options: FmtOptions): Promise<number> {
  if (paths.length === 1 && paths[0] === '-') return formatInput(options);
  const problems: Diagnostic[] = [];
  const files = distinct(paths.flatMap((path) => rootFiles(path, problems)));
  printDiagnostics({ diagnostics: problems, texts: new Map() });
  const outcomes = files.map((file) => formatFile(file, options));
  for (const [i, file] of files.entries()) if (outcomes[i] === 'changed') process.stdout.write(`${file}\n`);
  process.stderr.write(`${summary(outcomes, options)}\n`);
  const wrong = problems.length > 0 || outcomes.includes('failed') || (options.check && outcomes.includes('changed'));
  return wrong ? 1 : 0;
}

/** Each file once, however it is reached. */
function distinct(files: readonly string[]): string[] {
  const seen = new Set<string>();
  return files.filter((file) => {
    const real = realPathOf(file);
    return !seen.has(real) && seen.add(real);
  });
}

function realPathOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function formatFile(file: string, options: FmtOptions): Outcome {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    return failed(report(unreadable, { path: file, why: describeFault(cause) }));
  }
  const formatted = formattedOrRefused(file, text);
  if (formatted === undefined) return 'failed';
  if (formatted === text) return 'same';
  if (options.check) return 'changed';
  try {
    replaceFile(file, formatted);
    return 'changed';
  } catch (cause) {
    return failed(report(unwritable, { path: file, why: describeFault(cause) }));
  }
}

function failed(diagnostic: Diagnostic): Outcome {
  printDiagnostics({ diagnostics: [diagnostic], texts: new Map() });
  return 'failed';
}

/** Nothing where the text has mistakes in its form; they have been printed. */
function formattedOrRefused(file: string, text: string): string | undefined {
  const formatted = format(file, text);
  if (formatted.text === undefined) {
    printDiagnostics({ diagnostics: formatted.diagnostics, texts: new Map([[file, text]]) });
  }
  return formatted.text;
}

async function formatInput({ check }: FmtOptions): Promise<number> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(Buffer.from(part as Uint8Array));
  const text = Buffer.concat(parts).toString('utf8');
  const formatted = formattedOrRefused('-', text);
  if (formatted === undefined) return 1;
  if (!check) process.stdout.write(formatted);
  else if (formatted !== text) process.stdout.write('-\n');
  return check && formatted !== text ? 1 : 0;
}

function summary(outcomes: readonly Outcome[], { check }: FmtOptions): string {
  const countOf = (outcome: Outcome): number => outcomes.filter((o) => o === outcome).length;
  const [changed, same, wrong] = [countOf('changed'), countOf('same'), countOf('failed')];
  const parts = [
    ...(changed > 0 ? [`${plural(changed, 'file')} ${check ? 'would change' : 'formatted'}`] : []),
    ...(wrong > 0 ? [`${plural(wrong, 'file')} left as ${wrong === 1 ? 'it is' : 'they are'}`] : []),
    ...(same > 0 || outcomes.length === 0 ? [`${plural(same, 'file')} in canonical form`] : []),
  ];
  return parts.join(', ');
}
