/** How large one condition may become: predicates and `let`s that use others several times multiply. */
import { type Span, report } from '../../grammar/diagnostic.js';
import type { Env } from './context.js';
import { conditionTooLarge } from './diagnostics.js';

/**
 * Levels of a condition. Each is a call, or several, wherever a condition is walked: some parts of the compiler use up their stack at
 * 1,500.
 */
const MOST_LEVELS = 500;

/** What `make` gives one level deeper; nothing where that is too deep, and that has been said. */
export function deeper<T>(span: Span, env: Env, make: () => T): T | undefined {
  const { budget } = env.context;
  if (budget.depth >= MOST_LEVELS) {
    complainOnce(`${MOST_LEVELS} levels`, span, env);
    return undefined;
  }
  budget.depth++;
  const made = make();
  budget.depth--;
  return made;
}

/** Takes parts from what the condition may still grow by; false where nothing is left, and that has been said. */
export function spend(parts: number, span: Span, env: Env): boolean {
  const { budget } = env.context;
  budget.left -= parts;
  if (budget.left > 0) return true;
  complainOnce('100,000 parts', span, env);
  return false;
}

/** Also of all declarations together: what uses a predicate that is too large is too large itself. */
function complainOnce(most: string, span: Span, env: Env): void {
  const { lasting } = env.context;
  if (lasting.some((d) => d.code === conditionTooLarge.code)) return;
  lasting.push(report(conditionTooLarge, { most }, { span: env.calls?.[0]?.name.span ?? span }));
}
