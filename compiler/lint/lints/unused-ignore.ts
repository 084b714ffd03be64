import type { Edit, Span } from '../../../grammar/diagnostic.js';
import { groupBy } from '../../cost/group-by.js';
import type { Ignore, IgnoreComment } from '../ignores.js';
import type { Finding, Lint } from '../lint.js';
import type { Program } from '../program.js';
import { fileText, removal } from '../text.js';

/** Its findings come from `unusedIgnores`: what was ignored is known when the others have run. */
export const unusedIgnore: Lint = {
  name: 'unused-ignore',
  summary: 'a comment that ignores what is not found there',
  level: 'warning',
  class: 'slow',
  find: () => [],
};

/** Findings about ignores that have ignored nothing. */
export function unusedIgnores(unused: readonly Ignore[], { sources }: Program): Finding[] {
  return [...groupBy(unused, ({ comment }) => comment)].flatMap(([comment, ignores]) =>
    ignores.map(({ name, span }): Finding => {
      const where = comment.scope.kind === 'line' ? 'in that line' : 'in the declaration below';
      const isAll = ignores.length === comment.names.length;
      const edit = isAll ? removal(comment.span, fileText(sources, span.file)) : withoutName(comment, span);
      return {
        message: `\`${name}\` finds nothing ${where}, so there is nothing to ignore`,
        labels: [{ span }],
        help: 'take it away: what is mended need not be ignored any more',
        fixes: [{ title: `do not ignore \`${name}\``, edits: [edit], isSafe: true }],
      };
    }),
  );
}

/** The name of a list, with the comma beside it. */
function withoutName({ names }: IgnoreComment, span: Span): Edit {
  const index = names.findIndex((name) => name.span.start === span.start);
  const [before, after] = [names[index - 1], names[index + 1]];
  if (after) return { span: { ...span, end: after.span.start }, text: '' };
  return { span: { ...span, start: before?.span.end ?? span.start }, text: '' };
}
