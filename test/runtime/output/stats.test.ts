import { expect, it } from 'vitest';
import { statsRecord } from '../../../runtime/output/stats.js';
import { count, createTally } from '../../../runtime/output/tally.js';

it('counters carry the names that Suricata gives them', () => {
  const tally = createTally(2);
  tally.packets = 10;
  tally.bytes = 640;
  Object.assign(tally.verdicts, { accept: 4, pass: 1, drop: 3, reject: 2 });
  Object.assign(tally.signatures[1] ?? {}, { matches: 7, blocked: 5 });
  const time = 1_790_000_000_123_456_789n;
  expect(JSON.parse(statsRecord({ tally, time, uptime: 12.9, kernel: { packets: 11, drops: 1 } }))).toEqual({
    timestamp: '2026-09-21T14:13:20.123456+0000',
    event_type: 'stats',
    stats: {
      uptime: 12,
      capture: { kernel_packets: 11, kernel_drops: 1 },
      decoder: { pkts: 10, bytes: 640 },
      ips: { accepted: 5, blocked: 3, rejected: 2 },
      detect: { alert: 7 },
    },
  });
  expect(statsRecord({ tally, time, uptime: 0 })).not.toContain('capture');
  const modular = createTally(3, (index) => ['http', 'http', undefined][index]);
  count(modular, 60, { verdict: 'drop', matches: [0, 1, 2], alerts: [] });
  count(modular, 60, { verdict: 'accept', matches: [], alerts: [], uncovered: true });
  expect(JSON.parse(statsRecord({ tally: modular, time, uptime: 0 })).stats.detect).toEqual({
    ...{ alert: 3, uncovered: 1, modules: { http: { alert: 2, blocked: 2 } } },
  });
  expect(statsRecord({ tally, time, uptime: 0, evictions: 3 })).toContain('"detect":{"alert":7,"forgotten_keys":3}');
});
