/** What authors call occurrences: `contains "GET " as verb`. Formulas only number them. */
import type { Formula } from '../logic/formula.js';
import { formulasIn } from '../logic/walk.js';
import type { Value } from '../logic/value.js';
import type { TextOf } from './quote.js';

/** By number: the name, and how many bytes the occurrence has. */
export type OccurrenceNames = ReadonlyMap<number, { readonly text: string; readonly length: number }>;

/** The names of every occurrence in a condition. */
export function occurrenceNames(formula: Formula, textOf: TextOf): OccurrenceNames {
  const named = [...formulasIn(formula)].filter((part) => part.kind === 'Occurs');
  return new Map(
    named.map(({ name, literal, span }) => {
      const text = textOf(span.file)?.slice(span.start, span.end) ?? '';
      const written = /\bas\s+(\w+)/.exec(text.replace(/"(?:\\.|[^"\\])*"/g, '""'))?.[1];
      return [name, { text: written ?? `#${name + 1}`, length: literal.bytes.length }];
    }),
  );
}

/** `verb.start` and `verb.end`, which is the first byte behind. */
export function boundText(value: Value, names: OccurrenceNames): string | undefined {
  if (value.kind === 'Occurrence') {
    const known = names.get(value.name);
    return known && `${known.text}.start`;
  }
  if (value.kind !== 'Arithmetic' || value.operator !== '+' || value.left.kind !== 'Occurrence') return undefined;
  const known = names.get(value.left.name);
  const isEnd = value.right.kind === 'Constant' && value.right.value === BigInt(known?.length ?? -1);
  return known && isEnd ? `${known.text}.end` : undefined;
}
