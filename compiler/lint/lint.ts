/**
 * What a lint is: data with a pure function from a checked program to findings. Lints know what an expert reviewer knows; the
 * checker says what is wrong, a lint what is right and yet not what the author wants. What is not sure is not said.
 */
import type { Diagnostic, DiagnosticSeverity } from '../../grammar/diagnostic.js';
import type { Program } from './program.js';

/** What becomes of a lint's findings; `off` also spares the work. */
export const LEVELS = ['off', 'note', 'warning', 'error'] as const satisfies readonly ('off' | DiagnosticSeverity)[];
export type Level = (typeof LEVELS)[number];

/** Levels that differ from the lints' own, by name. */
export type Levels = ReadonlyMap<string, Level>;

/** What a lint has found: the lint's name becomes the code, its level the severity. The first label is where it is. */
export type Finding = Omit<Diagnostic, 'code' | 'severity' | 'page'>;

export interface Lint {
  /** In small letters with hyphens; its page is `docs/lint/NAME.md`. Never used again for something else. */
  readonly name: string;
  /** One line: what it points at. */
  readonly summary: string;
  /** Where nobody has set another. */
  readonly level: Level;
  /** `quick` lints run with every key press, `slow` ones after a pause. */
  readonly class: 'quick' | 'slow';
  /** It says what it can prove, and proofs have a budget: from its silence nothing follows, not even that an ignore of it is unused. */
  readonly isPartial?: true;
  /** Findings in any order; those outside of the files that the user named are left out by the caller. */
  readonly find: (program: Program) => Iterable<Finding>;
}

/** The level that counts. */
export function levelOf(lint: Lint, levels: Levels): Level {
  return levels.get(lint.name) ?? lint.level;
}

/** Where a lint is explained, from the package's root. */
export function pageOf(name: string): string {
  return `docs/lint/${name}.md`;
}
