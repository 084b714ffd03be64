import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_LINTS, LINT_NAMES } from '../../compiler/lint/all.js';
import { levelOf, type Level, type Levels, pageOf } from '../../compiler/lint/lint.js';
import { programOf } from '../../compiler/lint/program.js';
import { lint } from '../../compiler/lint/run.js';
import { type Diagnostic, isClean } from '../../grammar/diagnostic.js';
import { type Loaded, loadRules } from '../load.js';
import { packageRoot } from '../paths.js';
import { countProblems, diagnosticToJson, plural } from '../render.js';
import type { SiteOptions } from '../settings.js';
import { printDiagnostics } from './check.js';

export interface LintCommandOptions extends SiteOptions {
  readonly format: 'text' | 'json';
  /** `NAME=LEVEL`, stronger than the file of settings. */
  readonly level?: readonly (readonly [name: string, level: Level])[];
  /** Fail where there is a warning, too. */
  readonly denyWarnings?: boolean;
}

/** `sigward lint RULES…`: what is right and yet not what the author wants. Gives the exit status: 1 if there is an error. */
export function lintCommand(paths: readonly string[], options: LintCommandOptions): number {
  const loaded = loadRules(paths, options, { symbols: true });
  const diagnostics = [...loaded.diagnostics, ...linted(loaded, options)];
  if (options.format === 'json') printJson(diagnostics, loaded);
  else printText(diagnostics, loaded);
  const isDenied = options.denyWarnings && diagnostics.some(({ severity }) => severity === 'warning');
  return isDenied || !isClean(diagnostics) ? 1 : 0;
}

/** Lints are about rules that are right: where the checker has found an error, it comes first. */
function linted({ input, levels, ...checked }: Loaded, { level = [] }: LintCommandOptions): Diagnostic[] {
  if (!isClean(checked.diagnostics)) return [];
  return lint(programOf(input, checked), { levels: new Map([...levels, ...level]) });
}

function printJson(diagnostics: readonly Diagnostic[], { texts }: Loaded): void {
  const list = diagnostics.map((d) => diagnosticToJson(d, texts));
  process.stdout.write(`${JSON.stringify({ diagnostics: list }, undefined, 2)}\n`);
}

function printText(diagnostics: readonly Diagnostic[], { texts, roots, ruleset }: Loaded): void {
  printDiagnostics({ diagnostics, texts });
  const what = [plural(roots.length, 'file'), plural(ruleset.signatures.length, 'signature')];
  process.stdout.write(`${what.join(', ')}: ${countProblems(diagnostics)}\n`);
}

/** `sigward lint --explain NAME`: the lint's page. */
export function explainLint(name: string): number {
  process.stdout.write(readFileSync(join(packageRoot, pageOf(name)), 'utf8'));
  return 0;
}

/** `sigward lint --list`: every lint with its level. */
export function listLints(levels: Levels = new Map()): number {
  const width = Math.max(...LINT_NAMES.map((name) => name.length));
  for (const one of ALL_LINTS) {
    process.stdout.write(`${one.name.padEnd(width)}  ${levelOf(one, levels).padEnd(7)}  ${one.summary}\n`);
  }
  return 0;
}
