/** What follows from the signatures whose conditions hold: counts, verdict, alerts, mark. */
import { type Mark, type Ruleset, type Signature, type Verdict, VERDICTS } from '../../compiler/ruleset.js';
import type { KeyOf } from '../state/keys.js';
import { createRates } from '../state/rates.js';
import type { Judgement } from './engine.js';

/** Judges packets in order: it remembers what counts and limits need. */
export interface Judge {
  /**
   * Takes the actions of the signatures at these indices, ascending, whose conditions hold for a packet that was seen at `time`.
   * Each `count` is kept, whatever the others say.
   */
  judge(holding: readonly number[], keyOf: KeyOf, time: bigint): Judgement;
  /** Keys of counts and limits that were forgotten for want of room. */
  evictions(): number;
}

/** Of a packet that nothing matches. */
export const NOTHING: Judgement = { verdict: 'accept', matches: [], alerts: [] };

/** A judge that has not seen anything yet. */
export function judging(ruleset: Ruleset): Judge {
  const { signatures } = ruleset;
  const rates = createRates(ruleset);
  return {
    judge(holding, keyOf, time) {
      if (holding.length === 0) return NOTHING;
      const matches = holding.filter((index) => rates.passes(index, keyOf, time));
      const taken = matches.flatMap((index) => signatures[index] ?? []);
      const mark = markOf(taken);
      return {
        verdict: strongest(taken),
        matches,
        alerts: matches.filter((index) => signatures[index]?.log === true && rates.mayLog(index, keyOf, time)),
        ...(mark && { mark }),
      };
    },
    evictions: () => rates.evictions(),
  };
}

/** The packet's verdict: the strongest that any match asks for, whatever the order of files. */
function strongest(taken: readonly Signature[]): Verdict {
  return VERDICTS.find((verdict) => taken.some((signature) => signature.verdict === verdict)) ?? 'accept';
}

/** Bits that any match sets are set, and those that none does are cleared where any names them. */
function markOf(taken: readonly Signature[]): Mark | undefined {
  let mark: Mark | undefined;
  for (const { mark: next } of taken) {
    if (next) mark = { value: ((mark?.value ?? 0) | next.value) >>> 0, mask: ((mark?.mask ?? 0) | next.mask) >>> 0 };
  }
  return mark;
}
