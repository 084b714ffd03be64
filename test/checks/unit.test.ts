import { describe, expect, it } from 'vitest';
import { totals } from './unit.js';

const ROOT = '/clone';

/** One file's part of vitest's JSON report; `status` is the file's own where it is not what its tests say. */
function file(name: string, statuses: string[], status = statuses.includes('failed') ? 'failed' : 'passed') {
  const assertionResults = statuses.map((each, index) => ({ fullName: `test ${index}`, status: each }));
  return { name: `${ROOT}/test/${name}`, status, assertionResults };
}

describe('the totals of a test run', () => {
  it('counts each test once', () => {
    const report = { testResults: [file('a.test.ts', ['passed', 'failed']), file('b.test.ts', ['passed'])] };
    expect(totals(ROOT, false, report, [])).toMatchObject({ passed: 2, failed: 1, notes: [] });
  });

  it('counts a run that left no report as failed', () => {
    expect(totals(ROOT, false, undefined, [])).toMatchObject({ passed: 0, failed: 1 });
  });

  it('counts a file that could not be loaded as failed, beside the tests of others', () => {
    const report = { testResults: [file('a.test.ts', ['passed']), file('b.test.ts', [], 'failed')] };
    const { passed, failed, notes } = totals(ROOT, false, report, []);
    expect({ passed, failed }).toEqual({ passed: 1, failed: 1 });
    expect(notes).toEqual(['test/b.test.ts could not be run to its end']);
  });

  it.each([
    ['no file', []],
    ['only skipped tests', [file('a.test.ts', ['skipped'])]],
  ])('fails where no test ran: %s', (_, testResults) => {
    expect(totals(ROOT, true, { testResults }, [])).toMatchObject({ passed: 0, failed: 1, notes: ['no test ran'] });
  });

  it('fails where vitest failed for another reason than a test', () => {
    const { failed, notes } = totals(ROOT, false, { testResults: [file('a.test.ts', ['passed'])] }, []);
    expect({ failed, notes }).toEqual({ failed: 1, notes: ['vitest failed though no test did'] });
  });

  it('names each skipped test with the reason of its file', () => {
    const report = {
      testResults: [file('a.test.ts', ['passed', 'skipped']), file('b.test.ts', ['pending', 'skipped', 'todo'])],
    };
    const collected = [
      { file: 'test/b.test.ts', why: 'not root' },
      { file: 'test/b.test.ts', why: 'not root' },
    ];
    expect(totals(ROOT, true, report, collected).skips).toEqual([
      { what: 'test/a.test.ts: test 1', why: 'the test says no reason' },
      { what: 'test/b.test.ts: test 0', why: 'not root' },
      { what: 'test/b.test.ts: test 1', why: 'not root' },
      { what: 'test/b.test.ts: test 2', why: 'not written yet' },
    ]);
  });
});
