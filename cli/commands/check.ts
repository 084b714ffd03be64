import { isClean } from '../../grammar/diagnostic.js';
import { type Loaded, loadRules } from '../load.js';
import { countProblems, diagnosticToJson, painter, plural, renderDiagnostic } from '../render.js';

export interface CheckOptions {
  readonly format: 'text' | 'json';
}

/** `sigward check RULES…`: reads, checks and says what is wrong. Gives the exit status: 1 if there is an error. */
export function checkCommand(paths: readonly string[], options: CheckOptions): number {
  const loaded = loadRules(paths);
  const { diagnostics, texts } = loaded;
  if (options.format === 'json') {
    const list = diagnostics.map((d) => diagnosticToJson(d, texts));
    process.stdout.write(`${JSON.stringify({ diagnostics: list }, undefined, 2)}\n`);
  } else {
    printDiagnostics(loaded);
    const { signatures, tests } = loaded.ruleset;
    const what = [
      plural(loaded.roots.length, 'file'),
      plural(signatures.length, 'signature'),
      plural(tests.length, 'test'),
    ];
    process.stdout.write(`${what.join(', ')}: ${countProblems(diagnostics)}\n`);
  }
  return isClean(diagnostics) ? 0 : 1;
}

/** Prints every finding on standard error, with code frames. */
export function printDiagnostics({ diagnostics, texts }: Pick<Loaded, 'diagnostics' | 'texts'>): void {
  const paint = painter(process.stderr);
  for (const diagnostic of diagnostics) process.stderr.write(`${renderDiagnostic(diagnostic, texts, paint)}\n`);
}
