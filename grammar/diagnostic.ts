/**
 * Diagnostics are data: a kind is declared once, with a stable code that is never reused, and every rendering
 * (code frame, JSON, an editor's squiggle) is made from the same value.
 */

/** A stretch of a source file: UTF-16 offsets, `start` included, `end` not. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** A place that a diagnostic points at, with what is to be said of it there. The first label is the place itself. */
export interface Label {
  readonly span: Span;
  readonly text?: string;
}

/** What of a text is replaced by what. An empty span inserts. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** A change that makes a finding go away; edits of one fix do not overlap. `title` says what it does: "name the flag `SYN`". */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** The meaning stays, so that it may be done unasked; without it, the author decides. */
  readonly isSafe?: boolean;
}

/** A `note` is worth knowing and nothing that has to be mended. */
export type DiagnosticSeverity = 'error' | 'warning' | 'note';

/** One finding. `labels` is empty where no source text is concerned (a queue that is taken, a corrupt capture). */
export interface Diagnostic {
  readonly code: string;
  readonly severity: DiagnosticSeverity;
  readonly message: string;
  readonly labels: readonly Label[];
  readonly help?: string;
  /** The best first. */
  readonly fixes?: readonly Fix[];
  /** The page that explains it, from the package's root; lints have one. */
  readonly page?: string;
}

/** What a diagnostic says, as a function of the words of the author's text that it is about. */
export interface DiagnosticKind<P> {
  readonly code: string;
  readonly severity: DiagnosticSeverity;
  /** Names the kind in the specification; no parameters. */
  readonly title: string;
  readonly message: (p: P) => string;
  readonly help?: (p: P) => string | undefined;
}

/** Declares a kind of error; the code is `E` and four digits. */
export function error<P = void>(
  code: string,
  title: string,
  message: (p: P) => string,
  help?: (p: P) => string | undefined,
): DiagnosticKind<P> {
  return { code, severity: 'error', title, message, ...(help && { help }) };
}

/** Declares a kind of warning; the code is `W` and four digits. */
export function warning<P = void>(
  code: string,
  title: string,
  message: (p: P) => string,
  help?: (p: P) => string | undefined,
): DiagnosticKind<P> {
  return { code, severity: 'warning', title, message, ...(help && { help }) };
}

/** Makes a finding of a kind; the first label is where it is, further ones are other places it concerns. */
export function report<P>(kind: DiagnosticKind<P>, p: P, ...labels: readonly Label[]): Diagnostic {
  const help = kind.help?.(p);
  return {
    code: kind.code,
    severity: kind.severity,
    message: kind.message(p),
    labels,
    ...(help !== undefined && { help }),
  };
}

/** Whether nothing in the list is an error. */
export function isClean(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.every((d) => d.severity !== 'error');
}
