/** What is said of signatures to each other is so for every packet. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interpreter } from '../../../compiler/backend/interpreter/interpreter.js';
import { link } from '../../../compiler/link/link.js';
import { type Analysis, analyse } from '../../../compiler/prove/analyse.js';
import { isClean } from '../../../grammar/diagnostic.js';
import { arbPackets, arbRules, reproduction } from '../../properties/rulesets.js';
import { compiled, compileSig } from '../../support/compile.js';
import { runs } from '../../support/runs.js';
import { contradiction } from './contradiction.js';

/** Some of the signatures pass packets. */
const withPasses = (rules: string): string =>
  rules.replace(/(signature s[37] [^\n]*) then log/g, '$1 then pass').replace(/(signature s[158] [^\n]*) then log/g, '$1 then drop'); // prettier-ignore

describe('an analysis', () => {
  test('agrees with packets', () => {
    const said = { never: 0, always: 0, equal: 0, subsumed: 0, shadowed: 0, overruled: 0 };
    fc.assert(
      fc.property(arbRules(16), arbPackets, (text, batch) => {
        const rules = withPasses(text);
        const { ruleset, diagnostics } = compileSig(rules);
        fc.pre(isClean(diagnostics));
        const analysis = analyse(link(ruleset));
        for (const kind of Object.keys(said) as (keyof typeof said)[]) said[kind] += analysis[kind].length;
        const { decode, matching } = interpreter(ruleset);
        for (const packet of batch) {
          const matches = new Set(matching(decode(packet)));
          expect(contradiction(analysis, matches), reproduction(rules, packet)).toBeUndefined();
        }
      }),
      { numRuns: runs(120) },
    );
    // Where nothing is said, everything agrees.
    expect(Object.values(said).reduce((sum, count) => sum + count)).toBeGreaterThan(50);
  });

  test('no member of a shadowing set can be left out', () => {
    const shadowed = (...ranges: readonly string[]): Analysis['shadowed'] =>
      analyse(link(compiled(ranges.map((range, i) => `signature s${i} { id ${i + 1} when tcp.dst_port in ${range} then log }`).join('\n')))).shadowed;
    expect(shadowed('0..9', '10..19', '20..29', '5..25')).toEqual([{ signature: 3, by: [0, 1, 2] }]);
    expect(shadowed('0..9', '8..19', '10..12', '20..29', '5..25', '30..31')).toEqual([{ signature: 4, by: [0, 1, 3] }]);
    expect(shadowed('0..9', '10..19', '21..29', '5..25')).toEqual([]);
  }); // prettier-ignore

  test('a set of addresses that is too large for diagrams costs its signature the analysis, and no other', () => {
    const addresses = Array.from({ length: 4000 }, (_, i) => `10.${i % 256}.${(i * 7) % 256}.${(i * 13) % 256}`);
    const { never, subsumed } = analyse(
      link(
        compiled(
          `signature a { id 1 when ip.src in { ${[...new Set(addresses)].join(', ')} } then log }\n` +
            'signature b { id 2 when tcp then log }\nsignature c { id 3 when tcp.dst_port == 80 then log }\n' +
            'signature d { id 4 when tcp and udp then log }',
        ),
      ),
    );
    expect({ never, subsumed }).toEqual({ never: [3], subsumed: [{ signature: 2, by: 1 }] });
  });
});
