/**
 * What the tests of a ruleset exercise. Of a signature: a test that expects it, and a near miss. Of each atom of its condition: a
 * near miss, a packet for which the signature fails because of this atom alone. Of each alternative: a packet that matches by
 * it alone. Of `count`: packets for which the condition holds and the rate is not reached. Of a module's switch: a packet for which the
 * condition of one of its signatures holds, and which this switch alone keeps away. Only packets that reach a signature, under the policy
 * of their test, say anything of its parts.
 *
 * A part of a predicate stands in many signatures; that one of them is exercised is enough. Captures count where a test expects a
 * signature of them, and for nothing else: in enough traffic there is a near miss of everything.
 */
import { announcer, decode } from '../../compiler/backend/interpreter/decode.js';
import { evaluateFormula } from '../../compiler/backend/interpreter/evaluate.js';
import type { Stack } from '../../compiler/backend/interpreter/stack.js';
import { link } from '../../compiler/link/link.js';
import type { Requirement } from '../../compiler/link/requirements.js';
import type { Formula } from '../../compiler/logic/formula.js';
import type { Expectation, Ruleset, RulesetTest, Signature, TestStep } from '../../compiler/ruleset.js';
import type { Span } from '../../grammar/diagnostic.js';
import { type Part, partsOf } from './parts.js';
import { rulesetOf } from './run-test.js';

/** What no test shows. */
export interface Gap {
  /** The first signature that has the part. */
  readonly signature: Signature;
  /** The part; the signature's name where all of it is meant. */
  readonly span: Span;
  /** `test`: no test expects the signature. `rate`: no test stays below its count. */
  readonly missing: 'test' | 'near miss' | 'match' | 'rate';
}

export interface Coverage {
  readonly signatures: number;
  /** How many tests could be asked for, and how many of them there are. */
  readonly total: number;
  readonly covered: number;
  readonly gaps: readonly Gap[];
}

/** Which signatures of these files, and which of their parts, no test exercises. */
export function coverage(ruleset: Ruleset, files: ReadonlySet<string>): Coverage {
  const reachIn = reachFinder(ruleset);
  const work: Work = { ruleset, reachIn, packets: packetsByScope(ruleset, reachIn), demands: new Map() };
  const indices = ruleset.signatures.flatMap(({ span }, index) => (files.has(span.file) ? [index] : []));
  for (const index of indices) cover(index, work);
  const demands = [...work.demands.values()];
  const gaps = demands
    .filter((demand) => !demand.met)
    .map(({ signature, span, missing }) => ({ signature, span, missing }));
  return { signatures: indices.length, total: demands.length, covered: demands.length - gaps.length, gaps };
}

interface Demand extends Gap {
  met: boolean;
}

interface Work {
  readonly ruleset: Ruleset;
  readonly reachIn: ReachFinder;
  /** By index of the signature: the packets that are built by the tests which run it. */
  readonly packets: ReadonlyMap<number, readonly Sent[]>;
  /** By place and kind. */
  readonly demands: Map<string, Demand>;
}

/** A packet that a test sends, and what it says to how a signature is reached there. */
interface Sent {
  readonly stack: Stack;
  readonly reach: readonly Asked[];
}

interface Asked {
  readonly requirement: Requirement;
  readonly holds: boolean;
}

/** Decoded once, however many signatures they are held against. */
function packetsByScope(ruleset: Ruleset, reachIn: ReachFinder): Map<number, Sent[]> {
  const read = decoder(ruleset);
  const packets = new Map<number, Sent[]>();
  for (const test of ruleset.tests) {
    const requirements = reachIn(test);
    const built = test.steps.flatMap((step) => (step.kind === 'packet' ? [askedOnce(read(packetOf(step)))] : []));
    test.scope.forEach((index, at) => {
      const known = packets.get(index) ?? [];
      packets.set(index, known);
      known.push(...built.map((ask) => ask(requirements(at))));
    });
  }
  return packets;
}

/** What a test's signatures ask beside their conditions, by their place in its scope. */
type ReachFinder = (test: RulesetTest) => (at: number) => readonly Requirement[];

/** Tests of a file run the same ruleset, which is linked once. */
function reachFinder(ruleset: Ruleset): ReachFinder {
  const known = new Map<string, (at: number) => readonly Requirement[]>();
  return (test) => {
    const key = `${test.under ?? ''} ${test.scope.join()}`;
    const found = known.get(key) ?? link(rulesetOf(test, ruleset)).requirements ?? (() => []);
    known.set(key, found);
    return found;
  };
}

/** Asks a packet; signatures of a module are reached alike. */
function askedOnce(stack: Stack): (requirements: readonly Requirement[]) => Sent {
  const known = new Map<readonly Requirement[], Sent>();
  return (requirements) => {
    const reach = (): Asked[] =>
      requirements.map((requirement) => ({ requirement, holds: evaluateFormula(requirement.formula, stack) }));
    const found = known.get(requirements) ?? { stack, reach: reach() };
    known.set(requirements, found);
    return found;
  };
}

function decoder({ layouts }: Pick<Ruleset, 'layouts'>): (packet: Stack['packet']) => Stack {
  const announce = announcer(layouts);
  return (packet) => decode(packet, layouts, announce);
}

