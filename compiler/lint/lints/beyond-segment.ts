import type { Formula, Occurs } from '../../logic/formula.js';
import type { Layout } from '../../logic/layout.js';
import type { Value } from '../../logic/value.js';
import { placesOf } from '../conditions.js';
import type { Lint } from '../lint.js';
import { isAboutTcp, isSegment } from '../segments.js';

/** What Ethernet's 1,500 bytes leave of a packet behind IPv4's and TCP's headers (RFC 9293 3.7.1). */
const SEGMENT = 1460;

/** Segments of more bytes than an Ethernet packet holds are rare on a wire, so what needs one is hardly ever found. */
export const beyondSegment: Lint = {
  name: 'beyond-segment',
  summary: 'a match that needs more of a TCP stream than one segment holds',
  level: 'warning',
  class: 'quick',
  find: function* ({ signatures, ruleset: { layouts }, quote }) {
    const about = signatures.filter(({ reached }) => isAboutTcp(reached().when, layouts));
    const ends = endsIn(
      about.map(({ signature }) => signature.when),
      layouts,
    );
    for (const { formula, isNegated } of placesOf(about, 'Contains', 'Occurs')) {
      const end = ends.get(formula) ?? 0;
      if (isNegated || end <= SEGMENT) continue;
      yield {
        message: `\`${quote(formula.span)}\` needs ${end.toLocaleString('en')} bytes of one segment`,
        labels: [{ span: formula.span }],
        help: `a segment in an Ethernet packet has ${SEGMENT.toLocaleString('en')} at most: look for something nearer to the beginning of the message`,
      };
    }
  },
};

/** By literal: how many bytes a segment needs at least for it to stand there. */
function endsIn(conditions: readonly Formula[], layouts: readonly Layout[]): ReadonlyMap<Formula, number> {
  const ends = new Map<Formula, number>();
  const visit = (formula: Formula, starts: ReadonlyMap<number, number>): void => {
    switch (formula.kind) {
      case 'And':
      case 'Or':
        for (const part of formula.of) visit(part, starts);
        return;
      case 'Contains':
        if (!formula.negated && isSegment(formula.bytes, layouts))
          ends.set(formula, startOf(formula, starts) + formula.literal.bytes.length);
        return;
      case 'Occurs': {
        const start = isSegment(formula.bytes, layouts) ? startOf(formula, starts) : 0;
        ends.set(formula, start + formula.literal.bytes.length);
        visit(formula.where, new Map([...starts, [formula.name, start]]));
        return;
      }
      default:
        return;
    }
  };
  for (const when of conditions) visit(when, new Map());
  return ends;
}

/** The least position of its first byte. */
function startOf({ literal, window }: Pick<Occurs, 'literal' | 'window'>, starts: ReadonlyMap<number, number>): number {
  const own = literal.first >= 0 ? literal.first : Math.max(0, -literal.first - literal.bytes.length);
  return Math.max(own, window ? least(window.first, starts) : 0);
}

/** The least that a position can be; 0 where that is not known. */
function least(value: Value, starts: ReadonlyMap<number, number>): number {
  if (value.kind === 'Constant') return Math.max(0, Number(value.value));
  if (value.kind === 'Occurrence') return starts.get(value.name) ?? 0;
  if (value.kind !== 'Arithmetic' || value.operator !== '+') return 0;
  return least(value.left, starts) + least(value.right, starts);
}
