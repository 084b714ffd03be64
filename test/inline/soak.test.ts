/** A few minutes of what `npm run soak` does for ten: load, exchanges, and memory that does not grow. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNetwork, type Network } from '../../lab/network.js';
import { growth } from '../../lab/soak/memory.js';
import { growsTooFast, soak } from '../../lab/soak/soak.js';
import { needs } from '../support/skip.js';

const why = needs('root', 'linux', 'namespaces', 'ip', 'iptables', 'ip6tables');

describe.skipIf(why !== undefined)('a router under load', () => {
  let network: Network;
  const closeSync = (): void => network.closeSync();

  beforeAll(() => {
    network = createNetwork('swsk');
    process.once('exit', closeSync);
  });

  afterAll(async () => {
    await network.close();
    process.off('exit', closeSync);
  });

  it('loses nothing, lets nothing pass, and has memory that grows by less than 1 MB a minute behind the first two', async () => {
    const options = { minutes: 3.5, warmUp: 2, queue: 26, rate: 3_000, exchangeSeconds: 1, say: () => undefined };
    const { processes, sent, exchanges, ...report } = await soak(network, options);
    expect(report).toEqual({ harmed: 0, passed: 0, refused: 0 });
    expect(sent).toBeGreaterThan(300_000);
    expect(exchanges).toBeGreaterThan(50);
    expect(processes.map(({ name }) => name)).toEqual(expect.arrayContaining(['supervisor', 'packets', 'compiler']));
    expect(processes.filter(growsTooFast)).toEqual([]);
    for (const name of ['supervisor', 'packets']) {
      expect(processes.find((one) => one.name === name)?.growth, name).toBeDefined();
    }
  }, 600_000);
});

describe('growth', () => {
  const samples = (of: (seconds: number) => number): Parameters<typeof growth>[0] =>
    Array.from({ length: 240 }, (_, i) => ({ seconds: i, megabytes: of(i) }));

  it('is that of the least that is needed, behind the warm-up', () => {
    expect(
      growth(
        samples((s) => 100 + s / 60),
        120,
      ),
    ).toBeCloseTo(1, 5);
    expect(
      growth(
        samples((s) => (s < 120 ? s : 120) + (s % 15)),
        120,
      ),
    ).toBeCloseTo(0, 5);
  });

  it('is not known of what was there for a moment', () => {
    expect(growth(samples(() => 100).slice(0, 30), 0)).toBeUndefined();
  });
});
