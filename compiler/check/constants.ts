/** Constants and parameters, folded once each. */
import type { ConstDecl } from '../../grammar/ast.js';
import { complain, type Env, isCutShort, quote } from './context.js';
import { definedByItself, notConstant } from './diagnostics.js';
import type { Declared } from './scope.js';
import { settled } from './settings.js';
import { constantOf, ERROR, type Typed } from './types.js';

/** The value of a constant, checked in the scope of its own file. */
export function foldConstant({ decl, file }: Declared<ConstDecl>, env: Env): Typed {
  const { constants, program } = env.context;
  const known = constants.get(decl);
  const scope = program.scopes.get(file);
  if (known === 'open' || !scope) {
    complain(env, definedByItself, { name: decl.name.text }, { span: decl.name.span });
    return ERROR;
  }
  if (known) return known;
  constants.set(decl, 'open');
  const own = { context: { ...env.context, problems: env.context.constantProblems }, scope, isConstant: true };
  const { value } = decl;
  const typed = env.context.typeOf(value, own);
  const folded = isConstant(typed) ? typed : ERROR;
  if (folded === ERROR && typed.kind !== 'error' && !isCutShort(own, value.span)) {
    const isCondition = typed.kind === 'condition' || typed.kind === 'header';
    const help = isCondition ? `a condition gets its name with \`predicate ${decl.name.text} = …\`` : undefined;
    complain(own, notConstant, { text: quote(own, value), help }, { span: value.span });
  }
  const setting = decl.kind === 'Param' ? env.context.settings.get(decl.name.text) : undefined;
  const final = setting ? settled(decl, folded, setting, own) : folded;
  constants.set(decl, final);
  return final;
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
