import { defineConfig } from 'vitest/config';
import { runs } from './test/support/runs.js';

/** No test is about time: this ends one that hangs, also on a machine that has much else to do. */
const HANGS = Math.max(runs(300_000), 300_000);

const common = {
  pool: 'forks',
  environment: 'node',
  testTimeout: HANGS,
  hookTimeout: HANGS,
} as const;

const setupFiles = ['test/support/setup.ts'];

// Without it vitest leaves one of the cores to itself, of which a small machine has two.
const everyCore = { maxWorkers: '100%', sequence: { groupOrder: 0 } } as const;

/** Real traffic of which every packet is counted, or times are compared: a machine that is busy with something else would lose some. */
const LOAD = ['control', 'demo', 'fates', 'lossless', 'packets', 'policy-swap', 'segments', 'soak', 'supervisor'].map(
  (name) => `test/inline/${name}.test.ts`,
);

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...{ ...common, ...everyCore, setupFiles, name: 'unit' },
          include: ['test/**/*.test.ts'],
          exclude: ['test/inline/**'],
        },
      },
      {
        test: {
          ...{ ...common, ...everyCore, setupFiles, name: 'inline' },
          include: ['test/inline/**/*.test.ts'],
          exclude: LOAD,
        },
      },
      {
        test: {
          ...{ ...common, setupFiles, name: 'load' },
          include: LOAD,
          // One file at a time, after everything else.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
    coverage: { provider: 'v8', include: ['grammar/**', 'compiler/**', 'runtime/**', 'cli/**', 'lab/**'] },
  },
});
