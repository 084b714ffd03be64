/** Expressions that must be integers. */
import type { Expr } from '../../grammar/ast.js';
import { complain, type Env, quote } from './context.js';
import { eitherAlone, typeMismatch } from './diagnostics.js';
import { describe, type IntType, type Typed } from './types.js';

/** An integer, or nothing where it is none and that has been said. */
export function intOf(expr: Expr, env: Env): IntType | undefined {
  return asInt(env.context.typeOf(expr, env), expr, env);
}

/** The same for an expression whose type is known already. */
export function asInt(typed: Typed, expr: Expr, env: Env): IntType | undefined {
  if (typed.kind === 'int') return typed;
  if (typed.kind === 'either') complain(env, eitherAlone, { name: typed.name }, { span: expr.span });
  else if (typed.kind !== 'error') {
    const p = { expected: 'a number', found: describe(typed), help: helpFor(typed, quote(env, expr)) };
    complain(env, typeMismatch, p, { span: expr.span });
  }
  return undefined;
}

function helpFor(typed: Typed, text: string): string | undefined {
  if (typed.kind === 'occurrence')
    return `\`${text}.start\` is the position of its first byte, \`${text}.end\` of the first byte behind it`;
  if (typed.kind === 'byteField') return `a number is read out of them with \`${text}.u16(0)\``;
  return undefined;
}
