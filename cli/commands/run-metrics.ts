/** Metrics of a run with a supervisor. What makes them is loaded only where they are asked for: it takes as long as the rest of the start. */
import type { FailurePolicy } from '../../runtime/failure.js';
import type { Facts } from '../../runtime/output/metrics.js';
import type { MetricsServer } from '../../runtime/output/metrics-server.js';
import type { Supervisor, SupervisorStatus } from '../../runtime/supervisor/supervisor.js';
import { packageVersion } from '../paths.js';
import type { Address } from '../setting.js';

/** Listens, and has nothing to say yet. Throws a `Problem` where that cannot be. */
export async function listenForScrapes({ host, port }: Address): Promise<MetricsServer> {
  const { openMetrics } = await import('../../runtime/output/metrics-server.js');
  return await openMetrics(host, port);
}

/** Serves what the supervisor counts. */
export async function serveMetrics(
  server: MetricsServer,
  supervisor: Pick<Supervisor, 'status' | 'counters' | 'refresh'>,
  failure: FailurePolicy,
  orders: () => Facts['orders'],
): Promise<void> {
  const { createMetrics } = await import('../../runtime/output/metrics.js');
  const version = packageVersion();
  const metrics = createMetrics(() => {
    supervisor.refresh();
    return { status: supervisor.status(), counters: supervisor.counters(), orders: orders(), failure, version };
  });
  server.serve({ metrics, ailment: () => ailmentOf(supervisor.status()) });
}

/** Why packets are not judged, if so. */
function ailmentOf({ closed, queues }: SupervisorStatus): string | undefined {
  if (closed !== undefined) return `everything is dropped: ${closed}`;
  const idle = queues.find(({ state }) => state !== 'judging');
  return idle && `queue ${idle.queue} is ${idle.state}`;
}
