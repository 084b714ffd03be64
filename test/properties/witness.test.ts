/** Witnesses for formulas at random: what is found matches, and where a packet is known to exist one is nearly always found. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateFormula } from '../../compiler/backend/interpreter/evaluate.js';
import { partsOf } from '../../compiler/witness/near-miss.js';
import { witnessFinder } from '../../compiler/witness/witness.js';
import { isClean } from '../../grammar/diagnostic.js';
import { core, coreInterpreter, compileSig } from '../support/compile.js';
import { arbFormula } from '../support/formulas.js';
import { arbMutated } from '../support/packets.js';
import { runs } from '../support/runs.js';
import { conditionFrom, holds } from './occurrence-conditions.js';

const finder = witnessFinder(core.layouts);

describe('formulas over everything that a packet has', () => {
  test('a packet that is found matches, near misses do not, and all are of some length', () => {
    fc.assert(
      fc.property(arbFormula(2), (formula) => {
        const witness = finder.find(formula);
        if (!witness) return;
        const { bytes, wireLength } = witness.packet;
        expect(wireLength).toBeGreaterThanOrEqual(bytes.length);
        expect(bytes.length).toBeLessThan(70_000);
        expect(finder.holds(formula, witness.packet)).toBe(true);
        for (const { miss, rest } of partsOf(formula).slice(0, 2)) {
          const near = finder.find(miss, witness);
          if (!near) continue;
          expect(finder.holds(rest, near.packet)).toBe(true);
          expect(finder.holds(formula, near.packet)).toBe(false);
        }
      }),
      { numRuns: runs(60) },
    );
  });

  test('where one of two thousand packets matches, one is found in at least 49 of 50 cases', () => {
    const packets = fc.sample(arbMutated, { numRuns: 2000, seed: 11 }).map((packet) => coreInterpreter.decode(packet));
    const formulas = fc.sample(arbFormula(2), { numRuns: runs(300), seed: 11 });
    const possible = formulas.filter((formula) => packets.some((stack) => evaluateFormula(formula, stack)));
    const missed = possible.filter((formula) => !finder.find(formula));
    expect(possible.length).toBeGreaterThan(formulas.length / 3);
    expect(missed.length).toBeLessThanOrEqual(possible.length / 50);
  });
});

/** Short payloads of the bytes that these conditions are about; if one does, a packet with it should be found. */
const PAYLOADS = fc.sample(
  fc.array(fc.constantFrom(0x61, 1, 0x31, 2, 0, 0x62), { maxLength: 12 }),
  { numRuns: 400, seed: 3 },
); // prettier-ignore

test('conditions with named occurrences: an oracle agrees with what is found', () => {
  const cases = fc.sample(fc.array(fc.nat(1000), { maxLength: 30 }), { numRuns: runs(150), seed: 5 });
  let possible = 0;
  let missed = 0;
  for (const numbers of cases) {
    const condition = conditionFrom(numbers);
    const text = `signature s { id 1 ${condition.lets.join(' ')} when udp and (${condition.text}) then log }`;
    const { ruleset, diagnostics } = compileSig(text);
    const [signature] = ruleset.signatures;
    if (!signature || !isClean(diagnostics)) continue;
    const witness = finder.find(signature.when);
    if (witness) expect(holds(condition, witness.packet.bytes.subarray(28)), text).toBe(true);
    if (!PAYLOADS.some((payload) => holds(condition, Uint8Array.from(payload)))) continue;
    possible++;
    if (!witness) missed++;
  }
  expect(possible).toBeGreaterThan(cases.length / 4);
  expect(missed).toBeLessThanOrEqual(possible / 20);
});
