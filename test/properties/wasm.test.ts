/** The compiled engine decides as the interpreter does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import { compileModule } from '../../compiler/backend/wasm/compile.js';
import { matchesOf, ONE_PACKET, wasmEvaluator } from '../../compiler/backend/wasm/evaluator.js';
import { instantiate } from '../../compiler/backend/wasm/instance.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { isClean } from '../../grammar/diagnostic.js';
import { compileSig } from '../support/compile.js';
import { runs } from '../support/runs.js';
import { arbPackets, arbRules, reproduction } from './rulesets.js';

/** Compiles, and has the engine's own validator look at the module. */
function compiled(ruleset: Ruleset) {
  const wasm = compileModule(ruleset);
  expect(WebAssembly.validate(wasm)).toBe(true);
  return instantiate(wasm, ONE_PACKET);
}

test(
  'the compiled engine gives the same matches as the interpreter',
  () => {
    let matches = 0;
    let packets = 0;
    fc.assert(
      fc.property(arbRules(12), arbPackets, (rules, batch) => {
        const { ruleset, diagnostics } = compileSig(rules);
        fc.pre(isClean(diagnostics));
        const reference = interpreter(ruleset);
        const instance = compiled(ruleset);
        for (const packet of batch) {
          const expected = reference.matching(reference.decode(packet));
          packets++;
          matches += expected.length;
          expect(matchesOf(instance, packet), reproduction(rules, packet)).toEqual(expected);
        }
      }),
      { numRuns: runs(300) },
    );
    // Of conditions that never hold, everything agrees.
    expect(matches).toBeGreaterThan(packets / 2);
  },
  runs(60_000),
);

test(
  'packets of every length from 0 up',
  () => {
    fc.assert(
      fc.property(arbRules(20), arbPackets, (rules, [packet]) => {
        const { ruleset, diagnostics } = compileSig(rules);
        fc.pre(isClean(diagnostics) && packet !== undefined);
        const reference = interpreter(ruleset);
        const engine = wasmEvaluator(ruleset);
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
  },
  runs(60_000),
);
