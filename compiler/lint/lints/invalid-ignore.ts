import { didYouMean } from '../../../grammar/suggest.js';
import { ignoreComments } from '../ignores.js';
import type { Finding, Lint } from '../lint.js';

/** Needs the names of all lints, itself among them, so the table hands them over. */
export function invalidIgnore(names: () => readonly string[]): Lint {
  return {
    name: 'invalid-ignore',
    summary: 'a comment that would ignore, but names no lint or no reason',
    level: 'warning',
    class: 'quick',
    find: ({ trees }) =>
      trees.flatMap(ignoreComments).flatMap((comment): readonly Finding[] => {
        const known = names();
        const unknown = comment.names.filter(({ text }) => !known.includes(text)).slice(0, MOST_NAMES);
        const wrong = unknown.map(({ text, span }): Finding => ({
          message: `no lint is called \`${text}\``,
          labels: [{ span }],
          help: didYouMean(text, known) ?? '`sigward lint --list` names them',
        }));
        if (comment.names.length === 0)
          return [{ ...FORM, message: 'this comment does not say which lint it ignores', labels: [comment] }];
        const why = { ...FORM, message: 'this comment does not say why, and so ignores nothing', labels: [comment] };
        return comment.reason === '' ? [...wrong, why] : wrong;
      }),
  };
}

const FORM = { help: 'it looks like this: `// sigward-ignore NAME: reason`' };

/** Of one comment; looking for what was meant takes a while. */
const MOST_NAMES = 20;
