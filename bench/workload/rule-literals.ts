/** The literals that rules look for in bytes. */
import { formulasIn } from '../../compiler/logic/walk.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import type { BenchLiteral } from '../search/candidate.js';

/** All of them as often as they stand there, in the order of the signatures. */
export function ruleLiterals({ signatures }: Pick<Ruleset, 'signatures'>): BenchLiteral[] {
  return signatures.flatMap(({ when }) =>
    [...formulasIn(when)].flatMap((part) => (part.kind === 'Contains' || part.kind === 'Occurs' ? [part.literal] : [])),
  );
}
