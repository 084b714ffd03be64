/**
 * Building the decision tree. A node takes the question that saves the most, cuts its answers into edges, and hands the signatures
 * that ask it down; those that are left try the next question; those that ask nothing more, or would have to stand on too many edges,
 * are decided at the node itself. Nothing is measured, so the same rules give the same tree everywhere.
 */
import { all, type Formula } from '../logic/formula.js';
import { type IntSet, intersection } from '../logic/set.js';
import { conditionsOf, type Linked } from '../link/linked.js';
import { costOf, costOfQuestion, shareOf, WHOLE } from './cost.js';
import { type Guard, impliedBy, type Needs, needsOf, switchNeeds } from './guards.js';
import { leafOf } from './leaf.js';
import { partition, type Wish } from './partition.js';
import type { Branch, Candidate, Node, Question, Tree } from './tree.js';

/** A signature on its way down. */
interface Pending {
  readonly signature: number;
  readonly parts: readonly Part[];
  readonly cost: number;
}

/** One of the formulas that must all hold. */
interface Part {
  readonly formula: Formula;
  readonly needs: Needs;
  /** What its negation needs, where signatures share it. */
  readonly denied?: Needs;
  readonly cost: number;
}

/** A signature may stand in the tree more than once, all of them together so many times in 64ths: 1.2 times. */
const MOST_COPIES = 77;
/** Copies that a small ruleset may have all the same. */
const FEW = 8;
/** Alternatives of a signature that go their own ways. */
const MOST_WAYS = 4;
/** A node's branches are all asked of every packet that comes to it. */
const MOST_BRANCHES = 32;
/** Questions that follow on one another; few rules compare more fields with constants. */
const MOST_DEPTH = 12;

/** What the whole tree shares while it is built. */
interface Building {
  readonly questions: Question[];
  readonly indices: Map<string, number>;
  /** How many further copies of signatures there may be. */
  spare: number;
  /** Parts that signatures share. */
  readonly switches: ReadonlyMap<Formula, Part>;
}

/** Builds the tree of these signatures. */
export function buildTree({ signatures, switches = [], covered }: Omit<Linked, 'layouts'>): Tree {
  const building: Building = {
    questions: [],
    indices: new Map(),
    spare: copiesOf(signatures.length) + FEW,
    switches: new Map(switches.map((formula, number) => [formula, sharedPart(formula, number)])),
  };
  const whole = conditionsOf({ signatures, ...(covered && { covered }) }).flatMap((when, index) =>
    when.kind === 'False' ? [] : [pendingOf(index, when, building)],
  );
  const byHeader = apart(whole, building, ({ question }) => question.kind === 'Header');
  const pending = apart(byHeader, building, () => true);
  return { root: rootOf(pending, covered, building), questions: building.questions, switches };
}

/** Every packet is asked whether it is covered, as its verdict hangs on that; where it is not, nothing else is. */
function rootOf(pending: readonly Pending[], covered: Formula | undefined, building: Building): Node {
  const guards = covered && building.switches.get(covered)?.needs.guards;
  for (const [key, { question }] of guards ?? []) {
    if (question.kind !== 'Switch') continue;
    const { branch, left } = branchOf({ key, question }, pending, new Set(), 0, building);
    if (branch) return { ...leafOf(left.map(candidateOf)), branches: [branch] };
  }
  return nodeOf(pending, new Set(), 0, building);
}

/** How many further copies so many signatures may have. */
function copiesOf(signatures: number): number {
  return Math.floor((signatures * (MOST_COPIES - 64)) / 64);
}

/**
 * A disjunction about different things has little in common to ask: `tcp.dst_port == 69 or udp.dst_port == 69` would be tried on every
 * packet. Its alternatives go their own ways; those about different headers first, as long as there may be copies.
 */
function apart(pending: readonly Pending[], building: Building, isOwn: (guard: Guard) => boolean): Pending[] {
  return pending.flatMap((one) => {
    const place = one.parts.findIndex((part) => !building.switches.has(part.formula) && isSeparable(part, isOwn));
    const ways = one.parts[place]?.formula;
    if (ways?.kind !== 'Or' || building.spare < ways.of.length - 1) return [one];
    building.spare -= ways.of.length - 1;
    const others = one.parts.toSpliced(place, 1);
    return ways.of.map((f) => withParts(one.signature, [...others, ...pendingOf(one.signature, f, building).parts]));
  });
}

/** Whether each alternative asks something that not all of them ask. */
function isSeparable({ formula, needs }: Part, isOwn: (guard: Guard) => boolean): boolean {
  if (formula.kind !== 'Or' || formula.of.length > MOST_WAYS) return false;
  return formula.of.every((way) =>
    [...needsOf(way).guards].some(([key, guard]) => isOwn(guard) && !needs.guards.has(key)),
  );
}

function pendingOf(signature: number, when: Formula, { switches }: Building): Pending {
  const formulas = when.kind === 'And' ? when.of : [when];
  const parts = formulas.map((formula) => switches.get(formula) ?? partOf(formula, switches));
  return withParts(signature, parts);
}

