import { LINK_SPACE } from '../../compiler/logic/layout.js';
import type { Ruleset } from '../../compiler/ruleset.js';

/** The link types at which decoding can begin, with the headers that they announce: `ethernet (1), raw (101, 12, 14)`. */
export function knownLinks({ layouts }: Pick<Ruleset, 'layouts'>): string {
  const names = layouts.flatMap(({ name, keys }) => {
    const values = keys.filter((k) => k.space === LINK_SPACE).flatMap((k) => k.values);
    return values.length > 0 ? [`${name} (${values.join(', ')})`] : [];
  });
  return names.join(', ');
}
