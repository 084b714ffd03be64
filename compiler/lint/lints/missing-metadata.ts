import type { SignatureEntry } from '../../../grammar/ast.js';
import { entryOf } from '../entries.js';
import type { Finding, Lint } from '../lint.js';
import type { LintedSignature } from '../program.js';

/** What an alert shows to whoever has to act on it. `id` is the checker's business (W0801). */
export const missingMetadata: Lint = {
  name: 'missing-metadata',
  summary: 'a signature without a title, a severity or a class',
  level: 'warning',
  class: 'quick',
  find: ({ signatures }) => signatures.flatMap(findingFor),
};

const WANTED = ['Title', 'Severity', 'Class'] as const satisfies readonly SignatureEntry['kind'][];
const WITHOUT: Readonly<Record<(typeof WANTED)[number], string>> = {
  Title: 'without a title, alerts show the name',
  Severity: 'without a severity it is `medium`',
  Class: 'without a class, alerts have no category',
};

function findingFor({ decl, signature }: LintedSignature): readonly Finding[] {
  const missing = WANTED.filter((kind) => !entryOf(decl, kind));
  if (missing.length === 0) return [];
  return [
    {
      message: `\`${signature.name}\` has no ${missing.map((kind) => `\`${kind.toLowerCase()}\``).join(' and no ')}`,
      labels: [{ span: decl.name.span }],
      help: missing.map((kind) => WITHOUT[kind]).join('; '),
    },
  ];
}
