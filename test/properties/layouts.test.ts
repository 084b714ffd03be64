/** Whatever protocols are declared: what is proved holds, and the tree decides as the interpreter does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import { treeEvaluator } from '../../compiler/backend/tree/evaluator.js';
import { wasmEvaluator } from '../../compiler/backend/wasm/evaluator.js';
import { link } from '../../compiler/link/link.js';
import { analyse } from '../../compiler/prove/analyse.js';
import { verifyTree } from '../../compiler/prove/verify.js';
import { buildTree } from '../../compiler/tree/build.js';
import { isClean } from '../../grammar/diagnostic.js';
import { contradiction } from '../compiler/prove/contradiction.js';
import { compileSig } from '../support/compile.js';
import { runs } from '../support/runs.js';
import { arbSmallPackets, choices, madeUpRules } from './layouts.js';
import { reproduction } from './rulesets.js';

test('what is proved of signatures holds for packets of any protocols', () => {
  let [said, judged, matches] = [0, 0, 0];
  fc.assert(
    fc.property(fc.gen(), arbSmallPackets, (gen, packets) => {
      const rules = madeUpRules(choices(gen), 8);
      const { ruleset, diagnostics } = compileSig(rules);
      fc.pre(isClean(diagnostics));
      const analysis = analyse(link(ruleset));
      said += Object.values<readonly unknown[]>({ ...analysis }).reduce((sum, list) => sum + list.length, 0);
      expect(verifyTree(link(ruleset), buildTree(link(ruleset))).wrong).toEqual([]);
      const { decode, matching } = interpreter(ruleset);
      for (const packet of packets) {
        const found = new Set(matching(decode(packet)));
        judged++;
        matches += found.size;
        expect(contradiction(analysis, found), reproduction(rules, packet)).toBeUndefined();
      }
    }),
    { numRuns: runs(150) },
  );
  expect(said).toBeGreaterThan(100);
  expect(matches).toBeGreaterThan(judged / 2);
});

test.each([
  { name: 'the tree', evaluator: treeEvaluator, rulesets: 150 },
  { name: 'the compiled engine', evaluator: wasmEvaluator, rulesets: 60 },
])('$name decides as the interpreter does, whatever the protocols', ({ evaluator, rulesets }) => {
  fc.assert(
    fc.property(fc.gen(), arbSmallPackets, (gen, packets) => {
      const rules = madeUpRules(choices(gen), 8);
      const { ruleset, diagnostics } = compileSig(rules);
      fc.pre(isClean(diagnostics));
      const [reference, engine] = [interpreter(ruleset), evaluator(ruleset)];
      for (const packet of packets) {
        const expected = reference.matching(reference.decode(packet));
        expect(engine.matching(engine.decode(packet)), reproduction(rules, packet)).toEqual(expected);
      }
    }),
    { numRuns: runs(rulesets) },
  );
});
