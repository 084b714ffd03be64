/** A tree that means something else than its signatures is told apart from one that does not. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { link } from '../../../compiler/link/link.js';
import type { Ruleset } from '../../../compiler/ruleset.js';
import { PACKETS, verifyTree } from '../../../compiler/prove/verify.js';
import { buildTree } from '../../../compiler/tree/build.js';
import type { Node, Tree } from '../../../compiler/tree/tree.js';
import { isClean } from '../../../grammar/diagnostic.js';
import { arbRules } from '../../properties/rulesets.js';
import { compiled, compileSig } from '../../support/compile.js';
import { runs } from '../../support/runs.js';

const ruleset: Ruleset = compiled(
  Array.from({ length: 12 }, (_, i) => `signature s${i} { id ${i + 1} when tcp.dst_port == ${i} and ip.ttl > ${i + 1} then log }`).join('\n'),
); // prettier-ignore

/** A tree with one of its nodes changed. */
function changedTree(tree: Tree, change: (node: Node) => Node): Tree {
  const visit = (node: Node): Node => {
    const branches = node.branches.map((b) => ({ ...b, edges: b.edges.map((e) => ({ ...e, node: visit(e.node) })) }));
    return change({ ...node, branches });
  };
  return { ...tree, root: visit(tree.root) };
}

describe('a tree', () => {
  test('of any ruleset is proved to mean what that means, mostly, and never found to differ', () => {
    let [proved, all] = [0, 0];
    fc.assert(
      fc.property(arbRules(12), (rules) => {
        const { ruleset: made, diagnostics } = compileSig(rules);
        fc.pre(isClean(diagnostics));
        const verification = verifyTree(link(made), buildTree(link(made)));
        expect(verification.wrong).toEqual([]);
        proved += verification.proved;
        all += made.signatures.length;
      }),
      { numRuns: runs(60) },
    );
    expect(proved).toBeGreaterThan(all * 0.98);
  });

  test('that lost a signature is not proved, and a packet shows what is wrong', () => {
    const tree = changedTree(buildTree(link(ruleset)), (node) => ({
      ...node,
      candidates: node.candidates.filter(({ signature }) => signature !== 5),
    }));
    const { proved, tried, packets, wrong } = verifyTree(link(ruleset), tree);
    expect({ proved, tried, packets }).toEqual({ proved: 11, tried: [5], packets: PACKETS });
    expect(wrong.map(({ signature }) => signature)).toEqual([5]);
  });

  test('that decides too early is not proved', () => {
    const tree = changedTree(buildTree(link(ruleset)), (node) => ({
      ...node,
      candidates: [...node.candidates, { signature: 3, residual: { kind: 'True' } }],
    }));
    expect(verifyTree(link(ruleset), tree).wrong.map(({ signature }) => signature)).toEqual([3]);
  });

  test('is not found to differ, whenever time is up', () => {
    const texts = Array.from({ length: 12 }, (_, i) => `signature s${i} { id ${i + 1} when tcp.payload contains "abc${i}" or udp.payload contains "bc" then log }`);
    const linked = link(compiled(texts.join('\n')));
    const tree = buildTree(linked);
    const asked = (most: number): ReturnType<typeof verifyTree> & { readonly looks: number } => {
      let looks = 0;
      return { ...verifyTree(linked, tree, () => ++looks > most), looks };
    };
    const { looks, ...whole } = asked(Infinity);
    expect(whole).toMatchObject({ proved: 12, left: [] });
    // More looks than signatures: it is looked at while all is prepared, too.
    expect(looks).toBeGreaterThan(2 * 12);
    for (let most = 0; most <= looks; most++) {
      const { proved, tried, left, wrong } = asked(most);
      expect([wrong, proved + tried.length + left.length]).toEqual([[], 12]);
    }
    expect(asked(0).left).toHaveLength(12);
  }); // prettier-ignore
});
