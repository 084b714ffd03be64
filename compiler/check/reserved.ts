/** Names that nobody declares: those that the language gives a meaning, and those that it will. */
import type { Name } from '../../grammar/ast.js';
import { type Diagnostic, report } from '../../grammar/diagnostic.js';
import { reservedName } from './diagnostics.js';

/** Words that will begin names one day; a rule that uses them now would protect nothing. */
export const RESERVED: readonly string[] = ['stream', 'flow', 'inner', 'quoted', 'http', 'dns', 'tls'];

const BUILT_IN: readonly string[] = ['payload', 'packet'];

/** A declaration would hide what the language means by the name, in a rule that looks as if it meant that. */
export function checkName({ text, span }: Name, problems: Diagnostic[]): void {
  const isBuiltIn = BUILT_IN.includes(text);
  if (isBuiltIn || RESERVED.includes(text)) problems.push(report(reservedName, { name: text, isBuiltIn }, { span }));
}
