/** What lints ask about fields. */
import type { Field, Layout } from '../logic/layout.js';
import type { Value } from '../logic/value.js';

/** The declaration of a field. */
function fieldOf({ header, field }: Extract<Value, { kind: 'Field' }>, layouts: readonly Layout[]): Field | undefined {
  const layout = layouts[header.layout];
  const { entry } = header;
  const fields = entry ? layout?.lists[entry.list]?.cases[entry.case]?.fields : layout?.fields;
  return fields?.find(({ name }) => name === field.name);
}

/** The names of a field's bits. */
export function flagsOf(value: Extract<Value, { kind: 'Field' }>, layouts: readonly Layout[]): Field['flags'] {
  return fieldOf(value, layouts)?.flags;
}
