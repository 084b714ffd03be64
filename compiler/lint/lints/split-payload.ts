import type { Formula } from '../../logic/formula.js';
import type { Layout } from '../../logic/layout.js';
import { entryOf } from '../entries.js';
import type { Lint } from '../lint.js';
import { isAboutTcp, isSegment } from '../segments.js';

/**
 * Each packet is judged by itself, so every match in a TCP payload is evaded by a sender who cuts the stream in the middle of it, and
 * without `--install` by fragments, too. That is true of nearly every signature: it is for whoever wants the list.
 */
export const splitPayload: Lint = {
  name: 'split-payload',
  summary: 'a signature that looks for bytes in TCP segments, which a sender may cut in the middle of them',
  level: 'off',
  class: 'quick',
  find: ({ signatures, ruleset: { layouts } }) =>
    signatures
      .filter(({ signature, reached }) => isAboutTcp(reached().when, layouts) && hangsOnBytes(signature.when, layouts))
      .map(({ decl, signature }) => ({
        message: `\`${signature.name}\` is evaded by a sender who cuts what it looks for into two segments`,
        labels: [{ span: entryOf(decl, 'When')?.condition.span ?? decl.name.span }],
        help: 'streams are not put together yet: count on it against tools and worms, and not against somebody who knows the rule',
      })),
};

/** Whether it holds only where two bytes or more stand beside each other in a segment. */
function hangsOnBytes(formula: Formula, layouts: readonly Layout[]): boolean {
  switch (formula.kind) {
    case 'And':
      return formula.of.some((part) => hangsOnBytes(part, layouts));
    case 'Or':
      return formula.of.every((part) => hangsOnBytes(part, layouts));
    case 'Contains':
      return !formula.negated && formula.literal.bytes.length > 1 && isSegment(formula.bytes, layouts);
    case 'Occurs':
      return (
        (formula.literal.bytes.length > 1 && isSegment(formula.bytes, layouts)) || hangsOnBytes(formula.where, layouts)
      );
    default:
      return false;
  }
}
