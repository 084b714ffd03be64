/** Trees in the author's words, and the way of packets through them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coreInterpreter, compiled, compileSig, packetFrom } from '../../support/compile.js';
import { interpreter } from '../../../compiler/backend/interpreter/interpreter.js';
import { explainFormula } from '../../../compiler/explain/evidence.js';
import { dissect } from '../../../compiler/explain/dissect.js';
import { pathOf, reached } from '../../../compiler/explain/path.js';
import { pathLines } from '../../../compiler/explain/path-text.js';
import { failingLine, grouped, nearest, reportOn } from '../../../compiler/explain/report.js';
import { treeDot } from '../../../compiler/explain/tree-dot.js';
import { treeLines } from '../../../compiler/explain/tree-text.js';
import { type TreeView, viewOf, type ViewOptions } from '../../../compiler/explain/tree-view.js';
import { failures } from '../../../compiler/explain/weigh.js';
import { wordsOf } from '../../../compiler/explain/words.js';
import { link } from '../../../compiler/link/link.js';
import { buildTree } from '../../../compiler/tree/build.js';
import type { Edge, Node, Tree } from '../../../compiler/tree/tree.js';
import { isClean } from '../../../grammar/diagnostic.js';
import { arbPackets, arbRules, reproduction } from '../../properties/rulesets.js';
import { runs } from '../../support/runs.js';

const sig = (name: string, id: number, when: string): string =>
  `signature ${name} { id ${id} title "${name}" severity low when ${when} then log }\n`;

const RULES = compiled(
  sig('web', 1, 'tcp.dst_port in { 80, 8080 } and payload contains "cmd.exe" nocase') +
    sig('shell', 2, 'tcp.dst_port in { 80, 8080 } and payload contains "/bin/sh" in 4..100') +
    sig('deep', 3, 'packet.too_deep'),
);
const [web, shell, deep] = RULES.signatures.map(({ when }) => when);

/** `tcp.dst_port` in { 80, 8080 }: two literals; and what every packet is asked. */
function handMade(): Tree {
  if (web?.kind !== 'And' || shell?.kind !== 'And' || !deep) throw new Error('other formulas were expected');
  const [port, first] = web.of;
  const [, second] = shell.of;
  if (port?.kind !== 'Member' || first?.kind !== 'Contains' || second?.kind !== 'Contains')
    throw new Error('other atoms');
  const needles = [first, second].map((atom, signature) => {
    return { literal: atom.literal, candidates: [{ signature, residual: atom }] };
  });
  const leaf: Node = {
    candidates: [],
    searches: [{ bytes: 'transport', method: 'boyer-moore', needles }],
    branches: [],
  };
  const edges: Edge[] = [{ answers: port.set, node: leaf }];
  const root = { candidates: [{ signature: 2, residual: deep }], searches: [], branches: [{ question: 0, edges }] };
  return { root, questions: [{ kind: 'Value', value: port.value }], switches: [] };
}

function view(changes: Partial<ViewOptions> = {}): TreeView {
  return viewOf(handMade(), {
    words: wordsOf(RULES),
    signatures: RULES.signatures,
    placeOf: ({ file, start }) => `${file}@${start}`,
    depth: Infinity,
    most: Infinity,
    mostEdges: Infinity,
    ...changes,
  });
}

function textOf(changes: Partial<ViewOptions> = {}): string[] {
  return treeLines(view(changes).root).map(({ depth, kind, text, detail, literals }) => {
    return `${' '.repeat(depth)}${kind} ${text}${literals ? ` on ${literals}` : ''}${detail ? `: ${detail}` : ''}`;
  });
}

