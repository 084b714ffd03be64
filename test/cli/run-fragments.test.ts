/** What becomes of fragments that reach the queue. */
import { describe, expect, it } from 'vitest';
import { fragmentPolicy } from '../../cli/commands/run-fragments.js';
import type { Verdict } from '../../compiler/ruleset.js';
import type { Diagnostic } from '../../grammar/diagnostic.js';
import type { Judgement } from '../../runtime/engine/engine.js';
import { batchFrom } from '../support/batch.js';
import { hexPacket } from '../support/compile.js';

const WHOLE = hexPacket(`4500 0014 0000 0000 4011 0000 c6336402 cb007102`);
const FIRST = hexPacket(`4500 0014 0000 2000 4011 0000 c6336402 cb007102`);
const LAST = hexPacket(`4500 0014 0000 0001 4011 0000 c6336402 cb007102`);
const SIX = hexPacket(`60000000 0008 2c40 ${'0'.repeat(64)} 1100000900000001`);

const said = (verdict: Verdict): Judgement => ({ verdict, matches: [], alerts: [] });
const verdictsOf = (judgements: readonly Judgement[]): Verdict[] => judgements.map(({ verdict }) => verdict);

describe('drop', () => {
  it('drops fragments that nothing lets pass, and only those', () => {
    const policy = fragmentPolicy('drop', false, () => undefined);
    const batch = batchFrom([WHOLE, FIRST, LAST, SIX]);
    expect(
      verdictsOf(
        policy.apply(
          batch,
          Array.from(batch, () => said('accept')),
        ),
      ),
    ).toEqual(['accept', 'drop', 'drop', 'drop']);
    expect(policy.counts).toEqual({ ipv4: 2, ipv6: 1 });
    const others = (['pass', 'reject', 'drop'] as const).map(said);
    expect(policy.apply(batchFrom([FIRST, FIRST, FIRST]), others)).toEqual(others);
  });

  it('keeps what matched, so that it is logged', () => {
    const policy = fragmentPolicy('drop', false, () => undefined);
    const judgement: Judgement = { verdict: 'accept', matches: [2, 3], alerts: [3] };
    expect(policy.apply(batchFrom([FIRST]), [judgement])).toEqual([{ verdict: 'drop', matches: [2, 3], alerts: [3] }]);
  });
});

it('accept judges each like any other packet, and counts', () => {
  const policy = fragmentPolicy('accept', true, () => undefined);
  const judgements = [said('accept'), said('drop')];
  expect(policy.apply(batchFrom([FIRST, SIX]), judgements)).toEqual(judgements);
  expect(policy.counts).toEqual({ ipv4: 1, ipv6: 1 });
});

it('unless something is said, drops them with `--install`', () => {
  const warnings: Diagnostic[] = [];
  const policy = fragmentPolicy(undefined, true, (warning) => warnings.push(warning));
  expect(verdictsOf(policy.apply(batchFrom([FIRST, WHOLE]), [said('accept'), said('accept')]))).toEqual([
    'drop',
    'accept',
  ]);
  expect(warnings).toEqual([]);
});

it('unless something is said, judges each by itself where others lead packets here, and says so once', () => {
  const warnings: Diagnostic[] = [];
  const policy = fragmentPolicy(undefined, false, (warning) => warnings.push(warning));
  policy.apply(batchFrom([WHOLE]), [said('accept')]);
  expect(warnings).toEqual([]);
  expect(verdictsOf(policy.apply(batchFrom([FIRST, SIX]), [said('accept'), said('accept')]))).toEqual([
    'accept',
    'accept',
  ]);
  policy.apply(batchFrom([FIRST]), [said('accept')]);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatchObject({ code: 'W1204', message: expect.stringContaining('judged one by one') });
});
