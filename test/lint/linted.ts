/** Lints a text as the file `main.sig`. */
import { compileSources, MAIN } from '../support/compile.js';
import type { Checked } from '../../compiler/check/check.js';
import type { Level } from '../../compiler/lint/lint.js';
import { programOf } from '../../compiler/lint/program.js';
import { lint } from '../../compiler/lint/run.js';
import { type Diagnostic, type Fix, isClean } from '../../grammar/diagnostic.js';
import { edited } from '../../compiler/lint/edit.js';

interface Options {
  readonly files?: Readonly<Record<string, string>>;
  readonly levels?: Readonly<Record<string, Level>>;
}

/** All findings; the text must be right. */
export function lintSig(text: string, { files = {}, levels = {} }: Options = {}): Diagnostic[] {
  const { sources, checked } = compileSources(text, { files, symbols: true });
  if (!isClean(checked.diagnostics)) throw new Error(checked.diagnostics.map((d) => d.message).join('\n'));
  return lint(programOf(sources, checked), { levels: new Map(Object.entries(levels)) });
}

/** The checker's word on a text that must be right. */
export function checkedSig(text: string): Checked['ruleset'] {
  const { checked } = compileSources(text, {});
  if (!isClean(checked.diagnostics)) throw new Error(checked.diagnostics.map((d) => d.message).join('\n'));
  return checked.ruleset;
}

/** What findings are, in short: `name: the words it is about`. */
export function brief(text: string, diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, labels: [place] }) => `${code}: ${text.slice(place?.span.start, place?.span.end)}`);
}

/** The text after one fix. */
export function fixedBy(text: string, { edits }: Fix): string {
  return edited(text, edits.filter(({ span }) => span.file === MAIN)); // prettier-ignore
}

/** A signature around a condition, with all metadata. */
export function signatureWith(when: string, { name = 'x', id = 1, then = 'log, drop', before = '' } = {}): string {
  return (
    `signature ${name} {\n  id       ${id}\n  title    "The title of ${name}"\n  severity low\n  class    recon\n` +
    `  ref      rfc "9293"\n${before}  when     ${when}\n  then     ${then}\n}\n`
  );
}
