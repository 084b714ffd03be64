import type { Atom } from '../../logic/formula.js';
import type { Layout } from '../../logic/layout.js';
import { MIRRORED, type Value } from '../../logic/value.js';
import { placesOf } from '../conditions.js';
import type { Lint } from '../lint.js';
import { isAboutTcp, isSegment } from '../segments.js';

/**
 * TCP is a stream. Where one segment ends and the next begins is its sender's choice, and a proxy's or a network card's: what is
 * found by it is missed where the sender chooses otherwise.
 */
export const segmentEnd: Lint = {
  name: 'segment-end',
  summary: 'a condition on TCP that is decided by where a segment ends',
  level: 'note',
  class: 'quick',
  find: function* ({ signatures, ruleset: { layouts }, quote }) {
    const about = signatures.filter(({ reached }) => isAboutTcp(reached().when, layouts));
    for (const { formula, isNegated } of placesOf(about, 'Compare', 'Contains')) {
      const why = formula.kind === 'Compare' ? lengthFault(formula, layouts) : endFault(formula, isNegated, layouts);
      if (why === undefined || (formula.kind === 'Compare' && isNegated)) continue;
      yield {
        message: `\`${quote(formula.span)}\` ${why}`,
        labels: [{ span: formula.span }],
        help: 'a sender cuts its stream where it likes: ask for what stands in the message itself, such as its own length',
      };
    }
  },
};

/** At most so long, or exactly. That there is a payload at all, or none, is asked of the segment itself. */
function lengthFault(test: Extract<Atom, { kind: 'Compare' }>, layouts: readonly Layout[]): string | undefined {
  const [left, right] = test.left.kind === 'Constant' ? [test.right, test.left] : [test.left, test.right];
  const operator = test.left.kind === 'Constant' ? MIRRORED[test.operator] : test.operator;
  if (left.kind !== 'Length' || right.kind !== 'Constant' || !isSegment(left.bytes, layouts)) return undefined;
  const most = operator === '<' ? right.value - 1n : right.value;
  const isBound = operator === '==' || operator === '<' || operator === '<=';
  return isBound && most > 0n ? 'is decided by where a segment ends' : undefined;
}

function endFault(
  { bytes, literal, window, negated }: Extract<Atom, { kind: 'Contains' }>,
  isNegated: boolean,
  layouts: readonly Layout[],
): string | undefined {
  if (!isSegment(bytes, layouts)) return undefined;
  if (negated !== isNegated) {
    const isToEnd = window ? isLastPosition(window.last) : literal.last === -1;
    return isToEnd ? 'also holds where it comes in the next segment' : undefined;
  }
  return literal.first < 0 && !window ? 'is decided by where a segment ends' : undefined;
}

/** Beside a position that the packet gives, -1 is the length less one. */
function isLastPosition(value: Value): boolean {
  if (value.kind !== 'Arithmetic' || value.left.kind !== 'Length' || value.right.kind !== 'Constant') return false;
  return value.operator === '+' ? value.right.value === -1n : value.operator === '-' && value.right.value === 1n;
}
