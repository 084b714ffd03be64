import { dirname, join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { RulesetTest } from '../../compiler/ruleset.js';
import { error, isClean, report } from '../../grammar/diagnostic.js';
import { loadEngine } from '../../runtime/engine/load.js';
import { type Coverage, coverage as coverageOf } from '../../runtime/testing/coverage.js';
import { type Failure, runTest } from '../../runtime/testing/run-test.js';
import { type Loaded, loadRules } from '../load.js';
import { diagnosticToJson, type Paint, painter, renderDiagnostic } from '../render.js';
import { modulesOption } from '../site-options.js';
import { printDiagnostics } from './check.js';
import { coverageToJson, isBelow, renderCoverage } from './test-coverage.js';

/** A `test` declaration whose expectation is not met. */
export const testFailed = error<{ message: string; help: string | undefined }>(
  'E1401',
  'test failed',
  ({ message }) => message,
  ({ help }) => help,
);

interface TestOptions {
  readonly format: 'text' | 'json';
  /** Say which signatures and which parts of their conditions no test exercises. */
  readonly coverage?: boolean;
  /** Percent; less is a failure. */
  readonly coverageThreshold?: number;
  /** Where modules lie that a policy names and that are not loaded. */
  readonly modules?: string;
}

/** Adds the command. */
export function addTest(program: Command, done: (status: number) => void): void {
  program
    .command('test')
    .description('run the tests that stand in rule files')
    .argument('<rules...>', '.sig files, or folders that hold some')
    .addOption(new Option('--format <format>', 'how to say it').choices(['text', 'json']).default('text'))
    .option('--coverage', 'say which signatures and which parts of their conditions no test exercises')
    .addOption(
      new Option('--coverage-threshold <percent>', 'fail where less is exercised (implies --coverage)').argParser(
        percent,
      ),
    )
    .addOption(modulesOption())
    .action(async (rules: string[], options: TestOptions) => {
      done(await testCommand(rules, options));
    });
}

function percent(text: string): number {
  if (/^\d{1,3}(\.\d{1,3})?$/.test(text) && Number(text) <= 100) return Number(text);
  throw new InvalidArgumentError('a threshold is a number from 0 to 100');
}

/**
 * `sigward test RULES…`: runs the tests in rule files, like a test runner. Exit status 1 if one fails, the rules have errors, or less
 * than the threshold is covered.
 */
async function testCommand(paths: readonly string[], options: TestOptions): Promise<number> {
  const { format, coverageThreshold: threshold, modules } = options;
  const loaded = loadRules(paths, { site: false, ...(modules !== undefined && { modules }) });
  if (!isClean(loaded.diagnostics)) {
    if (format === 'json') printJson(loaded, [], undefined);
    else printDiagnostics(loaded);
    return 1;
  }
  const roots = new Set(loaded.roots);
  const tests = loaded.ruleset.tests.filter((test) => roots.has(test.span.file));
  if (format === 'text') printDiagnostics(loaded);
  const results = await run(tests, loaded, format === 'text' ? printer(loaded) : () => undefined);
  const coverage = options.coverage || threshold !== undefined ? coverageOf(loaded.ruleset, roots) : undefined;
  if (format === 'json') printJson(loaded, results, coverage);
  else printSummary(results, coverage, loaded, threshold);
  const short = coverage && threshold !== undefined && isBelow(coverage, threshold);
  return short || results.some(({ failures }) => failures.length > 0) ? 1 : 0;
}

interface Result {
  readonly test: RulesetTest;
  readonly failures: readonly Failure[];
}

/** Runs the tests in order, and hands over each result at once. */
async function run(
  tests: readonly RulesetTest[],
  { ruleset }: Loaded,
  done: (result: Result) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const test of tests) {
    const failures = await runTest(ruleset, test, loadEngine, (path, from) => join(dirname(from.file), path));
    results.push({ test, failures });
    done({ test, failures });
  }
  return results;
}

// For people ---------------------------------------------------------------------------------------------------------

/** Prints results, under the name of their file. */
function printer(loaded: Loaded): (result: Result) => void {
  const paint = painter(process.stdout);
  let file = '';
  return ({ test, failures }) => {
    if (test.span.file !== file) process.stdout.write(`${paint('bold', (file = test.span.file))}\n`);
    process.stdout.write(resultOf(test, failures, loaded, paint));
  };
}

function resultOf(test: RulesetTest, failures: readonly Failure[], { texts }: Loaded, paint: Paint): string {
  if (failures.length === 0) return `  ${paint('green', '✓')} ${test.name}\n`;
  const details = failures.map(({ span, message, help }) =>
    renderDiagnostic(report(testFailed, { message, help }, { span }), texts, paint).replace(/^(?=.)/gm, '    '),
  );
  return `  ${paint('red', '✗')} ${test.name}\n${details.join('')}`;
}

function printSummary(
  results: readonly Result[],
  coverage: Coverage | undefined,
  { texts }: Loaded,
  threshold: number | undefined,
): void {
  const paint = painter(process.stdout);
  const failed = results.filter(({ failures }) => failures.length > 0).length;
  const passed = results.length - failed;
  const counts = [`${passed} passed`, ...(failed > 0 ? [paint('red', `${failed} failed`)] : [])];
  process.stdout.write(results.length === 0 ? 'no tests\n' : `${counts.join(', ')}\n`);
  if (coverage) process.stdout.write(renderCoverage(coverage, texts, threshold, paint));
}

// For programs -------------------------------------------------------------------------------------------------------

function printJson(loaded: Loaded, results: readonly Result[], coverage: Coverage | undefined): void {
  const { diagnostics, texts } = loaded;
  const failed = results.filter(({ failures }) => failures.length > 0).length;
  const json = {
    diagnostics: diagnostics.map((d) => diagnosticToJson(d, texts)),
    passed: results.length - failed,
    failed,
    tests: results.map(({ test, failures }) => ({
      name: test.name,
      file: test.span.file,
      failures: failures.map(({ span, message, help }) =>
        diagnosticToJson(report(testFailed, { message, help }, { span }), texts),
      ),
    })),
    ...(coverage && { coverage: coverageToJson(coverage, texts) }),
  };
  process.stdout.write(`${JSON.stringify(json, undefined, 2)}\n`);
}
