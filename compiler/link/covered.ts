/** The traffic selector of a policy as a condition. */
import { type Formula, NOWHERE, some } from '../logic/formula.js';
import type { Ends, Layout } from '../logic/layout.js';
import type { IntSet } from '../logic/set.js';
import type { FieldPlace, Value } from '../logic/value.js';

/**
 * One end of the packet lies in the networks: an address of its network header, whichever that is. A packet has one kind of network
 * header at most (a second kind begins another stack), so the first that is there is the one that was decoded first.
 */
export function isCovered(networks: IntSet, layouts: readonly Layout[]): Formula {
  if (networks.length === 0) return some([]);
  const ends = layouts.flatMap(({ role, ends: of, index }) => (role === 'network' && of ? [{ index, of }] : []));
  if (ends.length === 0) return some([]);
  const member = (end: keyof Omit<Ends, 'name'>): Formula => {
    const fields = ends.map(({ index, of }): Value => {
      return { kind: 'Field', header: { layout: index, slot: 0 }, field: placeOf(of[end]) };
    });
    const [only] = fields;
    const value: Value = only && fields.length === 1 ? only : { kind: 'First', of: fields };
    return { kind: 'Member', value, set: networks, negated: false, span: NOWHERE };
  };
  return some([member('source'), member('destination')]);
}

/** The place alone, whatever else is known of the field. */
function placeOf({ name, offset, width, type }: FieldPlace): FieldPlace {
  return { name, offset, width, type };
}
