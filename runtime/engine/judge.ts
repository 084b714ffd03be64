/** What follows from the signatures whose conditions hold: counts, verdict, alerts, mark. */
import type { Stack } from '../../compiler/backend/interpreter/stack.js';
import { type Mark, type Ruleset, type Signature, type Verdict, VERDICTS } from '../../compiler/ruleset.js';
import { createRates } from '../state/rates.js';
import type { Packet } from '../packet.js';
import type { Judgement } from './engine.js';

/** Judges packets in order: it remembers what counts and limits need. */
export interface Judge {
  /**
   * Takes the actions of the signatures at these indices, ascending, whose conditions hold for a packet. Each `count` is kept,
   * whatever the others say.
   */
  judge(packet: Packet, holding: readonly number[]): Judgement;
  /** Keys of counts and limits that were forgotten for want of room. */
  evictions(): number;
}

/** Of a packet that nothing matches. */
export const NOTHING: Judgement = { verdict: 'accept', matches: [], alerts: [] };

/** A judge that has not seen anything yet. It lets packets be decoded only for the keys of counts and limits. */
export function judging(ruleset: Ruleset, decode: (packet: Packet) => Stack): Judge {
  const { signatures } = ruleset;
  const rates = createRates(ruleset);
  return {
    judge(packet, holding) {
      if (holding.length === 0) return NOTHING;
      let decoded: Stack | undefined;
      const stack = (): Stack => (decoded ??= decode(packet));
      const { time } = packet;
      const matches = holding.filter((index) => rates.passes(index, stack, time));
      const taken = matches.flatMap((index) => signatures[index] ?? []);
      const mark = markOf(taken);
      return {
        verdict: strongest(taken),
        matches,
        alerts: matches.filter((index) => signatures[index]?.log === true && rates.mayLog(index, stack, time)),
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
