/**
 * Conditions with named occurrences, at random, against an oracle that tries every choice of occurrences, as the language says it:
 * no sets of positions, no formulas.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interpreter } from '../../compiler/backend/interpreter/interpreter.js';
import { treeEvaluator } from '../../compiler/backend/tree/evaluator.js';
import { wasmEvaluator } from '../../compiler/backend/wasm/evaluator.js';
import type { Ruleset } from '../../compiler/ruleset.js';
import { isClean } from '../../grammar/diagnostic.js';
import { compiled, compileSig } from '../support/compile.js';
import { arbMutated, arbPacket, udpPacket } from '../support/packets.js';
import { runs } from '../support/runs.js';
import { type Condition, conditionFrom, holds } from './occurrence-conditions.js';

/** Few bytes, so that literals are found often: small numbers that may be positions, a digit, a letter. */
const payloads = fc.array(fc.constantFrom(0, 1, 2, 3, 0x31, 0x61), { maxLength: 9 }).map((row) => Uint8Array.from(row));

const conditions = fc.array(fc.nat(1 << 16), { minLength: 10, maxLength: 120 }).map(conditionFrom);

const WIDTHS = [
  { word: 'u8', size: 1, little: false },
  { word: 'u16', size: 2, little: false },
  { word: 'u16le', size: 2, little: true },
  { word: 'u24', size: 3, little: false },
  { word: 'u24le', size: 3, little: true },
  { word: 'u32', size: 4, little: false },
  { word: 'u32le', size: 4, little: true },
] as const;

function rulesetOf({ text, lets }: Condition): Ruleset | undefined {
  const { ruleset, diagnostics } = compileSig(`signature s { id 1 ${lets.join(' ')} when ${text} then log }`);
  // Windows that nothing fits and comparisons that are decided are refused; nothing else may be.
  expect(diagnostics.map((d) => d.code).filter((code) => !/^E06(?:0[136]|1[01])$/.test(code))).toEqual([]);
  return isClean(diagnostics) ? ruleset : undefined;
}

/** Whether it holds for a payload, by each way of running rules. */
function judge(condition: Condition): ((payload: Uint8Array) => readonly boolean[]) | undefined {
  const ruleset = rulesetOf(condition);
  if (!ruleset) return undefined;
  const evaluators = [interpreter(ruleset), treeEvaluator(ruleset), wasmEvaluator(ruleset)];
  return (payload) => evaluators.map(({ decode, matching }) => matching(decode(udpPacket(payload))).length > 0);
}

describe('whatever the packet', () => {
  test('reading ends without throwing, and the tree and the interpreter agree', () => {
    fc.assert(
      fc.property(
        conditions,
        fc.array(fc.oneof(arbPacket, arbMutated), { minLength: 5, maxLength: 5 }),
        (condition, packets) => {
          const ruleset = rulesetOf(condition);
          if (!ruleset) return;
          const [reference, tree] = [interpreter(ruleset), treeEvaluator(ruleset)];
          for (const packet of packets) {
            const lengths = [...packet.bytes.keys(), packet.bytes.length].slice(-60);
            for (const length of lengths) {
              const cut = { ...packet, bytes: packet.bytes.subarray(0, length) };
              expect(tree.matching(tree.decode(cut))).toEqual(reference.matching(reference.decode(cut)));
            }
          }
        },
      ),
      { numRuns: runs(50) },
    );
  });

  test('integers are those of any other reader, in every length', () => {
    const row = fc.uint8Array({ maxLength: 12 });
    const texts = WIDTHS.flatMap(({ word }) => [`let n = payload.${word}(0)`, `let n = payload.${word}(-4)`]);
    const signatures = texts.map((text, i) => `signature s${i} { id ${i + 1} ${text} when n > 100 then log }`);
    const { decode, matching } = interpreter(compiled(signatures.join('\n')));
    fc.assert(
      fc.property(row, (payload) => {
        const expected = WIDTHS.flatMap(({ size, little }, i) => {
          const at = (from: number): boolean => {
            const bytes = Buffer.from(payload.subarray(from, from + size));
            if (from < 0 || bytes.length < size) return false;
            return (little ? bytes.readUIntLE(0, size) : bytes.readUIntBE(0, size)) > 100;
          };
          return [...(at(0) ? [2 * i] : []), ...(at(payload.length - 4) ? [2 * i + 1] : [])];
        });
        expect(matching(decode(udpPacket(payload)))).toEqual(expected);
      }),
      { numRuns: runs(200) },
    );
  });
});

describe('some choice of occurrences', () => {
  test('sets of positions find what trying every choice finds', () => {
    let tried = 0;
    let matched = 0;
    let named = 0;
    fc.assert(
      fc.property(conditions, fc.array(payloads, { minLength: 20, maxLength: 20 }), (condition, samples) => {
        const match = judge(condition);
        if (!match) return;
        tried++;
        if (condition.text.includes(' as ')) named++;
        for (const payload of samples) {
          const expected = holds(condition, payload);
          if (expected) matched++;
          expect({ payload: [...payload], holds: match(payload) }).toEqual({
            payload: [...payload],
            holds: [expected, expected, expected],
          });
        }
      }),
      { numRuns: runs(200) },
    );
    // Conditions that are all refused, or never hold, would show nothing.
    expect(tried).toBeGreaterThan(runs(200) / 3);
    expect(named).toBeGreaterThan(tried / 3);
    expect(matched / (tried * 20)).toBeGreaterThan(0.1);
    expect(matched / (tried * 20)).toBeLessThan(0.9);
  });
});
