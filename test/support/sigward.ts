/** The built command line as a child: what a user sees of it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'vitest';

/** The project's folder. */
export const ROOT: string = resolve(import.meta.dirname, '../..');

/** The launcher; what it runs must have been built. */
export const SIGWARD: string = resolve(ROOT, 'bin/sigward.js');

/** How a command ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `sigward ARGS` in the project's folder, without colours, and makes sure that no stack trace is shown. */
export function sigward(args: readonly string[], input?: Uint8Array): Ended {
  if (!existsSync(resolve(ROOT, 'dist/cli/main.js'))) throw new Error('dist/ is missing: run `npm run build` first');
  const env = { ...process.env, FORCE_COLOR: '0' };
  const options = { cwd: ROOT, env, encoding: 'utf8', ...(input && { input }), maxBuffer: 1 << 26 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [SIGWARD, ...args], options);
  expectNoTrace(stdout + stderr);
  return { status, stdout, stderr };
}

/** A stack trace is for who wrote the program, not for who uses it. */
export function expectNoTrace(output: string): void {
  expect(output).not.toMatch(/^ {4}at |node:internal|internal error/m);
}
