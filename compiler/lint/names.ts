/** Several signatures, or whatever has a name, in a sentence. */
import type { Signature } from '../ruleset.js';

/** "`a`", "`a` and `b`", "`a`, `b` and `c`". */
export function namesOf(signatures: readonly Pick<Signature, 'name'>[]): string {
  const names = signatures.map(({ name }) => `\`${name}\``);
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
