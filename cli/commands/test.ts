import { dirname, join } from 'node:path';
import type { RulesetTest } from '../../compiler/ruleset.js';
import { error, isClean, report } from '../../grammar/diagnostic.js';
import { loadEngine } from '../../runtime/engine/load.js';
import { type Failure, runTest } from '../../runtime/testing/run-test.js';
import { type Loaded, loadRules } from '../load.js';
import { type Paint, painter, renderDiagnostic } from '../render.js';
import { printDiagnostics } from './check.js';

/** A `test` declaration whose expectation is not met. */
export const testFailed = error<{ message: string; help: string | undefined }>(
  'E1401',
  'test failed',
  ({ message }) => message,
  ({ help }) => help,
);

/** `sigward test RULES…`: runs the tests in rule files, like a test runner. Exit status 1 if one fails or the rules have errors. */
export async function testCommand(paths: readonly string[]): Promise<number> {
  const loaded = loadRules(paths);
  printDiagnostics(loaded);
  if (!isClean(loaded.diagnostics)) return 1;
  const paint = painter(process.stdout);
  let failed = 0;
  let file = '';
  const roots = new Set(loaded.roots);
  const tests = loaded.ruleset.tests.filter((test) => roots.has(test.span.file));
  for (const test of tests) {
    if (test.span.file !== file) process.stdout.write(`${paint('bold', (file = test.span.file))}\n`);
    const failures = await runTest(loaded.ruleset, test, loadEngine, (path, from) =>
      join(dirname(from.file), path),
    );
    if (failures.length > 0) failed++;
    process.stdout.write(resultOf(test, failures, loaded, paint));
  }
  const passed = tests.length - failed;
  const counts = [`${passed} passed`, ...(failed > 0 ? [paint('red', `${failed} failed`)] : [])];
  process.stdout.write(tests.length === 0 ? 'no tests\n' : `${counts.join(', ')}\n`);
  return failed > 0 ? 1 : 0;
}

function resultOf(test: RulesetTest, failures: readonly Failure[], { texts }: Loaded, paint: Paint): string {
  if (failures.length === 0) return `  ${paint('green', '✓')} ${test.name}\n`;
  const details = failures.map(({ span, message, help }) =>
    renderDiagnostic(report(testFailed, { message, help }, { span }), texts, paint).replace(/^(?=.)/gm, '    '),
  );
  return `  ${paint('red', '✗')} ${test.name}\n${details.join('')}`;
}
