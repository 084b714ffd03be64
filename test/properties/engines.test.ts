/** The decision tree, walked and compiled, decides as the interpreter does. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import { treeEvaluator } from '../../compiler/backend/tree/evaluator.js';
import { compileModule } from '../../compiler/backend/wasm/compile.js';
import { wasmEvaluator } from '../../compiler/backend/wasm/evaluator.js';
import { link } from '../../compiler/link/link.js';
import { isClean } from '../../grammar/diagnostic.js';
import { compileSig } from '../support/compile.js';
import { runs } from '../support/runs.js';
import { arbPackets, arbRules, reproduction } from './rulesets.js';

const ENGINES = [
  { name: 'the tree', evaluator: treeEvaluator, rulesets: 500 },
  // Each ruleset is a module that V8 compiles: some milliseconds instead of some microseconds.
  { name: 'the compiled engine', evaluator: wasmEvaluator, rulesets: 150 },
] as const;

describe.each(ENGINES)('$name', ({ evaluator, rulesets }) => {
  test('gives the same matches as the interpreter', () => {
    let matches = 0;
    let packets = 0;
    fc.assert(
      fc.property(arbRules(12), arbPackets, (rules, batch) => {
        const { ruleset, diagnostics } = compileSig(rules);
        fc.pre(isClean(diagnostics));
        const reference = interpreter(ruleset);
        const engine = evaluator(ruleset);
        for (const packet of batch) {
          const expected = reference.matching(reference.decode(packet));
          packets++;
          matches += expected.length;
          expect(engine.matching(engine.decode(packet)), reproduction(rules, packet)).toEqual(expected);
        }
      }),
      { numRuns: runs(rulesets) },
    );
    // Of conditions that never hold, everything agrees.
    expect(matches).toBeGreaterThan(packets / 2);
  });

  test('judges packets of every length from 0 up', () => {
    fc.assert(
      fc.property(arbRules(20), arbPackets, (rules, [packet]) => {
        const { ruleset, diagnostics } = compileSig(rules);
        fc.pre(isClean(diagnostics) && packet !== undefined);
        const reference = interpreter(ruleset);
        const engine = evaluator(ruleset);
        for (let length = 0; length <= packet.bytes.length; length++) {
          for (const wireLength of [length, packet.wireLength]) {
            const cut = { ...packet, bytes: packet.bytes.subarray(0, length), wireLength };
            expect(engine.matching(engine.decode(cut)), reproduction(rules, cut)).toEqual(
              reference.matching(reference.decode(cut)),
            );
          }
        }
      }),
      { numRuns: runs(60) },
    );
  });
});

test('every module is a valid one', () => {
  fc.assert(
    fc.property(arbRules(20), (rules) => {
      const { ruleset, diagnostics } = compileSig(rules);
      fc.pre(isClean(diagnostics));
      expect(WebAssembly.validate(compileModule(link(ruleset))), rules).toBe(true);
    }),
    { numRuns: runs(100) },
  );
});
