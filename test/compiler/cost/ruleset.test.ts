/** What a ruleset costs, and what of it falls to whom. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../cli/paths.js';
import { expectedReason, worstReason } from '../../../compiler/cost/reason.js';
import { type RulesetCost, rulesetCost } from '../../../compiler/cost/ruleset.js';
import { WHOLE } from '../../../compiler/cost/share.js';
import { wordsOf } from '../../../compiler/explain/words.js';
import { link } from '../../../compiler/link/link.js';
import { isClean } from '../../../grammar/diagnostic.js';
import { arbRules } from '../../properties/rulesets.js';
import { compiled, compileSig } from '../../support/compile.js';
import { runs } from '../../support/runs.js';

const sig = (id: number, when: string): string => `signature s${id} { id ${id} when ${when} then log }\n`;
const costs = (...when: readonly string[]): RulesetCost =>
  rulesetCost(link(compiled(when.map((w, i) => sig(i + 1, w)).join(''))));
const one = (when: string): RulesetCost['signatures'][number] => costs(when).signatures[0] ?? expect.fail('none');

describe('any ruleset', () => {
  it('costs what its parts cost, in whole numbers, each time', () => {
    const property = fc.property(arbRules(8), (rules) => {
      const { ruleset, diagnostics } = compileSig(rules);
      fc.pre(isClean(diagnostics));
      const cost = rulesetCost(link(ruleset));
      const shares = cost.signatures.reduce((sum, { expected }) => sum + expected, 0);
      expect(cost.packet.expected + cost.walk.expected + shares).toBe(cost.expected);
      const parts = [cost.packet, cost.walk, cost.decided, ...cost.searches];
      expect(parts.reduce((sum, { worst }) => sum + worst, 0)).toBe(cost.worst);
      for (const { expected, worst, own } of [...cost.signatures, { ...cost, own: cost.walk }]) {
        expect([expected, worst].every(Number.isSafeInteger)).toBe(true);
        expect(own.worst).toBeLessThanOrEqual(worst);
        expect(worst).toBeLessThanOrEqual(cost.worst);
      }
      expect(rulesetCost(link(ruleset))).toEqual(cost);
    });
    fc.assert(property, { numRuns: runs(200) });
  });

  it('costs no less at worst where a signature asks for more', () => {
    const property = fc.property(arbRules(1), (rules) => {
      const longer = rules.replace(/ when ([^]*?) then /, ' when ($1) and payload.u8(70) == tcp.window then ');
      const [short, long] = [compileSig(rules), compileSig(longer)];
      fc.pre(longer !== rules && isClean(short.diagnostics) && isClean(long.diagnostics));
      const [a] = rulesetCost(link(short.ruleset)).signatures;
      const [b] = rulesetCost(link(long.ruleset)).signatures;
      expect(b?.worst).toBeGreaterThanOrEqual(a?.worst ?? Infinity);
    });
    fc.assert(property, { numRuns: runs(200) });
  });
});

describe('a pass', () => {
  const LITERALS = ['payload contains "first one"', 'payload contains "second one"'] as const;

  it('is shared: the worst of two that wait is less than their sum', () => {
    const { worst, packet, signatures, searches } = costs(...LITERALS);
    expect(searches).toMatchObject([{ literals: 2, signatures: 2, wanted: WHOLE }]);
    const [a, b] = signatures.map((s) => s.worst);
    expect(worst - packet.worst).toBeLessThan((a ?? 0) + (b ?? 0));
  });

  it('falls to those by whom more packets come', () => {
    const { signatures } = costs('payload contains "first one"', ...[1, 2].map((n) => `tcp.dst_port == ${n} and payload contains "number ${n}"`)); // prettier-ignore
    const [everywhere, there] = signatures.map(({ expected, own }) => expected - own.expected);
    expect(everywhere).toBeGreaterThan(10 * (there ?? 0));
  });

  it('costs less where all literals lie in a part of the bytes', () => {
    const within = costs('payload contains "first one" in 0..99').searches[0];
    expect(within?.worst).toBeLessThan((costs('payload contains "first one"').searches[0]?.worst ?? 0) / 2);
  });
});

describe('a signature', () => {
  it('costs less the fewer packets come to it', () => {
    const rare = costs(...[1, 2].map((n) => `tcp.dst_port == ${n} and payload.u16(${n}) == tcp.window`));
    const [first] = rare.signatures;
    expect(first?.reached).toBeLessThan(WHOLE / 8);
    expect(first?.expected).toBeLessThan(one('tcp.dst_port == 1 and payload.u16(1) == tcp.window').expected);
  });

  it('on two edges of a question is decided on one of them', () => {
    const both = (ports: string): string => `tcp.dst_port in ${ports} and tcp.window == tcp.urgent`;
    const { signatures } = costs(both('{ 1, 2 }'), both('{ 2, 3 }'));
    expect(signatures.map(({ own }) => own.worst)).toEqual(signatures.map(() => one(both('1')).own.worst));
  });

  it('that nothing matches costs nothing', () => {
    expect(rulesetCost({ layouts: [], signatures: [] }).signatures).toEqual([]);
  });
});

it('of a small ruleset are these; SIGWARD_UPDATE=1 writes them anew after a calibration', () => {
  const folder = join(packageRoot, 'test', 'compiler', 'cost');
  const ruleset = compiled(readFileSync(join(folder, 'small.sig'), 'utf8'));
  const words = wordsOf(ruleset);
  const { signatures, sizes, packet, walk, searches, expected, worst } = rulesetCost(link(ruleset));
  const row = (cost: { expected: number; worst: number }, text: string): string =>
    `${String(cost.expected).padStart(9)} ${String(cost.worst).padStart(11)} ${text}\n`;
  const text = [
    row({ expected, worst }, 'the ruleset'),
    row(packet, 'packet'),
    row(walk, 'walk'),
    ...searches.map((search) => row(search, `${words.bytes(search.bytes)}: ${search.pass.why}`)),
    ...signatures.map((cost, i) => {
      const reason = [expectedReason(cost, words), worstReason(cost.dear, sizes)].join('; ');
      return row(cost, `${ruleset.signatures[i]?.name ?? '?'}: ${reason}`);
    }),
  ].join('');
  const file = join(folder, 'small.expected');
  if (process.env['SIGWARD_UPDATE'] === '1') writeFileSync(file, text);
  expect(existsSync(file), `${file} is missing: run with SIGWARD_UPDATE=1`).toBe(true);
  expect(text).toBe(readFileSync(file, 'utf8'));
});
