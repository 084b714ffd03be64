/** Signatures on their way through an analysis. */
import type { Signature } from '../ruleset.js';
import { type Diagram, NEVER } from './diagram.js';
import type { Workshop } from './prover.js';

/** A signature with its diagrams, where they were not too large. */
export interface Subject {
  readonly index: number;
  readonly signature: Signature;
  readonly when: Diagram;
  /** `when`, and what is true of every packet that it reads. */
  readonly domain: Diagram;
}

/** New nodes for one signature; those that ship take 62,000 at most. */
const SIGNATURE_NODES = 500_000;
/** New nodes for one question about two. */
const QUESTION_NODES = 200_000;
/** Makes the diagrams; signatures for which they would be too large are left out. */
export function subjectsOf(w: Workshop, signatures: readonly Signature[]): Subject[] {
  const { diagrams: d } = w;
  const made = signatures.flatMap((signature, index): Subject[] => {
    const built = d.within(SIGNATURE_NODES, () => {
      const when = w.encode(signature.when);
      return { when, domain: when === NEVER ? NEVER : d.and(when, w.facts([signature.when])) };
    });
    return built ? [{ index, signature, ...built }] : [];
  });
  const moved = w.collect(made.flatMap(({ when, domain }) => [when, domain]));
  return made.map((one, i) => ({ ...one, when: moved[2 * i] ?? NEVER, domain: moved[2 * i + 1] ?? NEVER }));
}

/** Whether the other one matches wherever the first does. */
export function follows(w: Workshop, one: Subject, other: Subject): boolean {
  const { diagrams: d, facts } = w;
  const left = d.within(QUESTION_NODES, () => {
    const rest = d.and(one.domain, d.not(other.when));
    return rest === NEVER ? NEVER : d.and(rest, facts([one.signature.when, other.signature.when]));
  });
  return left === NEVER;
}
