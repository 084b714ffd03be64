/** What a formula reads of headers: which facts about them may matter to it. */
import type { Formula } from '../logic/formula.js';
import type { Layout } from '../logic/layout.js';

export interface Mentions {
  /** By index. */
  readonly layouts: ReadonlySet<number>;
  /** Of a layout's own fields, `layout name`. */
  readonly fields: ReadonlySet<string>;
}

/** Parts that hold no header, and may be long. */
const PLAIN = new Set(['span', 'set', 'literal']);

/** By formula: the same ones are asked about in every pair that they are in. */
const known = new WeakMap<Formula, Mentions>();

/** What the formulas read. */
export function mentionsOf(formulas: readonly Formula[], layouts: readonly Layout[]): Mentions {
  const all = formulas.map((formula) => {
    const mentions = known.get(formula) ?? mentionsIn(formula, layouts);
    known.set(formula, mentions);
    return mentions;
  });
  return {
    layouts: new Set(all.flatMap((m) => [...m.layouts])),
    fields: new Set(all.flatMap((m) => [...m.fields])),
  };
}

function mentionsIn(formula: Formula, layouts: readonly Layout[]): Mentions {
  const found = { layouts: new Set<number>(), fields: new Set<string>() };
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if ('layout' in part && typeof part.layout === 'number') found.layouts.add(part.layout);
    if ('bytes' in part && part.bytes === 'transport') {
      for (const { role, index } of layouts) if (role === 'transport') found.layouts.add(index);
    }
    if ('header' in part && 'field' in part) visitField(part.header, part.field);
    for (const [name, inner] of Object.entries(part)) if (!PLAIN.has(name)) visit(inner);
  };
  const visitField = (header: unknown, field: unknown): void => {
    const [layout, name] = [property(header, 'layout'), property(field, 'name')];
    if (property(header, 'entry') === undefined) found.fields.add(`${String(layout)} ${String(name)}`);
  };
  visit(formula);
  return found;
}

function property(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && name in of ? (of as Record<string, unknown>)[name] : undefined;
}
