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

/** Real traffic has the machine to itself: one file at a time, after everything else. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          setupFiles,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/inline/**'],
          // Without it vitest leaves one of the cores to itself, of which a small machine has two.
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...common,
          setupFiles,
          name: 'inline',
          include: ['test/inline/**/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
    coverage: { provider: 'v8', include: ['grammar/**', 'compiler/**', 'runtime/**', 'cli/**', 'lab/**'] },
  },
});
