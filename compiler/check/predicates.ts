/** Named conditions: the body is checked anew for each use, with what was handed over for each parameter. */
import type { PredicateDecl } from '../../grammar/ast.js';
import type { Span } from '../../grammar/diagnostic.js';
import { complain, type Env } from './context.js';
import { argumentCount, definedByItself } from './diagnostics.js';
import type { Declared } from './scope.js';
import { ERROR, type Typed } from './types.js';

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
    complain(env, argumentCount, { name, expected: decl.params.length, found: args.length }, { span });
    return ERROR;
  }
  const calls = env.calls ?? [];
  if (calls.includes(decl) || !scope) {
    complain(env, definedByItself, { name }, { span: decl.name.span });
    return ERROR;
  }
  const params = new Map(decl.params.map((param, i) => [param.text, args[i] ?? ERROR]));
  const formula = env.context.toFormula(decl.body, { context: env.context, scope, params, calls: [...calls, decl] });
  return { kind: 'condition', formula };
}
