/** Modules and policies: what the specification says in sentences, the reference, the linked ruleset, the tree and the engine. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateFormula } from '../../compiler/backend/interpreter/evaluate.js';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import type { Stack } from '../../compiler/backend/interpreter/stack.js';
import { treeEvaluator } from '../../compiler/backend/tree/evaluator.js';
import { wasmEvaluator } from '../../compiler/backend/wasm/evaluator.js';
import { link } from '../../compiler/link/link.js';
import { conditionsOf } from '../../compiler/link/linked.js';
import { addressKey } from '../../compiler/logic/value.js';
import { verifyTree } from '../../compiler/prove/verify.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { buildTree } from '../../compiler/tree/build.js';
import { runs } from '../support/runs.js';
import { arbModular } from './modular.js';
import { arbPackets, reproduction } from './rulesets.js';

/** The sentences of the specification one by one, told from the bytes of the packet and from the ruleset as it is written. */
function expected({ signatures, modules, policy, layouts }: Ruleset, stack: Stack): readonly number[] {
  const bits = (from: number, length: number): bigint =>
    stack.packet.bytes.subarray(from, from + length).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  // "a packet is covered if its source or destination lies in a protect network"
  const ends = stack.headers.flatMap(([header]) => {
    if (header?.layout.name === 'ipv4') return [12, 16].map((at) => addressKey('addr4', bits(header.start + at, 4)));
    if (header?.layout.name === 'ipv6') return [8, 24].map((at) => addressKey('addr6', bits(header.start + at, 16)));
    return [];
  });
  expect(layouts.filter(({ role }) => role === 'network').map(({ name }) => name)).toEqual(['ipv4', 'ipv6']);
  const covering = policy?.protect.filter(({ networks }) =>
    networks.some(({ low, high }) => ends.some((end) => low <= end && end <= high)),
  );
  if (covering?.length === 0) return [signatures.length];
  // "its chain is the union of the modules of all covering lines"; "without a policy, every packet is covered by all modules"
  const chain = new Set(covering ? covering.flatMap((line) => line.modules) : modules.keys());
  // "naming a module brings its descendants"
  for (let size = -1; size !== chain.size;) {
    size = chain.size;
    modules.forEach(({ parent }, module) => parent !== undefined && chain.has(parent) && chain.add(module));
  }
  // "and m's switch and all its ancestors' hold"
  const open = new Set<number>();
  for (let size = -1; size !== open.size;) {
    size = open.size;
    modules.forEach(({ on, parent }, module) => {
      if ((parent === undefined || open.has(parent)) && evaluateFormula(on, stack)) open.add(module);
    });
  }
  const reached = new Set([...chain].filter((module) => open.has(module)));
  const matches = new Set<number>();
  // "or a matching signature says `forward m`": until nothing more is reached
  for (let size = -1; size !== reached.size;) {
    size = reached.size;
    signatures.forEach(({ module, when, forward }, index) => {
      if (policy?.disabled.includes(index) || !evaluateFormula(when, stack)) return;
      if (module !== undefined && !reached.has(module)) return;
      matches.add(index);
      const override = policy?.overrides.find((one) => one.signature === index);
      for (const to of (override ? override.actions.forward : forward) ?? []) reached.add(to);
    });
  }
  return [...matches].sort((a, b) => a - b);
}

const ROUNDS = 150;

test('are the same in every way of running them', () => {
  const seen = { packets: 0, matches: 0, uncovered: 0, forwarded: 0 };
  fc.assert(
    fc.property(arbModular, arbPackets, ({ ruleset, text }, packets) => {
      const [reference, tree] = [interpreter(ruleset), treeEvaluator(ruleset)];
      const whens = conditionsOf(link(ruleset));
      const unsent = interpreter({
        ...ruleset,
        signatures: ruleset.signatures.map((one) => ({ ...one, forward: [] })),
      });
      // Each ruleset is a module that V8 compiles: a quarter of them has to do.
      const engine = text.length % 4 === 0 ? wasmEvaluator(ruleset) : tree;
      for (const packet of packets) {
        const stack = reference.decode(packet);
        const wanted = expected(ruleset, stack);
        const said = reproduction(text, packet);
        expect(reference.matching(stack), said).toEqual(wanted);
        expect(
          whens.flatMap((when, index) => (evaluateFormula(when, stack) ? [index] : [])),
          said,
        ).toEqual(wanted);
        expect(tree.matching(stack), said).toEqual(wanted);
        expect(engine.matching(stack), said).toEqual(wanted);
        seen.packets++;
        seen.matches += wanted.length;
        if (wanted[0] === ruleset.signatures.length) seen.uncovered++;
        else if (unsent.matching(stack).length < wanted.length) seen.forwarded++;
      }
    }),
    { numRuns: runs(ROUNDS) },
  );
  // Where nothing is reached, covered or forwarded, everything agrees.
  expect(seen.matches).toBeGreaterThan(seen.packets / 4);
  expect(seen.uncovered).toBeGreaterThan(seen.packets / 20);
  expect(seen.forwarded).toBeGreaterThan(seen.packets / 100);
});

test('trees mean what they are built from', () => {
  fc.assert(
    fc.property(arbModular, ({ ruleset, text }) => {
      const linked = link(ruleset);
      const { proved, tried, wrong } = verifyTree(linked, buildTree(linked));
      expect(wrong, text).toEqual([]);
      expect(proved + tried.length).toBe(conditionsOf(linked).length);
    }),
    { numRuns: runs(40) },
  );
});
