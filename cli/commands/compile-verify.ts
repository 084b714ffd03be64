import { link } from '../../compiler/link/link.js';
import { buildTree } from '../../compiler/tree/build.js';
import { verifyTree } from '../../compiler/prove/verify.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { Problem } from '../../runtime/problem.js';
import { treeDiffers } from '../diagnostics.js';
import { plural } from '../render.js';

/** Names of signatures that are listed; of more, how many there are. */
const LISTED = 5;

/**
 * Holds the decision tree of the rules against them, and says in a sentence what was proved; throws where they differ. When time is up it says
 * what there was none for.
 */
export function verifiedTree(ruleset: Ruleset, isTimeUp?: () => boolean): string {
  const linked = link(ruleset);
  const { proved, tried, packets, wrong, left } = verifyTree(linked, buildTree(linked), isTimeUp);
  const nameOf = (at: number): string => ruleset.signatures[at]?.name ?? '';
  const [first] = wrong;
  if (first) {
    const { link, bytes } = first.packet;
    const hex = Buffer.from(bytes).toString('hex');
    throw Problem.of(treeDiffers, { name: nameOf(first.signature), link, hex });
  }
  const count = ruleset.signatures.length;
  const means = `the tree means what ${plural(count, 'signature')} ${count === 1 ? 'means' : 'mean'}`;
  if (tried.length === 0 && left.length === 0) return `${means}: proved`;
  if (proved === 0 && tried.length === 0) return `whether ${means}: nothing could be proved in the time there is`;
  const all = left.length > 0 ? `whether ${means}` : means;
  const rest = left.length > 0 ? `; there was no time for ${left.length}` : '';
  if (tried.length === 0) return `${all}: proved of ${proved}${rest}`;
  const names = tried.slice(0, LISTED).map(nameOf).join(', ');
  const more = tried.length > LISTED ? ` and ${tried.length - LISTED} more` : '';
  return `${all}: proved of ${proved}; of ${tried.length} (${names}${more}), tried with ${packets} packets, all judged alike${rest}`;
}
