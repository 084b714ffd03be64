#!/usr/bin/env node
// Every check there is, one after the other, whatever becomes of the one before; `npm test` and .ci/run are this.
// The last line is `N passed, N failed`: each static check counts one and each test of vitest counts one.
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { seconds, step } from '../bin/steps.js';
import { provideDriver } from './checks/driver.js';
import { runStatic, STATIC_CHECKS } from './checks/static.js';
import { runTests } from './checks/unit.js';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** What tests with real traffic or a real editor run; a test that misses one of them skips and says so. */
const TOOLS = /** @type {const} */ ([
  'iptables',
  'ip6tables',
  'ip',
  'ipset',
  'nmap',
  'curl',
  'iperf3',
  'tshark',
  'tcpdump',
  'nvim',
]);

/** What the npm package `nfqueue` is built with. */
const BUILD_TOOLS = /** @type {const} */ (['g++', 'make', 'python3', 'libnetfilter_queue.h']);

/** @param {string} line */
const say = (line) => void process.stdout.write(`${line}\n`);

/** Ends after the child that runs has cleaned up: it gets the same Ctrl-C from the terminal. */
const interrupt = new AbortController();
process.once('SIGINT', () => void interrupt.abort());

let failedChecks = 0;
let passedChecks = 0;
for (const name of STATIC_CHECKS) {
  if (interrupt.signal.aborted) process.exit(130);
  const { ok, output } = await step(name, () => runStatic(ROOT, name));
  if (ok) passedChecks++;
  else failedChecks++;
  if (!ok) say(output.trimEnd());
}
await provideTools();
await provideDriver(ROOT, say);
const started = Date.now();
const tests = await runTests(ROOT);
say(`tests ... ${tests.failed === 0 ? 'done' : 'failed'} (${seconds(Date.now() - started)})`);
if (interrupt.signal.aborted) process.exit(130);
conclude(passedChecks + tests.passed, failedChecks + tests.failed);

/** Installs what is missing where that can be done; where not, the tests that need it skip. */
async function provideTools() {
  try {
    const url = pathToFileURL(`${ROOT}/dist/lab/requirements.js`).href;
    /** @type {typeof import('../lab/requirements.js')} */
    const { ensureTools } = await import(url);
    const { missing, why, command } = await ensureTools([...TOOLS, ...BUILD_TOOLS], { say });
    if (missing.length > 0) say(`missing: ${missing.join(', ')} (${String(why)}); to have them: ${String(command)}`);
  } catch (error) {
    say(`system tools were not looked for: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * @param {number} passed
 * @param {number} failed
 */
function conclude(passed, failed) {
  for (const note of tests.notes) say(`failed: ${note}`);
  say(tests.skips.length === 0 ? 'nothing was skipped' : `skipped (${String(tests.skips.length)}):`);
  for (const { what, why } of tests.skips) say(`  ${what}: ${why}`);
  say(`${String(passed)} passed, ${String(failed)} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
