import type { Formula } from '../../logic/formula.js';
import type { Layout } from '../../logic/layout.js';
import { placesOf } from '../conditions.js';
import type { Lint } from '../lint.js';
import { headersIn, valuesIn } from '../../logic/walk.js';

/**
 * A first fragment has a transport header whose length, if it says one, reaches beyond the fragment: it is malformed, and honest. The
 * kernel puts fragments together before they are judged with `--install`; a capture holds them as they are.
 */
export const malformedFragment: Lint = {
  name: 'malformed-fragment',
  summary: 'a malformed transport header, which honest first fragments have, too',
  level: 'warning',
  class: 'quick',
  find: function* ({ signatures, ruleset, quote }) {
    const { layouts } = ruleset;
    for (const { formula, isNegated, signature } of placesOf(signatures, 'Malformed')) {
      const layout = layouts[formula.layout];
      const saysLength = layout?.role === 'transport' && layout.extent !== undefined && formula.list === undefined;
      if (isNegated || !saysLength || asksForFragments(signature.reached().when, layouts)) continue;
      yield {
        message: `\`${quote(formula.span)}\` also holds for the first fragment of an honest datagram`,
        labels: [{ span: formula.span }],
        help: 'leave fragments out where they are not put together: `and not (ipv4.flags has MF or ipv6_fragment.more == 1)`',
      };
    }
  },
};

/** Where the signature tells fragments apart in some way, its author knows of them. */
function asksForFragments(when: Formula, layouts: readonly Layout[]): boolean {
  const isIpv4 = (index: number): boolean => layouts[index]?.name === 'ipv4';
  const fields = [...valuesIn(when)].some(
    (value) =>
      value.kind === 'Field' && isIpv4(value.header.layout) && ['flags', 'fragment'].includes(value.field.name),
  );
  return fields || [...headersIn(when)].some(({ layout }) => layouts[layout]?.name === 'ipv6_fragment');
}
