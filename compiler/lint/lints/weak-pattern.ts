import { chanceOf, standingChance, WHOLE } from '../../cost/share.js';
import { literalText } from '../../explain/words.js';
import { all, type Formula, type Literal } from '../../logic/formula.js';
import { entryOf } from '../entries.js';
import type { Lint } from '../lint.js';

/** Bytes of a typical payload: the cost model's guess. */
const PAYLOAD = 256;
/** Where more than one payload of so many has the bytes by chance, looking for them spares little. */
const ONE_IN = 16;
/** Where tests of headers leave fewer packets than one of so many, the pattern does not matter. */
const REACHED_ONE_IN = 8;

/** All literals are looked for in one pass; only those that stand in few packets keep their signatures from being decided. */
export const weakPattern: Lint = {
  name: 'weak-pattern',
  summary: 'a pattern that is too short or too common to spare work',
  level: 'warning',
  class: 'quick',
  find: function* ({ signatures }) {
    for (const { decl, signature, reached } of signatures) {
      const { when } = reached();
      const best = bestLiteral(when);
      if (!best || best.chance * ONE_IN <= WHOLE || headerChance(when) * REACHED_ONE_IN <= WHOLE) continue;
      const often = Math.max(1, Math.round(WHOLE / best.chance));
      yield {
        message: `${literalText(best.literal)} stands in ${often === 1 ? 'nearly every payload' : `about 1 of ${often} payloads`}, and \`${signature.name}\` has nothing rarer`,
        labels: [{ span: entryOf(decl, 'When')?.condition.span ?? decl.name.span }],
        help: 'add bytes that belong to the attack, a place (`at`, `in`), or a test of a header',
      };
    }
  },
};

/** How many packets pass the tests that stand beside literals, in parts of `WHOLE`. */
function headerChance(when: Formula): number {
  const parts = when.kind === 'And' ? when.of : [when];
  const tests = parts.filter(({ kind }) => kind !== 'Contains' && kind !== 'Occurs');
  return chanceOf(all(tests), { bytes: PAYLOAD });
}

interface Found {
  readonly literal: Literal;
  /** How many payloads have it by chance, in parts of `WHOLE`. */
  readonly chance: number;
}

/** The rarest literal without which the condition does not hold; of alternatives, the most common one. Nothing where other tests decide. */
function bestLiteral(formula: Formula): Found | undefined {
  switch (formula.kind) {
    case 'And':
      return least(formula.of.map(bestLiteral));
    case 'Or': {
      const found = formula.of.map(bestLiteral);
      return found.every((one) => one !== undefined) ? most(found) : undefined;
    }
    case 'Contains':
      return formula.negated
        ? undefined
        : { literal: formula.literal, chance: standingChance(formula.literal, PAYLOAD) };
    case 'Occurs':
      return least([
        { literal: formula.literal, chance: standingChance(formula.literal, PAYLOAD) },
        bestLiteral(formula.where),
      ]);
    default:
      return undefined;
  }
}

function least(found: readonly (Found | undefined)[]): Found | undefined {
  return found.reduce((best, one) => (one && (!best || one.chance < best.chance) ? one : best), undefined);
}

function most(found: readonly Found[]): Found | undefined {
  return found.reduce<Found | undefined>((best, one) => (!best || one.chance > best.chance ? one : best), undefined);
}
