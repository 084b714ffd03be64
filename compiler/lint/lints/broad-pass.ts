import { valuesIn } from '../../logic/walk.js';
import type { Finding, Lint } from '../lint.js';
import type { LintedSignature, Program } from '../program.js';

/** `pass` is stronger than every `drop`: who can choose all that it asks for switches the others off. */
export const broadPass: Lint = {
  name: 'broad-pass',
  summary: 'a `pass` that does not ask where the packet comes from or goes to',
  level: 'warning',
  class: 'quick',
  find: (program) => program.signatures.flatMap((one) => findingFor(one, program)),
};

function findingFor({ decl, signature, reached }: LintedSignature, { ruleset }: Program): readonly Finding[] {
  if (signature.verdict !== 'pass') return [];
  const ends = new Set(['addr4', 'addr6', 'mac']);
  const asksForAddress = [...valuesIn(reached().when)].some(
    (value) =>
      value.kind === 'Field' && ends.has(value.field.type) && ruleset.layouts[value.header.layout] !== undefined,
  );
  if (asksForAddress) return [];
  const then = decl.entries.find(({ kind }) => kind === 'Then')?.span ?? decl.name.span;
  return [
    {
      message: `\`${signature.name}\` lets packets through whatever their addresses`,
      labels: [{ span: then }],
      help: 'an attacker chooses ports and payload so that it matches, and no `drop` counts any more: ask for an address, too',
    },
  ];
}
