import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { isClean } from '../../grammar/diagnostic.js';
import { Problem } from '../../runtime/problem.js';
import { artefactOf } from '../artefact-of.js';
import { unwritable } from '../diagnostics.js';
import { loadRules, warnedIfEmpty } from '../load.js';
import { isArtefact } from '../paths.js';
import { plural } from '../render.js';
import { refuseInput } from '../refuse-input.js';
import { writeWhole } from '../replace-file.js';
import { describeFault } from '../rule-files.js';
import type { SiteOptions } from '../settings.js';
import { configOption, modulesOption, setOption } from '../site-options.js';
import { verifiedTree } from './compile-verify.js';
import { underPolicy } from '../policy.js';
import { printDiagnostics } from './check.js';

interface CompileOptions extends SiteOptions {
  readonly policy?: string;
  readonly output: string;
  /** Prove that the decision tree means what the signatures mean before anything is written. */
  readonly verify?: boolean;
}

/** Declares `sigward compile`; `done` gets its exit status. */
export function addCompile(program: Command, done: (status: number) => void): void {
  program
    .command('compile')
    .description('make one file of rules, which `sigward run` takes in their place')
    .argument('<rules...>', '.sig files, or folders that hold some')
    .requiredOption('-o, --output <file>', 'the .sigc file to write', artefactPath)
    .option('--verify', 'prove that the decision tree means what the signatures mean')
    .addOption(setOption())
    .addOption(configOption())
    .addOption(modulesOption())
    .option('--policy <name>', 'the policy in force where `run` is told nothing of one')
    .action((rules: string[], options: CompileOptions) => {
      done(compileCommand(rules, options));
    });
}

function artefactPath(path: string): string {
  if (isArtefact(path)) return path;
  throw new InvalidArgumentError('its name ends in .sigc');
}

/** `sigward compile RULES… -o FILE`: exit status 1, and nothing is written, where the rules have errors. */
function compileCommand(paths: readonly string[], options: CompileOptions): number {
  const loaded = warnedIfEmpty(loadRules(paths, options));
  printDiagnostics(loaded);
  if (!isClean(loaded.diagnostics)) return 1;
  const { output, policy = false } = options;
  const ruleset = underPolicy(loaded.ruleset, policy);
  refuseInput(output, loaded.reached);
  const verified = options.verify ? `${verifiedTree(ruleset)}\n` : '';
  const bytes = artefactOf({ ...loaded, ruleset }, output);
  write(output, bytes);
  const counts = [plural(ruleset.signatures.length, 'signature'), plural(loaded.sources.length, 'source')];
  process.stdout.write(`${output}: ${counts.join(' of ')}, ${plural(bytes.length, 'byte')}\n${verified}`);
  return 0;
}

function write(path: string, bytes: Uint8Array): void {
  try {
    writeWhole(path, bytes);
  } catch (cause) {
    const why = existsSync(dirname(path)) ? describeFault(cause) : 'there is no such folder';
    throw Problem.of(unwritable, { path, why });
  }
}
