/** Starting and keeping the children of all queues: the supervisor itself. */
import { type Artefact, decodeArtefact } from '../../compiler/artefact/artefact.js';
import type { Policy } from '../../compiler/ruleset.js';
import { setOf } from '../../compiler/logic/set.js';
import { type Diagnostic, report } from '../../grammar/diagnostic.js';
import type { Failure, FailurePolicy } from '../failure.js';
import type { Selection } from '../nfqueue/diversion.js';
import type { Installation } from '../nfqueue/install.js';
import { prefixesOf } from '../nfqueue/networks.js';
import type { LiveLog } from '../output/live-log.js';
import type { Report, Start } from '../packets/messages.js';
import { Problem } from '../problem.js';
import { childDied, queueUnjudged, rulesetRefused } from './diagnostics.js';
import type { HeldQueue } from './held-queue.js';
import { createKernelTotals, type KernelTotals } from './kernel-totals.js';
import { createLane, type Lane, type Release } from './lane.js';
import type { StartChild } from './start-child.js';
import type { Supervisor, SupervisorCounters, SupervisorStatus, TakeOver } from './supervisor.js';
import { createTotals, type Totals } from './totals.js';
import { sha256 } from '../sha256.js';

/** Alerts that nobody can read yet are no alerts: they are handed over so often, in milliseconds. */
const FLUSH_MILLISECONDS = 500;
/** How long what iptables said is taken for what it would say, in milliseconds: to ask takes a process for each chain. */
const REFRESH_MILLISECONDS = 1_000;
/** How often it is looked whether the rules in front still stand, in milliseconds. */
const RULES_MILLISECONDS = 5_000;

export interface SupervisorOptions {
  readonly artefact: Uint8Array;
  /** What every child is told but its queue. */
  readonly hello: Omit<Start, 'kind' | 'queue'>;
  readonly failure: FailurePolicy;
  /** Opened and bound, each for a queue; the supervisor closes them. */
  readonly held: readonly HeldQueue[];
  readonly log: LiveLog | undefined;
  readonly start: StartChild;
  /** Puts the rules in front of the queues, once children judge; without it others do. */
  readonly install: ((selection: Selection | undefined) => Installation) | undefined;
  readonly warn: (diagnostic: Diagnostic) => void;
}

/** Starts a child for each queue and, once all judge, leads packets in. Throws a Problem where that cannot be; then nothing is left behind. */
export async function supervise(options: SupervisorOptions): Promise<Supervisor> {
  const supervisor = new RunningSupervisor(options, decoded(options.artefact));
  try {
    await supervisor.begin();
  } catch (cause) {
    await supervisor.stop();
    throw cause;
  }
  return supervisor;
}

class RunningSupervisor implements Supervisor {
  readonly #options: SupervisorOptions;
  readonly #totals: Totals = createTotals();
  readonly #lanes: readonly Lane[];
  readonly #flushing: NodeJS.Timeout;
  readonly #guarding: NodeJS.Timeout;
  #current: Release & { readonly artefactRead: Artefact };
  #offered = 1;
  #since = 0;
  #deaths = 0;
  #restored = 0;
  #closed: Failure[] = [];
  #installation: Installation | undefined;
  /** What the rules in front had met when they were last asked. */
  #met = { led: 0, outside: 0 };
  #asked = -Infinity;
  readonly #kernel: KernelTotals = createKernelTotals();
  #taking: Promise<unknown> = Promise.resolve();
  #stopped: Promise<void> | undefined;
  /** The queues are closed, and the kernel has forgotten what it counted. */
  #isOver = false;

  constructor(options: SupervisorOptions, artefact: Artefact) {
    this.#options = options;
    this.#current = { generation: this.#offered, artefact: options.artefact, artefactRead: artefact };
    this.#totals.adopt(this.#offered, artefact.ruleset);
    this.#lanes = options.held.map((held) => this.#laneOver(held));
    this.#flushing = setInterval(() => this.#flush(), FLUSH_MILLISECONDS);
    this.#guarding = setInterval(() => this.#guard(), RULES_MILLISECONDS);
  }

