// vitest, run once, and what came of it: real totals from its JSON report, never from its exit status alone.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { run } from '../../bin/steps.js';

/**
 * @typedef {object} Skip
 * @property {string} what a test, or the file that asked for something this machine lacks
 * @property {string} why
 *
 * @typedef {object} Totals
 * @property {number} passed
 * @property {number} failed
 * @property {Skip[]} skips
 * @property {string[]} notes what went wrong beside failing tests
 *
 * @typedef {{ fullName: string, status: string }} TestReport
 * @typedef {{ name: string, status: string, message?: string, assertionResults: TestReport[] }} FileReport
 * @typedef {{ testResults: FileReport[] }} Report
 * @typedef {{ file: string, why: string }} Reason
 */

/**
 * Runs every test; vitest writes its progress to the terminal itself.
 * @param {string} root
 * @param {string[]} [args] further arguments for vitest
 * @returns {Promise<Totals>}
 */
export async function runTests(root, args = []) {
  const folder = mkdtempSync(join(tmpdir(), 'sigward-test-'));
  const report = join(folder, 'report.json');
  const skips = join(folder, 'skips');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    const vitest = join(root, 'node_modules', '.bin', 'vitest');
    const options = { cwd: root, env: { SIGWARD_SKIPS: skips }, show: true };
    const { ok } = await run(vitest, ['run', ...reporters, ...args], options);
    return totals(root, ok, parse(report), reasons(skips));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} root
 * @param {boolean} ok whether vitest exited with status 0
 * @param {Report | undefined} report undefined where vitest did not live to write it
 * @param {Reason[]} collected
 * @returns {Totals}
 */
export function totals(root, ok, report, collected) {
  if (report === undefined) return { passed: 0, failed: 1, skips: [], notes: ['vitest ended without a report'] };
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const passed = tests.filter((test) => test.status === 'passed').length;
  const broken = report.testResults
    .filter(isBroken)
    .map((file) => `${relative(root, file.name)} could not be run to its end`);
  const notes = [...broken];
  let failed = tests.filter((test) => test.status === 'failed').length + broken.length;
  if (passed + failed === 0) notes.push('no test ran');
  else if (!ok && failed === 0) notes.push('vitest failed though no test did');
  failed += notes.length - broken.length;
  return { passed, failed, skips: report.testResults.flatMap((file) => skipsOf(root, file, collected)), notes };
}

/**
 * A file that fails without a failing test: it could not be loaded, or a hook threw.
 * @param {FileReport} file
 */
function isBroken(file) {
  return file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed');
}

/**
 * @param {string} root
 * @param {FileReport} file
 * @param {Reason[]} collected
 * @returns {Skip[]}
 */
function skipsOf(root, file, collected) {
  const name = relative(root, file.name);
  const why = [...new Set(collected.filter((reason) => reason.file === name).map((reason) => reason.why))].join('; ');
  const skipped = file.assertionResults.filter((test) => test.status !== 'passed' && test.status !== 'failed');
  return skipped.map((test) => ({
    what: `${name}: ${test.fullName}`,
    why: test.status === 'todo' ? 'not written yet' : why || 'the test says no reason',
  }));
}

/**
 * @param {string} path
 * @returns {Report | undefined}
 */
function parse(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * What test/support/skip.ts collected.
 * @param {string} path
 * @returns {Reason[]}
 */
function reasons(path) {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}
