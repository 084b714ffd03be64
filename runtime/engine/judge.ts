/** What follows from the signatures whose conditions hold: verdict and alerts. */
import { type Ruleset, type Verdict, VERDICTS } from '../../compiler/ruleset.js';
import type { Judgement } from './engine.js';

/** Takes the actions of the signatures at these indices, ascending. */
export function judge({ signatures }: Ruleset, matches: readonly number[]): Judgement {
  return {
    verdict: strongest(matches.map((index) => signatures[index]?.verdict ?? 'accept')),
    matches,
    alerts: matches.filter((index) => signatures[index]?.log),
  };
}

/** The packet's verdict: the strongest that any match asks for, whatever the order of files. */
function strongest(verdicts: readonly Verdict[]): Verdict {
  return VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? 'accept';
}
