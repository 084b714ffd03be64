/** What a match does beside being one: which signature makes which other one needless where both match. */
import { keyOf } from '../logic/key.js';
import type { Count, Signature } from '../ruleset.js';
import { SEVERITIES, VERDICTS } from '../ruleset.js';

/** Whether a match of the one does all that a match of the other would: verdict, mark, an alert no less severe. */
export function doesAll(one: Signature, other: Signature): boolean {
  const isStrong = VERDICTS.indexOf(one.verdict) <= VERDICTS.indexOf(other.verdict);
  const logs = !other.log || (one.log && isHeard(one, other));
  const marks = other.mark === undefined || keyOf(one.mark) === keyOf(other.mark);
  return isStrong && logs && marks;
}

function isHeard(one: Signature, other: Signature): boolean {
  if (SEVERITIES.indexOf(one.severity) > SEVERITIES.indexOf(other.severity)) return false;
  // What the one matches beside the other's packets may use a limit up, even the same one.
  return one.limit === undefined;
}

/** Whether the one passes what the other would stop. */
export function overrules(one: Signature, other: Signature): boolean {
  return one.verdict === 'pass' && (other.verdict === 'drop' || other.verdict === 'reject');
}

/** Whether both take the same number of packets within the same time; without a count, one. */
export function countAlike(a: Count | undefined, b: Count | undefined): boolean {
  return keyOf(a) === keyOf(b);
}
