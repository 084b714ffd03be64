/** A child's main thread: rulesets and alerts are its work; packets are those of the packet thread, which it tells what to do. */
import { report as describe } from '../../grammar/diagnostic.js';
import type { Diagnostic } from '../../grammar/diagnostic.js';
import { fragmentsArrive } from '../nfqueue/diagnostics.js';
import type { RawSockets } from '../reject/raw-socket.js';
import { type AlertReader, alertReader } from './alerts.js';
import { type Counters, readCounters } from './counters.js';
import { carriedBetween } from './declarations.js';
import { type Generation, readGeneration } from './generation.js';
import type { Handling, Order } from './messages.js';
import type { Outbox } from './outbox.js';
import type { ThreadOrder, ThreadReport } from './thread-messages.js';

/** Rulesets that may be loaded and not yet used or forgotten: each takes some megabytes and more. */
const MOST_LOADED = 4;

/** What the foreman works with. */
export interface Workplace {
  readonly handling: Handling;
  readonly counters: Counters;
  readonly ring: SharedArrayBuffer;
  readonly outbox: Outbox;
  /** Tells the packet thread. */
  readonly tell: (order: ThreadOrder) => void;
  /** By which rejected packets are answered, or why they are not. */
  readonly answers: RawSockets | Diagnostic;
}

export interface Foreman {
  /** Any order but the first. */
  order(order: Order): void;
  /** What the packet thread reports; false once it has ended. */
  hear(report: ThreadReport): boolean;
  /** Hands alerts on; true where none is left. */
  sendAlerts(): boolean;
  sendCounters(): void;
}

interface State extends Workplace {
  /** Told to the thread, and neither used nor forgotten; when each was asked for. */
  readonly loaded: Map<number, { readonly generation: Generation; readonly since: number }>;
  /** By which packets were judged whose alerts may still be in the ring. */
  readonly known: Map<number, Generation>;
  readonly alerts: AlertReader;
  /** What the thread judges by, and what it was told last to judge by. */
  current: Generation | undefined;
  ordered: Generation | undefined;
  hasWarned: boolean;
}

/** A foreman whose thread has no ruleset yet. */
export function createForeman(workplace: Workplace): Foreman {
  const { handling, ring } = workplace;
  const known = new Map<number, Generation>();
  const options = { packets: handling.alertPackets, dryRun: handling.dryRun };
  const state: State = {
    ...workplace,
    ...{ loaded: new Map(), known, current: undefined, ordered: undefined, hasWarned: false },
    alerts: alertReader(ring, options, (number) => known.get(number)),
  };
  return {
    order: (order) => take(state, order),
    hear: (report) => hear(state, report),
    sendAlerts: () => sendAlerts(state),
    sendCounters: () => sendCounters(state),
  };
}

function take(state: State, order: Order): void {
  switch (order.kind) {
    case 'start':
      return void warn(state, { code: 'order', message: 'the child was started already' });
    case 'load':
      return void load(state, order.generation, order.artefact);
    case 'use':
      return void use(state, order.generation);
    case 'forget':
      if (state.loaded.delete(order.generation)) state.tell(order);
      return;
    default:
      return void state.tell(order);
  }
}

function load(state: State, number: number, artefact: Uint8Array): void {
  const since = performance.now();
  const found = attemptGeneration(state, number, artefact);
  if ('reason' in found) return void refuse(state, number, found.reason);
  state.loaded.set(number, { generation: found, since });
  const { program, matches, signatures } = found;
  const sockets = signatures.some(({ verdict }) => verdict === 'reject') ? socketsOrWarning(state) : undefined;
  state.tell({ kind: 'prepare', generation: number, program, matches, sockets });
}

/** Whatever the bytes are, this thread goes on. */
function attemptGeneration(
  { loaded, known }: State,
  number: number,
  artefact: Uint8Array,
): Generation | { readonly reason: string } {
  if (loaded.has(number) || known.has(number)) return { reason: 'its number is that of another ruleset' };
  if (loaded.size >= MOST_LOADED)
    return { reason: `${MOST_LOADED} rulesets are loaded, and neither used nor forgotten` };
  try {
    return readGeneration(number, artefact);
  } catch (cause) {
    return { reason: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** Says once that rejected packets are not answered, where they are not. */
function socketsOrWarning(state: State): RawSockets | undefined {
  const { answers, handling } = state;
  if (!('code' in answers)) return answers;
  if (!state.hasWarned && !handling.dryRun) warn(state, answers);
  state.hasWarned = true;
  return undefined;
}

function use(state: State, number: number): void {
  const next = state.loaded.get(number)?.generation;
  if (!next) return void refuse(state, number, 'it is not loaded');
  state.loaded.delete(number);
  state.known.set(number, next);
  const carried = state.ordered ? carriedBetween(state.ordered.keys, next.keys) : { counts: [], limits: [] };
  state.ordered = next;
  state.tell({ kind: 'use', generation: number, carried });
}

function hear(state: State, report: ThreadReport): boolean {
  switch (report.kind) {
    case 'prepared': {
      const since = state.loaded.get(report.generation)?.since;
      if (since === undefined) return true; // forgotten meanwhile
      state.outbox.send({ ...report, kind: 'ready', milliseconds: performance.now() - since });
      return true;
    }
    case 'refused':
      state.loaded.delete(report.generation);
      state.outbox.send(report);
      return true;
    case 'using':
      sendCounters(state); // the last ones of the ruleset before
      state.current = state.known.get(report.generation);
      state.outbox.send(report);
      return true;
    case 'fragments':
      warn(state, describe(fragmentsArrive, undefined));
      return true;
    case 'failed':
      warn(state, report);
      return false;
    case 'stopped':
      return false;
  }
}

function sendAlerts(state: State): boolean {
  const { outbox, alerts, known, current } = state;
  while (!outbox.isFull) {
    const lines = alerts.lines();
    if (lines === '') {
      // What was used before the one in use has left nothing behind.
      for (const number of known.keys()) if (current && number < current.number) known.delete(number);
      return true;
    }
    outbox.send({ kind: 'alerts', lines });
  }
  return false;
}

function sendCounters({ outbox, counters, current }: State): void {
  if (current) outbox.send({ kind: 'counters', counters: readCounters(counters, current.number, current.matches) });
}

function refuse({ outbox }: State, generation: number, reason: string): void {
  outbox.send({ kind: 'refused', generation, reason });
}

function warn(
  { outbox }: State,
  { code, message, help }: { readonly code: string; readonly message: string; readonly help?: string | undefined },
): void {
  outbox.send({ kind: 'warning', code, message, ...(help !== undefined && { help }) });
}
