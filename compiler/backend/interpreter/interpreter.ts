/** The reference: every signature evaluated by itself, as its formula says, where the packet reaches it. */
import type { Module, Ruleset } from '../../ruleset.js';
import type { Evaluator } from '../evaluator.js';
import { announcer, decode } from './decode.js';
import { reaching } from './reach.js';

/** What it takes; without modules, signatures belong to the root. */
interface Interpretable extends Pick<Ruleset, 'layouts' | 'signatures' | 'policy'> {
  readonly modules?: readonly Module[] | undefined;
}

/** Prepares a ruleset. */
export function interpreter({ modules = [], ...ruleset }: Interpretable): Evaluator {
  const { layouts } = ruleset;
  const announce = announcer(layouts);
  return { decode: (packet) => decode(packet, layouts, announce), matching: reaching({ ...ruleset, modules }) };
}
