import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { besideHyperscan, besideText } from '../../../bench/engine/beside-hyperscan.js';
import { replay } from '../../../bench/engine/replay.js';
import { literalRules, rulesetOf } from '../../../bench/engine/rulesets.js';
import { type Speed, speedTable } from '../../../bench/engine/throughput.js';
import { payloadsOf, realTraffic, sampleTraffic } from '../../../bench/engine/traffic.js';
import { loadRules } from '../../../cli/load.js';
import { ENGINE_KINDS, loadEngine } from '../../../runtime/engine/load.js';
import { needs } from '../../support/skip.js';

const folder = mkdtempSync(join(os.tmpdir(), 'sigward bench '));
afterAll(() => rmSync(folder, { recursive: true }));

const shipped = await realTraffic(folder, join(folder, 'not there'), 2000);
const { ruleset } = loadRules(['rules']);
const literals = ['HTTP/1.', 'get ', 'password'].map((text) => ({ bytes: Buffer.from(text), nocase: true }));
const searching = rulesetOf(literalRules(literals), folder);

describe('traffic', () => {
  test('without the mixed capture is what ships, often enough', () => {
    expect(shipped.packets).toBeGreaterThanOrEqual(2000);
    expect(shipped.source).toMatch(/rules.captures, \d+ times$/);
  });

  test('is sampled from all over', async () => {
    const sample = await sampleTraffic(shipped, 100, folder);
    expect(sample.packets).toBeLessThanOrEqual(100);
    expect(sample.packets).toBeGreaterThan(50);
    expect((await replay(loadEngine(ruleset), sample.path)).packets).toBe(sample.packets);
    expect(await sampleTraffic(shipped, shipped.packets, folder)).toEqual(shipped);
  });

  test('has payloads: those that signatures of one literal over TCP and UDP are looked for in', async () => {
    const { bytes, lengths } = await payloadsOf(shipped, searching);
    let end = 0;
    const payloads = [...lengths].map((length) => Buffer.from(bytes.subarray(end, (end += length))).toString('latin1'));
    expect(payloads.every((payload) => payload.length > 0)).toBe(true);
    const holding = ['http/1.', 'get ', 'password'].map((text) =>
      payloads.filter((p) => p.toLowerCase().includes(text)),
    );
    const { matches } = await replay(loadEngine(searching), shipped.path);
    expect(holding.flat()).toHaveLength(matches);
    expect(matches).toBeGreaterThan(10);
  });
});

test('replaying says the same by every engine', async () => {
  const results = await Promise.all(ENGINE_KINDS.map((kind) => replay(loadEngine(ruleset, kind), shipped.path)));
  expect(results[0]?.packets).toBe(shipped.packets);
  expect(results[0]?.matches).toBeGreaterThan(100);
  expect(results[0]?.stopped).toBeGreaterThan(100);
  expect(results.every((result) => JSON.stringify(result) === JSON.stringify(results[0]))).toBe(true);
});

test('speeds stand in one row a ruleset, an engine that was left out has none', () => {
  const replayed = { packets: 1000, matches: 7, stopped: 0 };
  const of = (signatures: number) => ({ rules: 'r', signatures, replayed });
  const rows: Speed[] = [
    { ...of(1), engine: 'wasm', packetsPerSecond: 2_000_000 },
    { ...of(1), engine: 'tree', packetsPerSecond: 50_000, timesWasm: 40 },
    { ...of(2), engine: 'wasm', packetsPerSecond: 1_000_000 },
    { ...of(2), engine: 'tree', packetsPerSecond: 10_000, timesWasm: 100 },
    { ...of(2), engine: 'interpreter', packetsPerSecond: 1234, timesWasm: 810.4 },
  ];
  const [, first, second] = speedTable(rows, { path: '', packets: 1000, bytes: 500_000 }).split('\n');
  expect(first?.trim().split(/\s{2,}/)).toEqual(['r', '1', '7', '2,000,000', '1.00', '50,000', '40 ×']);
  expect(second?.trim().split(/\s{2,}/)).toEqual([
    'r',
    '2',
    '7',
    '1,000,000',
    '0.50',
    '10,000',
    '100 ×',
    '1,230',
    '810 ×',
  ]);
});

describe('beside Hyperscan', () => {
  test('without gcc it says what to install', async () => {
    vi.stubEnv('PATH', folder);
    const beside = await besideHyperscan(searching, literals, shipped, folder);
    vi.unstubAllEnvs();
    expect(beside).toMatch(/no gcc; on Debian: apt-get install/);
  });

  test.skipIf(needs('gcc', '/usr/include/hs/hs.h') !== undefined)('both find what is there', async () => {
    const beside = await besideHyperscan(searching, literals, shipped, folder);
    if (typeof beside === 'string') expect.fail(beside);
    const { matches } = await replay(loadEngine(searching), shipped.path);
    expect(beside).toMatchObject({ literals: 3, packets: shipped.packets, matches });
    // A literal may stand in a payload more than once.
    expect(beside.occurrences).toBeGreaterThanOrEqual(matches);
    expect(beside.withoutSignatures).toBeGreaterThan(0);
    expect(besideText(beside)).toContain(`${beside.ratio.toFixed(2)} × the time`);
  });
});
