/** One queue: the child that reads it, and another one whenever it ends. */
import type { Failure, Fate } from '../failure.js';
import type { Order, Report, Start } from '../packets/messages.js';
import { delayAfter, nextStreak } from './backoff.js';
import type { HeldQueue } from './held-queue.js';
import { createPromises, type Promises } from './promises.js';
import type { PacketChild, StartChild } from './start-child.js';
import type { QueueStatus } from './supervisor.js';
import { createWatch, type Watch } from './watch.js';

/** How often a child is looked after, and how often packets are settled for want of one, in milliseconds. */
const WATCH_MILLISECONDS = 500;
const SETTLE_MILLISECONDS = 20;
/** How long packets wait for a child that was started anew. */
const PATIENCE_MILLISECONDS = 2_000;
/** How long a child may take to have a ruleset ready, to begin to judge by it, and to settle what is left. */
const READY_MILLISECONDS = 60_000;
const USE_MILLISECONDS = 5_000;
const STOP_MILLISECONDS = 10_000;
/** So many times some thousand packets are settled at the end. */
const ROUNDS_AT_END = 64;

/** A ruleset, and its number. */
export interface Release {
  readonly generation: number;
  readonly artefact: Uint8Array;
}

/** What a lane takes from the supervisor. */
export interface LaneOptions {
  readonly held: HeldQueue;
  readonly start: StartChild;
  readonly hello: Start;
  /** What a child that is started is to judge by. */
  readonly current: () => Release;
  readonly closedBy: () => Failure | undefined;
  /** What becomes of packets in the hands of a child that has ended. */
  readonly fate: Fate;
  readonly listener: LaneListener;
}

export interface LaneListener {
  /** What a child says that does not concern its rulesets. */
  report(report: Exclude<Report, { readonly generation: number }>): void;
  /** A child has ended unasked, with so many packets in its hands. */
  died(how: string, inHand: number): void;
  /** So many packets got their fate for want of a child. */
  unjudged(packets: number): void;
}

export interface Lane {
  readonly queue: number;
  status(): QueueStatus;
  /** Starts the first child, until it judges; rejects with the reason where it does not get so far. */
  begin(): Promise<void>;
  /** Has the child make a ruleset ready: how long it took. Rejects where it is refused. Without a child that judges there is nothing to wait for. */
  load(release: Release): Promise<number>;
  /** Has the child judge by it: the microseconds between two batches. A child that cannot is replaced by one that does. */
  use(generation: number): Promise<number>;
  forget(generation: number): void;
  /** Tells the child what `closedBy` says now. */
  close(): void;
  /** Whoever waits for the child to take a ruleset over waits no longer: all is about to end. */
  giveUp(): void;
  /** Settles what waits and ends. */
  stop(): Promise<void>;
}

/** A lane over a queue that is held, without a child yet. */
export function createLane(options: LaneOptions): Lane {
  return new QueueLane(options);
}