function partOf(formula: Formula, switches: ReadonlyMap<Formula, Part>): Part {
  const denied = formula.kind === 'Not' ? switches.get(formula.of) : undefined;
  return { formula, needs: denied?.denied ?? needsOf(formula), cost: costOf(formula) };
}

function sharedPart(formula: Formula, number: number): Part {
  const needs = switchNeeds(formula, number);
  return { formula, needs, denied: switchNeeds(formula, number, true), cost: costOf(formula) };
}

function withParts(signature: number, parts: readonly Part[]): Pending {
  return { signature, parts, cost: parts.reduce((sum, p) => sum + p.cost, 0) };
}

function nodeOf(all: readonly Pending[], asked: ReadonlySet<string>, depth: number, building: Building): Node {
  const branches: Branch[] = [];
  let left = all;
  const hopeless = new Set(asked);
  while (branches.length < MOST_BRANCHES && depth < MOST_DEPTH) {
    const best = bestQuestion(left, hopeless);
    if (!best) break;
    const split = branchOf(best, left, asked, depth, building);
    left = split.left;
    if (split.branch) branches.push(split.branch);
    else hopeless.add(best.key);
  }
  return { ...leafOf(left.map(candidateOf)), branches };
}

interface Asked {
  readonly key: string;
  readonly question: Question;
}

/** The question that spares the most work, if any is worth asking. Of equals the first in the rules' order. */
function bestQuestion(pending: readonly Pending[], asked: ReadonlySet<string>): Asked | undefined {
  const gains = new Map<string, { question: Question; gain: number; by: number }>();
  for (const one of pending) {
    for (const [key, { question, answers }] of wishesOf(one, asked)) {
      const known = gains.get(key) ?? { question, gain: 0, by: 0 };
      known.gain += one.cost * (WHOLE - shareOf(question, answers));
      known.by++;
      gains.set(key, known);
    }
  }
  let best: (Asked & { gain: number }) | undefined;
  for (const [key, { question, gain, by }] of gains) {
    // One signature alone asks the same in its residual.
    if (by < 2 || gain <= costOfQuestion(question) * WHOLE) continue;
    if (!best || gain > best.gain) best = { key, question, gain };
  }
  return best;
}

/** The answers that a signature needs, by question. */
function wishesOf(
  { parts }: Pending,
  asked: ReadonlySet<string>,
): Map<string, { question: Question; answers: IntSet }> {
  const wishes = new Map<string, { question: Question; answers: IntSet }>();
  for (const { needs } of parts) {
    for (const [key, guard] of needs.guards) {
      if (asked.has(key)) continue;
      const known = wishes.get(key);
      wishes.set(key, known ? { ...guard, answers: intersection(known.answers, guard.answers) } : guard);
    }
  }
  return wishes;
}

/** Hands those that ask the question down its edges. */
function branchOf(
  { key, question }: Asked,
  pending: readonly Pending[],
  asked: ReadonlySet<string>,
  depth: number,
  building: Building,
): { branch?: Branch; left: readonly Pending[] } {
  const wishes = new Map<string, Wish<Pending>>();
  const others: Pending[] = [];
  for (const one of pending) {
    const wish = wishesOf(one, asked).get(key);
    if (!wish) others.push(one);
    else if (wish.answers.length > 0) addTo(wishes, wish.answers, one);
  }
  const most = (members: number): number => members + Math.min(building.spare, copiesOf(members));
  const { parts, left } = partition([...wishes.values()], most);
  const standing = parts.reduce((sum, p) => sum + p.members.length, 0);
  const members = new Set(parts.flatMap((p) => p.members));
  if (members.size < 2) return { left: pending };
  building.spare -= standing - members.size;
  const known = new Set([...asked, key, ...impliedBy(question)]);
  const edges = parts.map(({ answers, members: group }) => ({
    answers,
    node: nodeOf(
      group.map((one) => answered(one, known)).sort((a, b) => a.signature - b.signature),
      known,
      depth + 1,
      building,
    ),
  }));
  const staying = [...others, ...left].sort((a, b) => a.signature - b.signature);
  return { branch: { question: indexOf({ key, question }, building), edges }, left: staying };
}

function addTo(wishes: Map<string, Wish<Pending>>, answers: IntSet, one: Pending): void {
  const name = answers.map(({ low, high }) => `${low}-${high}`).join();
  const known = wishes.get(name);
  if (known) (known.members as Pending[]).push(one);
  else wishes.set(name, { answers, members: [one] });
}

/** Without the parts that the questions asked so far have answered. */
function answered({ signature, parts }: Pending, known: ReadonlySet<string>): Pending {
  return withParts(
    signature,
    parts.filter(({ needs }) => needs.exact === undefined || !known.has(needs.exact)),
  );
}

function indexOf({ key, question }: Asked, { questions, indices }: Building): number {
  const known = indices.get(key) ?? questions.push(question) - 1;
  indices.set(key, known);
  return known;
}

/** What is left of the signature, what costs least first. */
function candidateOf({ signature, parts }: Pending): Candidate {
  const ordered = [...parts].sort((a, b) => a.cost - b.cost);
  return { signature, residual: all(ordered.map((p) => p.formula)) };
}
