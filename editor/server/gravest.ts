import type { Diagnostic } from '../../grammar/diagnostic.js';

/** Nobody reads more, all of them are sent with every key press, and what stands behind it moves with every key press. */
const MOST = 1000;
const RANKS = { error: 0, warning: 1, note: 2 } as const satisfies Record<Diagnostic['severity'], number>;

/** As many findings as are sent: errors before warnings before notes, each in order of place. */
export function gravest(found: readonly Diagnostic[]): readonly Diagnostic[] {
  if (found.length <= MOST) return found;
  return found.toSorted((a, b) => RANKS[a.severity] - RANKS[b.severity]).slice(0, MOST);
}
