/** Tests that depend on the machine are skipped aloud: `test/all.js` prints each reason after everything else. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { findProgram } from '../../runtime/programs.js';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Why this test file cannot run here, or undefined where everything is there. What can be asked for: `root`, `linux`,
 * `namespaces`, a path from the repository's root (it has a `/` in it), a variable of the environment (`SIGWARD_…`), and the name of
 * any program.
 *
 *     const why = needs('root', 'namespaces', 'nmap');
 *     describe.skipIf(why !== undefined)('a NULL scan', () => { … });
 */
export function needs(...things: readonly string[]): string | undefined {
  const reasons = things.map(missing).filter((reason) => reason !== undefined);
  if (reasons.length === 0) return undefined;
  const why = reasons.join(', ');
  record(why);
  return why;
}

function missing(thing: string): string | undefined {
  if (thing === 'root') return process.getuid?.() === 0 ? undefined : 'not root';
  if (thing === 'linux') return process.platform === 'linux' ? undefined : 'not Linux';
  if (thing === 'namespaces') return canUnshare() ? undefined : 'no network namespaces here';
  if (thing.startsWith('SIGWARD_')) return process.env[thing] ? undefined : `${thing} is not set`;
  if (thing.includes('/')) return existsSync(resolve(ROOT, thing)) ? undefined : `no ${thing}`;
  return findProgram(thing) === undefined ? `no ${thing}` : undefined;
}

/** Root in a container may still lack the capability, so only trying tells. */
function canUnshare(): boolean {
  return spawnSync('unshare', ['--net', 'true'], { stdio: 'ignore' }).status === 0;
}

/** One JSON line a reason, in the file that `test/all.js` names; under plain vitest there is nobody to tell. */
function record(why: string): void {
  const collected = process.env['SIGWARD_SKIPS'];
  if (collected === undefined) return;
  const file = relative(ROOT, expect.getState().testPath ?? 'a test');
  appendFileSync(collected, `${JSON.stringify({ file, why })}\n`);
}
