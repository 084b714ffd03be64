/** What a run may look like at one moment. */
import { DEFAULT_FAILURE_POLICY } from '../../../runtime/failure.js';
import type { Facts } from '../../../runtime/output/metrics.js';
import { DELAY_BOUNDS } from '../../../runtime/packets/messages.js';
import type {
  SignatureCounters,
  SupervisorCounters,
  SupervisorStatus,
} from '../../../runtime/supervisor/supervisor.js';

export function signature(
  name: string,
  matches: number,
  more: Pick<Partial<SignatureCounters>, 'id' | 'module' | 'blocked'> = {},
): SignatureCounters {
  return { name, id: 1, title: name, severity: 'low', matches, blocked: 0, ...more };
}

/** Facts with these counters and this status, and all else as one may expect it. */
export function factsWith(counters: Partial<SupervisorCounters> = {}, status: Partial<SupervisorStatus> = {}): Facts {
  return {
    status: {
      ...{ generation: 3, ruleset: 'sha256:ab', since: 1_700_000_000_500, closed: undefined },
      queues: [
        { queue: 0, state: 'judging', pid: 10, generation: 3, deaths: 0 },
        { queue: 1, state: 'settling', pid: undefined, generation: undefined, deaths: 2 },
      ],
      ...status,
    },
    counters: {
      ...{
        packets: 1_000,
        bytes: 64_000,
        batches: 20,
        uncovered: 5,
        alerts: 7,
        alertsLost: 1,
        evictions: 2,
        delaySum: 2_500_000,
      },
      verdicts: { pass: 1, accept: 900, drop: 90, reject: 9 },
      failures: { 'queue-full': 4, trap: 0, 'too-long': 1, 'child-dead': 2, 'reload-failed': 0, 'log-unwritable': 0 },
      fragments: { ipv4: 3, ipv6: 0 },
      answers: { sent: 8, suppressed: 1, unanswerable: 0, failed: 0 },
      delays: [...DELAY_BOUNDS.map(() => 2), 1],
      ...{ signatures: [], outside: 6, kernel: { packets: 1_010, drops: 4 }, linesLost: 0, deaths: 2, restored: 0 },
      ...counters,
    },
    ...{ orders: { done: 2, refused: 1 }, failure: DEFAULT_FAILURE_POLICY, version: '1.2.3' },
  };
}
