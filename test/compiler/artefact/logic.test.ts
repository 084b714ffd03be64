/** A ruleset comes back from its bytes as it was, and bytes that nobody wrote are refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadRules } from '../../../cli/load.js';
import { Malformed } from '../../../compiler/artefact/bytes.js';
import { decodeLogic, encodeLogic } from '../../../compiler/artefact/logic.js';
import { interpreter } from '../../../compiler/backend/interpreter/interpreter.js';
import type { Ruleset } from '../../../compiler/ruleset.js';
import { isClean } from '../../../grammar/diagnostic.js';
import { arbPackets, arbRules } from '../../properties/rulesets.js';
import { compileSig } from '../../support/compile.js';
import { runs } from '../../support/runs.js';

const encoded = ({ layouts, views, signatures }: Ruleset): Uint8Array =>
  encodeLogic(
    { ruleset: { layouts, views, signatures }, lines: [{ name: 'main.sig', starts: [3, 9] }] },
    (file) => file,
  );

describe('a ruleset', () => {
  test('that ships comes back as it was', () => {
    const { ruleset } = loadRules(['rules']);
    const { layouts, views, signatures } = ruleset;
    const bytes = encoded(ruleset);
    const read = decodeLogic(bytes);
    // The ends of a header are whole fields in memory, of which only the place counts.
    expect({ layouts, views, signatures }).toMatchObject(read.ruleset);
    expect(read.lines).toEqual([{ name: 'main.sig', starts: [3, 9] }]);
    expect(encoded({ ...read.ruleset, tests: [] })).toEqual(bytes);
  });

  test('judges as before', () => {
    fc.assert(
      fc.property(arbRules(8), arbPackets, (rules, packets) => {
        const { ruleset, diagnostics } = compileSig(rules);
        fc.pre(isClean(diagnostics));
        const [before, after] = [interpreter(ruleset), interpreter(decodeLogic(encoded(ruleset)).ruleset)];
        for (const packet of packets) {
          expect(after.matching(after.decode(packet))).toEqual(before.matching(before.decode(packet)));
        }
      }),
      { numRuns: runs(100) },
    );
  });
});

describe('bytes that nobody wrote', () => {
  const bytes = encoded(
    compileSig(
      'signature s { id 1 when payload contains "a" as x and payload.u8(x.end) == 3 or ip.src in { 10.0.0.0/8 } then log }',
    ).ruleset,
  );

  /** Whether they are refused; anything but a refusal or a ruleset is a failure. */
  const isRefused = (altered: Uint8Array): boolean => {
    try {
      decodeLogic(altered);
      return false;
    } catch (cause) {
      expect(cause).toBeInstanceOf(Malformed);
      return true;
    }
  };

  test('because they end too early', () => {
    for (let length = 0; length < bytes.length; length += 1 + (length % 7))
      expect(isRefused(bytes.subarray(0, length))).toBe(true);
  });

  test('because some were changed, are refused or give a ruleset', () => {
    const change = fc.record({ at: fc.nat(bytes.length - 1), byte: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const altered = bytes.slice();
        for (const { at, byte } of changes) altered[at] = byte;
        isRefused(altered);
      }),
      { numRuns: runs(1000) },
    );
  });
});
