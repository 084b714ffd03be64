/** Named conditions: the body is checked anew for each use, with what was handed over for each parameter. */
import type { PredicateDecl } from '../../grammar/ast.js';
import type { Diagnostic, Span } from '../../grammar/diagnostic.js';
import { complain, type Env } from './context.js';
import { argumentCount, definedByItself, nestedTooDeep } from './diagnostics.js';
import type { Declared } from './scope.js';
import { ERROR, type Typed } from './types.js';
import { atUse, IN_PREDICATE } from './uses.js';

/** Each takes some of the stack, which is used up by about 900. */
const MOST_NESTED = 100;

/** Every use of the chain would tell the same. */
function isKnownChain({ context }: Env): boolean {
  return context.lasting.some((d) => d.code === nestedTooDeep.code);
}

/** The condition that a predicate stands for at one place. */
export function callPredicate(
  { decl, file }: Declared<PredicateDecl>,
  args: readonly Typed[],
  env: Env,
  span: Span,
): Typed {
  const name = decl.name.text;
  const scope = env.context.program.scopes.get(file);
  if (args.length !== decl.params.length) {
    if (env.context.isDamaged({ ...span, end: span.end + 1 })) return ERROR;
    complain(env, argumentCount, { name, expected: decl.params.length, found: args.length }, { span });
    return ERROR;
  }
  const calls = env.calls ?? [];
  if (calls.includes(decl) || !scope) {
    const { name: first } = env.context.firstOf(calls.slice(calls.indexOf(decl))) ?? decl;
    complain(env, definedByItself, { name: first.text }, { span: first.span });
    return ERROR;
  }
  if (calls.length >= MOST_NESTED) {
    if (!isKnownChain(env)) complain(env, nestedTooDeep, { name, most: MOST_NESTED }, { span });
    return ERROR;
  }
  const params = new Map(decl.params.map((param, i) => [param.text, args[i] ?? ERROR]));
  const problems: Diagnostic[] = [];
  const context = { ...env.context, problems };
  const formula = context.toFormula(decl.body, { context, scope, params, calls: [...calls, decl] });
  env.context.problems.push(...problems.map((problem) => atUse(problem, span, IN_PREDICATE)));
  return { kind: 'condition', formula };
}
