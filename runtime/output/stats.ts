/** Counters in the form of Suricata's EVE log (its user guide, "Eve JSON Format", event type `stats`): one JSON object. */
import { eveTimestamp } from './eve.js';
import type { SignatureCount, Tally } from './tally.js';

/** What happened since the start. */
export interface Progress {
  readonly tally: Tally;
  /** When the counters were read, in nanoseconds since 1970-01-01 UTC. */
  readonly time: bigint;
  /** Seconds since the start. */
  readonly uptime: number;
  /** Packets that were fragments, where that was looked at. */
  readonly fragments?: { readonly ipv4: number; readonly ipv6: number };
  /** Keys of counts and limits that were forgotten while they still counted. */
  readonly evictions?: number;
  /** Packets that the engine could not judge. */
  readonly failures?: number;
  /** Packets that the kernel gave to the queue and those that it dropped because the queue was full, where it tells. */
  readonly kernel?: { readonly packets: number; readonly drops: number };
}

/** The counters as one line of JSON without its line end. Names are Suricata's, so that what reads its log reads this. */
export function statsRecord({ tally, time, uptime, fragments, evictions = 0, failures = 0, kernel }: Progress): string {
  const { packets, bytes, verdicts, signatures, uncovered } = tally;
  const modules = modulesIn(signatures);
  return JSON.stringify({
    timestamp: eveTimestamp(time),
    event_type: 'stats',
    stats: {
      uptime: Math.floor(uptime),
      ...(kernel && { capture: { kernel_packets: kernel.packets, kernel_drops: kernel.drops } }),
      decoder: { pkts: packets, bytes },
      ...(fragments && {
        defrag: { ipv4: { fragments: fragments.ipv4 }, ipv6: { fragments: fragments.ipv6 } },
      }),
      ips: { accepted: verdicts.accept + verdicts.pass, blocked: verdicts.drop, rejected: verdicts.reject },
      detect: {
        alert: signatures.reduce((sum, { matches }) => sum + matches, 0),
        ...(uncovered > 0 && { uncovered }),
        ...(evictions > 0 && { forgotten_keys: evictions }),
        ...(failures > 0 && { engine_failures: failures }),
        ...(modules.size > 0 && { modules: Object.fromEntries(modules) }),
      },
    },
  });
}

/** By module, what its signatures have found; those outside of all modules are in no row. */
function modulesIn(signatures: readonly SignatureCount[]): Map<string, { alert: number; blocked: number }> {
  const modules = new Map<string, { alert: number; blocked: number }>();
  for (const { module, matches, blocked } of signatures) {
    if (module === undefined) continue;
    const known = modules.get(module) ?? { alert: 0, blocked: 0 };
    modules.set(module, { alert: known.alert + matches, blocked: known.blocked + blocked });
  }
  return modules;
}
