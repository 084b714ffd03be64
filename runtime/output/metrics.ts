/** What is going on, in the text format of Prometheus (version 0.0.4). */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { FAILURES, type FailurePolicy } from '../failure.js';
import { DELAY_BOUNDS } from '../packets/messages.js';
import type { SupervisorCounters, SupervisorStatus } from '../supervisor/supervisor.js';
import { type Counted, showing } from './shown.js';

/** What is known of a run at one moment. */
export interface Facts {
  readonly status: SupervisorStatus;
  readonly counters: SupervisorCounters;
  /** Orders to change what is running, since the start, where there is somebody who takes them. */
  readonly orders?: { readonly done: number; readonly refused: number } | undefined;
  readonly failure: FailurePolicy;
  /** This sigward's. */
  readonly version: string;
}

export interface Metrics {
  /** Reads the facts, once. */
  readonly text: () => Promise<string>;
  /** The type of the text, for HTTP. */
  readonly type: string;
}

/** Signatures, and modules, that have a series of their own. */
const MOST_NAMED = 100;
/** The rest; and what stands in no module. */
const OTHER = 'other';
const ROOT = 'root';

/** Counters without labels; where there is no number there is no sample. */
const COUNTERS: readonly (readonly [name: string, help: string, of: (facts: Facts) => number | undefined])[] = [
  ['packets', 'Packets that were judged.', ({ counters }) => counters.packets],
  ['bytes', 'Bytes of packets that were judged.', ({ counters }) => counters.bytes],
  ['batches', 'Batches in which packets were received.', ({ counters }) => counters.batches],
  ['uncovered_packets', 'Packets that the policy does not cover.', ({ counters }) => counters.uncovered],
  ['outside_packets', 'Packets that never entered a queue, by their networks.', ({ counters }) => counters.outside],
  ['kernel_packets', 'Packets that the kernel has given to the queues.', ({ counters }) => counters.kernel?.packets],
  ['kernel_drops', 'Packets that the kernel dropped: a queue was full.', ({ counters }) => counters.kernel?.drops],
  ['child_deaths', 'Processes of packets that ended unasked.', ({ counters }) => counters.deaths],
  [
    'rules_restored',
    'Times that rules were put in again which somebody had taken away.',
    ({ counters }) => counters.restored,
  ],
  ['alerts', 'Alerts.', ({ counters }) => counters.alerts],
  ['alerts_lost', 'Alerts that were lost before they reached the log.', ({ counters }) => counters.alertsLost],
  ['log_lines_lost', 'Lines that the alert log did not take.', ({ counters }) => counters.linesLost],
  ['forgotten_keys', 'Keys of counts that were forgotten while they counted.', ({ counters }) => counters.evictions],
];

/** Counters with a label of few values. */
const LABELLED: readonly (readonly [name: string, help: string, label: string, of: (facts: Facts) => Counts])[] = [
  ['verdicts', 'Packets by what became of them.', 'verdict', ({ counters }) => counters.verdicts],
  ['fragments', 'Packets that were fragments.', 'version', ({ counters }) => counters.fragments],
  ['answers', 'Answers to rejected packets.', 'outcome', ({ counters }) => counters.answers],
  ['orders', 'Orders to change what is running.', 'outcome', ({ orders }) => orders ?? {}],
];

type Counts = Readonly<Record<string, number>>;

const GAUGES: readonly (readonly [name: string, help: string, of: (facts: Facts) => number])[] = [
  ['generation', 'The number of the ruleset in use; rises.', ({ status }) => status.generation],
  ['ruleset_since_seconds', 'When it came into use, since 1970.', ({ status }) => status.since / 1000],
  ['log_stalled', '1 while the alert log takes nothing.', ({ status }) => (status.logStalled ? 1 : 0)],
  ['dry_run', '1 where packets go on whatever the rules say of them.', ({ status }) => (status.dryRun ? 1 : 0)],
  ['closed', '1 while everything is dropped because something failed.', ({ status }) => (status.closed ? 1 : 0)],
];

/** Declares a counter, and how it is filled. */
type AddCounter = <L extends string>(
  name: string,
  help: string,
  labelNames: readonly L[],
  fill: (into: Counter<L>) => void,
) => void;

/** Metrics of a run; `facts` is asked once for each text. */
export function createMetrics(facts: () => Facts): Metrics {
  const registry = new Registry();
  const registers = [registry];
  let now = facts();
  // What is counted elsewhere is set anew for each text.
  const add: AddCounter = (name, help, labelNames, fill) => {
    const collect = (): void => {
      counter.reset();
      fill(counter);
    };
    const counter = new Counter({ name: `sigward_${name}_total`, help, labelNames, registers, collect });
  };
  addCounters(add, () => now);
  addNamed(add, () => now);
  addGauges(registers, () => now);
  registry.registerMetric(new CountedHistogram(() => now.counters));
  return {
    text: () => {
      now = facts();
      return registry.metrics();
    },
    type: registry.contentType,
  };
}

