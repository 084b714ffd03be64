import { entryOf } from '../entries.js';
import type { Lint } from '../lint.js';

/** Whoever gets the alert, or mends the rule in five years, needs to know what it is about. */
export const missingReference: Lint = {
  name: 'missing-reference',
  summary: 'a signature that does not say where its attack is described',
  level: 'note',
  class: 'quick',
  find: ({ signatures }) =>
    signatures
      .filter(({ decl }) => !entryOf(decl, 'Ref'))
      .map(({ decl, signature }) => ({
        message: `\`${signature.name}\` has no \`ref\``,
        labels: [{ span: decl.name.span }],
        help: 'say where the attack is described: `ref cve "CVE-2021-44228"`, `ref rfc "9293 3.1"`, `ref url "https://…"`',
      })),
};
