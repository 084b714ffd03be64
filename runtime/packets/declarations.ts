/** Which counts and limits of two rulesets are the same, so that what one remembers is good for the other. */
import type { Ruleset } from '../../compiler/ruleset.js';
import type { Carried } from '../state/rates.js';

/** By key, the index of the signature. */
export interface DeclarationKeys {
  readonly counts: ReadonlyMap<string, number>;
  readonly limits: ReadonlyMap<string, number>;
}

type Declared = Pick<Ruleset, 'layouts' | 'modules' | 'signatures'>;

/**
 * A count is the same where the signature has the same module, name, id and condition as it is declared, and counts the same; so with limits.
 * Which networks a policy protects does not matter.
 */
export function declarationKeys({ layouts, modules, signatures }: Declared): DeclarationKeys {
  const [counts, limits] = [new Map<string, number>(), new Map<string, number>()];
  const textOf = (part: unknown): string =>
    JSON.stringify(part, (name, inner: unknown) => {
      if (name === 'span') return undefined;
      // The number of a layout hangs on which others there are.
      if (name === 'layout' && typeof inner === 'number') return layouts[inner]?.name;
      if (typeof inner === 'bigint') return `${inner}n`;
      return inner instanceof Uint8Array ? inner.join() : inner;
    });
  signatures.forEach(({ name, id, module, when, count, limit }, index) => {
    if (!count && !limit) return;
    const declared = [module === undefined ? '' : modules[module]?.name, name, id, when];
    if (count) counts.set(textOf([...declared, count]), index);
    if (limit) limits.set(textOf([...declared, limit]), index);
  });
  return { counts, limits };
}

/** The pairs of what is the same in both. */
export function carriedBetween(before: DeclarationKeys, now: DeclarationKeys): Carried {
  return { counts: pairs(before.counts, now.counts), limits: pairs(before.limits, now.limits) };
}

function pairs(before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): (readonly [number, number])[] {
  return [...now].flatMap(([key, index]) => {
    const old = before.get(key);
    return old === undefined ? [] : [[index, old] as const];
  });
}