function addCounters(add: AddCounter, now: () => Facts): void {
  for (const [name, help, of] of COUNTERS)
    add(name, help, [], (into) => {
      const value = of(now());
      if (value === undefined) into.remove();
      else into.inc(value);
    });
  for (const [name, help, label, of] of LABELLED)
    add(name, help, [label], (into) => {
      for (const [key, value] of Object.entries(of(now()))) into.inc({ [label]: key }, value);
    });
  add('failures', 'Packets by what failed, and what became of them.', ['failure', 'fate'], (into) => {
    const { counters, failure: policy } = now();
    for (const failure of FAILURES) into.inc({ failure, fate: policy[failure] }, counters.failures[failure]);
  });
}

/** What there may be any number of. */
function addNamed(add: AddCounter, now: () => Facts): void {
  const shownSignatures = showing(MOST_NAMED);
  const help = 'Matches by signature; `other`, without an id, are those without a series.';
  add('signature_matches', help, ['signature', 'id'], (into) => {
    const all = now().counters.signatures;
    const { named, other } = shownSignatures(all.map(({ name, id, matches }) => ({ key: `${id} ${name}`, count: matches })));
    for (const { key, count } of named) {
      const [id = '', signature = ''] = key.split(' ');
      into.inc({ signature, id }, count);
    }
    into.inc({ signature: OTHER, id: '' }, other);
  }); // prettier-ignore
  const addByModule = (of: 'matches' | 'blocked', words: string): void => {
    const shownModules = showing(MOST_NAMED);
    add(`module_${of}`, words, ['module'], (into) => {
      const { named, other } = shownModules(byModule(now(), of));
      for (const { key, count } of named) into.inc({ module: key }, count);
      into.inc({ module: OTHER }, other);
    });
  };
  addByModule('matches', 'Matches by module; `root` is what stands in none.');
  addByModule('blocked', 'Matches by module that cost the packet its way.');
}

function byModule({ counters }: Facts, of: 'matches' | 'blocked'): Counted[] {
  const sums = new Map<string, number>();
  for (const { module = ROOT, [of]: count } of counters.signatures) sums.set(module, (sums.get(module) ?? 0) + count);
  return [...sums].map(([key, count]) => ({ key, count }));
}

function addGauges(registers: Registry[], now: () => Facts): void {
  for (const [name, help, of] of GAUGES) {
    const gauge: Gauge = new Gauge({ name: `sigward_${name}`, help, registers, collect: () => gauge.set(of(now())) });
  }
  const judging: Gauge<'queue'> = new Gauge({
    ...{ name: 'sigward_queue_judging', help: '1 while a process judges the packets of the queue.', registers },
    labelNames: ['queue'],
    collect: () => {
      judging.reset();
      for (const { queue, state } of now().status.queues) judging.set({ queue }, state === 'judging' ? 1 : 0);
    },
  });
  const info: Gauge<'version' | 'ruleset'> = new Gauge({
    ...{ name: 'sigward_info', help: 'What runs, and the ruleset in use.', registers },
    labelNames: ['version', 'ruleset'],
    collect: () => {
      const { version, status } = now();
      info.reset();
      info.set({ version, ruleset: status.ruleset }, 1);
    },
  });
}

const DELAY = {
  name: 'sigward_delay_seconds',
  help: 'How long packets were in hand, from receipt to verdict; without those that a signature delays.',
};

type Delays = Pick<SupervisorCounters, 'delays' | 'delaySum'>;

/** A histogram of what was counted elsewhere. */
class CountedHistogram extends Histogram {
  readonly #counts: () => Delays;

  constructor(counts: () => Delays) {
    super({ ...DELAY, buckets: [], registers: [] });
    this.#counts = counts;
  }

  /** What the registry asks for, where a histogram is written as text. */
  getForPromString(): Promise<object> {
    const bounds = [...DELAY_BOUNDS.map((bound) => bound / 1_000_000), Infinity];
    const { delays, delaySum } = this.#counts();
    let count = 0;
    const buckets = bounds.map((le, i) => {
      count += delays[i] ?? 0;
      return { metricName: `${DELAY.name}_bucket`, labels: { le: le === Infinity ? '+Inf' : le }, value: count };
    });
    const sum = { metricName: `${DELAY.name}_sum`, labels: {}, value: delaySum / 1_000_000 };
    const total = { metricName: `${DELAY.name}_count`, labels: {}, value: count };
    return Promise.resolve({ ...DELAY, type: 'histogram', values: [...buckets, sum, total] });
  }
}
