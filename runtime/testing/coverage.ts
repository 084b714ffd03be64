/**
 * What the tests of a ruleset exercise. Of a signature: a test that expects it, and a near miss. Of each atom of its condition: a
 * near miss, a packet for which the signature fails because of this atom alone. Of each alternative: a packet that matches by
 * it alone. Of `count`: packets for which the condition holds and the rate is not reached.
 *
 * A part of a predicate stands in many signatures; that one of them is exercised is enough. Captures count where a test expects a
 * signature of them, and for nothing else: in enough traffic there is a near miss of everything.
 */
import { announcer, decode } from '../../compiler/backend/interpreter/decode.js';
import { evaluateFormula } from '../../compiler/backend/interpreter/evaluate.js';
import type { Stack } from '../../compiler/backend/interpreter/stack.js';
import type { Formula } from '../../compiler/logic/formula.js';
import type { Expectation, Ruleset, Signature, TestStep } from '../../compiler/ruleset.js';
import type { Span } from '../../grammar/diagnostic.js';
import { type Part, partsOf } from './parts.js';

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
  const work: Work = { ruleset, packets: packetsByScope(ruleset), demands: new Map() };
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
  /** By index of the signature: the packets that are built by the tests which run it. */
  readonly packets: ReadonlyMap<number, readonly Stack[]>;
  /** By place and kind. */
  readonly demands: Map<string, Demand>;
}

/** Decoded once, however many signatures they are held against. */
function packetsByScope(ruleset: Ruleset): Map<number, Stack[]> {
  const read = decoder(ruleset);
  const packets = new Map<number, Stack[]>();
  for (const { steps, scope } of ruleset.tests) {
    const built = steps.flatMap((step) => (step.kind === 'packet' ? [read(packetOf(step))] : []));
    for (const index of scope) {
      const known = packets.get(index) ?? [];
      packets.set(index, known);
      known.push(...built);
    }
  }
  return packets;
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
  const isMatch = packets.map((stack) => evaluateFormula(signature.when, stack));
  demand(work, signature, signature.span, 'test').met ||= isExpected(index, work.ruleset);
  const nearMiss = demand(work, signature, signature.span, 'near miss');
  for (const part of partsOf(signature.when)) {
    const own = demand(work, signature, spanOf(part.part), part.asks);
    if (own.met && (part.asks === 'match' || nearMiss.met)) continue;
    const shown = packets.some((stack, k) => shows(part, stack, isMatch[k] === true));
    own.met ||= shown;
    if (part.asks === 'near miss') nearMiss.met ||= shown;
  }
  if (signature.count)
    demand(work, signature, signature.span, 'rate').met ||= staysBelow(index, signature, work.ruleset);
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

/** Whether the condition holds for packets of which a test expects that they do not all match. */
function staysBelow(index: number, { when }: Signature, { tests, layouts }: Ruleset): boolean {
  const read = decoder({ layouts });
  return tests.some(({ steps, scope }) => {
    let holding = 0;
    return (
      scope.includes(index) &&
      steps.some((step) => {
        if (step.kind === 'packet' && evaluateFormula(when, read(packetOf(step)))) holding += step.count;
        if (step.kind !== 'expect') return false;
        const isBelow =
          holding > 0 && (expects(step.expectation, index) === 0 || countOf(step.expectation, index) < holding);
        holding = 0;
        return isBelow;
      })
    );
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
