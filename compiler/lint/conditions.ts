/** Walks through what signatures ask. */
import type { Formula, Occurs } from '../logic/formula.js';
import type { Requirement } from '../link/requirements.js';
import type { LintedSignature } from './program.js';

/** A part of a condition. */
export interface Part<F extends Formula = Formula> {
  readonly formula: F;
  /** Conjunctions that it stands in, itself among their parts: in a packet that it is asked for, all else in them holds too. */
  readonly beside: readonly (readonly Formula[])[];
  /** Inside an odd number of negations. */
  readonly isNegated: boolean;
  readonly signature: LintedSignature;
}

/** Every part of the conditions of signatures; one that a predicate brings comes with each use. */
function* partsOf(signatures: readonly LintedSignature[]): Generator<Part> {
  for (const signature of signatures) yield* partsIn(signature.signature.when, besideAll(signature), false, signature);
}

/** How it is reached stands beside all of it. */
function besideAll({ requirements }: LintedSignature): Part['beside'] {
  const asked = requirements();
  if (asked.length === 0) return [];
  const found = formulas.get(asked) ?? asked.map(({ formula }) => formula);
  formulas.set(asked, found);
  return [found];
}

/** By list: what is known of conditions is known of these objects. */
const formulas = new WeakMap<readonly Requirement[], readonly Formula[]>();

function* partsIn(
  formula: Formula,
  beside: Part['beside'],
  isNegated: boolean,
  signature: LintedSignature,
): Generator<Part> {
  yield { formula, beside, isNegated, signature };
  switch (formula.kind) {
    case 'And':
      for (const part of formula.of)
        yield* partsIn(part, isNegated ? beside : [...beside, formula.of], isNegated, signature);
      return;
    case 'Or':
      for (const part of formula.of) yield* partsIn(part, beside, isNegated, signature);
      return;
    case 'Not':
      yield* partsIn(formula.of, beside, !isNegated, signature);
      return;
    case 'Occurs':
      yield* partsIn(formula.where, isNegated ? beside : [...beside, [bytesOf(formula)]], isNegated, signature);
      return;
    default:
      return;
  }
}

/** What an occurrence is found in is there. */
function bytesOf({ bytes, span }: Occurs): Formula {
  return { kind: 'PresentBytes', bytes, span };
}

/** Parts of one kind, each place of the text once: the first signature that brings it there. */
export function* placesOf<K extends Formula['kind']>(
  signatures: readonly LintedSignature[],
  ...kinds: readonly K[]
): Generator<Part<Extract<Formula, { kind: K }>>> {
  const seen = new Set<string>();
  for (const part of partsOf(signatures)) {
    if (!isOf(part, kinds)) continue;
    const { span } = part.formula as { span?: { file: string; start: number; end: number } };
    const key = span && `${span.start} ${span.end} ${span.file}`;
    if (key !== undefined && seen.has(key)) continue;
    if (key !== undefined) seen.add(key);
    yield part;
  }
}

function isOf<K extends Formula['kind']>(part: Part, kinds: readonly K[]): part is Part<Extract<Formula, { kind: K }>> {
  return (kinds as readonly string[]).includes(part.formula.kind);
}
