/** When lints are asked for: the quick ones as soon as somebody stops for a moment, the slow ones after a pause. */
import { linting } from './linting.js';
import type { Session } from './session.js';

/** Between two letters of somebody who types are 100 to 300 ms. */
const PAUSE_MS = { quick: 150, slow: 400 } as const;

/** Where lints take long, they wait for a longer pause: they take a processor from whoever types. */
const MOST_PAUSE_MS = 2000;

export interface LintSchedule {
  /** A text was changed, or something that all of them depend on. */
  readonly changed: (name?: string) => void;
  readonly stop: () => void;
}

/** Lints the texts that are open, the one that was changed first. */
export function lintSchedule(
  { documents, rules }: Session,
  guarded: (work: () => void) => () => void,
  publish: (name: string) => void,
  failed: (cause: unknown) => void,
): LintSchedule {
  let left: string[] = [];
  let timers: NodeJS.Timeout[] = [];
  const next = guarded(() => {
    const name = left.shift();
    if (name === undefined) return;
    lints.quick(rules.lintJob(name));
    lints.slow();
  });
  const lints = linting((name, answer) => {
    // It may have been closed meanwhile.
    if (!documents.get(name)) return;
    rules.lints.set(name, answer.class, answer.found);
    guarded(() => void publish(name))();
    if (answer.class === 'slow') next();
  }, failed);
  return {
    changed: (name) => {
      for (const timer of timers) clearTimeout(timer);
      left = [];
      const quick = guarded(() => void (name !== undefined && lints.quick(rules.lintJob(name))));
      const slow = guarded(() => {
        left = documents.names().filter((one) => one !== name);
        if (name === undefined) next();
        else lints.slow();
      });
      const more = Math.min(MOST_PAUSE_MS, lints.took());
      timers = [setTimeout(quick, PAUSE_MS.quick + more), setTimeout(slow, PAUSE_MS.slow + more)];
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
      lints.stop();
    },
  };
}
