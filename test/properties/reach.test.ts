/** How signatures are reached, said in parts; and what is proved of them, which holds without a policy and under each. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateFormula } from '../../compiler/backend/interpreter/evaluate.js';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import type { RawPacket } from '../../compiler/backend/interpreter/stack.js';
import { diffRulesets, type Meaning } from '../../compiler/diff/diff.js';
import { link } from '../../compiler/link/link.js';
import { reachedTogether } from '../../compiler/link/together.js';
import { unreachedModules } from '../../compiler/link/unreached.js';
import { widest } from '../../compiler/link/widest.js';
import { analyse } from '../../compiler/prove/analyse.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { contradiction } from '../compiler/prove/contradiction.js';
import { runs } from '../support/runs.js';
import { arbModular } from './modular.js';
import { arbPackets, reproduction } from './rulesets.js';

test('the requirements of a signature and its own condition are what it is linked to', () => {
  let failing = 0;
  fc.assert(
    fc.property(arbModular, arbPackets, ({ ruleset, text }, packets) => {
      const linked = link(ruleset);
      const { decode } = interpreter(ruleset);
      for (const packet of packets) {
        const stack = decode(packet);
        linked.signatures.forEach(({ when }, index) => {
          const asked = linked.requirements?.(index) ?? [];
          const isReached = asked.every(({ formula }) => evaluateFormula(formula, stack));
          const own = evaluateFormula(ruleset.signatures[index]?.when ?? when, stack);
          if (own && !isReached) failing++;
          expect(isReached && own, reproduction(text, packet)).toBe(evaluateFormula(when, stack));
        });
      }
    }),
    { numRuns: runs(100) },
  );
  expect(failing).toBeGreaterThan(runs(100));
});

test('what is proved of signatures in modules, and of modules, no packet contradicts, whatever the policy', () => {
  const said = { never: 0, pairs: 0, modules: 0 };
  fc.assert(
    fc.property(arbModular, arbPackets, ({ ruleset: under, text }, packets) => {
      const { policy: _policy, ...ruleset } = under;
      const rulesets: Ruleset[] = [ruleset, ...ruleset.policies.map((policy) => ({ ...ruleset, policy }))];
      const analysis = { ...analyse(widest(ruleset), reachedTogether(ruleset)), always: [] };
      const outside = new Set(unreachedModules(ruleset));
      said.never += analysis.never.length;
      said.pairs += analysis.equal.length + analysis.subsumed.length + analysis.shadowed.length;
      said.modules += outside.size;
      for (const one of rulesets) {
        const { decode, matching } = interpreter(one);
        for (const packet of packets) {
          const matches = matching(decode(packet));
          const where = `${one.policy ? 'under the policy' : 'without a policy'}\n${reproduction(text, packet)}`;
          expect(contradiction(analysis, new Set(matches)), where).toBeUndefined();
          if (!one.policy) continue;
          const homes = matches.map((index) => ruleset.signatures[index]?.module);
          expect(
            homes.filter((module) => module !== undefined && outside.has(module)),
            where,
          ).toEqual([]);
        }
      }
    }),
    { numRuns: runs(60) },
  );
  // Where nothing is said, nothing contradicts.
  expect(Math.min(said.never, said.pairs, said.modules)).toBeGreaterThan(runs(60) / 10);
});

test('what `diff` says of a ruleset without its policy and under it is true of packets, by the reference interpreter', () => {
  const said = { same: 0, different: 0 };
  fc.assert(
    fc.property(arbModular, arbPackets, ({ ruleset: under, text }, packets) => {
      const { policy: _policy, ...without } = under;
      const [before, after] = [interpreter(without), interpreter(under)];
      const matches = (packet: RawPacket): readonly ReadonlySet<number>[] =>
        [before, after].map(({ decode, matching }) => new Set(matching(decode(packet))));
      const tried = packets.map(matches);
      [...diffRulesets(without, under)].forEach((diff, index) => {
        if (diff.kind !== 'kept') throw new Error('every signature is in both');
        if (diff.meaning.kind !== 'open') said[diff.meaning.kind]++;
        const pairs = tried.map((sides) => sides.map((all) => all.has(index)));
        expectTrue(diff.meaning, pairs, (packet) => matches(packet).map((all) => all.has(index)), text);
      });
    }),
    { numRuns: runs(6) },
  );
  expect(Math.min(said.same, said.different)).toBeGreaterThan(0);
});

/** Holds what is said against pairs: whether each packet matches before, and after. */
function expectTrue(
  meaning: Meaning,
  pairs: readonly (readonly boolean[])[],
  pairOf: (packet: RawPacket) => readonly boolean[],
  text: string,
): void {
  if (meaning.kind === 'open') return;
  const none = meaning.kind === 'same' ? [LOST, GAINED] : [];
  if (meaning.kind === 'different') {
    const { lost, gained } = meaning;
    if (lost.witness) expect(pairOf(lost.witness.packet), text).toEqual(LOST);
    if (gained.witness) expect(pairOf(gained.witness.packet), text).toEqual(GAINED);
    none.push(...(lost.isNone ? [LOST] : []), ...(gained.isNone ? [GAINED] : []));
  }
  for (const pair of none) expect(pairs, text).not.toContainEqual(pair);
}

const LOST = [true, false];
const GAINED = [false, true];
