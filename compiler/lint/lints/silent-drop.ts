import { entryOf } from '../entries.js';
import type { Finding, Lint } from '../lint.js';
import type { LintedSignature } from '../program.js';

/** A packet that vanishes without a line in the log is looked for in every other place first. */
export const silentDrop: Lint = {
  name: 'silent-drop',
  summary: 'a signature that drops or rejects and writes no alert',
  level: 'note',
  class: 'quick',
  find: ({ signatures }) => signatures.flatMap(findingFor),
};

function findingFor({ decl, signature }: LintedSignature): readonly Finding[] {
  const { log, verdict, name } = signature;
  if (log || (verdict !== 'drop' && verdict !== 'reject')) return [];
  const then = entryOf(decl, 'Then');
  const [action] = then?.actions ?? [];
  return [
    {
      message: `\`${name}\` ${verdict}s packets and says nothing of it in the log`,
      labels: [{ span: then?.span ?? decl.name.span }],
      help: `where alerts are too many, limit them: \`log, ${verdict}, limit 1 per 1m by ip.src\``,
      ...(action && {
        fixes: [
          { title: 'write an alert', edits: [{ span: { ...action.span, end: action.span.start }, text: 'log, ' }] },
        ],
      }),
    },
  ];
}
