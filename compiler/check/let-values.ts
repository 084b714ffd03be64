/** What the name of a `let` stands for where it is used. */
import type { Span } from '../../grammar/diagnostic.js';
import { spend } from './budget.js';
import { complain, type Env, type Let } from './context.js';
import { declaredTwice } from './diagnostics.js';
import type { Name } from '../../grammar/ast.js';
import { checkName } from './reserved.js';
import { atUse, IN_LET } from './uses.js';
import { ERROR, type Typed } from './types.js';
import { sizeOf } from './value-size.js';

const NO_NAMES: ReadonlyMap<string, Typed> = new Map();

/** The `let` of that name, where it can be used. */
export function letNamed(name: string, { lets }: Env): Let | undefined {
  const found = lets?.all.get(name);
  return found && found.index < (lets?.reach ?? 0) ? found : undefined;
}

/** The number that a `let` stands for, reckoned with the occurrences that are in sight where it is used. */
export function valueOfLet(found: Let, span: Span, env: Env): Typed {
  if (found.isBroken || !env.lets) return ERROR;
  const names = env.occurrences ?? NO_NAMES;
  const known = found.known.get(names) ?? evaluate(found, env);
  found.known.set(names, known);
  env.context.problems.push(...known.problems.map((problem) => atUse(problem, span, IN_LET)));
  const { typed } = known;
  // What one `let` takes of another counts where the outer one is used.
  const parts = typed.kind === 'int' && !env.lets.isInside ? sizeOf(typed.value).parts : 0;
  return spend(parts, span, env) ? typed : ERROR;
}

function evaluate(found: Let, env: Env): ReturnType<Let['known']['get']> & object {
  // What is found is kept for all uses, also where the first one is only tried.
  const context = { ...env.context, problems: [], isTrial: false };
  const typed = env.context.typeOf(found.value, letEnv(found.index, { ...env, context }));
  return { typed: typed.kind === 'int' ? typed : ERROR, problems: context.problems };
}

/** What the names in a `let` mean: those of the file, the `let`s before it, and what is in sight where it is used. */
export function letEnv(index: number, { context, scope, occurrences, occurrenceNames, lets, unreached }: Env): Env {
  return {
    context,
    scope,
    ...(occurrences && { occurrences }),
    ...(occurrenceNames && { occurrenceNames }),
    ...(lets && { lets: { ...lets, reach: index, isInside: true } }),
    ...(unreached && { unreached }),
  };
}

/** A name that a signature gives for itself must not mean something else there; false where it does, and that has been said. */
export function isFreeName(name: Name, env: Env): boolean {
  const { text, span } = name;
  if (text === '') return false;
  const { length } = env.context.problems;
  checkName(name, env.context.problems);
  const first =
    env.scope.values.get(text)?.decl.name.span ??
    env.lets?.all.get(text)?.name.span ??
    env.context.named.find((_, number) => isOccurrence(env.occurrences?.get(text), number))?.name.span;
  const labels = first ? [{ span: first, text: 'first here' }] : [];
  if (first || env.scope.aliases.has(text) || env.params?.has(text))
    complain(env, declaredTwice, { name: text }, { span }, ...labels);
  return env.context.problems.length === length;
}

function isOccurrence(typed: Typed | undefined, number: number): boolean {
  return typed?.kind === 'occurrence' && typed.name === number;
}