describe('a tree', () => {
  it('is said with its questions, answers, searches and what is left of the conditions', () => {
    expect(textOf()).toEqual([
      'signature deep: packet.too_deep',
      'question tcp.dst_port',
      ' answer { 80, 8080 }',
      '  search search payload: Boyer–Moore: 2 literals, one pass each',
      '   signature web on "cmd.exe" nocase: payload contains "cmd.exe" nocase',
      '   signature shell on "/bin/sh" in 4..100: payload contains "/bin/sh" in 4..100',
    ]);
  });

  it('is cut at a depth and at a length, and says how much', () => {
    expect(textOf({ depth: 0 }).at(-1)).toBe('  hidden … 2 more signatures');
    expect(textOf({ most: 1 }).at(-1)).toBe('   hidden … 1 more signature');
  });

  it('counts', () => {
    expect(view()).toMatchObject({ signatures: 3, candidates: 3, nodes: 2, questions: ['tcp.dst_port'] });
  });

  it('is DOT with every text escaped', () => {
    const { dot } = treeDot(view());
    expect(dot).toMatch(/^digraph tree \{/);
    expect(dot).toContain('label="{ 80, 8080 }"');
    expect(dot).toContain('&quot;cmd.exe&quot; nocase');
    expect(dot).not.toContain('"cmd.exe"');
    expect(dot.match(/n\d+ \[/g)?.length).toBe(3);
  });

  it('lists edges that lead to one signature each in one box, and counts those that are left out', () => {
    const ports = compiled(
      [22, 23, 25].map((p) => sig(`p${p}`, p, `tcp.dst_port == ${p} and tcp.flags has SYN`)).join(''),
    );
    const options = {
      words: wordsOf(ports),
      signatures: ports.signatures,
      placeOf: () => 'a.sig:1',
      depth: Infinity,
      most: 9,
    };
    const all = treeDot(viewOf(buildTree(link(ports)), { ...options, mostEdges: 9 }));
    expect(all.nodes).toBe(3); // every packet, the question, the list
    for (const port of [22, 23, 25]) expect(all.dot).toMatch(new RegExp(`${port} →</td><td[^>]*><b>p${port}</b>`));
    const cut = treeDot(viewOf(buildTree(link(ports)), { ...options, mostEdges: 1 }), 'a "note"');
    expect(cut.dot).toContain('… 2 more edges');
    expect(cut.dot).toContain('label="a \\"note\\""');
    expect(cut.dot).not.toContain('p23');
  });

  it('has only the paths to some signatures, and their searches still have all their literals', () => {
    expect(textOf({ only: new Set([1]) })).toEqual([
      'question tcp.dst_port',
      ' answer { 80, 8080 }',
      '  search search payload: Boyer–Moore: 2 literals, one pass each',
      '   signature shell on "/bin/sh" in 4..100: payload contains "/bin/sh" in 4..100',
    ]);
    expect(textOf({ only: new Set([2]) })).toEqual(['signature deep: packet.too_deep']);
    expect(view({ only: new Set([2]) })).toMatchObject({ signatures: 1, candidates: 1, nodes: 1, questions: [] });
  });
});

describe('an edge', () => {
  const answers = (...conditions: string[]): string[] => {
    const rules = compiled(conditions.map((c, i) => sig(`s${i}`, i + 1, c)).join(''));
    const tree = buildTree(link(rules));
    const options = { words: wordsOf(rules), signatures: rules.signatures, placeOf: () => '' };
    const { root } = viewOf(tree, { ...options, depth: Infinity, most: Infinity, mostEdges: Infinity });
    return root.branches.flatMap(({ question, edges }) => [question, ...edges.map((edge) => edge.answers)]);
  };

  it('is a byte string where a literal stands at a fixed position', () => {
    expect(answers('payload contains "GET /a" at 0 and payload contains "b"', 'payload contains "PUT /a" at 0 and payload contains "c"')).toEqual(['payload, bytes 0–3', '"GET "', '"PUT "']); // prettier-ignore
    const long = (literal: string): string => `payload contains ${literal} at 4 and payload contains "b" in 9..90`;
    expect(answers(long('hex"00 ff 01 02"'), long('"a(((" nocase'))).toEqual([
      'payload, bytes 4–7',
      'hex"00 ff 01 02"',
      '"A(((" nocase',
    ]);
  });
});

describe('the way of a packet', () => {
  const linesFor = (packet: string, brief: boolean): string[] => {
    const path = pathOf(handMade(), coreInterpreter.decode(packetFrom(packet)));
    return pathLines(path, wordsOf(RULES), brief).map(
      ({ depth, text, detail }) => `${' '.repeat(depth)}${text}: ${detail}`,
    );
  };

  it('goes along the edge of its answer', () => {
    expect(linesFor('ipv4 tcp { dst_port 8080 }', false)).toEqual([
      'decided here: 1 signature',
      'tcp.dst_port is 8080: edge { 80, 8080 }',
      ' decided here: 2 signatures if one of 2 literals is found',
    ]);
  });

  it('ends where no edge has its answer, or there is none', () => {
    expect(linesFor('ipv4 tcp { dst_port 22 }', false).at(-1)).toBe('tcp.dst_port is 22: not the one edge');
    expect(linesFor('ipv4 udp', false).at(-1)).toBe('tcp.dst_port is missing: not the one edge');
    expect(linesFor('ipv4 udp', true).at(-1)).toMatch(/^tcp\.dst_port is missing: /);
  });
});

describe('any rules and packets', () => {
  it('reach every signature that matches, and what does not match names a part that fails', () => {
    const property = fc.property(arbRules(8), arbPackets, (rules, batch) => {
      const { ruleset, diagnostics } = compileSig(rules);
      fc.pre(isClean(diagnostics));
      const { decode, matching } = interpreter(ruleset);
      const linked = link(ruleset);
      const tree = buildTree(linked);
      const words = wordsOf(ruleset);
      for (const packet of batch) {
        const stack = decode(packet);
        const matches = matching(stack);
        const way = reached(pathOf(tree, stack));
        expect(matches.filter((index) => !way.has(index)), reproduction(rules, packet)).toEqual([]);
        const context = { dissection: dissect(packet, ruleset), words, brief: true, rules: ruleset, linked };
        const reports = reportOn([...ruleset.signatures.keys()], context);
        for (const report of reports) {
          const { index, signature, evidence } = report;
          expect(evidence.holds).toBe(matches.includes(index));
          expect(failures(evidence) === 0).toBe(evidence.holds);
          expect(failingLine(report, context) === undefined).toBe(evidence.holds);
          expect(explainFormula(signature.when, stack)).toEqual(evidence);
        }
        const others = reports.filter((r) => !r.evidence.holds);
        expect(grouped(others, context).flatMap((g) => g.reports).length).toBe(others.length);
        expect(nearest(others).every((r) => failures(r.evidence) === 1)).toBe(true);
      }
    });
    fc.assert(property, { numRuns: runs(200) });
  }, runs(120_000)); // prettier-ignore
});
