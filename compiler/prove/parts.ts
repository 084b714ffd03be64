/** Parts of a condition that make no difference where they stand, and what contradicts what. */
import type { Span } from '../../grammar/diagnostic.js';
import type { Formula } from '../logic/formula.js';
import { type Diagram, NEVER } from './diagram.js';
import type { Workshop } from './prover.js';

/** A part of a condition that could as well not stand there. */
export interface Needless {
  readonly part: Formula;
  readonly span: Span;
  /**
   * `never`: it does not hold in any packet for which it is asked. `always`: it holds in all of them. `covered`: wherever it holds,
   * another alternative does.
   */
  readonly kind: 'never' | 'always' | 'covered';
}

/** New nodes for one condition; beyond, nothing is said of it. */
const NODES = 1_000_000;

/**
 * The needless parts of a formula that is neither never nor always true, in packets for which all that is `given` holds; of what is needless,
 * nothing inside is said.
 */
export function needlessIn(w: Workshop, formula: Formula, given: readonly Formula[] = []): Needless[] {
  const { diagrams: d } = w;
  const found = d.within(NODES, () => {
    const context = given.reduce((f, one) => d.and(f, w.encode(one)), w.facts([formula, ...given]));
    return context === NEVER ? [] : [...visit(w, formula, context)];
  });
  return found ?? [];
}

/** `context` is what holds of the packets for which the formula is asked and decides. */
function* visit(w: Workshop, formula: Formula, context: Diagram): Generator<Needless> {
  const { diagrams: d } = w;
  if (formula.kind === 'Not') yield* visit(w, formula.of, context);
  if ((formula.kind !== 'And' && formula.kind !== 'Or') || !areApart(formula.of)) return;
  const isAnd = formula.kind === 'And';
  let kept = formula.of;
  for (const part of formula.of) {
    const others = kept.filter((other) => other !== part).map((other) => w.encode(other));
    const around = others.reduce((f, other) => d.and(f, isAnd ? other : d.not(other)), context);
    const itself = w.encode(part);
    const kind = needlessKind(w, isAnd, itself, around, context);
    if (kind) kept = kept.filter((other) => other !== part);
    const span = kind && spanOf(part);
    if (span) yield { part, span, kind };
    else yield* visit(w, part, around);
  }
}

function needlessKind(
  { diagrams: d }: Workshop,
  isAnd: boolean,
  itself: Diagram,
  around: Diagram,
  context: Diagram,
): Needless['kind'] | undefined {
  // Where nothing is left around it, another part is at fault.
  if (around === NEVER) return undefined;
  if (isAnd) return d.and(around, d.not(itself)) === NEVER ? 'always' : undefined;
  if (d.and(context, itself) === NEVER) return 'never';
  return d.and(around, itself) === NEVER ? 'covered' : undefined;
}

/** As few parts of a conjunction as possible that no packet satisfies together. */
export function contradictionIn(w: Workshop, formula: Formula): readonly Formula[] {
  let kept = formula.kind === 'And' ? formula.of : [formula];
  for (const part of kept) {
    const rest = kept.filter((other) => other !== part);
    if (rest.length > 0 && isNever(w, rest)) kept = rest;
  }
  return kept;
}

function isNever(w: Workshop, parts: readonly Formula[]): boolean {
  const { diagrams: d } = w;
  return d.within(NODES, () => parts.reduce((f, part) => d.and(f, w.encode(part)), w.facts(parts))) === NEVER;
}

/** Where a part stands: from the first of its tests to the last. */
export function spanOf(formula: Formula): Span | undefined {
  switch (formula.kind) {
    case 'True':
    case 'False':
      return undefined;
    case 'Not':
      return spanOf(formula.of);
    case 'And':
    case 'Or': {
      const spans = formula.of.flatMap((part) => spanOf(part) ?? []);
      const [first] = spans;
      if (!first || spans.some(({ file }) => file !== first.file)) return undefined;
      return {
        file: first.file,
        start: Math.min(...spans.map((s) => s.start)),
        end: Math.max(...spans.map((s) => s.end)),
      };
    }
    default:
      return formula.span;
  }
}

/** Whether each part was written for itself: one word of the author's (`tcp.port == 80`) may be several tests. */
function areApart(parts: readonly Formula[]): boolean {
  const spans = parts.map(spanOf);
  return spans.every((one, i) => {
    const before = spans[i - 1];
    return (
      one !== undefined && (i === 0 || (before !== undefined && before.file === one.file && before.end <= one.start))
    );
  });
}
