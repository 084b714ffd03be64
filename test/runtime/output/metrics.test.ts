/** Metrics: a text that Prometheus takes, numbers that only grow, and no more series than can be kept. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMetrics, type Facts } from '../../../runtime/output/metrics.js';
import { type Counted, showing } from '../../../runtime/output/shown.js';
import { DELAY_BOUNDS } from '../../../runtime/packets/messages.js';
import { runs } from '../../support/runs.js';
import { factsWith, signature } from './facts.js';

/** Samples by name and labels, as the format has them (Prometheus, "Text-based format"); throws on what it does not allow. */
function parsed(text: string): { samples: Map<string, number>; types: Map<string, string> } {
  const [samples, types] = [new Map<string, number>(), new Map<string, string>()];
  expect(text.endsWith('\n')).toBe(true);
  for (const line of text.split('\n')) {
    if (line === '' || /^# HELP [a-z_]+ \S/.test(line)) continue;
    const [, typed, type] = /^# TYPE ([a-z_]+) (counter|gauge|histogram)$/.exec(line) ?? [];
    if (typed !== undefined) {
      expect(types.has(typed)).toBe(false);
      types.set(typed, type ?? '');
      continue;
    }
    const found = /^([a-z_]+)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (\d+(?:\.\d+)?(?:e[+-]\d+)?)$/.exec(line);
    expect(found, line).not.toBeNull();
    const [, name = '', labels = '', value] = found ?? [];
    const family = [...types.keys()].at(-1) ?? '';
    expect([family, `${family}_bucket`, `${family}_sum`, `${family}_count`]).toContain(name);
    expect(samples.has(`${name}{${labels}}`)).toBe(false);
    samples.set(`${name}{${labels}}`, Number(value));
  }
  return { samples, types };
} // prettier-ignore

const samplesOf = async (facts: Facts): Promise<Map<string, number>> =>
  parsed(await createMetrics(() => facts).text()).samples;

describe('the text', () => {
  it('says every fact', async () => {
    const signatures = [
      signature('probe', 5, { id: 7, module: 'scans', blocked: 3 }),
      signature('odd', 1),
      signature('no', 0),
    ];
    const samples = await samplesOf(factsWith({ signatures }));
    expect(Object.fromEntries([...samples].filter(([name]) => !name.includes('bucket')))).toEqual({
      'sigward_packets_total{}': 1_000,
      'sigward_bytes_total{}': 64_000,
      'sigward_batches_total{}': 20,
      'sigward_uncovered_packets_total{}': 5,
      'sigward_outside_packets_total{}': 6,
      'sigward_kernel_packets_total{}': 1_010,
      'sigward_kernel_drops_total{}': 4,
      'sigward_child_deaths_total{}': 2,
      'sigward_rules_restored_total{}': 0,
      'sigward_alerts_total{}': 7,
      'sigward_alerts_lost_total{}': 1,
      'sigward_log_lines_lost_total{}': 0,
      'sigward_log_stalled{}': 0,
      'sigward_forgotten_keys_total{}': 2,
      'sigward_verdicts_total{verdict="pass"}': 1,
      'sigward_verdicts_total{verdict="accept"}': 900,
      'sigward_verdicts_total{verdict="drop"}': 90,
      'sigward_verdicts_total{verdict="reject"}': 9,
      'sigward_fragments_total{version="ipv4"}': 3,
      'sigward_fragments_total{version="ipv6"}': 0,
      'sigward_answers_total{outcome="sent"}': 8,
      'sigward_answers_total{outcome="suppressed"}': 1,
      'sigward_answers_total{outcome="unanswerable"}': 0,
      'sigward_answers_total{outcome="failed"}': 0,
      'sigward_orders_total{outcome="done"}': 2,
      'sigward_orders_total{outcome="refused"}': 1,
      'sigward_failures_total{failure="queue-full",fate="drop"}': 4,
      'sigward_failures_total{failure="trap",fate="drop"}': 0,
      'sigward_failures_total{failure="too-long",fate="drop"}': 1,
      'sigward_failures_total{failure="child-dead",fate="drop"}': 2,
      'sigward_failures_total{failure="reload-failed",fate="accept"}': 0,
      'sigward_failures_total{failure="log-unwritable",fate="accept"}': 0,
      'sigward_signature_matches_total{signature="probe",id="7"}': 5,
      'sigward_signature_matches_total{signature="odd",id="1"}': 1,
      'sigward_signature_matches_total{signature="other",id=""}': 0,
      'sigward_module_matches_total{module="scans"}': 5,
      'sigward_module_matches_total{module="root"}': 1,
      'sigward_module_matches_total{module="other"}': 0,
      'sigward_module_blocked_total{module="scans"}': 3,
      'sigward_module_blocked_total{module="other"}': 0,
      'sigward_generation{}': 3,
      'sigward_ruleset_since_seconds{}': 1_700_000_000.5,
      'sigward_closed{}': 0,
      'sigward_dry_run{}': 0,
      'sigward_queue_judging{queue="0"}': 1,
      'sigward_queue_judging{queue="1"}': 0,
      'sigward_info{version="1.2.3",ruleset="sha256:ab"}': 1,
      'sigward_delay_seconds_sum{}': 2.5,
      'sigward_delay_seconds_count{}': 2 * DELAY_BOUNDS.length + 1,
    });
  });

  it('has a histogram whose buckets hold those before them, in seconds', async () => {
    const samples = await samplesOf(factsWith({ delays: [3, 0, 1, ...DELAY_BOUNDS.slice(3).map(() => 0), 5] }));
    const buckets = [...samples].filter(([name]) => name.includes('bucket'));
    expect(buckets).toHaveLength(DELAY_BOUNDS.length + 1);
    expect(buckets.slice(0, 4)).toEqual([
      ['sigward_delay_seconds_bucket{le="0.00001"}', 3],
      ['sigward_delay_seconds_bucket{le="0.00002"}', 3],
      ['sigward_delay_seconds_bucket{le="0.00005"}', 4],
      ['sigward_delay_seconds_bucket{le="0.0001"}', 4],
    ]);
    expect(buckets.at(-1)).toEqual(['sigward_delay_seconds_bucket{le="+Inf"}', 9]);
  });

  it('leaves out what the kernel does not tell', async () => {
    const samples = await samplesOf(factsWith({ kernel: undefined }));
    expect([...samples.keys()].filter((name) => name.includes('kernel'))).toEqual([]);
  });

  it('has one ruleset and the numbers of now, however often it is made', async () => {
    let facts = factsWith();
    const metrics = createMetrics(() => facts);
    await metrics.text();
    facts = factsWith({ packets: 1_001 }, { ruleset: 'sha256:cd', generation: 4, closed: 'trap' });
    const { samples } = parsed(await metrics.text());
    expect([...samples.keys()].filter((name) => name.startsWith('sigward_info'))).toHaveLength(1);
    expect(samples.get('sigward_packets_total{}')).toBe(1_001);
    expect(samples.get('sigward_closed{}')).toBe(1);
    expect((await samplesOf(factsWith({}, { dryRun: true }))).get('sigward_dry_run{}')).toBe(1);
  });

  it('is well-formed whatever names are', async () => {
    const odd = ['"', '\\', '\n', 'a b', '', 'é', '__proto__', 'constructor', 'other', '}'];
    const signatures = odd.map((name, id) => signature(name, 1, { id, module: name }));
    const { samples } = parsed(await createMetrics(() => factsWith({ signatures })).text());
    expect([...samples.keys()].filter((name) => name.startsWith('sigward_signature'))).toHaveLength(odd.length + 1);
  });

  it('stays within bounds with 30,000 signatures', async () => {
    const signatures = Array.from({ length: 30_000 }, (_, id) => signature(`s${id}`, id, { id, module: `m${id}` }));
    const text = await createMetrics(() => factsWith({ signatures })).text();
    expect(text.length).toBeLessThan(40_000);
    expect(parsed(text).samples.get('sigward_signature_matches_total{signature="s29999",id="29999"}')).toBe(29_999);
  });
});

describe('what is shown by name', () => {
  const all = (counts: Readonly<Record<string, number>>): Counted[] =>
    Object.entries(counts).map(([key, count]) => ({ key, count }));

  it('is what counts most, then what has a name already', () => {
    const show = showing(2);
    expect(show(all({ a: 1, b: 3, c: 2, d: 0 }))).toEqual({
      named: [
        { key: 'b', count: 3 },
        { key: 'c', count: 2 },
      ],
      other: 1,
    });
    expect(show(all({ a: 100, b: 3, c: 2 }))).toEqual({
      named: [
        { key: 'b', count: 3 },
        { key: 'c', count: 2 },
      ],
      other: 100,
    });
  });

  it('is not what has counted nothing', () => {
    const show = showing(2);
    expect(show(all({ a: 0, b: 0 })).named).toEqual([]);
    expect(show(all({ a: 0, b: 1 })).named).toEqual([{ key: 'b', count: 1 }]);
  });

  it('never falls, adds up to all, and has no more names than allowed', () => {
    const step = fc.array(fc.tuple(fc.nat(9), fc.nat(5)), { maxLength: 12 });
    fc.assert(
      fc.property(fc.nat(4), fc.array(step, { maxLength: 12 }), (most, steps) => {
        const show = showing(most);
        const counts: Record<string, number> = {};
        let before = new Map<string, number>();
        for (const added of steps) {
          for (const [key, count] of added) counts[`k${key}`] = (counts[`k${key}`] ?? 0) + count;
          const { named, other } = show(all(counts));
          const now = new Map([...named.map(({ key, count }) => [key, count] as const), ['other', other]]);
          expect(named.length).toBeLessThanOrEqual(most);
          expect([...now.values()].reduce((sum, n) => sum + n, 0)).toBe(
            Object.values(counts).reduce((sum, n) => sum + n, 0),
          );
          for (const [key, count] of before) expect(now.get(key)).toBeGreaterThanOrEqual(count);
          before = now;
        }
      }),
      { numRuns: runs(500) },
    );
  });
});
