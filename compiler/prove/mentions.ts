/** What a formula reads of headers: which facts about them may matter to it. */
import type { Formula } from '../logic/formula.js';
import type { Layout } from '../logic/layout.js';
import { bytesOf, formulasIn, headersIn, valuesIn } from '../logic/walk.js';

export interface Mentions {
  /** By index. */
  readonly layouts: ReadonlySet<number>;
  /** Of a layout's own fields, `layout name`. */
  readonly fields: ReadonlySet<string>;
}

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
  const found = new Set([...headersIn(formula)].map(({ layout }) => layout));
  const isTransport = [...formulasIn(formula)].some((part) => bytesOf(part).includes('transport'));
  for (const { role, index } of layouts) if (isTransport && role === 'transport') found.add(index);
  const fields = [...valuesIn(formula)].flatMap((value) =>
    value.kind === 'Field' && !value.header.entry ? [`${value.header.layout} ${value.field.name}`] : [],
  );
  return { layouts: found, fields: new Set(fields) };
}
