/** `sigward test` as its user sees it. */
import { describe, expect, test } from 'vitest';
import { pcapHeader, pcapRecord } from '../../runtime/capture/write.js';
import { packetsFrom } from '../support/compile.js';
import { inFolder, type Outcome } from './in-process.js';

const RULES = `
signature null_scan { id 1 when tcp.flags == none then log, drop }
signature syn { id 2 when tcp.flags == SYN then log }
`;
const NULL = 'packet { ipv4 tcp { flags none } }';
const SYN = 'packet { ipv4 tcp { flags SYN } }';
const ACK = 'packet { ipv4 tcp }';

const run = async (tests: string, files: Record<string, string | Uint8Array> = {}): Promise<Outcome> =>
  inFolder({ 'a.sig': RULES + tests, ...files }, ['test', 'a.sig']);

/** The lines that say what failed and what happened instead. */
const reasons = ({ stdout }: Outcome): string[] =>
  stdout.split('\n').flatMap((line) => /(?:error\[E1401\]|help): (.*)/.exec(line)?.[1] ?? []);

describe('what passes', () => {
  test.each([
    ['a match and its verdict', `${NULL} expect null_scan, verdict drop`],
    ['nothing', `${ACK} expect none`],
    ['nothing, with a verdict', `${ACK} expect none, verdict accept`],
    ['a count', `${NULL} ${NULL} ${ACK} expect null_scan * 2`],
    ['counts of verdicts', `${NULL} ${NULL} ${ACK} expect null_scan, verdict drop * 2, verdict accept * 1`],
    ['several signatures', `${NULL} ${SYN} expect syn, null_scan`],
    [
      'each expectation covers what came since the last one',
      `${NULL} expect null_scan ${SYN} expect syn ${ACK} expect none`,
    ],
    ['time that passes', `${NULL} after 5s ${SYN} expect null_scan, syn`],
  ])('%s', async (_, steps) => {
    const { status, stdout, stderr } = await run(`test "t" { ${steps} }`);
    expect(stdout).toBe('a.sig\n  ✓ t\n1 passed\n');
    expect([status, stderr]).toEqual([0, '']);
  });
});

describe('what fails', () => {
  test.each([
    [
      'something else matched',
      `${SYN} expect null_scan`,
      '`null_scan` did not match; `syn` matched and was not expected',
      'of 1 packet, matched `syn` * 1; verdicts: accept * 1',
    ],
    [
      'something matched',
      `${NULL} expect none`,
      '`null_scan` matched and was not expected',
      'of 1 packet, matched `null_scan` * 1; verdicts: drop * 1',
    ],
    [
      'nothing matched',
      `${ACK} expect syn`,
      '`syn` did not match',
      'of 1 packet, nothing matched; verdicts: accept * 1',
    ],
    [
      'another count',
      `${NULL} expect null_scan * 2`,
      '`null_scan` matched once, expected 2 times',
      'of 1 packet, matched `null_scan` * 1; verdicts: drop * 1',
    ],
    [
      'another verdict',
      `${NULL} ${SYN} expect null_scan, syn, verdict drop`,
      'expected verdict `drop`, got `accept`',
      'of 2 packets, matched `null_scan` * 1, `syn` * 1; verdicts: drop * 1, accept * 1',
    ],
    [
      'another count of a verdict',
      `${NULL} expect null_scan, verdict drop * 3`,
      'verdict `drop` was given once, expected 3 times',
      'of 1 packet, matched `null_scan` * 1; verdicts: drop * 1',
    ],
    [
      'no packet',
      'expect none',
      'no packet came since the last `expect`',
      'of 0 packets, nothing matched; verdicts: none',
    ],
  ])('%s', async (_, steps, message, help) => {
    const outcome = await run(`test "t" { ${steps} }`);
    expect(outcome.status).toBe(1);
    expect(reasons(outcome)).toEqual([message, help]);
    expect(outcome.stdout).toMatch(/ {2}✗ t\n[^]*0 passed, 1 failed\n$/);
  });

  test('the place is the expectation, and the other tests are run', async () => {
    const { status, stdout } = await run(
      `test "bad" {\n  ${SYN}\n  expect none\n}\ntest "good" {\n  ${SYN}\n  expect syn\n}`,
    );
    expect(status).toBe(1);
    expect(stdout).toContain('--> a.sig:6:3');
    expect(stdout).toContain('  ✗ bad\n');
    expect(stdout).toContain('  ✓ good\n1 passed, 1 failed\n');
  });
});

describe('captures', () => {
  const packets = packetsFrom(['ipv4 tcp { flags none }', 'ipv4 tcp { flags none }', 'ipv4 tcp']);
  const pcap = Buffer.concat([pcapHeader(packets[0]!.link), ...packets.map((packet) => pcapRecord(packet))]);
  const steps = 'test "t" { pcap "captures/x.pcap" expect null_scan * 2, verdict drop * 2, verdict accept * 1 }';

  test('beside the file that names them', async () => {
    const { status, stdout } = await inFolder({ 'r/a.sig': RULES + steps, 'r/captures/x.pcap': pcap }, ['test', 'r']);
    expect([status, stdout]).toEqual([0, 'r/a.sig\n  ✓ t\n1 passed\n']);
  });

  test('one that is not there', async () => {
    const outcome = await run(steps);
    expect(outcome.status).toBe(1);
    expect(outcome.stdout).toContain('a.sig:4:17');
    expect(reasons(outcome)[0]).toMatch(/captures\/x\.pcap/);
  });

  test('one that is cut short fails, with what could be read judged', async () => {
    const outcome = await run(steps, { 'captures/x.pcap': pcap.subarray(0, -5) });
    expect(outcome.status).toBe(1);
    expect(reasons(outcome).length).toBeGreaterThan(0);
  });

  test('one that is none', async () => {
    const outcome = await run(steps, { 'captures/x.pcap': 'hello, world, this is text' });
    expect(outcome.status).toBe(1);
    expect(outcome.stdout).not.toMatch(/\n\s+at /);
  });
});

describe('which tests are run', () => {
  const imported = { 'b.sig': `${RULES}test "imported" { ${NULL} expect null_scan }` };
  const root = `import "./b.sig"\ntest "own" { ${SYN} expect syn }`;

  test('those of the files that are named, not of those that they import', async () => {
    const { stdout } = await inFolder({ ...imported, 'a.sig': root }, ['test', 'a.sig']);
    expect(stdout).toBe('a.sig\n  ✓ own\n1 passed\n');
  });

  test('once, where a file is named and imported', async () => {
    const { stdout } = await inFolder({ ...imported, 'a.sig': root }, ['test', 'a.sig', 'b.sig']);
    expect(stdout.match(/✓/g)).toHaveLength(2);
  });

  test('a signature of another file that is not imported does not disturb', async () => {
    const files = { 'a.sig': `signature a { id 5 when tcp then log }\ntest "a" { ${SYN} expect a }`, 'b.sig': RULES };
    const { status } = await inFolder(files, ['test', '.']);
    expect(status).toBe(0);
  });

  test('none at all is said', async () => {
    expect(await run('')).toEqual({ status: 0, stdout: 'no tests\n', stderr: '' });
  });
});

test('rules with mistakes are not run', async () => {
  const { status, stdout, stderr } = await run(`test "t" { ${SYN} expect sny }`);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain('did you mean `syn`?');
});

test('wrong usage', async () => {
  expect((await inFolder({}, ['test'])).status).toBe(2);
});
