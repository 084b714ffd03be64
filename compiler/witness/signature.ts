/** What a signature finds, as packets: one that matches, and for each part of the condition one that fails only there. */
import type { Prover } from '../prove/prover.js';
import type { Signature } from '../ruleset.js';
import { type Part, partsOf } from './near-miss.js';
import type { Witness, WitnessFinder } from './witness.js';

/** A part of a condition, and what misses it. */
export interface Miss extends Part {
  /** Nothing where none was found. */
  readonly witness: Witness | undefined;
  /** It is proved that there is none: the rest of the condition implies this part. */
  readonly isNone: boolean;
}

export interface SignatureEvidence {
  /** Nothing where none was found. */
  readonly witness: Witness | undefined;
  /** It is proved that no packet matches. */
  readonly isNone: boolean;
  /** So many of it, at the same time, match once: a signature that counts takes more than one. */
  readonly packets: number;
  /** Empty without a witness. */
  readonly misses: readonly Miss[];
}

/** Packets that show what a signature finds and what it does not; where none is found, `prover` is asked whether there can be one. */
export function evidenceFor(
  { when, count }: Signature,
  finder: WitnessFinder,
  prover: Pick<Prover, 'isNever'>,
): SignatureEvidence {
  const witness = finder.find(when);
  const packets = count ? count.more + 1 : 1;
  if (!witness) return { witness, isNone: prover.isNever(when), packets, misses: [] };
  const misses = partsOf(when).map((part) => {
    const near = finder.find(part.miss, witness);
    const found = near && !finder.holds(when, near.packet) ? near : undefined;
    return { ...part, witness: found, isNone: !found && prover.isNever(part.miss) };
  });
  return { witness, isNone: false, packets, misses };
}
