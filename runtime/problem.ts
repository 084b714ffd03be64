import { type Diagnostic, type DiagnosticKind, report } from '../grammar/diagnostic.js';

/**
 * What the machine refuses (a queue that is taken, a file that cannot be read): thrown by drivers, caught by the command,
 * printed like every other diagnostic. Never shown with a stack trace.
 */
export class Problem extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }

  /** A problem of a declared kind. */
  static of<P>(kind: DiagnosticKind<P>, p: P): Problem {
    return new Problem(report(kind, p));
  }
}
