/** What near misses fail at, in the author's words. */
import { type Named, requirementText } from '../../compiler/explain/requirement-text.js';
import type { Words } from '../../compiler/explain/words.js';
import type { Signature } from '../../compiler/ruleset.js';
import type { Miss } from '../../compiler/witness/signature.js';
import { printable } from '../../runtime/output/text.js';

/** A part of what a signature asks: of its condition, or of how it is reached. */
export type Missed = Pick<Miss, 'part' | 'requirement'>;

/** A condition is said on one line. */
const WIDTH = 110;

/** What a part asks: `tcp.dst_port == 80`, `switch of module http: tcp`. */
export function partText(missed: Missed, { when }: Signature, words: Words, rules: Named): string {
  const { requirement } = missed;
  if (requirement && requirement.kind !== 'Switch') return printable(requirementText(requirement, rules));
  const whole = printable(conditionText(missed, when, words));
  const text = whole.length > WIDTH ? `${whole.slice(0, WIDTH - 1)}…` : whole;
  return requirement ? `${printable(requirementText(requirement, rules))}: ${text}` : text;
}

/** The condition of a part alone, whole. Occurrences have the names that they have in the condition which it is of. */
export function conditionText({ part, requirement }: Missed, when: Signature['when'], words: Words): string {
  return words.about(requirement?.formula ?? when).formula(part);
}
