/** What `sigward ctl` says of the answers. */
import { describe, expect, it } from 'vitest';
import { cutText, statsText } from '../../cli/commands/ctl-text.js';
import { statsReport } from '../../runtime/control/reports.js';
import { factsWith, signature } from '../runtime/output/facts.js';

describe('stats', () => {
  const textFor = (count: number): string[] => {
    const signatures = Array.from({ length: count }, (_, i) => signature(`s${i}`, i, { blocked: 1, module: 'web' }));
    return statsText(statsReport(factsWith({ signatures }).counters))
      .trimEnd()
      .split('\n');
  };

  it('lists the signatures that matched most, and counts the others that matched', () => {
    const lines = textFor(1_500);
    const first = lines.findIndex((line) => line.startsWith('s'));
    expect(lines[first]).toBe('s1499 (web): 1,499 matches, 1 blocked');
    expect(lines.slice(first + 20)).toEqual(['and 1,479 more signatures']);
  });

  it('has no such line where all are listed', () => {
    expect(textFor(21).at(-1)).toBe('s1 (web): 1 match, 1 blocked');
    expect(textFor(22).at(-1)).toBe('and 1 more signature');
  });
});

it('what an answer had no room for', () => {
  expect(cutText({ modules: 12_000, 'difference.text': 3 })).toBe(
    'left out, as the answer has no room for all: 12,000 of `modules`, 3 of `difference.text`\n',
  );
});
