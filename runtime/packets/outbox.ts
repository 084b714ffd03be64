/** Reports to the supervisor, and how much of them it has not read yet: what it does not read must not pile up here. */
import type { Report } from './messages.js';

/** Characters of alerts that may be on their way: about a megabyte. */
const MOST_UNITS = 1 << 20;

export interface Outbox {
  send(report: Report): void;
  /** Whether so much is on its way that what can wait should. */
  readonly isFull: boolean;
  /** Until all that was sent is on its way. */
  emptied(): Promise<void>;
}

/** `transmit` calls back once the system has taken the report, or never will. */
export function createOutbox(transmit: (report: Report, done: () => void) => void): Outbox {
  let units = 0;
  let reports = 0;
  const waiting: (() => void)[] = [];
  return {
    send(report) {
      const size = report.kind === 'alerts' ? report.lines.length : 0;
      units += size;
      reports++;
      transmit(report, () => {
        units -= size;
        if (--reports === 0) for (const wake of waiting.splice(0)) wake();
      });
    },
    get isFull() {
      return units >= MOST_UNITS;
    },
    emptied: () => new Promise((resolve) => (reports === 0 ? resolve() : waiting.push(resolve))),
  };
}
