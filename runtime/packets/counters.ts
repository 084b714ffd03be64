/**
 * What a packet thread counts, in memory that the main thread reads at any time. Only one thread writes. Numbers are exact up to 2^53; on
 * the machines that the queue runs on, eight aligned bytes are never read half written.
 */
import { type Failure, FAILURES } from '../failure.js';
import { type ChildCounters, DELAY_BOUNDS } from './messages.js';

/** Places of the counters; behind them those of `FAILURES` and of the histogram of delays. */
export const COUNT = {
  ...{ turns: 0, packets: 1, bytes: 2, batches: 3, pass: 4, accept: 5, drop: 6, reject: 7, uncovered: 8 },
  ...{ ipv4: 9, ipv6: 10, alerts: 11, alertsLost: 12, sent: 13, suppressed: 14, unanswerable: 15, failed: 16 },
  ...{ evictions: 17, delaySum: 18, failures: 19, delays: 19 + FAILURES.length },
} as const;

const LENGTH = COUNT.delays + DELAY_BOUNDS.length + 1;

export type Counters = Float64Array<SharedArrayBuffer>;

/** Counters that stand at 0. */
export function createCounters(): Counters {
  return sharedNumbers(LENGTH);
}

/** Two numbers a signature: matches, and those of them that cost the packet its way. */
export function createMatchCounts(signatures: number): Counters {
  return sharedNumbers(2 * signatures);
}

function sharedNumbers(length: number): Counters {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}

/** Adds to the counter at a place. */
export function add(counters: Counters, place: number, amount: number): void {
  counters[place] = (counters[place] ?? 0) + amount;
}

/** Where a failure is counted. */
export function failurePlace(failure: Failure): number {
  return COUNT.failures + FAILURES.indexOf(failure);
}

/** Enters packets that were in hand for so long. */
export function addDelay(counters: Counters, microseconds: number, packets: number): void {
  let bucket = 0;
  while (bucket < DELAY_BOUNDS.length && microseconds > (DELAY_BOUNDS[bucket] ?? 0)) bucket++;
  add(counters, COUNT.delays + bucket, packets);
  // Whole microseconds: their sum stays exact for decades.
  add(counters, COUNT.delaySum, Math.round(microseconds * packets));
}

/** The counters as the supervisor is told them. */
export function readCounters(counters: Counters, generation: number, matches: Counters): ChildCounters {
  const at = (place: number): number => counters[place] ?? 0;
  const { turns, packets, bytes, batches, uncovered, alerts, alertsLost, evictions, delaySum } = COUNT;
  return {
    generation,
    turns: at(turns),
    packets: at(packets),
    bytes: at(bytes),
    batches: at(batches),
    verdicts: { pass: at(COUNT.pass), accept: at(COUNT.accept), drop: at(COUNT.drop), reject: at(COUNT.reject) },
    uncovered: at(uncovered),
    failures: Object.fromEntries(FAILURES.map((failure, i) => [failure, at(COUNT.failures + i)])),
    matches: [...matches],
    fragments: { ipv4: at(COUNT.ipv4), ipv6: at(COUNT.ipv6) },
    alerts: at(alerts),
    alertsLost: at(alertsLost),
    answers: {
      sent: at(COUNT.sent),
      suppressed: at(COUNT.suppressed),
      unanswerable: at(COUNT.unanswerable),
      failed: at(COUNT.failed),
    },
    evictions: at(evictions),
    delaySum: at(delaySum),
    delays: [...counters.subarray(COUNT.delays, LENGTH)],
  };
}
