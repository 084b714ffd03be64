/** A run with a supervisor: packets are judged by a child a queue, and this process keeps them going until it is told to leave. */
import type { Diagnostic } from '../../grammar/diagnostic.js';
import { FAILURES, type Failure, type FailurePolicy } from '../../runtime/failure.js';
import type { Chain, Selection } from '../../runtime/nfqueue/diversion.js';
import { fragmentFate } from '../../runtime/nfqueue/fragment.js';
import { type Installation, installRules } from '../../runtime/nfqueue/install.js';
import { loadLibc } from '../../runtime/nfqueue/libc.js';
import type { Binding } from '../../runtime/nfqueue/open.js';
import { kernelCounters } from '../../runtime/nfqueue/statistics.js';
import { number, quantity } from '../../runtime/output/figures.js';
import { type LiveLog, openLiveLog } from '../../runtime/output/live-log.js';
import { openRawSockets } from '../../runtime/reject/raw-socket.js';
import type { MetricsServer } from '../../runtime/output/metrics-server.js';
import { statsRecord } from '../../runtime/output/stats.js';
import { summary } from '../../runtime/output/summary.js';
import { tellReady } from '../../runtime/service-manager.js';
import { holdQueues } from '../../runtime/supervisor/held-queue.js';
import { childWrapper } from '../../runtime/supervisor/child-privileges.js';
import { type Answering, answersOfChild, childStarter } from '../../runtime/supervisor/start-child.js';
import { supervise, type SupervisorOptions } from '../../runtime/supervisor/supervise.js';
import type { Supervisor, SupervisorCounters } from '../../runtime/supervisor/supervisor.js';
import type { Runnable } from '../load-runnable.js';
import { plural } from '../render.js';
import type { Address } from '../setting.js';
import { printDiagnostics } from './check.js';
import { answersText } from './run-answers.js';
import { listen } from './run-leave.js';
import type { Opened } from './run-privileges.js';
import { type ControlSettings, listenForOrders, type OrderServer } from './run-control.js';
import { listenForScrapes, serveMetrics } from './run-metrics.js';

export interface SupervisedOptions {
  /** Adjacent, ascending; at least one. */
  readonly queues: readonly number[];
  /** What was said about fragments, if anything. */
  readonly onFragment: 'drop' | 'accept' | undefined;
  /** Chains that are led into the queues while this runs; none: somebody else does it. */
  readonly chains: readonly Chain[];
  readonly failure: FailurePolicy;
  /** Where alerts go: a path, or `-` for standard output. */
  readonly eve: string | undefined;
  readonly evePacket: boolean;
  readonly dryRun: boolean;
  /** Seconds between two lines of counters in the alert log; undefined: none. */
  readonly statsSeconds: number | undefined;
  /** Where metrics are served, if anywhere. */
  readonly metrics: Address | undefined;
  /** Where orders are taken, if anywhere. */
  readonly control: Omit<ControlSettings, 'wrapper'> | undefined;
  /** What was opened before. */
  readonly opened: Opened;
}

/** Judges live packets until SIGINT or SIGTERM; then every packet in hand still gets its verdict. */
export async function runSupervised(rules: Runnable, options: SupervisedOptions): Promise<number> {
  const { eve, statsSeconds } = options;
  const departure = createDeparture();
  const run: { supervisor?: Supervisor; log?: LiveLog; doors?: Doors } = {};
  const onExit = (): void => void run.supervisor?.uninstall();
  const leave = async (): Promise<void> => {
    departure.begin();
    await run.supervisor?.stop();
  };
  const signals = listen(leave, () => run.log?.reopen());
  process.once('exit', onExit);
  const libc = await loadLibc();
  const answering = options.opened.sockets ?? openRawSockets(libc);
  const held = holdQueues(libc, options.queues, bindingOf(options.failure), kernelCounters);
  try {
    if (eve !== undefined) run.log = openLiveLog(eve, warn, options.opened.log);
    run.doors = await openDoors(options);
    run.supervisor = await supervise(supervision(rules.artefact(), { held, log: run.log, answering }, options));
    say(options, announcement(rules.ruleset.signatures.length, options));
    await serveAt(run.doors, { rules, supervisor: run.supervisor, options });
    tellReady(libc);
    const notes = statsWriter(run.supervisor, run.log, statsSeconds);
    await departure.begun;
    run.doors.control?.close();
    await run.supervisor.stop();
    notes.end();
    uninstall(run.supervisor);
    // Only now, as it may wait for a slow reader.
    run.log?.close();
    conclude(run.supervisor.counters(), options);
  } finally {
    if (run.supervisor) uninstall(run.supervisor);
    else for (const queue of held) queue.close();
    run.log?.close();
    run.doors?.metrics?.close();
    run.doors?.control?.close();
    process.removeListener('exit', onExit);
    signals.forget();
  }
  return (run.log?.lost ?? 0) > 0 ? 1 : 0;
}

/** Where others ask and give orders. */
interface Doors {
  readonly metrics: MetricsServer | undefined;
  readonly control: OrderServer | undefined;
}

/** Before packets are led here: a port or socket that is taken is said while nothing has changed. */
async function openDoors({ metrics, control, opened }: SupervisedOptions): Promise<Doors> {
  const scrapes = metrics && (await listenForScrapes(metrics));
  try {
    const orders =
      control && (await listenForOrders({ ...control, opened: opened.control, wrapper: childWrapper('compiling') }));
    return { metrics: scrapes, control: orders };
  } catch (cause) {
    scrapes?.close();
    throw cause;
  }
}

interface Serving {
  readonly rules: Runnable;
  readonly supervisor: Supervisor;
  readonly options: SupervisedOptions;
}

