/** Findings for people, for programs, for code scanners, and for GitHub's log. */
import type { Diagnostic } from '../../grammar/diagnostic.js';
import { positionOf } from '../../grammar/position.js';
import type { Loaded } from '../load.js';
import { countProblems, diagnosticToJson, plural } from '../render.js';
import { sarifOf } from '../sarif.js';
import { shownPath } from '../rule-files.js';
import { printDiagnostics } from './check.js';

export const LINT_FORMATS = ['text', 'json', 'sarif', 'github'] as const;
export type LintFormat = (typeof LINT_FORMATS)[number];

/** Frames go to standard error, everything else to standard output. */
export function printFindings(diagnostics: readonly Diagnostic[], loaded: Loaded, format: LintFormat): void {
  const { texts } = loaded;
  switch (format) {
    case 'text':
      return void printText(diagnostics, loaded);
    case 'json':
      return void printJson({ diagnostics: diagnostics.map((d) => diagnosticToJson(d, texts)) });
    case 'sarif':
      return void printJson(sarifOf(diagnostics, texts));
    case 'github':
      process.stdout.write(diagnostics.map((d) => `${workflowCommand(d, texts)}\n`).join(''));
  }
}

function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}

function printText(diagnostics: readonly Diagnostic[], { texts, roots, ruleset }: Loaded): void {
  printDiagnostics({ diagnostics, texts });
  const what = [plural(roots.length, 'file'), plural(ruleset.signatures.length, 'signature')];
  process.stdout.write(`${what.join(', ')}: ${countProblems(diagnostics)}\n`);
}

const COMMANDS = { error: 'error', warning: 'warning', note: 'notice' } as const;

/** `::warning file=…,line=…::message`: a line that GitHub Actions shows beside the code. */
function workflowCommand(
  { code, severity, message, help, labels: [place] }: Diagnostic,
  texts: Loaded['texts'],
): string {
  const where = place ? placeOf(place.span, texts.get(place.span.file) ?? '') : [];
  const properties = [...where, ['title', code] as const].map(
    ([key, value]) => `${key}=${escapedProperty(String(value))}`,
  );
  const text = help === undefined ? message : `${message}\n${help}`;
  return `::${COMMANDS[severity]} ${properties.join(',')}::${escapedData(text)}`;
}

/** Columns make sense within one line only, as GitHub has it. */
function placeOf(
  { file, start, end }: { readonly file: string; readonly start: number; readonly end: number },
  text: string,
): readonly (readonly [string, string | number])[] {
  const [from, to] = [positionOf(text, start), positionOf(text, end)];
  const columns =
    from.line === to.line
      ? ([
          ['col', from.column],
          ['endColumn', to.column],
        ] as const)
      : [];
  return [['file', shownPath(file)], ['line', from.line], ['endLine', to.line], ...columns];
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
