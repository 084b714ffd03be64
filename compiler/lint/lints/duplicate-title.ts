import { entryOf } from '../entries.js';
import type { Finding, Lint } from '../lint.js';
import type { LintedSignature } from '../program.js';

/** Two alerts that read alike cannot be told apart by whoever gets them. */
export const duplicateTitle: Lint = {
  name: 'duplicate-title',
  summary: 'a title that another signature has, too',
  level: 'warning',
  class: 'quick',
  find: ({ signatures, ruleset }) => {
    const first = new Map<string, number>();
    ruleset.signatures.forEach(({ title }, index) => {
      if (!first.has(title)) first.set(title, index);
    });
    return signatures.flatMap((one) => findingFor(one, ruleset.signatures[first.get(one.signature.title) ?? -1]));
  },
};

function findingFor(
  { decl, signature }: LintedSignature,
  first: LintedSignature['signature'] | undefined,
): readonly Finding[] {
  const title = entryOf(decl, 'Title');
  if (!first || first === signature || !title) return [];
  return [
    {
      message: `\`${signature.name}\` has the title of \`${first.name}\``,
      labels: [{ span: title.value.span }, { span: first.span, text: 'this one' }],
      help: 'say what tells the two apart: alerts show the title',
    },
  ];
}
