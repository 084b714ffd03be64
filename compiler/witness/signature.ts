/** What a signature finds, as packets: one that matches, and for each part of the condition one that fails only there. */
import type { Signature } from '../ruleset.js';
import { type Part, partsOf } from './near-miss.js';
import type { Witness, WitnessFinder } from './witness.js';

/** A part of a condition, and what misses it. */
export interface Miss extends Part {
  /** Nothing where none was found. */
  readonly witness: Witness | undefined;
}

export interface SignatureEvidence {
  /** Nothing where none was found. */
  readonly witness: Witness | undefined;
  /** So many of it, at the same time, match once: a signature that counts takes more than one. */
  readonly packets: number;
  /** Empty without a witness. */
  readonly misses: readonly Miss[];
}

/** Packets that show what a signature finds and what it does not. */
export function evidenceFor({ when, count }: Signature, finder: WitnessFinder): SignatureEvidence {
  const witness = finder.find(when);
  const packets = count ? count.more + 1 : 1;
  if (!witness) return { witness, packets, misses: [] };
  const misses = partsOf(when).map((part) => {
    const found = finder.find(part.miss, witness);
    return { ...part, witness: found && !finder.holds(when, found.packet) ? found : undefined };
  });
  return { witness, packets, misses };
}
