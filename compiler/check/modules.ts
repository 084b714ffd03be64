/** From `module` declarations to switches: which module hands packets on to it, and which of them. */
import type { ModuleDecl } from '../../grammar/ast.js';
import { type Formula, TRUE } from '../logic/formula.js';
import { toFormula } from './conditions.js';
import { CONDITION_BUDGET, type Env } from './context.js';
import { named } from './named.js';

/** A module that is not numbered yet. */
export interface Switch {
  readonly parent?: ModuleDecl;
  readonly on: Formula;
}

/** Checks one module; what stands in it are declarations of their own. */
export function switchOf({ parent, on }: ModuleDecl, env: Env): Switch {
  env.context.named.length = 0;
  env.context.budget.left = CONDITION_BUDGET;
  const found = parent && named(parent, 'modules', env);
  return { ...(found && { parent: found.decl }), on: on ? toFormula(on, env) : TRUE };
}
