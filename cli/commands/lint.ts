import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../compiler/check/check.js';
import { isParsed, type Sources } from '../../compiler/check/sources.js';
import { ALL_LINTS, LINT_NAMES } from '../../compiler/lint/all.js';
import { mend } from '../../compiler/lint/fix.js';
import { levelOf, type Level, type Levels, pageOf } from '../../compiler/lint/lint.js';
import { programOf } from '../../compiler/lint/program.js';
import { lint } from '../../compiler/lint/run.js';
import type { SourceTree } from '../../grammar/ast.js';
import { type Diagnostic, isClean, report } from '../../grammar/diagnostic.js';
import { unwritable } from '../diagnostics.js';
import { refuseInput } from '../refuse-input.js';
import { beyondBaseline, entriesOf, readBaseline, writeBaseline } from '../lint-baseline.js';
import { type Loaded, loadRules } from '../load.js';
import { packageRoot } from '../paths.js';
import { writeWhole } from '../replace-file.js';
import { describeFault } from '../rule-files.js';
import type { SiteOptions } from '../settings.js';
import { writeMended } from './lint-fix.js';
import { type LintFormat, printFindings } from './lint-formats.js';

export interface LintCommandOptions extends SiteOptions {
  readonly format: LintFormat;
  /** `NAME=LEVEL`, stronger than the file of settings. */
  readonly level?: readonly (readonly [name: string, level: Level])[];
  /** Fail where there is a warning, too. */
  readonly denyWarnings?: boolean;
  /** Mend what can be mended without asking. */
  readonly fix?: boolean;
  /** A file of findings that are let be. */
  readonly baseline?: string;
  /** Write that file instead of comparing with it. */
  readonly writeBaseline?: boolean;
}

/** `sigward lint RULES…`: what is right and yet hardly what was meant. Gives the exit status: 1 if there is an error. */
export function lintCommand(paths: readonly string[], options: LintCommandOptions): number {
  const loaded = loadRules(paths, options, { symbols: true });
  // Lints are about rules that are right: what the checker has to say comes first.
  if (options.writeBaseline && options.baseline !== undefined) refuseInput(options.baseline, loaded.reached);
  const { diagnostics, input } = isClean(loaded.diagnostics)
    ? linted(loaded, options)
    : { diagnostics: loaded.diagnostics, input: loaded.input };
  printFindings(diagnostics, { ...loaded, texts: new Map([...loaded.texts, ...textsOf(input)]) }, options.format);
  const isDenied = options.denyWarnings && diagnostics.some(({ severity }) => severity === 'warning');
  return isDenied || !isClean(diagnostics) ? 1 : 0;
}

interface Linted {
  readonly diagnostics: readonly Diagnostic[];
  /** As they are after fixes. */
  readonly input: Sources;
}

function linted(loaded: Loaded, options: LintCommandOptions): Linted {
  const levels = new Map([...loaded.levels, ...(options.level ?? [])]);
  if (!options.fix)
    return {
      diagnostics: [...loaded.diagnostics, ...found(loaded.input, loaded, levels, options)],
      input: loaded.input,
    };
  const mended = mend(loaded.input, { levels });
  const problems = writeMended(mended);
  const checked = check(mended.sources, { symbols: true });
  const rest = found(mended.sources, checked, levels, options);
  return { diagnostics: [...problems, ...checked.diagnostics, ...rest], input: mended.sources };
}

type Checked = Parameters<typeof programOf>[1];

function found(
  sources: Sources,
  checked: Checked,
  levels: Levels,
  { baseline, ...options }: LintCommandOptions,
): readonly Diagnostic[] {
  const findings = lint(programOf(sources, checked), { levels });
  if (baseline === undefined) return findings;
  const trees = new Map(sources.roots.flatMap((file) => treeOf(sources, file)));
  if (options.writeBaseline) {
    const problem = written(baseline, writeBaseline(entriesOf(findings, trees, baseline)));
    return problem ? [problem] : [];
  }
  const { entries, problem } = readBaseline(baseline);
  return problem ? [problem, ...findings] : beyondBaseline(findings, entries, trees, baseline);
}

function treeOf({ files }: Sources, file: string): readonly (readonly [string, SourceTree])[] {
  const parsed = files.get(file);
  return isParsed(parsed) ? [[file, parsed.tree]] : [];
}

function textsOf(sources: Sources): readonly (readonly [string, string])[] {
  return sources.roots.flatMap((file) => treeOf(sources, file).map(([name, { text }]) => [name, text] as const));
}

function written(path: string, text: string): Diagnostic | undefined {
  try {
    writeWhole(path, text);
    return undefined;
  } catch (cause) {
    return report(unwritable, { path, why: describeFault(cause) });
  }
}

/** `sigward lint --explain NAME`: the lint's page. */
export function explainLint(name: string): number {
  process.stdout.write(readFileSync(join(packageRoot, pageOf(name)), 'utf8'));
  return 0;
}

/** `sigward lint --list`: every lint with its level. */
export function listLints(): number {
  const width = Math.max(...LINT_NAMES.map((name) => name.length));
  for (const one of ALL_LINTS) {
    process.stdout.write(`${one.name.padEnd(width)}  ${levelOf(one, new Map()).padEnd(7)}  ${one.summary}\n`);
  }
  return 0;
}
