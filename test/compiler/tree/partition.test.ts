/** Cutting answers into edges. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type IntSet, setHas, setOf } from '../../../compiler/logic/set.js';
import { type Partition, partition, type Wish } from '../../../compiler/tree/partition.js';
import { runs } from '../../support/runs.js';

const set = (...ranges: readonly (readonly [number, number])[]): IntSet =>
  setOf(ranges.map(([low, high]) => ({ low: BigInt(low), high: BigInt(high) })));
const wish = (name: string, ...ranges: readonly (readonly [number, number])[]): Wish<string> => ({
  answers: set(...ranges),
  members: [name],
});
const short = ({ parts, left }: Partition<string>): unknown => ({
  parts: parts.map((p) => `${p.answers.map((r) => `${r.low}..${r.high}`).join(' ')}: ${p.members.join(' ')}`),
  left,
});

describe('edges', () => {
  test('who wants the same stands on one edge, whole', () => {
    const both: Wish<string> = { answers: set([80, 80], [443, 443]), members: ['a', 'b'] };
    expect(short(partition([both, wish('c', [22, 22])], (n) => n))).toEqual({
      parts: ['22..22: c', '80..80 443..443: a b'],
      left: [],
    });
  });

  test('where wishes overlap, the values that they share are an edge of their own', () => {
    expect(short(partition([wish('a', [1, 9]), wish('b', [5, 20])], (n) => 2 * n))).toEqual({
      parts: ['1..4: a', '5..9: a b', '10..20: b'],
      left: [],
    });
  });

  test('who would stand on too many edges is left out', () => {
    const wishes = [wish('80', [80, 80]), wish('81', [81, 81]), wish('82', [82, 82]), wish('any', [0, 65535])];
    expect(short(partition(wishes, (n) => n))).toEqual({
      parts: ['80..80: 80', '81..81: 81', '82..82: 82'],
      left: ['any'],
    });
  });

  test('nobody: no edges', () => {
    expect(partition([], (n) => n)).toEqual({ parts: [], left: [] });
  });
});

const range = fc.tuple(fc.nat(30), fc.nat(8)).map(([low, length]): [number, number] => [low, low + length]);
const arbWishes = fc
  .array(fc.array(range, { minLength: 1, maxLength: 4 }), { maxLength: 12 })
  .map((all) => all.map((ranges, i) => wish(`w${i}`, ...ranges)));

test('each value leads to those who want it, and nobody stands too often', () => {
  fc.assert(
    fc.property(arbWishes, fc.constantFrom(1, 1.2, 3), (wishes, factor) => {
      const { parts, left } = partition(wishes, (n) => Math.floor(n * factor));
      const placed = wishes.filter((w) => w.members.every((m) => !left.includes(m)));
      for (let value = -1n; value <= 40n; value++) {
        const edges = parts.filter((p) => setHas(p.answers, value));
        expect(edges.length).toBeLessThanOrEqual(1);
        const wanted = placed.filter((w) => setHas(w.answers, value)).flatMap((w) => w.members);
        expect(edges.flatMap((p) => p.members).sort()).toEqual(wanted.sort());
      }
      const standing = parts.reduce((sum, p) => sum + p.members.length, 0);
      expect(standing).toBeLessThanOrEqual(Math.floor(placed.length * factor));
    }),
    { numRuns: runs(1000) },
  );
});
