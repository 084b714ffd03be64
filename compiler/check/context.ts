/** What the parts of the checker share. */
import type { ConstDecl, Declaration, Expr, HeaderDecl, Name, PredicateDecl } from '../../grammar/ast.js';
import { type Diagnostic, type DiagnosticKind, type Label, report, type Span } from '../../grammar/diagnostic.js';
import type { Formula } from '../logic/formula.js';
import type { Layout } from '../logic/layout.js';
import type { Declared, Program, Scope } from './scope.js';
import type { ListFile, Setting } from './sources.js';
import type { BytesRef } from '../logic/value.js';
import type { Note } from './symbols.js';
import type { FlagSet, Typed } from './types.js';

/** A header declaration that has become a layout. */
export interface HeaderInfo extends Declared<HeaderDecl> {
  readonly layout: Layout;
}

/** What the checker asks of the texts that trees were made of. */
export interface Texts {
  /** The text of a file, for quoting it in messages. */
  readonly textOf: (file: string) => string;
  /** Whether the parser has found a mistake in this stretch: what seems to be missing there may only be unreadable. */
  readonly isDamaged: (span: Span) => boolean;
  /** Names that a file may declare where it could not be read. */
  readonly lostIn: (file: string) => ReadonlySet<string>;
}

export interface Context extends Texts {
  /** Expressions hold names, names stand for constants and predicates, and those are expressions again: the circle closes here. */
  readonly typeOf: (expr: Expr, env: Env) => Typed;
  readonly toFormula: (expr: Expr, env: Env) => Formula;
  readonly problems: Diagnostic[];
  /** The findings of the declaration that is being checked, also while an expression in it is only tried. */
  readonly lasting: Diagnostic[];
  /** Whether an expression is only tried: nothing of it is said. */
  readonly isTrial?: boolean;
  /** The header whose layout is being checked, also in the predicates that it uses: it hangs on its own fields and on nothing else. */
  readonly layout?: string;
  /** The context in which its expressions are tried, once there is one. */
  trial?: Context | undefined;
  readonly program: Program;
  /** Lists that were read, by path. */
  readonly lists: ReadonlyMap<string, ListFile>;
  /** What the site sets, by the parameter's name. */
  readonly settings: ReadonlyMap<string, Setting>;
  /** The occurrences that the condition being checked names, by the number of the name. */
  readonly named: NamedOccurrence[];
  /** Filled while headers are checked; complete before any signature is. */
  readonly headers: Map<HeaderDecl, HeaderInfo>;
  /** What a constant or parameter stands for, folded once; one that is defined by itself is reported in `env`. */
  readonly valueOf: (constant: Declared<ConstDecl>, env: Env) => Typed;
  /** The first file that declares a value of that name, whether it is in scope or not. */
  readonly fileDeclaring: (name: string) => string | undefined;
  /** Of several declarations the one that stands first: of a circle one is reported, always the same. */
  readonly firstOf: <D extends Declaration>(decls: readonly D[]) => D | undefined;
  /** Where it is to be known which word stands for what. */
  readonly note?: Note | undefined;
  /** Parts that the condition being checked may still grow by; predicates multiply. */
  readonly budget: { left: number; /** Levels that it is nested at the moment. */ depth: number };
}

/** What `as` names. */
export interface NamedOccurrence {
  readonly name: Name;
  /** Where it was found; nothing as long as only a `let` has been read, which does not say so. */
  readonly field?: { readonly name: string; readonly bytes: BytesRef };
  /** How many names depend on each other up to this one. */
  readonly links: number;
}

/** A `let` of the signature being checked. Its value is a number where all the names that it uses are in sight. */
export interface Let {
  readonly name: Name;
  readonly value: Expr;
  /** Its place among the signature's: it uses those before it. */
  readonly index: number;
  /** How many of them depend on each other up to this one. */
  readonly links: number;
  /** What is wrong with it wherever it is used has been said. */
  readonly isBroken: boolean;
  /** By the names that are in sight: what it is there, and what is wrong with it. */
  readonly known: Map<object, { readonly typed: Typed; readonly problems: readonly Diagnostic[] }>;
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
  /** Inside the value of a constant or parameter, where lists may stand. */
  readonly isConstant?: boolean;
  /** Inside a header's own declaration: its fields. */
  readonly fields?: ReadonlyMap<string, Typed>;
  /** Where those are declared. */
  readonly fieldNames?: ReadonlyMap<string, Name | undefined>;
  /** Occurrences that have got a name so far. */
  readonly occurrences?: ReadonlyMap<string, Typed>;
  /** Where they got it, also those in which something is wrong. */
  readonly occurrenceNames?: ReadonlyMap<string, Name>;
  /** The signature's `let`s; those before `reach` can be used. `isInside`: in the value of one of them. */
  readonly lets?: { readonly all: ReadonlyMap<string, Let>; readonly reach: number; readonly isInside?: true };
  /** Names that the signature has and that do not reach everywhere: why not. */
  readonly unreached?: ReadonlyMap<string, string>;
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

/** Where an expression is only tried: nothing of it is said or noted. */
export function silently(env: Env): Env {
  const { context } = env;
  // Most operands are tried: a context for each would take a tenth of the time of a check.
  context.trial ??= { ...context, problems: [], note: undefined, isTrial: true };
  context.trial.problems.length = 0;
  return { ...env, context: context.trial };
}

/** Notes what the names in expressions stand for that nothing is made of, because something beside them is not known. */
export function noteOnly(exprs: readonly (Expr | undefined)[], env: Env): void {
  if (!env.context.note) return;
  const quiet = { ...env, context: { ...env.context, problems: [], isTrial: true } };
  for (const expr of exprs) if (expr) env.context.typeOf(expr, quiet);
}

/** The author's own words for an expression, on one line and cut where they are long. */
export function quote(env: { readonly context: Context }, expr: Expr | { readonly span: Span }): string {
  const { file, start, end } = expr.span;
  const text = env.context.textOf(file).slice(start, end).replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** How large one condition may become. */
export const CONDITION_BUDGET = 100_000;
