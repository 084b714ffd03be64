/** What follows from the signatures whose conditions hold: counts, verdict, alerts, mark. */
import { type Mark, type Policy, type Signature, type Verdict, VERDICTS } from '../../compiler/ruleset.js';
import type { KeyOf } from '../state/keys.js';
import { type Carried, createRates, type Rates } from '../state/rates.js';
import type { Judgement } from './engine.js';

/** Judges packets in order: it remembers what counts and limits need. */
export interface Judge {
  /**
   * Takes the actions of the signatures at these indices, ascending, whose conditions hold for a packet that was seen at `time`; the index
   * behind the last one says that the policy in force does not cover the packet. Each `count` is kept, whatever the others say.
   */
  judge(holding: readonly number[], keyOf: KeyOf, time: bigint): Judgement;
  /** Takes over what another judge remembers of counts and limits that both have; the other one is not to be asked any more. */
  carryOver(from: Judge, carried: Carried): void;
  readonly rates: Rates;
  /** Keys of counts and limits that were forgotten for want of room. */
  evictions(): number;
}

/** What a judge needs to know of a signature. */
export type Acting = Pick<Signature, 'verdict' | 'log' | 'count' | 'limit' | 'mark' | 'delay'>;

/** What a judge needs to know of a ruleset; the signatures have the actions of the policy (`link`). */
export interface Judged {
  readonly signatures: readonly Acting[];
  readonly policy?: Pick<Policy, 'otherwise'>;
}

/** Of a packet that nothing matches. */
export const NOTHING: Judgement = { verdict: 'accept', matches: [], alerts: [] };

/** A judge that has not seen anything yet. */
export function judging({ signatures, policy }: Judged): Judge {
  const rates = createRates(signatures);
  const uncovered: Judgement = { ...NOTHING, verdict: policy?.otherwise ?? 'accept', uncovered: true };
  return {
    judge(holding, keyOf, time) {
      if (holding.length === 0) return NOTHING;
      if (holding[0] === signatures.length) return uncovered;
      const matches = holding.filter((index) => rates.passes(index, keyOf, time));
      const taken = matches.flatMap((index) => signatures[index] ?? []);
      const mark = markOf(taken);
      const delay = taken.reduce((sum, signature) => sum + (signature.delay ?? 0n), 0n);
      return {
        verdict: strongest(taken),
        matches,
        alerts: matches.filter((index) => signatures[index]?.log === true && rates.mayLog(index, keyOf, time)),
        ...(mark && { mark }),
        ...(delay > 0n && { delay }),
      };
    },
    carryOver: (from, carried) => rates.carryOver(from.rates, carried),
    rates,
    evictions: () => rates.evictions(),
  };
}

/** The packet's verdict: the strongest that any match asks for, whatever the order of files. */
function strongest(taken: readonly Acting[]): Verdict {
  return VERDICTS.find((verdict) => taken.some((signature) => signature.verdict === verdict)) ?? 'accept';
}

/** Bits that any match sets are set, and those that none does are cleared where any names them. */
function markOf(taken: readonly Acting[]): Mark | undefined {
  let mark: Mark | undefined;
  for (const { mark: next } of taken) {
    if (next) mark = { value: ((mark?.value ?? 0) | next.value) >>> 0, mask: ((mark?.mask ?? 0) | next.mask) >>> 0 };
  }
  return mark;
}
