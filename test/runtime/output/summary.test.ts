import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../compiler/ruleset.js';
import { bytes, number } from '../../../runtime/output/figures.js';
import { summary } from '../../../runtime/output/summary.js';
import { count, createTally } from '../../../runtime/output/tally.js';
import { ruleset, signature } from './signatures.js';

function tallyOf(signatures: number, ...judgements: readonly (readonly [times: number, Verdict, ...number[]])[]) {
  const tally = createTally(signatures);
  for (const [times, verdict, ...matches] of judgements)
    for (let i = 0; i < times; i++) count(tally, 1500, { verdict, matches, alerts: matches });
  return tally;
}

describe('tally', () => {
  test('counts packets, captured bytes, verdicts and matches', () => {
    const tally = tallyOf(3, [2, 'drop', 0, 2], [1, 'reject', 2], [1, 'pass', 0], [5, 'accept']);
    expect(tally).toEqual({
      packets: 9,
      unjudged: 0,
      uncovered: 0,
      bytes: 13_500,
      verdicts: { pass: 1, reject: 1, drop: 2, accept: 5 },
      signatures: [
        { matches: 3, blocked: 2 },
        { matches: 0, blocked: 0 },
        { matches: 3, blocked: 3 },
      ],
    });
  });
});

describe('summary', () => {
  const long = 'a title that goes on and on until it no longer fits into the hundred columns of a terminal';
  const rules = ruleset(
    signature('maimon_scan'),
    signature('null_scan', { title: long, severity: 'critical', id: 7 }),
    signature('never'),
    signature('blaster_worm_in_a_name_of_too_many_letters', { id: 0, severity: 'low', title: 'evil \u001b[2J' }),
  );

  test('most matches first, equals in order, aligned, cut to a hundred columns', () => {
    const tally = tallyOf(4, [1200, 'drop', 1], [2, 'accept', 3, 0], [104_994, 'accept']);
    expect(summary(rules, tally)).toBe(
      [
        'matches  blocked  signature                              id  severity  title',
        '  1,200    1,200  null_scan                               7  critical  a title that goes on and on…',
        '      2        0  maimon_scan                       1000001  medium    title of maimon_scan',
        '      2        0  blaster_worm_in_a_name_of_too_m…           low       evil \ufffd[2J',
        '',
        '106,196 packets, 159.3 MB; 1,204 matches by 3 of 4 signatures; 104,996 accepted, 1,200 dropped, 0 rejected, 0 passed',
      ].join('\n'),
    );
  });

  test('one line where nothing matched', () => {
    expect(summary(rules, tallyOf(4, [1, 'accept']))).toBe(
      '1 packet, 1.5 kB; 0 matches by 0 of 4 signatures; 1 accepted, 0 dropped, 0 rejected, 0 passed',
    );
    expect(summary(ruleset(signature('x')), tallyOf(1, [1, 'pass', 0]))).toMatch(
      /1 match by 1 of 1 signature; 0 accepted, 0 dropped, 0 rejected, 1 passed$/,
    );
  });

  test('the module of a signature and packets that the policy does not cover are told where there are some', () => {
    const tally = createTally(2, (index) => (index === 0 ? 'http' : undefined));
    count(tally, 100, { verdict: 'accept', matches: [0, 1], alerts: [] });
    count(tally, 100, { verdict: 'drop', matches: [], alerts: [], uncovered: true });
    expect(summary(ruleset(signature('a'), signature('b')), tally)).toBe(
      [
        'matches  blocked  signature  module       id  severity  title',
        '      1        0  a          http    1000001  medium    title of a',
        '      1        0  b                  1000001  medium    title of b',
        '',
        '2 packets, 200 B; 2 matches by 2 of 2 signatures; 1 accepted, 1 dropped, 0 rejected, 0 passed; 1 not covered by the policy',
      ].join('\n'),
    );
  });

  test('keys that were forgotten are told', () => {
    const text = summary(ruleset(signature('x')), tallyOf(1), 70_000);
    expect(text).toMatch(/0 passed\n70,000 keys of counts and limits were forgotten for want of room$/);
    expect(summary(ruleset(signature('x')), tallyOf(1), 1)).toMatch(/\n1 key of counts and limits was forgotten/);
  });

  test('never wider than a hundred columns and never more than a line a signature', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    const found = fc.record({ name: text, title: text, id: fc.nat(), matches: fc.nat(2 ** 40) });
    fc.assert(
      fc.property(fc.array(found, { minLength: 1, maxLength: 9 }), (signatures) => {
        const tally = createTally(signatures.length);
        signatures.forEach(({ matches }, i) => (tally.signatures[i]!.matches = matches));
        const lines = summary(ruleset(...signatures.map((s) => signature(s.name, s))), tally).split('\n');
        const matched = signatures.filter((s) => s.matches > 0).length;
        expect(lines).toHaveLength(matched === 0 ? 1 : matched + 3);
        for (const line of lines.slice(0, -1)) expect(Array.from(line).length).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe('figures', () => {
  test.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [106_196, '106,196'],
    [1_234_567_890, '1,234,567,890'],
  ])('number %d', (value, expected) => {
    expect(number(value)).toBe(expected);
  });

  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [999_949, '999.9 kB'],
    [999_950, '1.0 MB'],
    [33_549_522, '33.5 MB'],
    [2_500_000_000, '2.5 GB'],
    [1_234_567_000_000_000, '1,234.6 TB'],
  ])('bytes %d', (value, expected) => {
    expect(bytes(value)).toBe(expected);
  });
});
