/** For each signature those that may follow from it: that its own assignments satisfy, too. */
import type { Diagram } from './diagram.js';
import { modelsOf, randomWords, truths } from './models.js';
import type { Workshop } from './prover.js';
import type { Subject } from './subject.js';

/** Assignments of each signature. */
const MODELS = 2;
/** Signatures that are tried at a time. */
const CHUNK = 128;

export interface Candidates {
  /** Those that every tried assignment of the subject satisfies. */
  readonly single: readonly Subject[];
  /** Those that the first one satisfies: if nothing does, nothing covers the subject. */
  readonly first: readonly Subject[];
}

/** Tries each subject on all others. */
export function candidatesOf(
  { diagrams: d, variables }: Workshop,
  subjects: readonly Subject[],
): Map<Subject, Candidates> {
  const random = randomWords(0x5167);
  const found = new Map<Subject, { single: Subject[]; first: Subject[] }>();
  const asked = subjects.map(({ when }) => when);
  for (let from = 0; from < subjects.length; from += CHUNK) {
    const tried = subjects.slice(from, from + CHUNK);
    const satisfied = tried.flatMap(({ domain }) => new Array<Diagram>(MODELS).fill(domain));
    const truth = truths(d, asked, modelsOf(d, satisfied, variables.meanings, random));
    for (const subject of tried) found.set(subject, { single: [], first: [] });
    subjects.forEach((other, at) => {
      for (const [column, all] of satisfiedIn(truth[at] ?? new Uint32Array())) {
        const subject = tried[column];
        const lists = subject && subject !== other ? found.get(subject) : undefined;
        lists?.first.push(other);
        if (all) lists?.single.push(other);
      }
    });
  }
  return found;
}

/** By pair of columns of which the first is satisfied: its number, and whether the second is, too. */
function* satisfiedIn(row: Uint32Array): Generator<readonly [number, boolean]> {
  for (const [word, bits] of row.entries()) {
    for (let pair = 0, rest = bits; rest !== 0; pair++, rest >>>= MODELS) {
      if ((rest & 1) === 1) yield [(word * 32) / MODELS + pair, (rest & 2) === 2];
    }
  }
}
