/** Where the names in layouts are declared: layouts themselves have forgotten the text they come from. */
import type { FieldDecl, FlagDecl, Name } from '../../grammar/ast.js';
import type { Field } from '../logic/layout.js';

const fields = new WeakMap<Field, Name>();
const flagSets = new WeakMap<ReadonlyMap<string, bigint>, readonly FlagDecl[]>();

/** Keeps where a field was declared. */
export function rememberField(field: Field, { name }: FieldDecl): Field {
  fields.set(field, name);
  return field;
}

/** The flags of a field by their names, and where they were declared. */
export function flagsOf(decls: readonly FlagDecl[]): ReadonlyMap<string, bigint> {
  const flags = new Map(decls.map(({ name, value }) => [name.text, value.value]));
  flagSets.set(flags, decls);
  return flags;
}

/** The declaring name of a field. */
export function nameOfField(field: Field): Name | undefined {
  return fields.get(field);
}

/** The declaring name of a flag, from the flags of its field. */
export function nameOfFlag(flags: ReadonlyMap<string, bigint>, flag: string): Name | undefined {
  return flagSets.get(flags)?.find(({ name }) => name.text === flag)?.name;
}