  async begin(): Promise<void> {
    await Promise.all(
      this.#lanes.map((lane) =>
        lane.begin().catch((cause: unknown) => {
          throw Problem.of(queueUnjudged, { queue: lane.queue, reason: textOf(cause) });
        }),
      ),
    );
    this.#since = Date.now();
    this.#installation = this.#options.install?.(selectionOf(this.#current.artefactRead.ruleset.policy));
    for (const diagnostic of this.#installation?.diagnostics ?? []) this.#options.warn(diagnostic);
  }

  status(): SupervisorStatus {
    return {
      generation: this.#current.generation,
      ruleset: this.#current.artefactRead.manifest.ruleset,
      since: this.#since,
      closed: this.#closed[0],
      ...(this.#options.log && { logStalled: this.#options.log.stalled }),
      ...(this.#options.hello.dryRun && { dryRun: true as const }),
      queues: this.#lanes.map((lane) => lane.status()),
    };
  }

  take(artefact: Uint8Array): Promise<TakeOver> {
    const taken = this.#taking.then(() => this.#take(artefact));
    this.#taking = taken.catch(() => undefined);
    return taken;
  }

  suspend(): Promise<void> {
    this.#close('reload-failed');
    return Promise.resolve();
  }

  counters(): SupervisorCounters {
    const { log } = this.#options;
    const kernel = this.#kernelTotals();
    const sums = this.#totals.sums();
    const linesLost = log?.lost ?? 0;
    sums.failures['queue-full'] += kernel ? Math.max(kernel.drops, this.#led() - kernel.packets) : 0;
    sums.failures['log-unwritable'] += linesLost;
    return {
      ...sums,
      signatures: this.#totals.signatures(),
      outside: this.#met.outside,
      kernel,
      linesLost,
      deaths: this.#deaths,
      restored: this.#restored,
    };
  }

  reopenLog(): void {
    this.#options.log?.reopen();
  }

  stop(): Promise<void> {
    return (this.#stopped ??= this.#stop());
  }

  refresh(): void {
    if (performance.now() - this.#asked >= REFRESH_MILLISECONDS) this.#ask();
  }

  uninstall(): readonly Diagnostic[] {
    return this.#installation?.uninstall() ?? [];
  }

  #laneOver(held: HeldQueue): Lane {
    const { hello, failure, start, warn } = this.#options;
    const { queue } = held;
    const fate = failure['child-dead'];
    return createLane({
      ...{ held, start, fate },
      hello: { kind: 'start', ...hello, queue },
      current: () => this.#current,
      closedBy: () => this.#closed[0],
      listener: {
        report: (said) => this.#hear(queue, said),
        died: (how, inHand) => {
          this.#deaths++;
          this.#totals.ended(queue);
          this.#totals.add('child-dead', inHand);
          warn(report(childDied, { queue, how, inHand, fate }));
        },
        unjudged: (packets) => this.#totals.add('child-dead', packets),
      },
    });
  }

  #hear(queue: number, said: Exclude<Report, { readonly generation: number }>): void {
    const { log, warn } = this.#options;
    if (said.kind === 'counters') this.#totals.note(queue, said.counters);
    else if (said.kind === 'warning') {
      const { code, message, help } = said;
      warn({ code, severity: 'warning', message, labels: [], ...(help !== undefined && { help }) });
    } else for (const line of said.lines.split('\n')) if (line !== '') log?.write(line);
  }

  async #take(artefact: Uint8Array): Promise<TakeOver> {
    const artefactRead = decoded(artefact);
    const release = { generation: ++this.#offered, artefact };
    const began = performance.now();
    const ready = await this.#prepare(release);
    const prepared = performance.now();
    const selection = selectionOf(artefactRead.ruleset.policy);
    try {
      this.#installation?.widen(selection);
    } catch (cause) {
      for (const lane of this.#lanes) lane.forget(release.generation);
      throw cause;
    }
    const widened = performance.now();
    this.#totals.adopt(release.generation, artefactRead.ruleset);
    // From here on a child that ends is followed by one that judges by the new ruleset: there is no way back.
    this.#current = { ...release, artefactRead };
    const gaps = await Promise.all(this.#lanes.map((lane) => lane.use(release.generation)));
    const used = performance.now();
    this.#since = Date.now();
    this.#installation?.narrow(selection);
    this.#open('reload-failed');
    const networks = widened - prepared + performance.now() - used;
    return {
      generation: release.generation,
      milliseconds: { ready: prepared - began, use: used - widened, networks },
      queues: this.#lanes.map(({ queue }, i) => ({
        queue,
        readyMilliseconds: ready[i] ?? 0,
        gapMicroseconds: gaps[i] ?? 0,
      })),
    };
  }

  /** Every queue has it ready, or no queue keeps it. */
  async #prepare(release: Release): Promise<number[]> {
    const answers = await Promise.allSettled(this.#lanes.map((lane) => lane.load(release)));
    const refused = answers.findIndex(({ status }) => status === 'rejected');
    if (refused < 0) return answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : 0));
    for (const lane of this.#lanes) lane.forget(release.generation);
    const answer = answers[refused];
    const reason = answer?.status === 'rejected' ? textOf(answer.reason) : '';
    throw Problem.of(rulesetRefused, { queue: this.#lanes[refused]?.queue ?? 0, reason });
  }

  #close(failure: Failure): void {
    if (!this.#closed.includes(failure)) this.#closed.push(failure);
    for (const lane of this.#lanes) lane.close();
  }

  #open(failure: Failure): void {
    if (!this.#closed.includes(failure)) return;
    this.#closed = this.#closed.filter((other) => other !== failure);
    for (const lane of this.#lanes) lane.close();
  }

  #ask(): void {
    if (this.#installation) this.#met = this.#installation.met();
    this.#asked = performance.now();
  }

  /** Between two takeovers, which change the rules themselves. */
  #guard(): void {
    // Before the kernel's counters have gone round.
    this.#kernelTotals();
    const look = async (): Promise<void> => {
      for (const gone of this.#stopped ? [] : ((await this.#installation?.restore()) ?? [])) {
        this.#restored++;
        this.#options.warn(gone);
      }
    };
    this.#taking = this.#taking.then(look).catch(() => undefined);
  }

  #flush(): void {
    const { log, failure } = this.#options;
    if (!log) return;
    log.flush();
    if (failure['log-unwritable'] === 'accept') return;
    if (log.stalled) this.#close('log-unwritable');
    else this.#open('log-unwritable');
  }

  #kernelTotals(): SupervisorCounters['kernel'] {
    for (const held of this.#isOver ? [] : this.#options.held) {
      const counters = held.counters();
      if (counters) this.#kernel.note(counters);
    }
    return this.#kernel.sums();
  }

  /** Where a full queue lets packets pass the kernel counts them nowhere: they are those that rules led here and that have no number. */
  #led(): number {
    return this.#options.failure['queue-full'] === 'accept' ? this.#met.led : 0;
  }

  /** First the rules that lead packets in, then the packets, then the queues, then what the kernel drops waiting packets for when it goes. */
  async #stop(): Promise<void> {
    // A child that hangs would keep whoever wants to leave for as long as it may take to get ready.
    clearInterval(this.#guarding);
    for (const lane of this.#lanes) lane.giveUp();
    await this.#taking;
    this.#ask();
    await this.#installation?.release();
    await Promise.all(this.#lanes.map((lane) => lane.stop()));
    clearInterval(this.#flushing);
    this.#kernelTotals();
    this.#isOver = true;
    for (const held of this.#options.held) held.close();
  }
}

/** What the rules in front of the queues let in. */
function selectionOf(policy: Policy | undefined): Selection | undefined {
  if (!policy) return undefined;
  const networks = setOf(policy.protect.flatMap((line) => line.networks));
  return { networks: prefixesOf(networks), otherwise: policy.otherwise };
}

function decoded(artefact: Uint8Array): Artefact {
  const { value, diagnostics } = decodeArtefact(artefact, 'ruleset', sha256);
  const [diagnostic] = diagnostics;
  if (diagnostic) throw new Problem(diagnostic);
  if (!value) throw new Error('an artefact without findings has a value');
  return value;
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
