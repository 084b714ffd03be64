import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildHyperscan } from '../../../bench/hyperscan/build.js';
import { startHyperscan } from '../../../bench/hyperscan/process.js';
import { literalSet } from '../../../bench/workload/literals.js';
import { nearPayloads } from '../../../bench/workload/near.js';
import { packed } from '../../../bench/workload/payloads.js';
import { runs } from '../../support/runs.js';
import { needs } from '../../support/skip.js';
import { naiveSearch } from '../search/naive.js';
import { workloads } from '../search/workloads.js';

const why = needs('gcc', '/usr/include/hs/hs.h');
const folder = mkdtempSync(join(os.tmpdir(), 'sigward hyperscan '));
afterAll(() => rmSync(folder, { recursive: true }));

test('without gcc the sentence says what to install', () => {
  vi.stubEnv('PATH', folder);
  const built = buildHyperscan(folder);
  vi.unstubAllEnvs();
  expect(built).toEqual({
    missing: expect.stringMatching(/no gcc; on Debian: apt-get install gcc .*libhyperscan-dev$/),
  });
});

describe.skipIf(why !== undefined)('Hyperscan', () => {
  let program = '';
  beforeAll(() => {
    const built = buildHyperscan(folder);
    program = 'program' in built ? built.program : expect.fail(built.missing);
  });

  test('finds what comparing at every position finds', async () => {
    await fc.assert(
      fc.asyncProperty(workloads, async ({ literals, payloads }) => {
        const hyperscan = await startHyperscan(program, folder, literals);
        await hyperscan.load(payloads);
        const found = await hyperscan.checksum();
        hyperscan.close();
        expect(found).toEqual(naiveSearch(literals, payloads));
      }),
      { numRuns: runs(50) },
    );
  });

  test('takes other payloads after the first, and counts the same without the checksum', async () => {
    const literals = literalSet(100);
    const hyperscan = await startHyperscan(program, folder, literals);
    for (const kind of ['near-last', 'near-case'] as const) {
      const payloads = nearPayloads(kind, literals, packed('none', []), 5000);
      await hyperscan.load(payloads);
      const expected = naiveSearch(literals, payloads);
      expect(await hyperscan.checksum()).toEqual(expected);
      expect((await hyperscan.run(3)).matches).toBe(expected.matches);
    }
    hyperscan.close();
  });

  test('that refuses its literals says why', async () => {
    await expect(startHyperscan(program, folder, [])).rejects.toThrow(/Hyperscan has ended: .*literals/);
  });
});