class QueueLane implements Lane {
  readonly queue: number;
  readonly #options: LaneOptions;
  readonly #promises: Promises = createPromises();
  #state: QueueStatus['state'] = 'starting';
  #child: PacketChild | undefined;
  #generation: number | undefined;
  /** What the child was last told to use. */
  #told = 0;
  #watch: Watch = createWatch(Date.now);
  #deaths = 0;
  #streak = 0;
  /** When the child began to judge. */
  #judging = 0;
  #hung = false;
  #stopping = false;
  #hasGivenUp = false;
  #first: { readonly resolve: () => void; readonly reject: (cause: Error) => void } | undefined;
  #last: (() => void) | undefined;
  #restart: NodeJS.Timeout | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #patience: NodeJS.Timeout | undefined;
  #ticking: NodeJS.Timeout | undefined;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.queue = options.held.queue;
  }

  status(): QueueStatus {
    const { queue } = this;
    return { queue, state: this.#state, pid: this.#child?.pid, generation: this.#generation, deaths: this.#deaths };
  }

  begin(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#first = { resolve, reject };
      this.#spawn();
    });
  }

  async load(release: Release): Promise<number> {
    if (this.#state !== 'judging') return 0;
    const answer = this.#promises.expect(`ready ${release.generation}`, READY_MILLISECONDS);
    this.#send({ kind: 'load', ...release });
    return answer;
  }

  async use(generation: number): Promise<number> {
    const began = process.hrtime.bigint();
    const answer = this.#promises.expect(`using ${generation}`, USE_MILLISECONDS);
    if (this.#state === 'judging') this.#tell(generation);
    else this.#hasten();
    return answer.catch(async () => {
      // It hangs, or never gets ready; the next one starts with the ruleset in use.
      if (!this.#hasGivenUp) {
        this.#child?.kill();
        await this.#promises.expect(`using ${generation}`, USE_MILLISECONDS).catch(() => undefined);
      }
      return Number((process.hrtime.bigint() - began) / 1_000n);
    });
  }

  forget(generation: number): void {
    this.#send({ kind: 'forget', generation });
  }

  close(): void {
    this.#send({ kind: 'closed', by: this.#options.closedBy() });
  }

  giveUp(): void {
    this.#hasGivenUp = true;
    this.#promises.breakOffAll('', 'it ends');
  }

  stop(): Promise<void> {
    this.#stopping = true;
    const ended = new Promise<void>((resolve) => (this.#last = resolve));
    if (!this.#child) this.#end();
    else if (this.#state === 'judging') {
      this.#send({ kind: 'stop' });
      this.#patience = setTimeout(() => this.#child?.kill(), STOP_MILLISECONDS);
    } else this.#child.kill();
    return ended;
  }

  #send(order: Order): void {
    this.#child?.send(order);
  }

  #tell(generation: number): void {
    this.#told = generation;
    this.#send({ kind: 'use', generation });
  }

  #spawn(): void {
    const { start, held, hello, current, closedBy } = this.#options;
    // What an earlier child has to say does not concern this one.
    const mine = { child: undefined as PacketChild | undefined };
    const child = start(this.queue, held.fd, {
      report: (report) => void (this.#child === mine.child && this.#hear(report)),
      ended: (how) => void (this.#child === mine.child && this.#over(how)),
    });
    mine.child = this.#child = child;
    this.#told = 0;
    this.#send(hello);
    if (closedBy() !== undefined) this.close();
    this.#send({ kind: 'load', ...current() });
    this.#deadline = setTimeout(() => child.kill(), READY_MILLISECONDS);
  }

  /** Does not wait for the next child any longer: with another ruleset there is reason to expect more of it. */
  #hasten(): void {
    this.#streak = 0;
    if (!this.#restart) return;
    clearTimeout(this.#restart);
    this.#restart = undefined;
    this.#spawn();
  }

  #hear(report: Report): void {
    if (report.kind === 'ready') this.#ready(report);
    else if (report.kind === 'using') this.#using(report);
    else if (report.kind === 'refused') this.#refused(report);
    else {
      if (report.kind === 'counters') this.#watch.turned(report.counters.turns);
      this.#options.listener.report(report);
    }
  }

  #ready({ generation, milliseconds }: Extract<Report, { kind: 'ready' }>): void {
    if (this.#state === 'judging') return void this.#promises.keep(`ready ${generation}`, milliseconds);
    const release = this.#options.current();
    if (generation !== release.generation) return void this.#send({ kind: 'load', ...release });
    // From here on it reads the socket, and nobody else may.
    this.#quiet();
    this.#state = 'starting';
    this.#tell(generation);
    // Ready and not judging is hanging.
    this.#patience = setTimeout(() => this.#child?.kill(), PATIENCE_MILLISECONDS);
  }

  #using({ generation, microseconds }: Extract<Report, { kind: 'using' }>): void {
    this.#generation = generation;
    if (this.#state !== 'judging') this.#judges();
    this.#promises.keep(`using ${generation}`, microseconds);
    const release = this.#options.current();
    // Something else has come into use while it started.
    if (this.#told < release.generation) this.#catchUp(release);
  }

  #catchUp(release: Release): void {
    const { generation } = release;
    this.load(release).then(
      () => this.#tell(generation),
      () => this.#child?.kill(),
    );
  }

  #judges(): void {
    this.#quiet();
    this.#state = 'judging';
    this.#judging = Date.now();
    this.#watch = createWatch(Date.now);
    this.#ticking = setInterval(() => this.#look(), WATCH_MILLISECONDS);
    this.#first?.resolve();
    this.#first = undefined;
  }

  #refused({ generation, reason }: Extract<Report, { kind: 'refused' }>): void {
    if (this.#promises.breakOff(`ready ${generation}`, reason)) return;
    // What is in use was taken by another child of the same program: this one is not well.
    this.#first?.reject(new Error(reason));
    this.#first = undefined;
    this.#child?.kill();
  }

  #look(): void {
    if (!this.#watch.hangs(this.#options.held.counters())) return;
    this.#hung = true;
    this.#child?.kill();
  }

  #over(how: string): void {
    this.#quiet();
    const judged = this.#state === 'judging' ? Date.now() - this.#judging : 0;
    const told = this.#hung ? 'it hung, and was killed' : how;
    this.#child = this.#generation = undefined;
    this.#hung = false;
    this.#promises.breakOffAll('ready ', `the process that judges queue ${this.queue} has ended: ${told}`);
    if (this.#stopping) return void this.#end();
    if (this.#first) {
      this.#first.reject(new Error(told));
      this.#state = 'ended';
      return;
    }
    this.#mourn(told, judged);
  }

  #mourn(how: string, judged: number): void {
    const { held, fate, listener } = this.#options;
    this.#deaths++;
    this.#streak = nextStreak(this.#streak, judged);
    this.#state = 'starting';
    listener.died(how, held.settleInHand(fate));
    this.#restart = setTimeout(() => {
      this.#restart = undefined;
      this.#spawn();
    }, delayAfter(this.#streak));
    // Whoever dies again and again does so for what waits there: it is not left to wait for the next.
    const patience = this.#streak > 2 ? 0 : PATIENCE_MILLISECONDS;
    this.#patience = setTimeout(() => this.#settleMeanwhile(), patience);
  }

  #settleMeanwhile(): void {
    const { held, fate, listener } = this.#options;
    this.#state = 'settling';
    this.#ticking = setInterval(() => {
      const packets = held.settleWaiting(fate);
      if (packets > 0) listener.unjudged(packets);
    }, SETTLE_MILLISECONDS);
  }

  /** No timer runs on. */
  #quiet(): void {
    clearTimeout(this.#deadline);
    clearTimeout(this.#patience);
    clearInterval(this.#ticking);
  }

  /** What is left gets its fate, and nobody comes after. */
  #end(): void {
    const { held, fate, listener } = this.#options;
    this.#quiet();
    clearTimeout(this.#restart);
    // Where somebody else's rules lead packets here they go on coming.
    for (let round = 0, packets = -1; packets !== 0 && round < ROUNDS_AT_END; round++) {
      packets = held.settleWaiting(fate);
      listener.unjudged(packets);
    }
    this.#state = 'ended';
    this.#promises.breakOffAll('', 'it ends');
    this.#last?.();
  }
}