async function serveAt({ metrics, control }: Doors, { rules, supervisor, options }: Serving): Promise<void> {
  control?.serve(rules, supervisor);
  if (control) say(options, `orders: sigward ctl --control ${options.control?.path ?? ''}`);
  if (!metrics) return;
  await serveMetrics(metrics, supervisor, options.failure, () => control?.orders());
  say(options, `metrics: ${metrics.url}`);
}

/** What is waited for: that somebody wants it to end. */
function createDeparture(): { readonly begin: () => void; readonly begun: Promise<void> } {
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  return { begin: () => begin(), begun };
}

function bindingOf(failure: FailurePolicy): Binding {
  return { failOpen: failure['queue-full'] === 'accept', whole: true };
}

function supervision(
  artefact: Uint8Array,
  opened: Pick<SupervisorOptions, 'held' | 'log'> & { readonly answering: Answering },
  { queues, chains, failure, onFragment, eve, evePacket, dryRun }: SupervisedOptions,
): SupervisorOptions {
  const { answering, ...kept } = opened;
  const hello = {
    ...{ answers: answersOfChild(answering), failure, dryRun, alerts: eve !== undefined, alertPackets: evePacket },
    onFragment: fragmentFate(onFragment, chains.length > 0),
  };
  const install = (selection: Selection | undefined): Installation =>
    installRules({ queues, chains, selection }, undefined, warn);
  return {
    ...{ artefact, ...kept, hello, failure, warn, start: childStarter(childWrapper('judging'), answering) },
    install: chains.length > 0 ? install : undefined,
  };
}

function warn(diagnostic: Diagnostic): void {
  printDiagnostics({ diagnostics: [diagnostic], texts: new Map() });
}

/** Ctrl-C reaches iptables, too, as it is of the same terminal: what failed is tried once more. */
function uninstall(supervisor: Supervisor): void {
  if (supervisor.uninstall().length > 0) printDiagnostics({ diagnostics: supervisor.uninstall(), texts: new Map() });
}

/** Where alerts go to standard output, words must not get in their way. */
function say({ eve }: Pick<SupervisedOptions, 'eve'>, text: string): void {
  (eve === '-' ? process.stderr : process.stdout).write(`${text}\n`);
}

function announcement(signatures: number, { queues, chains, dryRun }: SupervisedOptions): string {
  const [first, last] = [queues[0], queues.at(-1)];
  const where = queues.length > 1 ? `queues ${first} to ${last}` : `queue ${first}`;
  const from =
    chains.length > 0
      ? ` for ${chains.join(', ')}`
      : ` (led there by iptables rules of yours; \`--install\` adds some)`;
  const how = dryRun ? 'watching by' : 'enforcing';
  return `${how} ${plural(signatures, 'signature')} on ${where}${from}; Ctrl-C ends it`;
}

/** Writes counters to the log by the clock, and the last ones at the end. */
function statsWriter(
  supervisor: Supervisor,
  log: LiveLog | undefined,
  seconds: number | undefined,
): { readonly end: () => void } {
  if (seconds === undefined) return { end: () => undefined };
  const start = Date.now();
  const write = (): void => {
    supervisor.refresh();
    const { kernel, ...counters } = supervisor.counters();
    log?.write(
      statsRecord({
        tally: { ...counters, unjudged: 0 },
        time: BigInt(Date.now()) * 1_000_000n,
        uptime: (Date.now() - start) / 1000,
        fragments: counters.fragments,
        evictions: counters.evictions,
        failures: counters.failures.trap,
        ...(kernel && { kernel }),
      }),
    );
  };
  const timer = setInterval(write, seconds * 1000);
  return {
    end: () => {
      clearInterval(timer);
      write();
    },
  };
}

function conclude(counters: SupervisorCounters, options: SupervisedOptions): void {
  const { evictions, fragments, answers, uncovered, outside, linesLost } = counters;
  const fragmented = fragments.ipv4 + fragments.ipv6;
  const lines = [
    // Beside them are those that entered no queue: the line below says both.
    summary(counters, { ...counters, unjudged: 0, uncovered: 0 }, evictions),
    answersText(answers),
    fragmented > 0 && quantity(fragmented, 'packet was a fragment', 'packets were fragments'),
    uncovered + outside > 0 &&
      `${quantity(uncovered + outside, 'packet is', 'packets are')} not covered by the policy; ${number(outside)} of them entered no queue`,
    ...FAILURES.map((failure) => failureText(failure, counters, options.failure)),
  ];
  for (const line of lines) if (line) say(options, line);
  if (linesLost > 0) process.stderr.write(`${quantity(linesLost, 'line', 'lines')} of the alert log were lost\n`);
}

/** Why packets got a fate that no rule gave them. */
const REASONS: Readonly<Record<Failure, string>> = {
  'queue-full': 'because the queue was full',
  trap: 'because the engine failed',
  'too-long': 'as too long to be received whole',
  'child-dead': 'because a process that judged the queue had ended',
  'reload-failed': 'because the rules that were to be taken over were refused',
  'log-unwritable': 'because the alert log could not be written',
};

function failureText(failure: Failure, counters: SupervisorCounters, policy: FailurePolicy): string | undefined {
  const packets = counters.failures[failure] - (failure === 'log-unwritable' ? counters.linesLost : 0);
  if (packets === 0) return undefined;
  const fate = policy[failure] === 'drop' ? 'dropped' : 'let through';
  const by = failure === 'queue-full' ? ' by the kernel' : '';
  return `${quantity(packets, 'packet was', 'packets were')} ${fate}${by} ${REASONS[failure]}`;
}
