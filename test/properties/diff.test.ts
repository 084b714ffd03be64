/** Two rulesets at random: what `diff` says of them is true of every packet that is tried. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeArtefact, encodeArtefact } from '../../compiler/artefact/artefact.js';
import { diffRulesets, isSame, type SignatureDiff } from '../../compiler/diff/diff.js';
import { partingsOf } from '../../compiler/diff/partings.js';
import type { Formula } from '../../compiler/logic/formula.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { witnessFinder } from '../../compiler/witness/witness.js';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import { isClean } from '../../grammar/diagnostic.js';
import type { Packet } from '../../runtime/packet.js';
import { compileSig, core } from '../support/compile.js';
import { arbFormula } from '../support/formulas.js';
import { arbMutated } from '../support/packets.js';
import { runs } from '../support/runs.js';
import { sha256 } from '../../cli/load-artefact.js';
import { arbSmallPackets, choices, madeUpVersions } from './layouts.js';
import { arbRules } from './rulesets.js';

const [template] = compileSig('signature s { id 1 when tcp then log }').ruleset.signatures;
const { holds } = witnessFinder(core.layouts);
const packets = fc.sample(arbMutated, { numRuns: 400, seed: 29 });

function rulesetOf(when: Formula): Ruleset {
  if (!template) throw new Error('no signature');
  return { ...core, signatures: [{ ...template, when }] };
}

function only(old: Formula, now: Formula): Extract<SignatureDiff, { kind: 'kept' }> {
  const [diff] = diffRulesets(rulesetOf(old), rulesetOf(now));
  if (diff?.kind !== 'kept') throw new Error('one signature in each');
  return diff;
}

/** A formula and another way to write it. */
const arbRewritten = arbFormula(1).chain((formula) =>
  fc.tuple(
    fc.constant(formula),
    fc.constantFrom<(f: Formula) => Formula>(
      (of) => ({ kind: 'Not', of: { kind: 'Not', of } }),
      (of) => ({ kind: 'Or', of: [of, of] }),
      (of) => ({ kind: 'And', of: [{ kind: 'True' }, of] }),
      (of) => ({ kind: 'Or', of: [{ kind: 'And', of: [of, of] }, { kind: 'False' }] }),
    ),
  ),
);

describe('two conditions', () => {
  test('packets that tell them apart do, and those that are proved the same are', () => {
    fc.assert(
      fc.property(arbFormula(1), arbFormula(1), (old, now) => {
        const { meaning } = only(old, now);
        if (meaning.kind === 'different') {
          const { lost, gained } = meaning;
          if (lost.witness) expect([holds(old, lost.witness.packet), holds(now, lost.witness.packet)]).toEqual([true, false]); // prettier-ignore
          if (gained.witness) expect([holds(old, gained.witness.packet), holds(now, gained.witness.packet)]).toEqual([false, true]); // prettier-ignore
          if (lost.isNone) expect(packets.some((p) => holds(old, p) && !holds(now, p))).toBe(false);
          if (gained.isNone) expect(packets.some((p) => !holds(old, p) && holds(now, p))).toBe(false);
        } else if (meaning.kind === 'same') {
          expect(packets.every((p) => holds(old, p) === holds(now, p))).toBe(true);
        }
      }),
      { numRuns: runs(40) },
    );
  }, 120_000);

  test('written in another way are never told apart', () => {
    fc.assert(
      fc.property(arbRewritten, ([formula, rewrite]) => {
        expect(only(formula, rewrite(formula)).meaning.kind).not.toBe('different');
      }),
      { numRuns: runs(30) },
    );
  }, 120_000);
});

test('a ruleset is the same as itself, also when it was compiled, and with its signatures in another order', () => {
  fc.assert(
    fc.property(arbRules(6), (rules) => {
      const { ruleset, diagnostics } = compileSig(rules);
      fc.pre(isClean(diagnostics));
      const bytes = encodeArtefact({ ruleset, sources: [], code: new Uint8Array(), hash: '', sigward: '0' }, sha256);
      const compiled = decodeArtefact(bytes, 'x.sigc', sha256).value?.ruleset;
      expect(compiled).toBeDefined();
      const turned = { ...ruleset, signatures: ruleset.signatures.toReversed() };
      for (const other of [ruleset, turned, ...(compiled ? [compiled] : [])]) {
        expect([...diffRulesets(ruleset, other)].every(isSame), rules).toBe(true);
      }
    }),
    { numRuns: runs(10) },
  );
}, 60_000);

/** By signature's name: whether it matches. */
function matchedBy({ layouts, signatures }: Ruleset, packet: Packet): ReadonlySet<string> {
  const { decode, matching } = interpreter({ layouts, signatures });
  return new Set(matching(decode(packet)).map((index) => signatures[index]?.name ?? ''));
}

/** What packets show to be untrue of what was said. */
function untrue(diff: SignatureDiff, before: ReadonlySet<string>, after: ReadonlySet<string>): string | undefined {
  if (diff.kind !== 'kept') return undefined;
  const { meaning } = diff;
  const [was, is] = [before.has(diff.old.name), after.has(diff.new.name)];
  if (meaning.kind === 'same' && was !== is) return `${diff.new.name} is not the same`;
  if (meaning.kind !== 'different') return undefined;
  if (meaning.lost.isNone && was && !is) return `${diff.new.name} lost this one`;
  return meaning.gained.isNone && !was && is ? `${diff.new.name} gained this one` : undefined;
}

describe('of protocols that one side has and the other has not, or has otherwise', () => {
  test(
    'what is proved holds for packets that both sides decode, each in its way',
    () => {
      let [kept, same, none] = [0, 0, 0];
      fc.assert(
        fc.property(fc.gen(), arbSmallPackets, (gen, packets) => {
          const [old, now] = madeUpVersions(choices(gen), 6);
          const [before, after] = [compileSig(old), compileSig(now)];
          fc.pre(
            isClean(before.diagnostics) && isClean(after.diagnostics) && partsSomewhere(before.ruleset, after.ruleset),
          );
          const diffs = [...diffRulesets(before.ruleset, after.ruleset)];
          for (const diff of diffs) {
            if (diff.kind !== 'kept') continue;
            kept++;
            if (diff.meaning.kind === 'same') same++;
            if (diff.meaning.kind === 'different' && (diff.meaning.lost.isNone || diff.meaning.gained.isNone)) none++;
          }
          for (const packet of packets) {
            const [was, is] = [matchedBy(before.ruleset, packet), matchedBy(after.ruleset, packet)];
            for (const diff of diffs)
              expect(untrue(diff, was, is), [old, now, [...packet.bytes].join()].join('\n')).toBeUndefined();
          }
        }),
        { numRuns: runs(60) },
      );
      expect(same).toBeGreaterThan(kept / 5);
      expect(none).toBeGreaterThan(0);
    },
    runs(120_000),
  );
});

function partsSomewhere(before: Ruleset, after: Ruleset): boolean {
  return partingsOf(before.layouts, after.layouts).all.length > 0;
}
