import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Seen, unmet } from '../../../runtime/testing/expectation.js';
import type { Verdict } from '../../../compiler/ruleset.js';
import { ruleset, signature } from '../output/signatures.js';

const { signatures } = ruleset(signature('a'), signature('b'), signature('c'));

function seen(packets: number, matches: readonly [number, number][], verdicts: readonly [Verdict, number][]): Seen {
  return { packets, matches: new Map(matches), verdicts: new Map(verdicts) };
}

describe('matches', () => {
  const one = seen(3, [[1, 2]], [['drop', 2], ['accept', 1]]); // prettier-ignore

  test.each([
    ['as expected', [{ signature: 1 }], undefined],
    ['as often as expected', [{ signature: 1, count: 2 }], undefined],
    ['too rarely', [{ signature: 1, count: 3 }], '`b` matched 2 times, expected 3 times'],
    ['too often', [{ signature: 1, count: 1 }], '`b` matched 2 times, expected once'],
    ['another one', [{ signature: 0 }], '`a` did not match; `b` matched and was not expected'],
    ['one of two', [{ signature: 1 }, { signature: 2 }], '`c` did not match'],
    ['none', [], '`b` matched and was not expected'],
  ])('%s', (_, expected, message) => {
    expect(unmet({ signatures: expected, verdicts: [] }, one, signatures)?.message).toBe(message);
  });

  test('what happened instead is told in full', () => {
    expect(unmet({ signatures: [], verdicts: [] }, one, signatures)?.help).toBe(
      'of 3 packets, matched `b` * 2; verdicts: drop * 2, accept * 1',
    );
  });
});

describe('verdicts', () => {
  const mixed = seen(3, [], [['drop', 2], ['accept', 1]]); // prettier-ignore
  const verdicts = (...list: { verdict: Verdict; count?: number }[]): string | undefined =>
    unmet({ signatures: [], verdicts: list }, mixed, signatures)?.message;

  test('without a count it is every packet’s', () => {
    expect(verdicts({ verdict: 'drop' })).toBe('expected verdict `drop`, got `accept`');
    expect(verdicts({ verdict: 'pass' })).toBe('expected verdict `pass`, got `drop` and `accept`');
    const all = seen(2, [], [['drop', 2]]);
    expect(unmet({ signatures: [], verdicts: [{ verdict: 'drop' }] }, all, signatures)).toBeUndefined();
  });

  test('with a count, exactly so many', () => {
    expect(verdicts({ verdict: 'drop', count: 2 }, { verdict: 'accept', count: 1 })).toBeUndefined();
    expect(verdicts({ verdict: 'drop', count: 1 })).toBe('verdict `drop` was given 2 times, expected once');
    expect(verdicts({ verdict: 'pass', count: 1 })).toBe('verdict `pass` was given 0 times, expected once');
  });
});

test('an expectation of no packets is never met', () => {
  expect(unmet({ signatures: [], verdicts: [] }, seen(0, [], []), signatures)?.message).toBe(
    'no packet came since the last `expect`',
  );
});

test('what happened, written down as an expectation, is met', () => {
  const counts = fc.array(fc.nat(5), { minLength: 3, maxLength: 3 });
  const verdict = fc.constantFrom<Verdict>('pass', 'reject', 'drop', 'accept');
  fc.assert(
    fc.property(counts, fc.array(verdict, { minLength: 1, maxLength: 9 }), (matches, given) => {
      const happened = seen(
        given.length,
        [...matches.entries()].filter(([, n]) => n > 0),
        [...new Set(given)].map((v) => [v, given.filter((g) => g === v).length]),
      );
      const expectation = {
        signatures: [...happened.matches].map(([signature, count]) => ({ signature, count })),
        verdicts: [...happened.verdicts].map(([v, count]) => ({ verdict: v, count })),
      };
      expect(unmet(expectation, happened, signatures)).toBeUndefined();
      for (const [index, { signature, count }] of expectation.signatures.entries()) {
        const other = expectation.signatures.with(index, { signature, count: count + 1 });
        expect(unmet({ ...expectation, signatures: other }, happened, signatures)).toBeDefined();
      }
    }),
  );
});
