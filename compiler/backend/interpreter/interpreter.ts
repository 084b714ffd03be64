/** The reference engine: every signature evaluated by itself, as its formula says. */
import { type Ruleset, VERDICTS, type Verdict } from '../../ruleset.js';
import { announcer, decode } from './decode.js';
import { evaluateFormula } from './evaluate.js';
import type { RawPacket, Stack } from './stack.js';

export interface Judged {
  readonly verdict: Verdict;
  /** Indices into `ruleset.signatures`, ascending. */
  readonly matches: readonly number[];
}

/** The ruleset's own meaning, as functions on packets. */
export interface Interpreter {
  readonly decode: (packet: RawPacket) => Stack;
  readonly judge: (packet: RawPacket) => Judged;
}

/** Prepares a ruleset. */
export function interpreter(ruleset: Pick<Ruleset, 'layouts' | 'signatures'>): Interpreter {
  const announce = announcer(ruleset.layouts);
  const decodeOne = (packet: RawPacket): Stack => decode(packet, ruleset.layouts, announce);
  return {
    decode: decodeOne,
    judge(packet) {
      const stack = decodeOne(packet);
      const matches: number[] = [];
      ruleset.signatures.forEach((signature, index) => {
        if (evaluateFormula(signature.when, stack)) matches.push(index);
      });
      return { verdict: strongest(matches.map((index) => ruleset.signatures[index]?.verdict ?? 'accept')), matches };
    },
  };
}

/** The packet's verdict: the strongest that any match asks for, whatever the order of files. */
export function strongest(verdicts: readonly Verdict[]): Verdict {
  return VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? 'accept';
}
