/** What becomes of a condition when a part of it is given up. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateFormula } from '../../../compiler/backend/interpreter/evaluate.js';
import { interpreter } from '../../../compiler/backend/interpreter/interpreter.js';
import { isClean } from '../../../grammar/diagnostic.js';
import { partsOf } from '../../../runtime/testing/parts.js';
import { arbPackets, arbRules } from '../../properties/rulesets.js';
import { compileSig } from '../../support/compile.js';
import { runs } from '../../support/runs.js';

test('a near miss has no match, and the part fails for it; a match by an alternative alone has that, and fewer match without', () => {
  const seen = { 'near miss': 0, match: 0 };
  fc.assert(
    fc.property(arbRules(3), arbPackets, (rules, packets) => {
      const { ruleset, diagnostics } = compileSig(rules);
      fc.pre(isClean(diagnostics));
      const { decode } = interpreter(ruleset);
      for (const { when } of ruleset.signatures) {
        for (const { asks, part, changed } of partsOf(when)) {
          // Behind `not` a part fails by holding: of one part it is always the same.
          const values = new Set<boolean>();
          for (const stack of packets.map(decode)) {
            const [holds, without] = [evaluateFormula(when, stack), evaluateFormula(changed, stack)];
            if (asks === 'match') expect(without && !holds).toBe(false);
            if (holds === without || holds !== (asks === 'match')) continue;
            values.add(evaluateFormula(part, stack));
            seen[asks]++;
          }
          expect(values.size).toBeLessThanOrEqual(1);
        }
      }
    }),
    { numRuns: runs(60) },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
});
