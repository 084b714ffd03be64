/** What is true of every packet, by the layouts: proofs may rest on it. A property test holds it against packets of all kinds. */
import { all, type Formula, not, NOWHERE, some } from '../logic/formula.js';
import type { Layout } from '../logic/layout.js';
import { setOf } from '../logic/set.js';
import type { HeaderRef, Value } from '../logic/value.js';
import type { HeaderOrder } from './header-order.js';
import { type Mentions, mentionsOf } from './mentions.js';

/** The facts that may matter to formulas that mention these headers and fields. */
export function factsFor(mentions: Mentions, layouts: readonly Layout[], order: HeaderOrder): Formula[] {
  const mentioned = layouts.filter(({ index }) => mentions.layouts.has(index));
  const pairs = mentioned.flatMap((a) => mentioned.flatMap((b) => (a === b ? [] : [[a, b] as const])));
  return [
    ...mentioned.flatMap((layout) => constraints(layout, mentions)),
    ...pairs.flatMap(([a, b]) => exclusion(a, b, order)),
    ...pairs.flatMap(([a, b]) => way(a, b, mentions, layouts, order)),
  ];
}

function present(layout: Layout): Formula {
  return { kind: 'Present', header: headerOf(layout), span: NOWHERE };
}

const headerOf = ({ index }: Layout): HeaderRef => ({ layout: index, slot: 0 });

/** A header whose field breaks its constraint is malformed, and not there. */
function constraints(layout: Layout, { fields }: Mentions): Formula[] {
  return layout.fields.flatMap(({ constraint, name, offset, width, type }): Formula[] => {
    if (!constraint || constraint.operator === '==' || !fields.has(`${layout.index} ${name}`)) return [];
    const { operator, value } = constraint;
    const left: Value = { kind: 'Field', header: headerOf(layout), field: { name, offset, width, type } };
    const kept: Formula = { kind: 'Compare', operator, left, right: { kind: 'Constant', value }, span: NOWHERE };
    return [some([not(present(layout)), kept])];
  });
}

/** Headers of which neither can stand before the other, and what ends decoding where it is malformed. */
function exclusion(a: Layout, b: Layout, { precedes }: HeaderOrder): Formula[] {
  const malformed: Formula = { kind: 'Malformed', layout: b.index, span: NOWHERE };
  const both = a.index < b.index && !precedes(a.index, b.index) && !precedes(b.index, a.index);
  return [
    ...(both ? [not(all([present(a), present(b)]))] : []),
    ...(precedes(a.index, b.index) ? [] : [not(all([present(a), malformed]))]),
  ];
}

/** Where both are there and only the one can stand before the other, it says what leads there: a TCP header means no fragment. */
function way(a: Layout, b: Layout, mentions: Mentions, layouts: readonly Layout[], order: HeaderOrder): Formula[] {
  if (!order.precedes(a.index, b.index) || order.precedes(b.index, a.index)) return [];
  const leads = layouts.filter(({ index }) => index === b.index || order.precedes(index, b.index));
  const ways = a.next.map(({ space, value, when }): Formula => {
    const keys = leads.flatMap((l) => l.keys.flatMap((key) => (key.space === space ? key.values : [])));
    const set = setOf(keys.map((key) => ({ low: key, high: key })));
    return all([when, { kind: 'Member', value, set, negated: false, span: NOWHERE }]);
  });
  const said = atFirstSlot(some(ways));
  const isAsked = [...mentionsOf([said], layouts).fields].some((field) => mentions.fields.has(field));
  return isAsked ? [some([not(present(a)), not(present(b)), said])] : [];
}

/** What a layout says of itself, said of the first header of its kind. */
export function atFirstSlot(formula: Formula): Formula {
  const visit = (part: unknown): unknown => {
    if (typeof part !== 'object' || part === null || part instanceof Uint8Array) return part;
    if (Array.isArray(part)) return part.map(visit);
    return Object.fromEntries(
      Object.entries(part).map(([name, inner]) => [name, name === 'slot' && inner === 'current' ? 0 : visit(inner)]),
    );
  };
  return visit(formula) as Formula;
}
