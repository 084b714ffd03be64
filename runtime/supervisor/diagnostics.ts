/** What can happen to the processes that judge packets, each as one sentence and what to do about it. */
import { error, warning } from '../../grammar/diagnostic.js';
import type { Fate } from '../failure.js';
import { quantity } from '../output/figures.js';

/** A child could not be had at the start; `reason` is in words. */
export const queueUnjudged = error<{ readonly queue: number; readonly reason: string }>(
  'E1212',
  'no process judges the queue',
  (p) => `the process that judges queue \`${p.queue}\` did not start: ${p.reason}`,
);

/** A ruleset that was to be taken over was refused by a queue. */
export const rulesetRefused = error<{ readonly queue: number; readonly reason: string }>(
  'E1213',
  'ruleset refused',
  (p) => `queue \`${p.queue}\` refused the ruleset: ${p.reason}`,
  () => 'every queue judges by the ruleset of before',
);

/** A child has ended unasked; `how` is in words. */
export const childDied = warning<{
  readonly queue: number;
  readonly how: string;
  readonly inHand: number;
  readonly fate: Fate;
}>(
  'W1207',
  'a process that judges packets has ended',
  (p) =>
    `the process that judges queue \`${p.queue}\` has ended: ${p.how}` +
    (p.inHand > 0 ? `; ${quantity(p.inHand, 'packet', 'packets')} in its hands: ${p.fate}` : ''),
  () => 'another one is started; `--on-child-dead` says what becomes of packets in between',
);
