/**
 * Names of occurrences: `payload contains "…" as x`. A conjunction holds if some choice of occurrences satisfies it; because each of its
 * parts refers to one name at most, the names form trees, and what refers to a name goes into the `where` of its `Occurs`.
 */
import type { ContainsExpr, Expr, Name } from '../../grammar/ast.js';
import { tooDeep } from '../../grammar/diagnostics.js';
import type { Span } from '../../grammar/diagnostic.js';
import { MAX_DEPTH } from '../../grammar/parse-expressions.js';
import { all, FALSE, type Formula, type Occurs, TRUE } from '../logic/formula.js';
import { freeNames } from '../logic/occurrences.js';
import { spend } from './budget.js';
import { complain, type Env } from './context.js';
import { type Found, literalIn } from './contains.js';
import { namedAbsence, twoOccurrences } from './diagnostics.js';
import { isFreeName } from './let-values.js';
import { ERROR, type Typed } from './types.js';

/** The formula of expressions that must all hold. A name is in sight in the parts behind it. */
export function conjunction(parts: readonly Expr[], outer: Env): Formula {
  const bound = new Map<number, Occurs>();
  const pieces: Formula[] = [];
  let env = outer;
  for (const part of flattened(parts)) {
    if (part.kind !== 'Contains' || !part.as) {
      pieces.push(...conjuncts(env.context.toFormula(part, env)).map((piece) => alone(piece, part.span, env)));
      continue;
    }
    const occurs = namedIn(part, part.as, env);
    if (occurs) bound.set(occurs.name, occurs);
    pieces.push(occurs ?? FALSE);
    env = withName(part.as, typeOfName(occurs), env);
  }
  return nested(pieces, bound);
}

/** Brackets change nothing in a row of `and`. */
function flattened(parts: readonly Expr[]): Expr[] {
  return parts.flatMap((part) =>
    part.kind === 'Logic' && part.operator === 'and' ? flattened(part.operands) : [part],
  );
}

/** A predicate's condition may be a conjunction too. */
function conjuncts(formula: Formula): readonly Formula[] {
  return formula.kind === 'And' ? formula.of : [formula];
}

/** A part as it is, if it refers to one name at most. */
function alone(piece: Formula, span: Span, env: Env): Formula {
  if (env.context.named.length === 0) return piece;
  const [first, second] = [...freeNames(piece)]
    .sort((a, b) => a - b)
    .flatMap((name) => env.context.named[name]?.name ?? []);
  if (!first || !second) return piece;
  const labels = [first, second].map((name) => ({ span: name.span, text: 'named here' }));
  complain(env, twoOccurrences, { first: first.text, second: second.text }, { span }, ...labels);
  return FALSE;
}

function namedIn(part: ContainsExpr, name: Name, env: Env): Occurs | undefined {
  if (!spend(1 + (env.occurrences?.size ?? 0) / 10, part.span, env)) return undefined;
  env.context.note?.(name, 'occurrence', name.span);
  const isFree = isFreeName(name, env);
  const found = literalIn(part, env);
  if (part.negated) complain(env, namedAbsence, { name: name.text }, { span: name.span });
  if (!found || !isFree || part.negated) return undefined;
  const { field, bytes, literal, window } = found;
  const { span } = part;
  const draft = { kind: 'Occurs', bytes, literal, ...(window && { window }), where: TRUE, span } as const;
  const number = declare(name, field, draft, env);
  return number === undefined ? undefined : withinOne({ ...draft, name: number }, env);
}

function withinOne(occurs: Occurs, env: Env): Occurs | undefined {
  return alone(occurs, occurs.span, env) === occurs ? occurs : undefined;
}

/** The number of a new name. A long chain of names would nest formulas deeper than the stack. */
function declare(name: Name, field: Found['field'], draft: Omit<Occurs, 'name'>, env: Env): number | undefined {
  const { named } = env.context;
  const [before] = freeNames({ ...draft, name: -1 });
  const links = (before === undefined ? 0 : (named[before]?.links ?? 0)) + 1;
  if (links > MAX_DEPTH) {
    complain(env, tooDeep, { limit: MAX_DEPTH }, { span: name.span });
    return undefined;
  }
  return named.push({ name, field, links }) - 1;
}

function typeOfName(occurs: Occurs | undefined): Typed {
  return occurs ? { kind: 'occurrence', name: occurs.name, length: occurs.literal.bytes.length } : ERROR;
}

function withName(name: Name, typed: Typed, env: Env): Env {
  return {
    ...env,
    occurrences: new Map([...(env.occurrences ?? []), [name.text, typed]]),
    ...(env.context.note && { occurrenceNames: new Map([...(env.occurrenceNames ?? []), [name.text, name]]) }),
  };
}

/** Each part goes to the name that it refers to, if that is bound here; parts that refer to outer names stay outside. */
function nested(pieces: readonly Formula[], bound: ReadonlyMap<number, Occurs>): Formula {
  if (bound.size === 0) return all(pieces);
  const within = new Map<number | undefined, Formula[]>();
  for (const piece of pieces) {
    const name = [...freeNames(piece)].find((n) => bound.has(n));
    const others = within.get(name);
    if (others) others.push(piece);
    else within.set(name, [piece]);
  }
  const closed = (name: number | undefined): Formula =>
    all((within.get(name) ?? []).map((f) => (f.kind === 'Occurs' && bound.get(f.name) === f ? close(f) : f)));
  const close = (occurs: Occurs): Formula => simplified({ ...occurs, where: closed(occurs.name) });
  return closed(undefined);
}

/** A name that nothing refers to says no more than that the literal is there. */
function simplified(occurs: Occurs): Formula {
  if (occurs.where.kind === 'False') return FALSE;
  if (occurs.where.kind !== 'True') return occurs;
  const { bytes, literal, window, span } = occurs;
  return { kind: 'Contains', bytes, literal, ...(window && { window }), negated: false, span };
}

/** The names that a condition gives, wherever it does; not those inside of predicates, which nothing outside can use. */
export function namesGiven(expr: Expr): Name[] {
  switch (expr.kind) {
    case 'Logic':
      return expr.operands.flatMap(namesGiven);
    case 'Unary':
      return namesGiven(expr.operand);
    case 'Contains':
      return expr.as ? [expr.as] : [];
    default:
      return [];
  }
}