function packetOf({ link, bytes }: Extract<TestStep, { kind: 'packet' }>): Stack['packet'] {
  return { link, bytes, wireLength: bytes.length };
}

function cover(index: number, work: Work): void {
  const signature = work.ruleset.signatures[index];
  if (!signature) return;
  const packets = work.packets.get(index) ?? [];
  const isMatch = packets.map(({ stack }) => evaluateFormula(signature.when, stack));
  const isReached = packets.map(({ reach }) => reach.every(({ holds }) => holds));
  coverSwitches(signature, packets, isMatch, work);
  demand(work, signature, signature.span, 'test').met ||= isExpected(index, work.ruleset);
  const nearMiss = demand(work, signature, signature.span, 'near miss');
  for (const part of partsOf(signature.when)) {
    const own = demand(work, signature, spanOf(part.part), part.asks);
    if (own.met && (part.asks === 'match' || nearMiss.met)) continue;
    const shown = packets.some(({ stack }, k) => isReached[k] === true && shows(part, stack, isMatch[k] === true));
    own.met ||= shown;
    if (part.asks === 'near miss') nearMiss.met ||= shown;
  }
  if (signature.count) demand(work, signature, signature.span, 'rate').met ||= staysBelow(index, signature, work);
}

/** Of each switch, a packet that it alone keeps from a signature whose condition holds. */
function coverSwitches(signature: Signature, packets: readonly Sent[], isMatch: readonly boolean[], work: Work): void {
  const { modules } = work.ruleset;
  for (let at = signature.module; at !== undefined; at = modules[at]?.parent) {
    const module = modules[at];
    if (!module || module.on.kind === 'True') continue;
    const own = demand(work, signature, spanOf(module.on), 'near miss');
    own.met ||= packets.some(({ reach }, k) => {
      const failing = reach.filter(({ holds }) => !holds).map(({ requirement }) => requirement);
      return isMatch[k] === true && failing.length > 0 && failing.every((one) => isOf(one, at));
    });
  }
}

/** Whether it is the module's switch that fails. Where packets may be handed on, the switches are asked of together. */
function isOf(requirement: Requirement, module: number | undefined): boolean {
  if (requirement.kind === 'Switch') return requirement.module === module;
  return requirement.kind === 'Reached';
}

/** Whether a packet is what the part asks for. */
function shows({ asks, changed }: Part, stack: Stack, isMatch: boolean): boolean {
  if (isMatch !== (asks === 'match')) return false;
  return evaluateFormula(changed, stack) !== isMatch;
}

function demand({ demands }: Work, signature: Signature, span: Span, missing: Gap['missing']): Demand {
  const key = `${span.file}:${String(span.start)}-${String(span.end)} ${missing}`;
  const known = demands.get(key) ?? { signature, span, missing, met: false };
  demands.set(key, known);
  return known;
}

// What tests expect --------------------------------------------------------------------------------------------------

function isExpected(index: number, { tests }: Ruleset): boolean {
  return tests.some(({ steps }) =>
    steps.some((step) => step.kind === 'expect' && expects(step.expectation, index) > 0),
  );
}

/** How many packets are said to match: the number where there is one, at least one otherwise. */
function expects({ signatures }: Expectation, index: number): number {
  const item = signatures.find(({ signature }) => signature === index);
  return item ? (item.count ?? 1) : 0;
}

/** Whether the condition holds for packets that reach the signature and of which a test expects that they do not all match. */
function staysBelow(index: number, { when }: Signature, { ruleset, reachIn }: Work): boolean {
  const read = decoder(ruleset);
  return ruleset.tests.some((test) => {
    const at = test.scope.indexOf(index);
    if (at < 0) return false;
    const asked = [...reachIn(test)(at).map(({ formula }) => formula), when];
    const isCounted = (stack: Stack): boolean => asked.every((formula) => evaluateFormula(formula, stack));
    let holding = 0;
    return test.steps.some((step) => {
      if (step.kind === 'packet' && isCounted(read(packetOf(step)))) holding += step.count;
      if (step.kind !== 'expect') return false;
      const isBelow =
        holding > 0 && (expects(step.expectation, index) === 0 || countOf(step.expectation, index) < holding);
      holding = 0;
      return isBelow;
    });
  });
}

/** Without a number nobody says how many. */
function countOf({ signatures }: Expectation, index: number): number {
  return signatures.find(({ signature }) => signature === index)?.count ?? Infinity;
}

// Places -------------------------------------------------------------------------------------------------------------

/** Of what is put together, from its first atom to its last, as far as they stand in one file and in order. */
function spanOf(part: Formula): Span {
  const spans = spansOf(part);
  const [first = { file: '', start: 0, end: 0 }] = spans;
  const end = Math.max(
    ...spans.filter(({ file, start }) => file === first.file && start >= first.start).map((s) => s.end),
  );
  return { ...first, end };
}

function spansOf(part: Formula): Span[] {
  switch (part.kind) {
    case 'True':
    case 'False':
      return [];
    case 'Not':
      return spansOf(part.of);
    case 'And':
    case 'Or':
      return part.of.flatMap(spansOf);
    default:
      return [part.span];
  }
}
