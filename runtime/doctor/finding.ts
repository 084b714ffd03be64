/** What a look at the machine found. */
import type { Problem } from '../problem.js';

/**
 * `ok`; `failed`: nothing can be enforced until it is mended; `limited`: it can, with a restriction; `missing`: not
 * there, and not needed; `unknown`: could not be tried.
 */
export type State = 'ok' | 'failed' | 'limited' | 'missing' | 'unknown';

export interface Finding {
  /** What was looked at, in a word or two. */
  readonly check: string;
  readonly state: State;
  /** What was found. */
  readonly detail: string;
  /** What to do about it. */
  readonly help?: string;
}

/** A finding from what the machine has refused. */
export function refused(check: string, state: State, { diagnostic }: Problem): Finding {
  const { message, help } = diagnostic;
  return { check, state, detail: message, ...(help !== undefined && { help }) };
}

/** Whether packets can be judged inline on this machine. */
export function works(findings: readonly Finding[]): boolean {
  return findings.every(({ state }) => state !== 'failed');
}
