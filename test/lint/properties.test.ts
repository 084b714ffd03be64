/** What holds of every lint, whatever the rules. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import { evaluateFormula } from '../../compiler/backend/interpreter/evaluate.js';
import { isPresent } from '../../compiler/backend/interpreter/value.js';
import { ALL_LINTS } from '../../compiler/lint/all.js';
import { mend } from '../../compiler/lint/fix.js';
import type { Levels } from '../../compiler/lint/lint.js';
import { isGiven, needed } from '../../compiler/lint/presence.js';
import { programOf } from '../../compiler/lint/program.js';
import { lint } from '../../compiler/lint/run.js';
import { type Diagnostic, isClean } from '../../grammar/diagnostic.js';
import type { Packet } from '../../runtime/packet.js';
import { compileSources, core, coreInterpreter, MAIN } from '../support/compile.js';
import { arbFormula } from '../support/formulas.js';
import { arbMutated } from '../support/packets.js';
import { runs } from '../support/runs.js';
import { arbPackets, arbRules } from '../properties/rulesets.js';
import { anyText } from '../properties/texts.js';
import { checkedSig, fixedBy } from './linted.js';

/** All of them at work. */
const levels: Levels = new Map(ALL_LINTS.map(({ name }) => [name, 'warning']));

function findings(text: string): Diagnostic[] | undefined {
  const { sources, checked } = compileSources(text, { symbols: true });
  return isClean(checked.diagnostics) ? lint(programOf(sources, checked), { levels }) : undefined;
}

/** Parts that lints have something to say of and a fix for. */
const SPICE = [
  'payload contains "12" nocase', 'payload contains "a" in 0..-1', 'payload contains "b" as unused', 'payload contains "1"  nocase in 0..-1 as\n unused',
  'not tcp.dst_port == 80', 'not (ip.addr in { 10.0.0.0/8 })', 'not payload contains "b" at 2', 'tcp.flags != ACK  // sigward-ignore flags-equal: x\n',
  'payload contains "a"  // sigward-ignore segment-end, flags-equal, nothing: x\n', 'not tcp.options.mss.value > 5', 'tcp.port == 80 and ip.addr == 10.0.0.1',
  'payload contains "\\r\\nHost: a"', 'payload.length <= 7', 'udp.malformed', 'ip.ttl == 64', 'not vlan.vid == 7',
]; // prettier-ignore
const spiced = fc
  .record({ rules: arbRules(3), parts: fc.array(fc.constantFrom(...SPICE), { minLength: 1, maxLength: 4 }), lets: fc.boolean(), imports: fc.boolean() })
  .map(({ rules, parts, lets, imports }) => {
    const own = `signature own { id 99 title "s" ${lets ? 'let n = payload.u8(0) let m = n + 1\n' : ''}when ${parts.join('\n and ')}\n then drop }`;
    return `${imports ? 'import "std/scans"\n' : ''}${rules}\n${own}\n`;
  }); // prettier-ignore

describe('a fix', () => {
  const codesOf = (all: readonly Diagnostic[]): string[] => all.map(({ code }) => code).toSorted();

  it('makes its finding go away and changes no other lint’s; a safe one changes no match', () => {
    fc.assert(
      fc.property(spiced, arbPackets, (text, packets) => {
        const before = findings(text) ?? [];
        for (const finding of before) {
          for (const fix of finding.fixes ?? []) {
            const after = fixedBy(text, fix);
            const left = findings(after);
            expect(left, `${fix.title}\n${after}`).toBeDefined();
            const alike = (all: readonly Diagnostic[]): number =>
              all.filter(({ code, message }) => code === finding.code && message === finding.message).length;
            expect(alike(left!), `${fix.title}\n${text}`).toBeLessThan(alike(before));
            if (!fix.isSafe) continue;
            const others = (all: readonly Diagnostic[]): string[] =>
              codesOf(all.filter(({ code }) => code !== finding.code));
            expect(others(left!), `${fix.title}\n${text}`).toEqual(others(before));
            expect(matchesOf(after, packets)).toEqual(matchesOf(text, packets));
          }
        }
      }),
      { numRuns: runs(30) },
    );
  });

  it('all safe ones together leave nothing to mend, and every match as it was', () => {
    fc.assert(
      fc.property(spiced, arbPackets, (text, packets) => {
        const { sources, checked } = compileSources(text, { symbols: true });
        if (!isClean(checked.diagnostics)) return;
        const done = mend(sources, { levels });
        const after = done.sources.files.get(MAIN);
        const mended = after && 'tree' in after ? after.tree.text : '';
        const left = findings(mended) ?? [];
        expect(left.flatMap(({ code, fixes = [] }) => (fixes.some((fix) => fix.isSafe) ? [code] : []))).toEqual([]);
        const safe = new Set(done.mended.map(({ code }) => code));
        const others = (all: readonly Diagnostic[]): string[] => codesOf(all.filter(({ code }) => !safe.has(code)));
        expect(others(left)).toEqual(others(findings(text) ?? []));
        expect(matchesOf(mended, packets)).toEqual(matchesOf(text, packets));
      }),
      { numRuns: runs(30) },
    );
  });

  function matchesOf(text: string, packets: readonly Packet[]): unknown {
    const { decode, matching } = interpreter(checkedSig(text));
    return packets.map((packet) => matching(decode(packet)));
  }
});

it('no text makes a lint throw, not even one with mistakes', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { sources, checked } = compileSources(text, { symbols: true });
      for (const finding of lint(programOf(sources, checked), { levels })) {
        const [place] = finding.labels;
        expect(place && place.span.start <= place.span.end && place.span.end <= text.length).toBe(true);
        for (const fix of finding.fixes ?? []) fixedBy(text, fix);
      }
    }),
    { numRuns: runs(150) },
  );
});

it('what a condition is said to need is there wherever it holds', () => {
  const { layouts } = core;
  fc.assert(
    fc.property(arbFormula(), arbMutated, (formula, packet) => {
      const stack = coreInterpreter.decode(packet);
      if (!evaluateFormula(formula, stack)) return;
      const clauses = needed(formula, layouts);
      for (const clause of clauses) expect(clause.some((ref) => isPresent(ref, stack))).toBe(true);
      // Whatever these bring is there, too.
      for (const { index } of layouts) {
        const ref = { layout: index, slot: 0 };
        if (isGiven([ref], clauses, layouts)) expect(isPresent(ref, stack)).toBe(true);
      }
    }),
    { numRuns: runs(2000) },
  );
});
