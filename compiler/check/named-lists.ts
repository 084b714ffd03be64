/** What `file "list.txt"` means where it stands. */
import type { FileExpr } from '../../grammar/ast.js';
import { didYouMean } from '../../grammar/suggest.js';
import { complain, type Env } from './context.js';
import { emptyList, listElsewhere, listNotFound } from './diagnostics.js';
import { resolveList } from './sources.js';
import { ERROR, type Typed } from './types.js';

/** What a list holds; what is wrong with its lines was said where it was read. */
export function typeOfList(expr: FileExpr, env: Env): Typed {
  const path = expr.path.text;
  const file = resolveList(expr);
  const list = env.isConstant ? env.context.lists.get(file) : undefined;
  env.context.note?.(expr.path, 'file', { file, start: 0, end: 0 });
  if (list && 'set' in list) {
    const isEmpty = list.set.of === 'nothing' && list.diagnostics.length === 0;
    if (isEmpty) complain(env, emptyList, { path }, { span: expr.path.span });
    return list.diagnostics.length > 0 ? ERROR : list.set;
  }
  if (list) {
    const near = didYouMean(
      path,
      list.near.map((name) => path.replace(/[^/]*$/, name)),
    );
    complain(env, listNotFound, { path, why: list.why, near }, { span: expr.path.span });
  } else complain(env, listElsewhere, undefined, { span: expr.span });
  return ERROR;
}
