/** Several signatures that together match wherever one does. */
import type { Candidates } from './candidates.js';
import { type Diagram, NEVER } from './diagram.js';
import { modelsOf, randomWords, satisfies } from './models.js';
import type { Workshop } from './prover.js';
import type { Subject } from './subject.js';

/** More signatures than this together are no help to whoever reads it. */
const MOST = 16;
/** New nodes for one subject: what is left of it may be a product of all that was taken away. */
const NODES = 200_000;

export interface Covered {
  readonly signature: number;
  readonly by: readonly number[];
}

/** For each subject that others cover, a minimal set of them; only those that `stands` for it count. */
export function covering(
  w: Workshop,
  subjects: readonly Subject[],
  others: readonly Subject[],
  candidates: ReadonlyMap<Subject, Candidates>,
  stands: (one: Subject, other: Subject) => boolean,
): Covered[] {
  const random = randomWords(0xc0fe);
  const counted = new Set(others);
  const size = w.diagrams.nodes.size;
  return subjects.flatMap((subject): Covered[] => {
    // What one packet shows to be covered by nobody needs no proof.
    if (!candidates.get(subject)?.first.some((other) => counted.has(other) && stands(other, subject))) return [];
    w.tidy(size);
    const by = w.diagrams.within(NODES, () => coverOf(w, subject, others, stands, random));
    return by ? [{ signature: subject.index, by: by.map(({ index }) => index).sort((x, y) => x - y) }] : [];
  });
}

/** As long as something is left, a packet of it says who else might match it; who does is taken away. */
function coverOf(
  w: Workshop,
  subject: Subject,
  others: readonly Subject[],
  stands: (one: Subject, other: Subject) => boolean,
  random: () => number,
): readonly Subject[] | undefined {
  const { diagrams: d } = w;
  const taken: Subject[] = [];
  let left = subject.domain;
  while (left !== NEVER) {
    const model = modelsOf(d, [left], w.variables.meanings, random);
    const next = others.find((o) => o !== subject && satisfies(d, o.when, model) && stands(o, subject));
    if (!next || taken.length === MOST) return undefined;
    taken.push(next);
    left = without(w, left, next);
    if (left !== NEVER) left = d.and(left, w.facts([subject, ...taken].map((s) => s.signature.when)));
  }
  return minimal(w, subject, taken);
}

function without({ diagrams: d }: Workshop, left: Diagram, { when }: Subject): Diagram {
  return d.and(left, d.not(when));
}

/** Leaves out whom the rest makes needless. */
function minimal(w: Workshop, subject: Subject, all: readonly Subject[]): readonly Subject[] {
  let kept = all;
  for (const one of all) {
    const rest = kept.filter((other) => other !== one);
    const left = rest.reduce((f, other) => without(w, f, other), subject.domain);
    const known =
      left === NEVER ? NEVER : w.diagrams.and(left, w.facts([subject, ...rest].map((s) => s.signature.when)));
    if (known === NEVER) kept = rest;
  }
  return kept;
}
