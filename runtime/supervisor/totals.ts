/** What children count, added up: over queues, over children that have ended, over rulesets that were in use. */
import type { Ruleset, Signature, Verdict } from '../../compiler/ruleset.js';
import { FAILURES, type Failure } from '../failure.js';
import { type ChildCounters, DELAY_BOUNDS } from '../packets/messages.js';

/** Of a signature, who it is to people. */
interface Named extends Pick<Signature, 'name' | 'id' | 'severity' | 'title'> {
  /** The module that it stands in; nothing for those outside of all. */
  readonly module?: string;
}

export interface SignatureTotal extends Named {
  matches: number;
  blocked: number;
}

/** Sums of what children count. */
export interface Sums {
  packets: number;
  bytes: number;
  batches: number;
  uncovered: number;
  alerts: number;
  alertsLost: number;
  evictions: number;
  /** Microseconds. */
  delaySum: number;
  readonly verdicts: Record<Verdict, number>;
  readonly failures: Record<Failure, number>;
  readonly fragments: Record<'ipv4' | 'ipv6', number>;
  readonly answers: Record<'sent' | 'suppressed' | 'unanswerable' | 'failed', number>;
  readonly delays: number[];
}

export interface Totals {
  /** What a ruleset's counters are about. */
  adopt(generation: number, ruleset: Pick<Ruleset, 'signatures' | 'modules'>): void;
  /** What the child of this queue has counted since it began. */
  note(queue: number, counters: ChildCounters): void;
  /** That child has ended, and another one begins from zero. */
  ended(queue: number): void;
  /** Something that no child has counted. */
  add(failure: Failure, packets: number): void;
  sums(): Sums;
  /** The signatures of the ruleset adopted last, in its order, then others that had matched. */
  signatures(): readonly SignatureTotal[];
}

export function createTotals(): Totals {
  const rulesets = new Map<number, readonly Named[]>();
  const live = new Map<number, ChildCounters>();
  const past = createSums();
  const matched = new Map<string, SignatureTotal>();
  let newest = 0;

  /** Older rulesets are needed as long as a child counts by them. */
  function forget(): void {
    const used = new Set([newest, ...[...live.values()].map(({ generation }) => generation)]);
    for (const generation of rulesets.keys()) if (!used.has(generation)) rulesets.delete(generation);
  }

  function bank({ generation, matches }: ChildCounters): void {
    addMatches(matched, rulesets.get(generation) ?? [], matches);
  }

  return {
    adopt(generation, ruleset) {
      rulesets.set(generation, namesOf(ruleset));
      newest = generation;
      forget();
    },
    note(queue, counters) {
      const before = live.get(queue);
      if (before && before.generation !== counters.generation) bank(before);
      live.set(queue, counters);
    },
    ended(queue) {
      const last = live.get(queue);
      if (!last) return;
      bank(last);
      addSums(past, last);
      live.delete(queue);
    },
    add: (failure, packets) => void (past.failures[failure] += packets),
    sums() {
      const sums = structuredClone(past);
      for (const counters of live.values()) addSums(sums, counters);
      return sums;
    },
    signatures() {
      const totals = new Map((rulesets.get(newest) ?? []).map((one) => [keyOf(one), none(one)]));
      for (const one of matched.values()) addTo(totals, one, one.matches, one.blocked);
      for (const { generation, matches } of live.values()) addMatches(totals, rulesets.get(generation) ?? [], matches);
      return [...totals.values()];
    },
  };
}

function createSums(): Sums {
  return {
    ...{ packets: 0, bytes: 0, batches: 0, uncovered: 0, alerts: 0, alertsLost: 0, evictions: 0, delaySum: 0 },
    verdicts: { pass: 0, accept: 0, drop: 0, reject: 0 },
    failures: Object.fromEntries(FAILURES.map((failure) => [failure, 0])) as Record<Failure, number>,
    fragments: { ipv4: 0, ipv6: 0 },
    answers: { sent: 0, suppressed: 0, unanswerable: 0, failed: 0 },
    delays: Array.from({ length: DELAY_BOUNDS.length + 1 }, () => 0),
  };
}

const NUMBERS = ['packets', 'bytes', 'batches', 'uncovered', 'alerts', 'alertsLost', 'evictions', 'delaySum'] as const;

function addSums(sums: Sums, counters: ChildCounters): void {
  for (const name of NUMBERS) sums[name] += counters[name];
  addEach(sums.verdicts, counters.verdicts);
  addEach(sums.failures, counters.failures);
  addEach(sums.fragments, counters.fragments);
  addEach(sums.answers, counters.answers);
  counters.delays.forEach((count, i) => (sums.delays[i] = (sums.delays[i] ?? 0) + count));
}

function addEach<K extends string>(sums: Record<K, number>, counts: Readonly<Record<string, number>>): void {
  for (const name of Object.keys(sums) as K[]) sums[name] += counts[name] ?? 0;
}

/** `matches` has two numbers a signature: matches, and those of them that cost the packet its way. */
function addMatches(
  totals: Map<string, SignatureTotal>,
  signatures: readonly Named[],
  matches: readonly number[],
): void {
  signatures.forEach((signature, i) => {
    const count = matches[2 * i] ?? 0;
    if (count > 0) addTo(totals, signature, count, matches[2 * i + 1] ?? 0);
  });
}

function addTo(totals: Map<string, SignatureTotal>, signature: Named, matches: number, blocked: number): void {
  const key = keyOf(signature);
  const total = totals.get(key) ?? none(signature);
  total.matches += matches;
  total.blocked += blocked;
  totals.set(key, total);
}

function none({ name, id, severity, title, module }: Named): SignatureTotal {
  return { name, id, severity, title, ...(module !== undefined && { module }), matches: 0, blocked: 0 };
}

function namesOf({ signatures, modules }: Pick<Ruleset, 'signatures' | 'modules'>): Named[] {
  return signatures.map(({ name, id, severity, title, module: at }) => {
    const module = at === undefined ? undefined : modules[at]?.name;
    return { name, id, severity, title, ...(module !== undefined && { module }) };
  });
}

/** A signature is the same in another ruleset where its author calls it the same. */
function keyOf({ name, id }: Named): string {
  return `${id} ${name}`;
}
