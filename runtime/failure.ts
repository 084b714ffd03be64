/** What becomes of packets that cannot be judged, and of the run when something beside the packets fails: named, counted, chosen by the operator. */

/** The things that fail, by the names that options, settings and metrics have for them. */
export const FAILURES = ['queue-full', 'trap', 'too-long', 'child-dead', 'reload-failed', 'log-unwritable'] as const;
export type Failure = (typeof FAILURES)[number];

/** `accept`: packets go on unjudged; `drop`: they do not. */
export type Fate = 'accept' | 'drop';
export type FailurePolicy = Readonly<Record<Failure, Fate>>;

/**
 * Whatever would pass unseen is dropped: an attack must not get through because a queue is full. Where packets are judged all the same (by the
 * rules of before, without a log) they go on.
 */
export const DEFAULT_FAILURE_POLICY: FailurePolicy = {
  'queue-full': 'drop',
  trap: 'drop',
  'too-long': 'drop',
  'child-dead': 'drop',
  'reload-failed': 'accept',
  'log-unwritable': 'accept',
};
