/** Two rulesets at random: what `diff` says of them is true of every packet that is tried. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeArtefact, encodeArtefact } from '../../compiler/artefact/artefact.js';
import { diffRulesets, isSame, type SignatureDiff } from '../../compiler/diff/diff.js';
import { type Implications, implications } from '../../compiler/diff/implies.js';
import { partingsOf } from '../../compiler/diff/partings.js';
import type { Formula } from '../../compiler/logic/formula.js';
import { proverFor } from '../../compiler/prove/prover.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { witnessFinder } from '../../compiler/witness/witness.js';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import type { Stack } from '../../compiler/backend/interpreter/stack.js';
import { isClean } from '../../grammar/diagnostic.js';
import type { Packet } from '../../runtime/packet.js';
import { compileSig, core } from '../support/compile.js';
import { arbFormula } from '../support/formulas.js';
import { arbMutated } from '../support/packets.js';
import { runs } from '../support/runs.js';
import { sha256 } from '../../runtime/sha256.js';
import { choices, madeUpVersions, smallPackets } from './layouts.js';
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
  });

  test('written in another way are never told apart', () => {
    fc.assert(
      fc.property(arbRewritten, ([formula, rewrite]) => {
        expect(only(formula, rewrite(formula)).meaning.kind).not.toBe('different');
      }),
      { numRuns: runs(30) },
    );
  });
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
});

describe('of protocols that one side has and the other has not, or has otherwise', () => {
  test('what is proved holds for packets that both sides decode, each in its way', () => {
    const seen = { proved: 0, open: 0, matched: 0 };
    fc.assert(
      fc.property(fc.gen(), smallPackets(300), (gen, packets) => {
        const [old, now] = madeUpVersions(choices(gen), 8);
        const [before, after] = [compileSig(old), compileSig(now)];
        fc.pre(isClean(before.diagnostics) && isClean(after.diagnostics));
        const found = partingPackets(before.ruleset, after.ruleset, packets);
        fc.pre(found.length > 0);
        const [was, is] = [before.ruleset.signatures, after.ruleset.signatures];
        const implied = implicationsOf(before.ruleset, after.ruleset);
        for (const [i, { when }] of was.entries()) {
          const other = is[i]?.when ?? when;
          const [isKept, isNoMore] = [implied.onwards(when, other), implied.back(when, other)];
          if (isKept && isNoMore) seen.proved++;
          else seen.open++;
          for (const { packet, old: matched, now: matches } of found) {
            const text = [old, now, `${[...packet.bytes].join()} of ${packet.wireLength}`].join('\n');
            if (isKept && matched.has(i)) expect(matches.has(i), `s${i} lost it\n${text}`).toBe(true);
            if (isNoMore && matches.has(i)) expect(matched.has(i), `s${i} gained it\n${text}`).toBe(true);
            if (isKept && isNoMore && matched.has(i)) seen.matched++;
          }
        }
      }),
      { numRuns: runs(60) },
    );
    expect(seen.proved).toBeGreaterThan(seen.open / 4);
    expect(seen.matched).toBeGreaterThan(300);
  });
});

interface PartingPacket {
  readonly packet: Packet;
  /** Signatures by place that match. */
  readonly old: ReadonlySet<number>;
  readonly now: ReadonlySet<number>;
}

/** Those of the packets that the two decode differently. */
function partingPackets(before: Ruleset, after: Ruleset, packets: readonly Packet[]): PartingPacket[] {
  const [old, now] = [interpreter(before), interpreter(after)];
  return packets.flatMap((packet): PartingPacket[] => {
    const [was, is] = [old.decode(packet), now.decode(packet)];
    if (readText(was, before) === readText(is, after)) return [];
    return [{ packet, old: new Set(old.matching(was)), now: new Set(now.matching(is)) }];
  });
}

/** What a decoder read. */
function readText(stack: Stack, { layouts }: Ruleset): string {
  const headers = stack.headers.flat().map(({ layout, start }) => `${layout.name} ${start}`);
  const malformed = layouts.filter(({ index }) => stack.malformed[index]).map(({ name }) => name);
  return [...headers.sort(), stack.tooDeep, ...malformed.sort(), ...[...stack.last].flat()].join();
}

function implicationsOf({ layouts }: Ruleset, { layouts: others }: Ruleset): Implications {
  return implications({ old: layouts, new: others }, partingsOf(layouts, others), proverFor(layouts));
}
