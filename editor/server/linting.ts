/** The thread that lints, as the server sees it: one job at a time, the newest counts. */
import { Worker } from 'node:worker_threads';
import type { LintAnswer, LintJob, LintRequest } from './lint-worker.js';

export interface Linting {
  /** Asks for the quick lints of a file; what was asked before and is not begun is forgotten. */
  readonly quick: (job: Omit<LintJob, 'id'>) => void;
  /** Lets the slow ones of the same file follow. */
  readonly slow: () => void;
  /** How long the last job has taken, or one that was ended. */
  readonly took: () => number;
  readonly stop: () => void;
}

/** A job that takes longer gives way to a newer one: its thread is ended and another started. */
const PATIENCE_MS = 2000;

/** `found` hears what was found in the text that was asked about last. */
export function linting(found: (name: string, answer: LintAnswer) => void, failed: (cause: unknown) => void): Linting {
  let worker: Worker | undefined;
  let last = 0;
  let current: LintJob | undefined;
  let waiting: LintRequest[] = [];
  let since: number | undefined;
  let took = 0;
  const over = (): void => {
    if (since !== undefined) took = Date.now() - since;
    since = undefined;
  };
  const start = (): Worker => {
    const started = new Worker(new URL('./lint-worker.js', import.meta.url));
    started.on('message', (answer: LintAnswer) => {
      over();
      if (answer.id === current?.id) found(current.name, answer);
      next();
    });
    started.on('error', (cause) => {
      failed(cause);
      end();
      waiting = [];
    });
    // The editor decides when it is over.
    started.unref();
    return started;
  };
  const end = (): void => {
    void worker?.removeAllListeners().terminate();
    worker = undefined;
    over();
  };
  const next = (): void => {
    const request = since === undefined ? waiting.shift() : undefined;
    if (!request) return;
    worker ??= start();
    since = Date.now();
    worker.postMessage(request);
  };
  return {
    quick: (job) => {
      current = { ...job, id: ++last };
      if (since !== undefined && Date.now() - since > PATIENCE_MS) end();
      waiting = [{ kind: 'quick', job: current }];
      next();
    },
    slow: () => {
      if (current) waiting.push({ kind: 'slow', id: current.id });
      next();
    },
    took: () => took,
    stop: end,
  };
}
