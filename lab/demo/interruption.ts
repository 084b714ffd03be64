/** Leaving in the middle. */
import { constants } from 'node:os';

/** What a shell reports of a program that a closed pipe ends: 128 + SIGPIPE. */
const BROKEN_PIPE = 141;

/**
 * Ends the process on Ctrl-C and the like, with the exit status that a shell gives. What must be put back is put back by
 * listeners of the event `exit`, all of it at once, so that a second Ctrl-C finds nothing half done.
 */
export function exitOnSignals(before: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      before();
      process.exit(128 + constants.signals[signal]);
    });
  }
  process.stdout.on('error', () => process.exit(BROKEN_PIPE));
}
