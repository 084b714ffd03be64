/** Walks through what authors wrote. */
import { assertNever } from '../../grammar/assert-never.js';
import type { Declaration, Expr, SignatureDecl, UnaryExpr } from '../../grammar/ast.js';
import type { Span } from '../../grammar/diagnostic.js';

/** The conditions and values of a declaration in which atoms stand. */
export function expressionsIn(decl: Declaration): readonly Expr[] {
  if (decl.kind === 'Predicate') return [decl.body];
  if (decl.kind === 'Const' || decl.kind === 'Param') return [decl.value];
  if (decl.kind === 'Module') return decl.on ? [decl.on] : [];
  return decl.kind === 'Signature' ? decl.entries.flatMap(expressionsOf) : [];
}

function expressionsOf(entry: SignatureDecl['entries'][number]): readonly Expr[] {
  if (entry.kind === 'When') return [entry.condition];
  if (entry.kind === 'Let') return [entry.value];
  if (entry.kind === 'Then') return entry.actions.flatMap((action) => (action.kind === 'Limit' ? action.by : []));
  return entry.kind === 'Count' ? entry.by : [];
}

/** An expression and all that is in it, the outer one first. */
export function* within(expr: Expr): Generator<Expr> {
  yield expr;
  for (const part of partsOf(expr)) yield* within(part);
}

function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'Set':
      return expr.elements;
    case 'Range':
      return [expr.low, expr.high];
    case 'Call':
      return expr.args;
    case 'Unary':
      return [expr.operand];
    case 'Logic':
      return expr.operands;
    case 'Arithmetic':
    case 'Compare':
    case 'In':
    case 'Flags':
      return [expr.left, expr.right];
    case 'Contains':
      return [expr.subject, expr.literal, ...(expr.at ? [expr.at] : []), ...(expr.within ? [expr.within] : [])];
    case 'Number':
    case 'Duration':
    case 'Bytes':
    case 'Address':
    case 'True':
    case 'False':
    case 'None':
    case 'Error':
    case 'File':
    case 'Path':
    case 'Reserved':
      return [];
    default:
      return assertNever(expr);
  }
}

/** Finds what was written at a place from what formulas remember of it. */
export interface Written {
  /** The test that has exactly this span. */
  readonly test: (span: Span) => Expr | undefined;
  /** The `not` in front of what has this span. */
  readonly negation: (span: Span) => UnaryExpr | undefined;
}

/** Reads each declaration when something in it is asked for. */
export function writtenIn(declarationsOf: (file: string) => readonly Declaration[]): Written {
  const known = new Map<string, { tests: Map<string, Expr>; negations: Map<string, UnaryExpr> }>();
  const inFile = (file: string): NonNullable<ReturnType<typeof known.get>> => {
    const found = known.get(file) ?? indexOf(declarationsOf(file));
    known.set(file, found);
    return found;
  };
  return {
    test: (span) => inFile(span.file).tests.get(keyOf(span)),
    negation: (span) => inFile(span.file).negations.get(keyOf(span)),
  };
}

function indexOf(declarations: readonly Declaration[]): {
  tests: Map<string, Expr>;
  negations: Map<string, UnaryExpr>;
} {
  const tests = new Map<string, Expr>();
  const negations = new Map<string, UnaryExpr>();
  for (const expr of declarations.flatMap(expressionsIn).flatMap((one) => [...within(one)])) {
    if (['Compare', 'In', 'Flags', 'Contains'].includes(expr.kind)) tests.set(keyOf(expr.span), expr);
    if (expr.kind === 'Unary' && expr.operator === 'not') negations.set(keyOf(expr.operand.span), expr);
  }
  return { tests, negations };
}

function keyOf({ start, end }: Span): string {
  return `${start} ${end}`;
}
