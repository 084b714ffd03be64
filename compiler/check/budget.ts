/** How large one condition may become: predicates and `let`s that use others several times multiply. */
import { type Span, report } from '../../grammar/diagnostic.js';
import type { Env } from './context.js';
import { conditionTooLarge } from './diagnostics.js';

/** Takes parts from what the condition may still grow by; false where nothing is left, and that has been said. */
export function spend(parts: number, span: Span, env: Env): boolean {
  const { budget, lasting } = env.context;
  budget.left -= parts;
  if (budget.left > 0) return true;
  // Said once, also of all declarations together: what uses a predicate that is too large is too large itself.
  if (!lasting.some((d) => d.code === conditionTooLarge.code))
    lasting.push(report(conditionTooLarge, undefined, { span: env.calls?.[0]?.name.span ?? span }));
  return false;
}
