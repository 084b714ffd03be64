/** `sigward test --coverage` as its user sees it, and the results as JSON. */
import { describe, expect, test } from 'vitest';
import { inFolder, type Outcome } from './in-process.js';

const LIB = `predicate web =
  tcp.dst_port in { 80, 8080 }
  and ip.ttl > 1
`;
const RULES = `import "./lib.sig"
signature one {
  id   1
  when web and payload contains "abc"
  then log
}
signature two {
  id   2
  when udp.dst_port == 5
  then log
}
`;
const TEST = `test "t" {
  packet { ipv4  tcp { dst_port 80  payload "abc" } }
  expect one
  packet { ipv4  tcp { dst_port 80 } }
  packet { ipv4  tcp { dst_port 81  payload "abc" } }
  packet { ipv4  udp { dst_port 6 } }
  expect none
}
`;
const WHOLE = `test "u" {
  packet { ipv4  udp { dst_port 5 } }
  expect two
  packet { ipv4 { ttl 1 }  tcp { dst_port 80  payload "abc" } }
  expect none
}
`;

const run = async (text: string, ...args: string[]): Promise<Outcome> =>
  inFolder({ 'a.sig': text, 'lib.sig': LIB }, ['test', ...args, 'a.sig']);

const GAPS = `a.sig
  ✓ t
1 passed
one a.sig:2
  no near miss  lib.sig:3:7  ip.ttl > 1
two a.sig:7
  no test expects it
a near miss is a packet for which the signature fails because of this part alone
coverage 75 %: 6 of 8 points of 2 signatures are exercised, 1 signature without a test, 1 without a near miss
`;

describe('coverage', () => {
  test('names each signature and part that no test exercises, and is no failure by itself', async () => {
    expect(await run(RULES + TEST, '--coverage')).toEqual({ status: 0, stdout: GAPS, stderr: '' });
  });

  test('below the threshold is one', async () => {
    const { status, stdout } = await run(RULES + TEST, '--coverage-threshold', '75.1');
    expect([status, stdout]).toEqual([1, `${GAPS}coverage 75 % is below 75.1 %\n`]);
    expect(await run(RULES + TEST, '--coverage-threshold', '75')).toMatchObject({ status: 0, stdout: GAPS });
  });

  test('of everything', async () => {
    const { status, stdout } = await run(RULES + TEST + WHOLE, '--coverage-threshold', '100');
    expect(status).toBe(0);
    expect(stdout).toMatch(/\n2 passed\ncoverage 100 %: 8 of 8 points of 2 signatures are exercised\n$/);
  });

  test('of nothing', async () => {
    const { stdout } = await run('const a = 1\n', '--coverage');
    expect(stdout).toBe('no tests\ncoverage 100 %: 0 of 0 points of 0 signatures are exercised\n');
    expect((await run(RULES, '--coverage')).stdout).toMatch(/^no tests\none a\.sig:2\n {2}no test expects it\n/);
  });

  test('does not hide a test that fails', async () => {
    const failing = 'test "f" {\n  packet { ipv4  udp { dst_port 5 } }\n  expect none\n}\n';
    const { status, stdout } = await run(RULES + failing, '--coverage-threshold', '0');
    expect(status).toBe(1);
    expect(stdout).toContain('✗ f');
    expect(stdout).toContain('0 passed, 1 failed\n');
  });

  test.each(['-1', '101', 'x', '1e2', ''])('the threshold %j is none', async (threshold) => {
    const { status, stderr } = await run(RULES, `--coverage-threshold=${threshold}`);
    expect(status).toBe(2);
    expect(stderr).toContain('from 0 to 100');
  });
});

describe('as JSON', () => {
  const json = async (text: string, ...args: string[]): Promise<{ status: number; result: unknown }> => {
    const { status, stdout, stderr } = await run(text, '--format', 'json', ...args);
    expect(stderr).toBe('');
    return { status, result: JSON.parse(stdout) as unknown };
  };

  test('results, and what is not exercised', async () => {
    const { status, result } = await json(RULES + TEST, '--coverage');
    expect(status).toBe(0);
    expect(result).toEqual({
      diagnostics: [],
      passed: 1,
      failed: 0,
      tests: [{ name: 't', file: 'a.sig', failures: [] }],
      coverage: {
        percent: 75,
        signatures: 2,
        total: 8,
        covered: 6,
        gaps: [
          { signature: 'one', missing: 'near miss', file: 'lib.sig', line: 3, column: 7, text: 'ip.ttl > 1' },
          { signature: 'two', missing: 'test', file: 'a.sig', line: 7, column: 11, text: 'two' },
        ],
      },
    });
  });

  test('failures with their place', async () => {
    const { status, result } = await json(`${RULES}test "f" {\n  packet { ipv4 }\n  expect two\n}\n`);
    expect(status).toBe(1);
    const failure = { code: 'E1401', message: '`two` did not match', file: 'a.sig', line: 14, column: 3 };
    expect(result).toMatchObject({ passed: 0, failed: 1, tests: [{ name: 'f', failures: [failure] }] });
    expect(result).not.toHaveProperty('coverage');
  });

  test('rules with errors', async () => {
    const { status, result } = await json('signature x {\n  id 1\n  when nobody\n  then log\n}\n');
    expect(status).toBe(1);
    expect(result).toMatchObject({ diagnostics: [{ code: 'E0401' }], tests: [] });
  });
});
