/** What is running is changed here and nowhere else: an order is worked out, compiled, taken over by the queues, or changes nothing. */
import { type DiagnosticKind, report } from '../../grammar/diagnostic.js';
import type { Fate } from '../failure.js';
import { Problem } from '../problem.js';
import type { Supervisor } from '../supervisor/supervisor.js';
import type { Handler } from './client-session.js';
import type { Compiled, CompileResult, Compiler, Task } from './compiler.js';
import { compilerFailed, endingAlready, notTakenOver } from './diagnostics.js';
import { isOrder, type Order, type Outcome, type Request } from './protocol.js';
import { changed, type Places, type Wanted } from './running.js';
import { type Current, modulesReport, orderReport, statsReport, statusReport, type TakenOver } from './reports.js';

/** What judges packets, as far as orders concern it. */
export type Enforcement = Pick<Supervisor, 'status' | 'take' | 'counters' | 'refresh' | 'suspend'>;

export interface ManagementOptions {
  readonly current: Current;
  readonly compiler: Compiler;
  readonly enforcement: Enforcement;
  readonly places: Places;
  /** What packets get when what runs was to be read anew, and could not be. */
  readonly onReloadFailed: Fate;
}

export interface Management {
  /** Does what is asked on the control socket, orders one after the other. */
  readonly handle: Handler;
  readonly current: () => Current;
  /** How many were carried out and refused. */
  readonly orders: () => { readonly done: number; readonly refused: number };
  /** Whoever waits is refused; what is being compiled is given up. */
  readonly close: () => void;
}

/** What is running once a ruleset was compiled. */
function runningAfter(wanted: Wanted, compiled: Compiled): Current {
  const { paths, without, policy } = wanted;
  const { artefact: _, units, declared, modules, ...rest } = compiled;
  const names = new Set(declared.map(({ name }) => name));
  // Where a file went after one of its modules, it comes back whole.
  const removed = wanted.removed.filter((name) => names.has(name));
  return {
    running: { paths, without, removed, policy, units, declared, modules },
    compiled: rest,
  };
}

/** The task of compiling that. */
function taskOf(wanted: Wanted, colour: boolean): Task {
  const { files, without, removed, policy, fresh } = wanted;
  return { paths: files, without, removed, policy, fresh, colour };
}

/** Takes orders from now on. */
export function manage(options: ManagementOptions): Management {
  const { compiler, enforcement, places } = options;
  let { current } = options;
  let isEnding = false;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const orders = { done: 0, refused: 0 };

  const perform = async (order: Order, progress: (text: string) => void): Promise<Outcome> => {
    if (isEnding) return refused(endingAlready, undefined);
    const began = performance.now();
    const change = changed(current.running, order, places);
    if (!change.ok) return { ok: false, diagnostic: change.diagnostic };
    const { colour = false } = order;
    const compiled = await compiler.compile(taskOf(change.wanted, colour), progress);
    const taken = await takeOver(compiled, enforcement, progress);
    compiler.settle(taken.ok);
    if (!taken.ok) {
      await afterFailure(order, options);
      return taken;
    }
    current = runningAfter(change.wanted, taken.compiled);
    const milliseconds = performance.now() - began;
    progress('comparing');
    const difference = await compiler.compare(colour);
    return { ok: true, result: orderReport(current, { ...taken, milliseconds, difference }) };
  };

  const inTurn = async (order: Order, progress: (text: string) => void): Promise<Outcome> => {
    if (waiting > 0) progress('waiting for another order');
    waiting++;
    const mine = last.then(() => perform(order, progress)).finally(() => waiting--);
    last = mine.then(
      ({ ok }) => orders[ok ? 'done' : 'refused']++,
      () => orders.refused++,
    );
    return mine;
  };

  return {
    handle: async (request, progress) => {
      try {
        return isOrder(request) ? await inTurn(request, progress) : answered(request, current, enforcement, places);
      } catch (cause) {
        if (cause instanceof Problem) return { ok: false, diagnostic: cause.diagnostic };
        return refused(compilerFailed, { why: cause instanceof Error ? cause.message : String(cause) });
      }
    },
    current: () => current,
    orders: () => ({ ...orders }),
    close: () => {
      isEnding = true;
      compiler.close();
    },
  };
}

type Refused = Extract<Outcome, { readonly ok: false }>;

function refused<P>(kind: DiagnosticKind<P>, p: P): Refused {
  return { ok: false, diagnostic: report(kind, p) };
}

function answered(
  request: Exclude<Request, Order>,
  current: Current,
  enforcement: Enforcement,
  places: Places,
): Outcome {
  switch (request.do) {
    case 'status':
      return { ok: true, result: statusReport(current, enforcement.status()) };
    case 'modules':
      return { ok: true, result: modulesReport(current, places) };
    case 'stats':
      enforcement.refresh();
      return { ok: true, result: statsReport(enforcement.counters(), enforcement.status()) };
  }
}

async function takeOver(
  compiled: CompileResult,
  enforcement: Enforcement,
  progress: (text: string) => void,
): Promise<Refused | ({ readonly ok: true } & Omit<TakenOver, 'milliseconds' | 'difference'>)> {
  if (!compiled.ok) return compiled;
  progress('taking over');
  try {
    return { ok: true, compiled, take: await enforcement.take(compiled.artefact) };
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    return refused(notTakenOver, { why: cause.diagnostic.message });
  }
}

/** What reads anew what runs, and cannot, has failed; what else was asked for and cannot be had has not. */
async function afterFailure({ do: verb }: Order, { enforcement, onReloadFailed }: ManagementOptions): Promise<void> {
  if (onReloadFailed === 'drop' && (verb === 'reload' || verb === 'exchange')) await enforcement.suspend();
}
