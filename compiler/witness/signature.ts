/** What a signature finds, as packets: one that matches, and for each part of the condition one that fails only there. */
import type { Linked } from '../link/linked.js';
import type { Requirement } from '../link/requirements.js';
import { all, type Formula, not } from '../logic/formula.js';
import type { Prover } from '../prove/prover.js';
import type { Ruleset, Signature } from '../ruleset.js';
import { besides, type Part } from './near-miss.js';
import type { Witness, WitnessFinder } from './witness.js';

/** A part of what a signature asks, and what misses it. */
export interface Miss extends Part {
  /** What the part is of where it is not the signature's own condition. */
  readonly requirement?: Requirement;
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

/** A signature as it is to be shown. */
export interface Reached {
  /** With how it is reached. */
  readonly linked: Signature;
  /** As the author wrote it. */
  readonly own: Signature;
  /** What `linked` asks beside that, in order. */
  readonly requirements: readonly Requirement[];
}

/** The signature at an index of a ruleset, as it is linked. */
export function reachedIn({ signatures }: Pick<Ruleset, 'signatures'>, linked: Linked, index: number): Reached {
  const [own, one] = [signatures[index], linked.signatures[index]];
  if (!own || !one) throw new Error(`no signature ${index}`);
  return { own, linked: one, requirements: linked.requirements?.(index) ?? [] };
}

/** Packets that show what a signature finds and what it does not; where none is found, `prover` is asked whether there can be one. */
export function evidenceFor(
  reached: Reached,
  finder: WitnessFinder,
  prover: Pick<Prover, 'isNever'>,
): SignatureEvidence {
  const { when, count } = reached.linked;
  const witness = finder.find(when);
  const packets = count ? count.more + 1 : 1;
  if (!witness) return { witness, isNone: prover.isNever(when), packets, misses: [] };
  const misses = partsOf(reached).map((part) => {
    const near = finder.find(part.miss, witness);
    const found = near && !finder.holds(when, near.packet) ? near : undefined;
    return { ...part, witness: found, isNone: !found && prover.isNever(part.miss) };
  });
  return { witness, isNone: false, packets, misses };
}

/** How it is reached, then its own condition. Of a switch, too, each part is one; what nobody wrote is whole. */
function partsOf({ own, requirements }: Reached): (Part & Pick<Miss, 'requirement'>)[] {
  const reach = requirements.map(({ formula }) => formula);
  const before = requirements.flatMap((requirement, i) => {
    const others = [...reach.toSpliced(i, 1), own.when];
    const { kind, formula } = requirement;
    const parts = kind === 'Switch' ? besides(formula, others) : [alone(formula, others)];
    return parts.map((part) => ({ ...part, requirement }));
  });
  return [...before, ...besides(own.when, reach)];
}

function alone(part: Formula, others: readonly Formula[]): Part {
  return { part, rest: all(others), miss: all([...others, not(part)]) };
}
