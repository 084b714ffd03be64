/** The tree as a value: bounded, the same every time, everything in it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { link } from '../../../compiler/link/link.js';
import { signatures as generated } from '../../../bench/signatures.js';
import { buildTree } from '../../../compiler/tree/build.js';
import { sizeOf } from '../../../compiler/tree/size.js';
import type { Node, Tree } from '../../../compiler/tree/tree.js';
import { isClean } from '../../../grammar/diagnostic.js';
import { arbRules } from '../../properties/rulesets.js';
import { compiled, compileSig } from '../../support/compile.js';
import { runs } from '../../support/runs.js';

const treeOf = (text: string): Tree => buildTree(link(compiled(text)));
const signature = (index: number, when: string): string =>
  `signature s${index} { id ${index + 1} when ${when} then log }\n`;
const text = (...conditions: readonly string[]): string => conditions.map((when, i) => signature(i, when)).join('');

function standing({ candidates, searches, branches }: Node): Set<number> {
  const here = [...candidates, ...searches.flatMap((s) => s.needles.flatMap((n) => n.candidates))];
  const below = branches.flatMap((b) => b.edges.flatMap((e) => [...standing(e.node)]));
  return new Set([...here.map((c) => c.signature), ...below]);
}

const printed = (tree: Tree): string => JSON.stringify(tree, (_, v: unknown) => (typeof v === 'bigint' ? `${v}` : v));

describe('shape', () => {
  test('what differs in a port alone stands on edges of one question, with nothing left to ask', () => {
    const { root, questions } = treeOf(text('tcp.dst_port == 80', 'tcp.dst_port == 443', 'tcp.dst_port in { 22, 23 }'));
    expect(questions).toHaveLength(1);
    expect(root.candidates).toEqual([]);
    expect(root.branches[0]?.edges.map((e) => e.node.candidates)).toEqual([
      [{ signature: 2, residual: { kind: 'True' } }],
      [{ signature: 0, residual: { kind: 'True' } }],
      [{ signature: 1, residual: { kind: 'True' } }],
    ]);
  });

  test('one or two literals are searched one by one, more in one pass', () => {
    const methods = (...literals: readonly string[]): string[] =>
      treeOf(text(...literals.map((l) => `payload contains "${l}"`))).root.searches.map((s) => s.method);
    expect(methods('one')).toEqual(['boyer-moore']);
    expect(methods('one', 'two')).toEqual(['boyer-moore']);
    expect(methods('one', 'ONE', 'two')).toEqual(['boyer-moore']);
    expect(methods('one', 'two', 'three')).toEqual(['aho-corasick']);
  });

  test('alternatives about different headers go their own ways', () => {
    const both = [69, 70, 71, 72].map((port) => `(tcp.dst_port == ${port} or udp.dst_port == ${port})`);
    const { root } = treeOf(text(...both));
    expect(root.candidates).toEqual([]);
    expect(root.branches.map((b) => b.edges.length)).toEqual([4, 4]);
  });

  test('what can never hold is nowhere', () => {
    const { root } = treeOf(
      text('tcp.dst_port > 20 and tcp.dst_port < 10', 'tcp.dst_port == 15', 'tcp.dst_port == 16'),
    );
    expect(standing(root)).toEqual(new Set([1, 2]));
  });
});

describe('bounds', () => {
  test('no more than 1.2 times the signatures, and every one of them, in any ruleset', () => {
    fc.assert(
      fc.property(arbRules(40), (rules) => {
        const { ruleset, diagnostics } = compileSig(rules);
        fc.pre(isClean(diagnostics));
        const tree = buildTree(link(ruleset));
        expect(sizeOf(tree).standing).toBeLessThanOrEqual(ruleset.signatures.length * 1.2 + 8);
        expect(printed(buildTree(link(ruleset)))).toBe(printed(tree));
      }),
      { numRuns: runs(200) },
    );
  });

  test('rules shaped like public ones stand in it about once', () => {
    const { signatures } = compiled(generated(1000));
    const size = sizeOf(buildTree({ signatures }));
    expect(standing(buildTree({ signatures }).root).size).toBe(1000);
    expect(size.standing).toBeLessThan(1100);
    expect(size.nodes).toBeLessThan(500);
  });

  test('thousands of ranges that all overlap neither multiply nor take for ever', () => {
    const nested = Array.from({ length: 3000 }, (_, i) => `tcp.dst_port in ${i + 1}..${65_000 - i}`);
    const tree = treeOf(text(...nested));
    expect(standing(tree.root).size).toBe(3000);
    expect(sizeOf(tree).standing).toBeLessThanOrEqual(3608);
  });

  test('each signature asking something of its own: a bounded number of questions a packet', () => {
    const own = Array.from({ length: 400 }, (_, i) => `ipv4.id * ${(i >> 1) + 2} == ${i + 7}`);
    expect(treeOf(text(...own)).root.branches.length).toBeLessThanOrEqual(32);
  });
});
