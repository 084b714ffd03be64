/** Constants and parameters. */
import type { ConstDecl } from '../../grammar/ast.js';
import { complain, type Env, isCutShort, quote } from './context.js';
import { notConstant } from './diagnostics.js';
import { settled } from './settings.js';
import { constantOf, ERROR, type Typed } from './types.js';

/** The value of a constant; `outer` is the scope of its file. */
export function foldConstant(decl: ConstDecl, outer: Env): Typed {
  const env: Env = { ...outer, isConstant: true };
  const { value } = decl;
  const typed = env.context.typeOf(value, env);
  const folded = isConstant(typed) ? typed : ERROR;
  if (folded === ERROR && typed.kind !== 'error' && !isCutShort(env, value.span)) {
    const isCondition = typed.kind === 'condition' || typed.kind === 'header';
    const help = isCondition ? `a condition gets its name with \`predicate ${decl.name.text} = …\`` : undefined;
    complain(env, notConstant, { text: quote(env, value), help }, { span: value.span });
  }
  const setting = decl.kind === 'Param' ? env.context.settings.get(decl.name.text) : undefined;
  return setting ? settled(decl, folded, setting, env) : folded;
}

function isConstant(typed: Typed): boolean {
  switch (typed.kind) {
    case 'int':
    case 'address':
      return constantOf(typed) !== undefined;
    case 'set':
    case 'bytes':
    case 'duration':
      return true;
    default:
      return false;
  }
}
