import { describe, expect, it } from 'vitest';
import type { Ruleset } from '../../../compiler/ruleset.js';
import { type ChildCounters, DELAY_BOUNDS } from '../../../runtime/packets/messages.js';
import { createTotals } from '../../../runtime/supervisor/totals.js';
import { compiled } from '../../support/compile.js';

function rules(...names: readonly string[]): Ruleset {
  return compiled(names.map((name) => `signature ${name} { id ${name.length} when udp then log }`).join('\n'));
}

const [FIRST, SECOND] = [rules('a', 'bb'), rules('bb', 'ccc')];

/** What a child has counted: so many packets, and matches of signatures as numbers in pairs. */
function counted(generation: number, packets: number, matches: readonly number[]): ChildCounters {
  return {
    ...{ generation, packets, matches, turns: 9, bytes: 100 * packets, batches: 1, uncovered: 0 },
    ...{ alerts: packets, alertsLost: 0, evictions: 1, delaySum: 30 * packets, failures: { trap: 2 } },
    verdicts: { pass: 0, accept: packets, drop: 0, reject: 0 },
    fragments: { ipv4: 1, ipv6: 0 },
    answers: { sent: 0, suppressed: 0, unanswerable: 0, failed: 1 },
    delays: [packets, ...DELAY_BOUNDS.map(() => 0)],
  };
}

describe('totals', () => {
  const matched = (totals: ReturnType<typeof createTotals>): string[] =>
    totals.signatures().map(({ name, matches, blocked }) => `${name} ${matches} ${blocked}`);

  it('are those of all queues, of what each child said last', () => {
    const totals = createTotals();
    totals.adopt(1, FIRST);
    totals.note(0, counted(1, 10, [1, 0, 0, 0]));
    totals.note(0, counted(1, 15, [2, 1, 0, 0]));
    totals.note(1, counted(1, 5, [1, 1, 3, 0]));
    expect(totals.sums()).toMatchObject({
      ...{ packets: 20, bytes: 2_000, evictions: 2, delaySum: 600, verdicts: { accept: 20 }, fragments: { ipv4: 2 } },
      ...{ failures: { trap: 4, 'child-dead': 0 }, answers: { failed: 2 } },
    });
    expect(totals.sums().delays[0]).toBe(20);
    expect(matched(totals)).toEqual(['a 3 2', 'bb 3 0']);
  });

  it('keep what a child has counted that has ended, and what nobody has judged', () => {
    const totals = createTotals();
    totals.adopt(1, FIRST);
    totals.note(0, counted(1, 10, [1, 0, 0, 0]));
    totals.ended(0);
    totals.ended(0);
    totals.add('child-dead', 7);
    totals.note(0, counted(1, 2, [1, 0, 0, 0]));
    expect(totals.sums()).toMatchObject({ packets: 12, failures: { trap: 4, 'child-dead': 7 } });
    expect(matched(totals)).toEqual(['a 2 0', 'bb 0 0']);
  });

  it('go over from one ruleset to the next where a signature is called the same; one that has gone stays if it has matched', () => {
    const totals = createTotals();
    totals.adopt(1, FIRST);
    totals.note(0, counted(1, 10, [1, 1, 2, 0]));
    totals.note(1, counted(1, 10, [0, 0, 4, 4]));
    totals.adopt(2, SECOND);
    // One queue has changed over, and counts packets on and matches from zero; the other one has not yet.
    totals.note(0, counted(2, 12, [5, 0, 6, 0]));
    expect(matched(totals)).toEqual(['bb 11 4', 'ccc 6 0', 'a 1 1']);
    expect(totals.sums().packets).toBe(22);
    totals.ended(1);
    expect(matched(totals)).toEqual(['bb 11 4', 'ccc 6 0', 'a 1 1']);
  });

  it('are not changed by whoever looks at them', () => {
    const totals = createTotals();
    totals.add('trap', 1);
    totals.sums().failures.trap += 5;
    expect(totals.sums().failures.trap).toBe(1);
  });
});
