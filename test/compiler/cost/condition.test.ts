/** What conditions cost: more is never less, and operations are those of the machine's programs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConditionPart, partsOf } from '../../../compiler/cost/condition.js';
import { COST } from '../../../compiler/cost/constants.js';
import { chanceOf, WHOLE } from '../../../compiler/cost/share.js';
import { encodeProgram, type ProgramContext } from '../../../compiler/backend/wasm/program/encode.js';
import { OPERATIONS } from '../../../compiler/backend/wasm/program/operations.js';
import { all, type Formula, not, some } from '../../../compiler/logic/formula.js';
import { compiled } from '../../support/compile.js';
import { arbFormula } from '../../support/formulas.js';
import { runs } from '../../support/runs.js';

const setting = { bytes: 256, longest: 1500, operation: COST.operation };
const worst = (formula: Formula): number => sum(partsOf(formula, setting), 'worst');
const expected = (formula: Formula): number => sum(partsOf(formula, setting), 'expected');
const condition = (text: string): Formula =>
  compiled(`signature a { id 1 when ${text} then log }`).signatures[0]?.when ?? all([]);

function sum(parts: readonly ConditionPart[], of: 'expected' | 'worst'): number {
  return parts.reduce((total, part) => total + part[of], 0);
}

describe('any condition', () => {
  it('costs whole numbers, at worst no less than expected, and the same each time', () => {
    const property = fc.property(arbFormula(), (formula) => {
      const parts = partsOf(formula, setting);
      for (const part of parts) {
        expect(Number.isSafeInteger(part.expected) && Number.isSafeInteger(part.worst)).toBe(true);
        expect(part.expected).toBeGreaterThanOrEqual(0);
        expect(part.worst).toBeGreaterThanOrEqual(part.expected);
      }
      expect(partsOf(formula, setting)).toEqual(parts);
    });
    fc.assert(property, { numRuns: runs(500) });
  });

  it('costs no less at worst with a part more, wherever that stands, and the same if it is negated', () => {
    const property = fc.property(arbFormula(), arbFormula(), (a, b) => {
      for (const longer of [all([a, b]), all([b, a]), some([a, b])]) {
        // `all` and `some` leave out what decides nothing.
        if (longer.kind === 'And' || longer.kind === 'Or') expect(worst(longer)).toBeGreaterThanOrEqual(worst(a));
      }
      expect(worst(not(a))).toBe(worst(a));
    });
    fc.assert(property, { numRuns: runs(500) });
  });

  it('holds for none of the packets, for all of them, or for a part', () => {
    const property = fc.property(arbFormula(), arbFormula(), (a, b) => {
      const chance = chanceOf(a, setting);
      expect(Number.isInteger(chance) && chance >= 0 && chance <= WHOLE).toBe(true);
      expect(chanceOf(not(a), setting)).toBe(WHOLE - chance);
      expect(chanceOf(all([a, b]), setting)).toBeLessThanOrEqual(chance);
      expect(chanceOf(some([a, b]), setting)).toBeGreaterThanOrEqual(chance);
    });
    fc.assert(property, { numRuns: runs(500) });
  });
});

describe('what is decided first', () => {
  it('is paid by every packet, what comes behind it by those for which it can still matter', () => {
    const [rare, then] = [condition('tcp.window == 7'), condition('tcp.urgent == 8')];
    const alone = expected(then);
    const behind = partsOf(all([rare, then]), setting)[1]?.expected ?? 0;
    expect(behind).toBeLessThan(alone / 8);
    expect(behind).toBeGreaterThan(0);
    expect(partsOf(some([rare, then]), setting)[1]?.expected).toBeGreaterThan((alone * 7) / 8);
  });
});

describe('a condition on numbers', () => {
  /** Words behind each of these operations. */
  const OPERANDS: Readonly<Record<string, number>> = {
    Hold: 0, Fail: 0, Jump: 1, Miss: 2, Constant: 2, Field: 4, Add: 0, Subtract: 0, Multiply: 0, And: 0, Or: 0, Negate: 0, Compare: 3,
  }; // prettier-ignore
  /** What only leads from one atom to the next. */
  const BETWEEN = ['Hold', 'Fail', 'Jump'];

  function operationsOf(formula: Formula): string[] {
    const cell = { presence: () => 8 };
    const { bytes } = encodeProgram(formula, { cells: cell, switches: new Map() } as unknown as ProgramContext);
    const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const names: string[] = [];
    for (let at = 0; at < bytes.length;) {
      const name = OPERATIONS[words.getInt32(at, true)] ?? '?';
      const operands = OPERANDS[name];
      if (operands === undefined) throw new Error(`how many operands has ${name}?`);
      names.push(name);
      at += 4 + 4 * operands;
    }
    return names;
  }

  it.each([
    'tcp.window > tcp.urgent',
    'tcp.window + 3 < tcp.seq',
    'tcp.window * 2 - tcp.urgent & 7 == 3 and not tcp.seq == tcp.ack',
    '(tcp.window > 5 or tcp.urgent != 0) and tcp.src_port == tcp.dst_port',
  ])('%s costs at worst as many operations as its program has', (text) => {
    const formula = condition(text);
    const operations = operationsOf(formula).filter((name) => !BETWEEN.includes(name));
    expect(worst(formula)).toBe(operations.length * COST.operation);
  });
});

describe('a named occurrence', () => {
  it('is dearer the more of it there can be, and the more is asked of each', () => {
    const of = (text: string): number => worst(condition(`payload contains ${text} as x and x.start > tcp.window`));
    expect(of('"aa"')).toBeGreaterThan(of('"ab"'));
    expect(of('"ab"')).toBeGreaterThan(of('"abcdefgh"'));
    expect(of('"ab"')).toBeGreaterThan(of('"ab" in 0..99'));
    const more = condition('payload contains "ab" as x and x.start > tcp.window and x.end < tcp.urgent');
    expect(worst(more)).toBeGreaterThan(of('"ab"'));
  });

  it('within another is listed and tried once, not once for each of the other', () => {
    const inner = 'payload contains "cd" as y in x.end..x.end + 9';
    const both = worst(condition(`payload contains "ab" as x and ${inner}`));
    const one = worst(condition('payload contains "ab" as x and x.start > tcp.window'));
    expect(both).toBeLessThan(6 * one);
    expect(both).toBeGreaterThan(one);
  });
});
