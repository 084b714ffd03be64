import { defineConfig } from 'vitest/config';

const common = {
  pool: 'forks',
  environment: 'node',
  testTimeout: 60_000,
  hookTimeout: 60_000,
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
