/** A packet child in a host of a lab network, and what it says (`holder.ts`). */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { DEFAULT_FAILURE_POLICY } from '../../runtime/failure.js';
import type { KernelCounters } from '../../runtime/nfqueue/statistics.js';
import type { ChildCounters, Order, Report, Start } from '../../runtime/packets/messages.js';
import type { Host } from '../host.js';

/** What the child says, and its holder of it. */
export type Said =
  | Report
  | { readonly kind: 'held'; readonly pid: number }
  | { readonly kind: 'kernel'; readonly kernel: KernelCounters | undefined }
  | { readonly kind: 'ended'; readonly how: string };
type Kind = Said['kind'];
type Of<K extends Kind> = Extract<Said, { readonly kind: K }>;

/** How a child is to be told; what is left out is as it is by default, with alerts. */
export type HeldOptions = Partial<Omit<Start, 'kind'>> & {
  readonly queue: number;
  /** What is led to it; FORWARD unless given. */
  readonly chains?: readonly ('FORWARD' | 'INPUT' | 'OUTPUT')[];
  /** Of the child and its holder; that of this process unless given. */
  readonly env?: NodeJS.ProcessEnv;
};

export interface HeldChild {
  /** The child's process id. */
  readonly pid: number;
  /** Everything that was said so far. */
  readonly said: readonly Said[];
  /** All alerts so far. */
  alerts(): Record<string, unknown>[];
  tell(order: Exclude<Order, { kind: 'load' }> | { readonly kind: 'unload' | 'kill' | 'kernel' }): void;
  /** The next report of these kinds that was not waited for yet. */
  next<K extends Kind>(...kinds: readonly K[]): Promise<Of<K>>;
  /** Loads the artefact at a path and has the child use it: how long each took. */
  use(generation: number, path: string): Promise<{ readonly milliseconds: number; readonly microseconds: number }>;
  /** Counters that were read after this call. */
  counters(): Promise<ChildCounters>;
  kernel(): Promise<KernelCounters | undefined>;
  /** Stops it in order: its last counters. */
  stop(): Promise<ChildCounters>;
}

const SCRIPT = fileURLToPath(new URL('holder.js', import.meta.url));
/** The same from the sources: what tsc has built of it. */
const BUILT = fileURLToPath(new URL('../../dist/lab/packets/holder.js', import.meta.url));

/** Starts a child that has no ruleset yet, and leads packets of the host to it. */
export async function holdChild(host: Host, options: HeldOptions): Promise<HeldChild> {
  const { chains = ['FORWARD'], env = process.env, ...start } = options;
  const script = SCRIPT.includes('/dist/') ? SCRIPT : BUILT;
  const process_ = host.spawn(process.execPath, [script, String(options.queue), ...chains], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env,
  });
  const held = listen(process_);
  const { pid } = await held.next('held');
  held.tell({
    ...{ kind: 'start', failure: DEFAULT_FAILURE_POLICY, alerts: true, alertPackets: false, dryRun: false },
    ...{ onFragment: 'drop', answers: { ipv4: -1, ipv6: -1 }, ...start },
  });
  return { pid, ...held };
}

/** What was said, and waiting for more. */
interface Inbox {
  readonly said: readonly Said[];
  next<K extends Kind>(...kinds: readonly K[]): Promise<Of<K>>;
  /** Forgets what was said of this kind. */
  skip(kind: Kind): void;
}

function inboxOf(stdout: NodeJS.ReadableStream): Inbox {
  const said: Said[] = [];
  const unread: Said[] = [];
  const waiting: (() => void)[] = [];
  createInterface({ input: stdout }).on('line', (line) => {
    const one = JSON.parse(line) as Said;
    said.push(one);
    unread.push(one);
    for (const wake of waiting.splice(0)) wake();
  });
  return {
    said,
    async next<K extends Kind>(...kinds: readonly K[]) {
      for (;;) {
        const place = unread.findIndex((one) => (kinds as readonly Kind[]).includes(one.kind));
        if (place >= 0) return unread.splice(place, 1)[0] as Of<K>;
        const end = said.find((one) => one.kind === 'ended');
        if (end) throw new Error(`the child ended before it said \`${kinds.join()}\`: ${end.how}`);
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    skip(kind) {
      for (let place = unread.length - 1; place >= 0; place--)
        if (unread[place]?.kind === kind) unread.splice(place, 1);
    },
  };
}

function listen(child: ChildProcess): Omit<HeldChild, 'pid'> {
  if (!child.stdout || !child.stdin) throw new Error('a child has no standard streams');
  const inbox = inboxOf(child.stdout);
  const { said } = inbox;
  const next: Inbox['next'] = (...kinds) => inbox.next(...kinds);
  const { stdin } = child;
  const tell = (order: unknown): void => void stdin.write(`${JSON.stringify(order)}\n`);
  return {
    ...{ said, next, tell },
    alerts: () => alertsIn(said),
    async counters() {
      inbox.skip('counters');
      await next('counters'); // may have been on its way
      return (await next('counters')).counters;
    },
    async use(generation, path) {
      tell({ kind: 'load', generation, path });
      const answer = await next('ready', 'refused');
      if (answer.kind === 'refused') throw new Error(answer.reason);
      tell({ kind: 'use', generation });
      const { microseconds } = await next('using');
      return { milliseconds: answer.milliseconds, microseconds };
    },
    async kernel() {
      tell({ kind: 'kernel' });
      return (await next('kernel')).kernel;
    },
    async stop() {
      const closed = once(child, 'close');
      stdin.end();
      await closed;
      const last = said.findLast((one) => one.kind === 'counters');
      if (!last) throw new Error('the child counted nothing');
      return last.counters;
    },
  };
}

function alertsIn(said: readonly Said[]): Record<string, unknown>[] {
  const lines = said.flatMap((one) => (one.kind === 'alerts' ? one.lines.split('\n') : []));
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>);
}
