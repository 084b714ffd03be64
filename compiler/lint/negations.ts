/** Negations of named conditions: `not is_web`, where `predicate is_web = tcp.dst_port == 80`. */
import type { CallExpr, Expr, PathExpr, PredicateDecl, UnaryExpr } from '../../grammar/ast.js';
import type { Span } from '../../grammar/diagnostic.js';
import { isParsed } from '../check/sources.js';
import { expressionsIn, within } from './expressions.js';
import type { LintedSignature, Program } from './program.js';

/** The negations that a signature has, by itself or in predicates that it uses, of predicates that are nothing but the test at a place. */
export type NamedNegations = (signature: LintedSignature, test: Span) => readonly UnaryExpr[];

/** Finds them; reads nothing before it is asked. */
export function namedNegations(program: Program): NamedNegations {
  const known = new Map<LintedSignature, ReadonlyMap<string, readonly UnaryExpr[]>>();
  let called: PredicateFinder | undefined;
  return (signature, test) => {
    called ??= predicateFinder(program);
    const found = known.get(signature) ?? negationsOf(signature, called);
    known.set(signature, found);
    return found.get(placeOf(test)) ?? [];
  };
}

/** The predicate that a path names. */
type PredicateFinder = (path: PathExpr) => PredicateDecl | undefined;

function predicateFinder({ sources, symbols }: Program): PredicateFinder {
  const declared = new Map<string, PredicateDecl>();
  for (const file of sources.files.values()) {
    for (const decl of isParsed(file) ? file.tree.declarations : []) {
      if (decl.kind === 'Predicate') declared.set(placeOf(decl.name.span), decl);
    }
  }
  const named = new Map<string, PredicateDecl>();
  for (const { kind, span, declared: place } of symbols) {
    const decl = kind === 'predicate' && place ? declared.get(placeOf(place)) : undefined;
    if (decl) named.set(endOf(span), decl);
  }
  return ({ span }) => named.get(endOf(span));
}

function negationsOf({ decl }: LintedSignature, called: PredicateFinder): ReadonlyMap<string, readonly UnaryExpr[]> {
  const found = new Map<string, UnaryExpr[]>();
  const seen = new Set<PredicateDecl>();
  const pending = [...expressionsIn(decl)];
  for (let body = pending.pop(); body; body = pending.pop()) {
    for (const expr of within(body)) {
      const predicate = predicateOf(expr, called);
      if (predicate && !seen.has(predicate)) {
        seen.add(predicate);
        pending.push(predicate.body);
      }
      if (expr.kind !== 'Unary' || expr.operator !== 'not' || !isUse(expr.operand)) continue;
      const key = placeOf(bodyBehind(expr.operand, called).span);
      found.set(key, [...(found.get(key) ?? []), expr]);
    }
  }
  return found;
}

/** What a name stands for, through as many names as it takes. */
function bodyBehind(expr: Expr, called: PredicateFinder): Expr {
  const predicate = predicateOf(expr, called);
  return predicate ? bodyBehind(predicate.body, called) : expr;
}

function predicateOf(expr: Expr, called: PredicateFinder): PredicateDecl | undefined {
  return isUse(expr) ? called(expr.kind === 'Call' ? expr.callee : expr) : undefined;
}

function isUse(expr: Expr): expr is PathExpr | CallExpr {
  return expr.kind === 'Path' || expr.kind === 'Call';
}

function placeOf({ file, start, end }: Span): string {
  return `${start} ${end} ${file}`;
}

/** A path ends with the word that names the predicate: what stands before it names a file. */
function endOf({ file, end }: Span): string {
  return `${end} ${file}`;
}
