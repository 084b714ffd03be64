/** What the parts of the checker share. */
import type { Expr, HeaderDecl, PredicateDecl } from '../../grammar/ast.js';
import { type Diagnostic, type DiagnosticKind, type Label, report, type Span } from '../../grammar/diagnostic.js';
import type { Formula } from '../logic/formula.js';
import type { Layout } from '../logic/layout.js';
import type { Declared, Program, Scope } from './scope.js';
import type { FlagSet, Typed } from './types.js';

/** A header declaration that has become a layout. */
export interface HeaderInfo extends Declared<HeaderDecl> {
  readonly layout: Layout;
}

export interface Context {
  /** Expressions hold names, names stand for constants and predicates, and those are expressions again: the circle closes here. */
  readonly typeOf: (expr: Expr, env: Env) => Typed;
  readonly toFormula: (expr: Expr, env: Env) => Formula;
  readonly problems: Diagnostic[];
  /** Where findings in constants go, also while an expression is only being tried: they are folded, and reported, once. */
  readonly constantProblems: Diagnostic[];
  readonly program: Program;
  /** The text of a file, for quoting it in messages. */
  readonly textOf: (file: string) => string;
  /** Whether the parser has found a mistake in this stretch: what seems to be missing there may only be unreadable. */
  readonly isDamaged: (span: Span) => boolean;
  /** Names that `let` and `as` of the signature being checked would declare, were they available: said once, not at each use. */
  readonly reservedNames: Set<string>;
  /** Filled while headers are checked; complete before any signature is. */
  readonly headers: Map<HeaderDecl, HeaderInfo>;
  /** Constants that are folded, and `'open'` for those on the way. */
  readonly constants: Map<object, Typed | 'open'>;
  /** Parts that the condition being checked may still grow by; predicates multiply. */
  readonly budget: { left: number };
}

/** Where an expression stands: what its names mean. */
export interface Env {
  readonly context: Context;
  readonly scope: Scope;
  /** A predicate's parameters. */
  readonly params?: ReadonlyMap<string, Typed>;
  /** Predicates on the way, to find those defined by themselves. */
  readonly calls?: readonly PredicateDecl[];
  /** The flags that a bare word may be. */
  readonly hint?: FlagSet;
  /** The field whose flags bare words might mean is in error itself. */
  readonly hintLost?: boolean;
  /** Inside a header's own declaration: its fields. */
  readonly fields?: ReadonlyMap<string, Typed>;
}

/** Whether the parser stopped right behind a stretch: what seems to be lacking there is what it could not read. */
export function isCutShort({ context }: { readonly context: Context }, { file, end }: Span): boolean {
  const blank = /^[ \t]*/.exec(context.textOf(file).slice(end, end + 100))?.[0].length ?? 0;
  return context.isDamaged({ file, start: end, end: end + blank });
}

/** Reports a finding. */
export function complain<P>(
  env: { readonly context: Context },
  kind: DiagnosticKind<P>,
  p: P,
  ...labels: Label[]
): void {
  env.context.problems.push(report(kind, p, ...labels));
}

/** The author's own words for an expression, on one line and cut where they are long. */
export function quote(env: { readonly context: Context }, expr: Expr | { readonly span: Span }): string {
  const { file, start, end } = expr.span;
  const text = env.context.textOf(file).slice(start, end).replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** How large one condition may become. */
export const CONDITION_BUDGET = 100_000;
