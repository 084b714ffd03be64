/** What the form of a packet asks of its fields: that one header announce the next, and that the last end it as it is to end. */
import { all, type Formula, not, some } from '../logic/formula.js';
import type { Layout } from '../logic/layout.js';
import { satisfying, complement, from, type IntSet, setOf, upTo } from '../logic/set.js';
import type { Value } from '../logic/value.js';
import { type Context, NO_NAMES, type Scope, sizeAt } from './context.js';
import { type Draft, narrowField, narrowLength } from './draft.js';
import { reach } from './reach.js';
import { satisfyAll } from './satisfy.js';
import { beginsAnother, presentIn } from './shape.js';
import { lengths } from './values.js';

const SPAN = { file: '', start: 0, end: 0 };

/** Drafts of the form, with nothing else asked. */
export function* drafts(on: Context, start: Draft, layouts: readonly Layout[]): Generator<Draft> {
  const bounded = bounds(on, constrained(on, start));
  if (bounded) yield* linked(on, bounded, layouts, 0);
}

/** Fields keep their constraints where the header is to be present. */
function constrained(on: Context, start: Draft): Draft | undefined {
  let draft: Draft | undefined = start;
  for (let i = 0; i < presentIn(on.shape); i++) {
    for (const field of on.shape.chain[i]?.fields ?? []) {
      const { constraint, peek, name, initial } = field;
      // Where a builder computes it, it is right.
      if (!constraint || peek || initial?.kind === 'Auto' || !draft) continue;
      draft = narrowField(
        draft,
        `${on.places[i] ?? ''}.${name}`,
        field,
        satisfying(constraint.operator, constraint.value),
      );
    }
  }
  return draft;
}

/** A header that is cut off lacks a byte at least. */
function bounds({ shape }: Context, draft: Draft | undefined): Draft | undefined {
  const { end, announced } = shape;
  if (!draft || (end !== 'short' && end !== 'cut')) return draft;
  return narrowLength(draft, upTo(BigInt((announced?.reach ?? 0) - 1)));
}

function* linked(on: Context, draft: Draft, layouts: readonly Layout[], at: number): Generator<Draft> {
  const { chain, end, announced } = on.shape;
  const layout = chain[at];
  if (!layout) {
    yield draft;
    return;
  }
  if (end === 'broken' && at === chain.length - 1) {
    yield* faults(on, draft, layout, at);
    return;
  }
  const next = chain[at + 1] ?? announced;
  const asked = next ? followed(layout, next, layouts) : ended(layout, chain, layouts);
  for (const found of satisfyAll([{ formula: asked, holds: true }], draft, on, scopeOf(at))) {
    yield* linked(on, found, layouts, at + 1);
  }
}

function scopeOf(current: number): Scope {
  return { ...NO_NAMES, current };
}

/** The first clause that announces a header announces this one. */
function followed(layout: Layout, next: Layout, layouts: readonly Layout[]): Formula {
  return some(
    layout.next.flatMap(({ space, value, when }, i) => {
      const keys = keysIn(next, space);
      if (keys.length === 0 || isPeek(value, layout)) return keys.length === 0 ? [] : [when];
      const before = layout.next.slice(0, i).map((one) => silent(one, announcedIn(one.space, layouts)));
      return [all([member(value, keys), when, ...before])];
    }),
  );
}

/** What lies in the next header is settled by that. */
function isPeek(value: Value, layout: Layout): boolean {
  return value.kind === 'Field' && layout.fields.some((f) => f.name === value.field.name && f.peek);
}

/** Nothing that would be decoded is announced. */
function ended(layout: Layout, chain: readonly Layout[], layouts: readonly Layout[]): Formula {
  const decoded = layouts.filter((l) => !beginsAnother(l, chain));
  return all(layout.next.map((one) => silent(one, announcedIn(one.space, decoded))));
}

function silent({ value, when }: Layout['next'][number], keys: IntSet): Formula {
  return some([not(member(value, keys)), not(when)]);
}

function member(value: Value, set: IntSet): Formula {
  return { kind: 'Member', value, set, negated: false, span: SPAN };
}

function keysIn(layout: Layout, space: string): IntSet {
  const values = layout.keys.filter((key) => key.space === space).flatMap((key) => key.values);
  return setOf(values.map((value) => ({ low: value, high: value })));
}

function announcedIn(space: string, layouts: readonly Layout[]): IntSet {
  return setOf(layouts.flatMap((layout) => keysIn(layout, space)));
}

/** Ways in which a header contradicts its packet: a constraint fails; its size or its extent is too small, or reaches beyond the end. */
function* faults(on: Context, draft: Draft, layout: Layout, at: number): Generator<Draft> {
  const scope = scopeOf(at);
  const place = on.places[at] ?? '';
  for (const field of layout.fields) {
    const { constraint, name } = field;
    if (!constraint) continue;
    const wrong = complement(satisfying(constraint.operator, constraint.value));
    const next = narrowField(draft, `${place}.${name}`, field, wrong);
    if (next) yield next;
  }
  const { extent, minimum } = layout;
  const isConstant = layout.size.kind === 'Constant';
  if (!isConstant) yield* reach(layout.size, upTo(BigInt(minimum - 1)), draft, on, scope);
  if (extent) {
    const goal = { formula: extent.when, holds: true };
    for (const short of satisfyAll([goal], draft, on, scope))
      yield* reach(extent.value, [{ low: 0n, high: BigInt(minimum - 1) }], short, on, scope);
  }
  for (const [length, next] of lengths(draft, on)) {
    const beyond = from(BigInt(sizeAt(on, next, at)) + length + 1n);
    if (extent) yield* reach(extent.value, beyond, next, on, scope);
    if (!isConstant) yield* reach(layout.size, beyond, next, on, scope);
  }
}
