/** The reference: every signature evaluated by itself, as its formula says. */
import type { Ruleset } from '../../ruleset.js';
import type { Evaluator } from '../evaluator.js';
import { announcer, decode } from './decode.js';
import { evaluateFormula } from './evaluate.js';

/** Prepares a ruleset. */
export function interpreter({ layouts, signatures }: Pick<Ruleset, 'layouts' | 'signatures'>): Evaluator {
  const announce = announcer(layouts);
  return {
    decode: (packet) => decode(packet, layouts, announce),
    matching: (stack) => signatures.flatMap(({ when }, index) => (evaluateFormula(when, stack) ? [index] : [])),
  };
}
