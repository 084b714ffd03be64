/**
 * Whether a decision tree means what its signatures mean: for each signature, the diagram of all ways to it in the tree is that of its
 * condition. Where diagrams are too large, packets stand in for the proof, and how many is said.
 */
import { announcer, decode } from '../backend/interpreter/decode.js';
import { evaluateFormula } from '../backend/interpreter/evaluate.js';
import type { RawPacket } from '../backend/interpreter/stack.js';
import { walker } from '../backend/tree/evaluator.js';
import { conditionsOf, type Linked } from '../link/linked.js';
import { type Formula, not, NOWHERE } from '../logic/formula.js';
import type { Layout } from '../logic/layout.js';
import { setHas } from '../logic/set.js';
import type { Candidate, Node, Question, Tree } from '../tree/tree.js';
import { witnessFinder } from '../witness/witness.js';
import { type Diagram, NEVER } from './diagram.js';
import { randomWords } from './models.js';
import { workshop, type Workshop } from './prover.js';

export interface Verification {
  /** Conditions for which the tree is proved to mean what they mean: those of signatures, and of a policy that it does not cover a packet. */
  readonly proved: number;
  /** Those for which packets were tried instead, by place. */
  readonly tried: readonly number[];
  /** Packets that each of these was tried with. */
  readonly packets: number;
  /** Those for which there was no time, by place. */
  readonly left: readonly number[];
  /** Signatures for which the tree says something else: where a packet shows it, that packet. */
  readonly wrong: readonly { readonly signature: number; readonly packet: RawPacket }[];
}

/** Nodes of all diagrams, 20 bytes each. */
const NODES = 20_000_000;
/** New nodes for one signature. */
const SIGNATURE_NODES = 500_000;
/** Packets where nothing is proved. */
export const PACKETS = 1000;

/** Holds a tree against the ruleset that it was built from. When time is up, what was not looked at is left. */
export function verifyTree(linked: Linked, tree: Tree, isTimeUp: () => boolean = () => false): Verification {
  const { layouts } = linked;
  const formulas = conditionsOf(linked);
  const ways = waysIn(tree);
  const w = workshop(layouts, [...formulas, ...new Set([...ways.values()].flat(2))], NODES, isTimeUp);
  const [open, left]: [number[], number[]] = [[], []];
  for (const [index, when] of formulas.entries()) {
    if (isTimeUp()) left.push(index);
    else if (!isProved(w, when, ways.get(index) ?? [])) open.push(index);
  }
  const wrong = open.length === 0 ? [] : differences(layouts, formulas, tree, open);
  const proved = formulas.length - open.length - left.length;
  return { proved, tried: open, packets: open.length === 0 ? 0 : PACKETS, left, wrong };
}

/** One way to a signature: what the questions on it were answered, and what is left to decide at its end. */
type Way = readonly Formula[];

/** By signature, every way to it. */
function waysIn({ root, questions }: Tree): Map<number, Way[]> {
  const ways = new Map<number, Way[]>();
  const arrive = ({ signature, residual }: Candidate, way: Way): void => {
    const known = ways.get(signature);
    if (known) known.push([...way, residual]);
    else ways.set(signature, [[...way, residual]]);
  };
  const visit = (node: Node, way: Way): void => {
    for (const candidate of node.candidates) arrive(candidate, way);
    for (const { bytes, needles } of node.searches) {
      for (const { literal, candidates } of needles) {
        // Searches regard neither case nor window.
        const anywhere = { bytes: literal.bytes, nocase: true, first: 0, last: -1 };
        const found: Formula = { kind: 'Contains', bytes, literal: anywhere, negated: false, span: NOWHERE };
        for (const candidate of candidates) arrive(candidate, [...way, found]);
      }
    }
    for (const { question, edges } of node.branches) {
      const asked = questions[question];
      for (const { answers, node: next } of edges) if (asked) visit(next, [...way, answered(asked, answers)]);
    }
  };
  visit(root, []);
  return ways;
}

function answered(question: Question, set: Extract<Formula, { kind: 'Member' }>['set']): Formula {
  if (question.kind === 'Header') return { kind: 'Present', header: question.header, span: NOWHERE };
  if (question.kind === 'Switch') return setHas(set, 1n) ? question.formula : not(question.formula);
  return { kind: 'Member', value: question.value, set, negated: false, span: NOWHERE };
}

function isProved(w: Workshop, when: Formula, ways: readonly Way[]): boolean {
  const { diagrams: d } = w;
  const difference = d.within(SIGNATURE_NODES, (): Diagram => {
    const wanted = w.encode(when);
    const found = ways.map((way) => way.map(w.encode).reduce(d.and)).reduce(d.or, NEVER);
    const differ = d.choose(wanted, d.not(found), found);
    return differ === NEVER ? NEVER : d.and(differ, w.facts([when, ...ways.flat()]));
  });
  w.tidy(CONSTANTS);
  return difference === NEVER;
}

/** Nodes that are kept when all others are swept up. */
const CONSTANTS = 2;

/** Signatures for which a packet shows that the tree says something else, each with the first such packet. */
function differences(
  layouts: readonly Layout[],
  formulas: readonly Formula[],
  tree: Tree,
  open: readonly number[],
): Verification['wrong'] {
  const announce = announcer(layouts);
  const walk = walker(tree);
  const wrong = new Map<number, RawPacket>();
  for (const packet of packetsFor(layouts, formulas, open)) {
    const stack = decode(packet, layouts, announce);
    const matches = new Set(walk(stack));
    for (const signature of open) {
      const when = formulas[signature];
      if (when && !wrong.has(signature) && evaluateFormula(when, stack) !== matches.has(signature)) {
        wrong.set(signature, packet);
      }
    }
  }
  return [...wrong].map(([signature, packet]) => ({ signature, packet }));
}

/** Packets that signatures match or nearly match, and such with some bytes changed; the same in every run. */
function packetsFor(layouts: readonly Layout[], formulas: readonly Formula[], open: readonly number[]): RawPacket[] {
  const finder = witnessFinder(layouts);
  const aims = open.slice(0, PACKETS / 4).flatMap((at) => formulas[at] ?? []);
  const found = aims.flatMap((when) => [finder.find(when), finder.find(not(when))]).flatMap((f) => f?.packet ?? []);
  const random = randomWords(0x7ee5);
  return Array.from({ length: found.length === 0 ? 0 : PACKETS }, (_, i) => {
    const packet = found[i % found.length] ?? { link: 101, bytes: new Uint8Array(0), wireLength: 0 };
    return i < found.length ? packet : changed(packet, random);
  });
}

function changed({ link, bytes, wireLength }: RawPacket, random: () => number): RawPacket {
  const copy = bytes.slice();
  for (let changes = 1 + (random() % 4); changes > 0 && copy.length > 0; changes--)
    copy[random() % copy.length] = random() & 255;
  return { link, bytes: copy, wireLength };
}
