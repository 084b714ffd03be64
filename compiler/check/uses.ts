/** Findings in what a name stands for: whoever used the name made the mistake. */
import type { Diagnostic, Span } from '../../grammar/diagnostic.js';
import { conditionTooLarge, definedByItself } from './diagnostics.js';

/** Mark the place inside that a finding about a use concerns. */
export const IN_PREDICATE = 'in the predicate, here';
export const IN_LET = 'in the `let`, here';

/** Whether a label's text is one of these marks. */
export function isInside(text: string | undefined): boolean {
  return text === IN_PREDICATE || text === IN_LET;
}

/** The finding, at the place of the use. */
export function atUse(problem: Diagnostic, span: Span, mark: string): Diagnostic {
  const [place, ...further] = problem.labels;
  if (!place || problem.code === definedByItself.code || problem.code === conditionTooLarge.code) return problem;
  const inside = further.some((label) => isInside(label.text)) ? further : [{ ...place, text: mark }, ...further];
  return { ...problem, labels: [{ span }, ...inside] };
}
