/** What a run writes by the clock: alerts that wait to be handed over, and counters. */
import type { PacketQueue } from '../../runtime/nfqueue/queue.js';
import type { Engine } from '../../runtime/engine/engine.js';
import { statsRecord } from '../../runtime/output/stats.js';
import type { FragmentCounts } from './run-fragments.js';
import type { Recorder } from './session.js';

/** Alerts that nobody can read yet are no alerts: under load, too, they are handed over about so often. */
const FLUSH_MILLISECONDS = 500;

/** What is written by the clock and not by the packet. */
export interface PeriodicWriter {
  /** To be called after each batch, and when nothing came for a while: `idle`. */
  turn(idle: boolean): void;
  /** The last counters, however short the time. */
  last(): void;
}

/** `seconds` lie between two lines of counters; undefined: there are none. */
export function periodicWriter(
  packets: PacketQueue,
  records: Recorder,
  fragments: Readonly<FragmentCounts>,
  engine: Pick<Engine, 'evictions' | 'failures'>,
  seconds: number | undefined,
): PeriodicWriter {
  const start = Date.now();
  let flushed = start;
  let noted = start;
  const note = (now: number): void => {
    const { kernel } = packets.statistics();
    records.note(
      statsRecord({
        tally: records.tally,
        time: BigInt(now) * 1_000_000n,
        uptime: (now - start) / 1000,
        fragments,
        evictions: engine.evictions(),
        failures: engine.failures(),
        ...(kernel && { kernel: { packets: kernel.lastId, drops: kernel.dropped + kernel.undelivered } }),
      }),
    );
    noted = now;
  };
  return {
    turn(idle) {
      const now = Date.now();
      const due = seconds !== undefined && now - noted >= seconds * 1000;
      if (due) note(now);
      if (!due && !idle && now - flushed < FLUSH_MILLISECONDS) return;
      records.flush();
      flushed = now;
    },
    last() {
      if (seconds !== undefined) note(Date.now());
    },
  };
}
