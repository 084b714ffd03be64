/** Which policy is in force, for rules as text and compiled. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { pcapHeader, pcapRecord } from '../../runtime/capture/write.js';
import { packetsFrom } from '../support/compile.js';
import { inFolder, type Outcome } from './in-process.js';

const MODULE = `module web in tcp on tcp.dst_port == 80 {
  signature cmd { id 1 title "cmd" severity high when payload contains "cmd.exe" then log, drop }
}
`;
const CAMPUS = 'policy campus { protect 10.0.0.0/8 with web }\n';
const LAB = 'policy lab { protect 192.0.2.0/24 with web }\n';
const EXTRA = 'policy campus { protect 10.0.0.0/8 with web, extra }\n';
/** One to each of the networks, and one to neither. */
const CAPTURE = Buffer.concat([
  pcapHeader(101),
  ...packetsFrom(
    ['10.0.0.1', '192.0.2.1', '192.0.2.2', '203.0.113.1'].map(
      (dst) => `ipv4 { src 198.51.100.1 dst ${dst} } tcp { dst_port 80 } payload "cmd.exe"`,
    ),
  ).map(pcapRecord),
]);

/** Runs rules as text, and compiled. */
const ways = ['text', 'compiled'] as const;

async function run(rules: string, way: (typeof ways)[number], ...options: readonly string[]): Promise<Outcome> {
  const files = { 'a.sig': rules, 'a.pcap': CAPTURE };
  if (way === 'text') return inFolder(files, ['run', 'a.sig', '--pcap', 'a.pcap', ...options]);
  return inFolder({ ...files, 'a.sigc': await compiled(rules) }, ['run', 'a.sigc', '--pcap', 'a.pcap', ...options]);
}

async function compiled(rules: string, ...options: readonly string[]): Promise<Uint8Array> {
  let bytes = new Uint8Array();
  const { status } = await inFolder(
    { 'a.sig': rules },
    ['compile', 'a.sig', '-o', 'a.sigc', ...options],
    {},
    (path) => {
      if (path.endsWith('.sigc')) bytes = new Uint8Array(readFileSync(path));
    },
  );
  expect(status).toBe(0);
  return bytes;
}

describe.each(ways)('rules as %s', (way) => {
  test('the only policy is in force, and it is said', async () => {
    const { stdout, stderr } = await run(MODULE + CAMPUS, way);
    expect(stderr).toBe('policy `campus` is in force\n');
    expect(stdout).toMatch(/1 match by 1 of 1 signature; .*3 not covered by the policy/);
  });

  test('of several one is to be chosen', async () => {
    const none = await run(MODULE + CAMPUS + LAB, way);
    expect(none.status).toBe(1);
    expect(none.stderr).toMatch(/E1902.*2 policies.*`campus`, `lab`/);
    const { stdout } = await run(MODULE + CAMPUS + LAB, way, '--policy', 'lab');
    expect(stdout).toMatch(/2 matches by 1 of 1 signature; .*2 not covered by the policy/);
  });

  test('without one every packet is covered by all modules', async () => {
    expect((await run(MODULE, way)).stdout).toMatch(/4 matches/);
    expect((await run(MODULE + CAMPUS + LAB, way, '--no-policy')).stdout).toMatch(/4 matches/);
  });

  test('a name that none has is refused', async () => {
    const { status, stderr } = await run(MODULE + CAMPUS, way, '--policy', 'capus');
    expect(status).toBe(1);
    expect(stderr).toMatch(/E1901[^]*did you mean `campus`/);
  });
});

test('rules are compiled under a policy, which holds until another one is named', async () => {
  const files = { 'a.sigc': await compiled(MODULE + CAMPUS + LAB, '--policy', 'lab'), 'a.pcap': CAPTURE };
  const { stdout, stderr } = await inFolder(files, ['run', 'a.sigc', '--pcap', 'a.pcap']);
  expect(stderr).toBe('policy `lab` is in force\n');
  expect(stdout).toMatch(/2 matches/);
  const other = await inFolder(files, ['run', 'a.sigc', '--pcap', 'a.pcap', '--policy', 'campus']);
  expect(other.stdout).toMatch(/1 match /);
});

test('a module that a policy names comes out of the folder of modules, in `run` and in `test`', async () => {
  const files = {
    'a.sig': `${MODULE}${EXTRA}test "t" under campus { packet { ipv4 { dst 10.0.0.1 } udp { } payload "zz" } expect u }\n`,
    'mods/extra.sig':
      'module extra on udp { signature u { id 2 title "u" severity low when payload contains "zz" then log } }\n',
    'a.pcap': CAPTURE,
  };
  expect((await inFolder(files, ['test', 'a.sig', '--modules', 'mods'])).stdout).toMatch(/1 passed/);
  expect((await inFolder(files, ['run', 'a.sig', '--modules', 'mods', '--pcap', 'a.pcap'])).status).toBe(0);
  const toml = { ...files, 'sigward.toml': '[run]\nmodules = "mods"\n' };
  expect(await inFolder(toml, ['check', 'a.sig'])).toMatchObject({ status: 0 });
  expect(await inFolder(toml, ['run', 'a.sig', '--pcap', 'a.pcap'])).toMatchObject({ status: 0 });
  const { status, stderr } = await inFolder(files, ['check', 'a.sig', '--modules', 'nowhere']);
  expect(status).toBe(1);
  expect(stderr).toMatch(/E1003.*`nowhere` cannot be read: there is no such folder/);
  expect((await inFolder(files, ['test', 'a.sig'])).stderr).toMatch(/nothing is called `extra`/);
});
