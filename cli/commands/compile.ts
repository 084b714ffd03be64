import { existsSync } from 'node:fs';
import { dirname, posix, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { decodeArtefact, encodeArtefact, type Source } from '../../compiler/artefact/artefact.js';
import { compileModule } from '../../compiler/backend/wasm/compile.js';
import { link } from '../../compiler/link/link.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { isClean, report } from '../../grammar/diagnostic.js';
import { rulesetHash } from '../../runtime/output/ruleset-hash.js';
import { Problem } from '../../runtime/problem.js';
import { nothingToRun, unwritable } from '../diagnostics.js';
import { type Loaded, loadRules } from '../load.js';
import { sha256 } from '../load-artefact.js';
import { isArtefact, packageVersion } from '../paths.js';
import { plural } from '../render.js';
import { refuseInput } from '../refuse-input.js';
import { writeWhole } from '../replace-file.js';
import { describeFault } from '../rule-files.js';
import type { SiteOptions } from '../settings.js';
import { configOption, setOption } from '../site-options.js';
import { verifiedTree } from './compile-verify.js';
import { printDiagnostics } from './check.js';

interface CompileOptions extends SiteOptions {
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
  const loaded = loadRules(paths, options);
  const { ruleset } = loaded;
  const isEmpty = ruleset.signatures.length === 0 && isClean(loaded.diagnostics);
  const empty = isEmpty ? [report(nothingToRun, undefined)] : [];
  printDiagnostics({ ...loaded, diagnostics: [...loaded.diagnostics, ...empty] });
  if (!isClean(loaded.diagnostics)) return 1;
  const { output } = options;
  refuseInput(output, loaded.reached);
  const verified = options.verify ? `${verifiedTree(ruleset)}\n` : '';
  const bytes = artefactOf(loaded, output);
  write(output, bytes);
  const counts = [plural(ruleset.signatures.length, 'signature'), plural(loaded.sources.length, 'source')];
  process.stdout.write(`${output}: ${counts.join(' of ')}, ${plural(bytes.length, 'byte')}\n${verified}`);
  return 0;
}

function artefactOf(loaded: Loaded, path: string): Uint8Array {
  const { ruleset } = loaded;
  const bytes = encodeArtefact(
    {
      ruleset,
      sources: sourcesOf(loaded),
      code: codeOf(ruleset),
      hash: rulesetHash(ruleset),
      sigward: packageVersion(),
    },
    sha256,
  );
  // A file that would be refused when it is needed must not be written.
  const [refused] = decodeArtefact(bytes, path, sha256).diagnostics;
  if (refused) throw new Problem(refused);
  return bytes;
}

/** What the engine runs. */
function codeOf(ruleset: Ruleset): Uint8Array {
  return compileModule(link(ruleset));
}

/**
 * The sources by names that do not depend on where they lie, nor on how they were named: from the innermost folder that holds all rule
 * files on. Lists that lie elsewhere have names that lead there from it.
 */
function sourcesOf({ sources, texts }: Loaded): Source[] {
  const own = sources.filter((file) => !file.startsWith('std/'));
  const places = new Map(own.map((file) => [file, slashed(resolve(file))]));
  const folder = commonFolder([...places.values()].filter((place) => place.endsWith('.sig')));
  return sources.map((file) => {
    const place = places.get(file);
    return { file, name: place === undefined ? file : posix.relative(folder, place), text: texts.get(file) ?? '' };
  });
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}

function commonFolder(places: readonly string[]): string {
  const [first = [], ...others] = places.map((place) => place.split('/').slice(0, -1));
  const length = first.findIndex((segment, i) => others.some((other) => other[i] !== segment));
  return (length < 0 ? first : first.slice(0, length)).join('/') || '/';
}

function write(path: string, bytes: Uint8Array): void {
  try {
    writeWhole(path, bytes);
  } catch (cause) {
    const why = existsSync(dirname(path)) ? describeFault(cause) : 'there is no such folder';
    throw Problem.of(unwritable, { path, why });
  }
}
