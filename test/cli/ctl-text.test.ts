/** What `sigward ctl` says of the answers. */
import { describe, expect, it } from 'vitest';
import { cutText, statsText, statusText } from '../../cli/commands/ctl-text.js';
import { statsReport, statusReport } from '../../runtime/control/reports.js';
import { fake } from '../runtime/control/fake.js';
import { factsWith, signature } from '../runtime/output/facts.js';

describe('stats', () => {
  const textFor = (count: number): string[] => {
    const signatures = Array.from({ length: count }, (_, i) => signature(`s${i}`, i, { blocked: 1, module: 'web' }));
    return statsText(statsReport(factsWith({ signatures }).counters, {}))
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

describe('a dry run', () => {
  const said = (dryRun: { readonly dryRun?: true }): string[] => {
    const { status, counters } = factsWith({}, dryRun);
    const texts = [statusText(statusReport(fake().options.current, status)), statsText(statsReport(counters, status))];
    return texts.flatMap((text) => text.split('\n').filter((line) => line.startsWith('watching only')));
  };

  it('is said wherever words like "dropped" stand, and nowhere else', () => {
    const line = 'watching only (--dry-run): packets go on whatever the rules say of them';
    expect(said({ dryRun: true })).toEqual([line, line]);
    expect(said({})).toEqual([]);
  });

  it('drops nothing where everything else would be dropped', () => {
    const closedWith = (dryRun: { readonly dryRun?: true }): string =>
      statusText(statusReport(fake().options.current, factsWith({}, { closed: 'reload-failed', ...dryRun }).status));
    expect(closedWith({})).toContain('\neverything is dropped, because of reload-failed\n');
    expect(closedWith({ dryRun: true })).toContain('\neverything would be dropped, because of reload-failed\n');
  });
});

it('what an answer had no room for', () => {
  expect(cutText({ modules: 12_000, 'difference.text': 3 })).toBe(
    'left out, as the answer has no room for all: 12,000 of `modules`, 3 of `difference.text`\n',
  );
});
