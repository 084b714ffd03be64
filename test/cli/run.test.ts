/** `sigward run` as its user sees it: what it prints where, and what it exits with. */
import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pcapHeader, pcapRecord } from '../../runtime/capture/write.js';
import { packetsFrom } from '../support/compile.js';
import { type Ended, expectNoTrace, ROOT, SIGWARD, sigward } from '../support/sigward.js';
import { needs } from '../support/skip.js';

const RULES = `
signature null_probe {
  id       7
  title    "NULL probe"
  severity low
  when     tcp.flags == none
  then     log, drop
}
`;

const PACKETS = packetsFrom([
  'ipv4 { src 10.0.0.9 dst 10.0.1.5 } tcp { src_port 4000 dst_port 80 flags none }',
  'ipv4 { src 10.0.0.9 dst 10.0.1.5 } tcp { src_port 4001 dst_port 80 flags SYN }',
  'ipv6 { src 2001:db8::9 dst 2001:db8::5 } tcp { src_port 4002 dst_port 81 flags none }',
]);

const folder = mkdtempSync(join(tmpdir(), 'sigward-cli-run-'));
const path = (name: string): string => join(folder, name);
const rules = path('probe.sig');
const capture = path('three.pcap');

function pcapOf(link: number): Buffer {
  return Buffer.concat([pcapHeader(link), ...PACKETS.map((packet) => pcapRecord(packet))]);
}

beforeAll(() => {
  writeFileSync(rules, RULES);
  // The link type of `packetsFrom`'s packets.
  writeFileSync(capture, pcapOf(PACKETS[0]?.link ?? 0));
});

afterAll(() => rmSync(folder, { recursive: true }));

const run = (...options: string[]): Ended => sigward(['run', rules, ...options]);

/** Everything but the bytes: on which streams something is, and what the first line on the second says. */
function refusal({ status, stdout, stderr }: Ended): { status: number | null; stdout: string; says: string } {
  return { status, stdout, says: stderr.split('\n')[0] ?? '' };
}

describe('sigward run --pcap', () => {
  it('prints a summary by signature', () => {
    const { status, stdout, stderr } = run('--pcap', capture);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [head, row, , totals] = stdout.split('\n');
    expect(head).toMatch(/^matches +blocked +signature +id +severity +title$/);
    expect(row).toMatch(/^ +2 +2 +null_probe +7 +low +NULL probe$/);
    expect(totals).toMatch(/^3 packets, 140 B; 2 matches by 1 of 1 signature; 1 accepted, 2 dropped, 0 rejected/);
  });

  it('reads standard input', () => {
    const ended = sigward(['run', rules, '--pcap', '-'], readFileSync(capture));
    expect(ended).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('2 matches by 1 of') });
  });

  it('--eve FILE writes one JSON object a match', () => {
    const { status, stdout } = run('--pcap', capture, '--eve', path('eve.json'));
    expect(status).toBe(0);
    expect(stdout).toContain('2 matches');
    const lines = readFileSync(path('eve.json'), 'utf8').trimEnd().split('\n');
    const alert = { action: 'blocked', signature_id: 7, rev: 1, signature: 'NULL probe', severity: 3 };
    const common = { event_type: 'alert', proto: 'TCP', alert };
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { ...common, pcap_cnt: 1, src_ip: '10.0.0.9', src_port: 4000, dest_ip: '10.0.1.5', dest_port: 80 },
      { ...common, pcap_cnt: 3, src_ip: '2001:db8::9', src_port: 4002, dest_ip: '2001:db8::5', dest_port: 81 },
    ]);
  });

  it('--eve - leaves standard output to the alerts', () => {
    const { status, stdout, stderr } = run('--pcap', capture, '--eve', '-');
    expect(status).toBe(0);
    expect(stderr).toContain('2 matches');
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { pcap_cnt: number }).pcap_cnt)).toEqual([1, 3]);
  });

  it('judges what can be read of a truncated capture, and says where it ends', () => {
    const whole = readFileSync(capture);
    writeFileSync(path('cut.pcap'), whole.subarray(0, whole.length - 5));
    const { status, stdout, stderr } = run('--pcap', path('cut.pcap'));
    expect(status).toBe(1);
    expect(stdout).toMatch(/^2 packets, .* 1 match by/m);
    expect(stderr).toMatch(/^warning\[W1101\]: .* is cut off at offset \d+/);
    expect(stderr).toContain(`offset ${whole.length - 5}`);
  });

  it('names a link type that is not known, and does not judge its packets', () => {
    writeFileSync(path('strange.pcap'), pcapOf(147));
    writeFileSync(path('not.sig'), RULES.replace('tcp.flags == none', 'not tcp.flags == SYN'));
    const judged = sigward(['run', path('not.sig'), '--pcap', path('strange.pcap'), '--eve', path('strange.json')]);
    expect(judged.stdout).toMatch(/^3 packets, 140 B; 0 matches .* 0 accepted, .*; 3 not judged: unknown link type$/m);
    expect(readFileSync(path('strange.json'), 'utf8')).toBe('');
    const { status, stdout, stderr } = run('--pcap', path('strange.pcap'));
    expect(status).toBe(1);
    expect(stdout).toContain('3 packets');
    expect(stderr).toMatch(/^error\[E1004\]: .* has packets of link type 147, which is not known\n.*help: known are /);
  });

  it.each([
    ['a capture that is not there', 'none.pcap', undefined, /^error\[E1101\]: cannot open capture .* no such file$/],
    [
      'what is no capture',
      'text.pcap',
      Buffer.from('no capture at all, but text'),
      /^error\[E1108\]: .* is not a capture/,
    ],
    ['a compressed capture', 'three.pcap.gz', gzipSync('x'), /^error\[E1106\]: capture .* is compressed by gzip/],
    ['an empty file', 'empty.pcap', Buffer.alloc(0), /^error\[E1105\]: capture .* is empty/],
  ])('refuses %s in a sentence', (_, name, bytes, sentence) => {
    if (bytes) writeFileSync(path(name), bytes);
    const { status, stdout, says } = refusal(run('--pcap', path(name)));
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(says).toMatch(sentence);
  });

  it('refuses a log that cannot be written', () => {
    const { status, says } = refusal(run('--pcap', capture, '--eve', path('no/folder.json')));
    expect(status).toBe(1);
    expect(says).toMatch(/^error\[E1301\]: cannot write alert log/);
  });

  it.each([
    ['itself', (name: string) => writeFileSync(path(name), pcapOf(PACKETS[0]?.link ?? 0)), 'own.pcap'],
    ['a symbolic link', (name: string) => symlinkSync(path('own.pcap'), path(name)), 'symbolic.pcap'],
    ['a hard link', (name: string) => linkSync(path('own.pcap'), path(name)), 'hard.pcap'],
  ])('refuses to write alerts over the capture: %s', (_, make, name) => {
    make(name);
    const before = readFileSync(path('own.pcap'));
    const { status, stdout, says } = refusal(run('--pcap', path('own.pcap'), '--eve', path(name)));
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(says).toMatch(/^error\[E1302\]: alert log .* are the same file$/);
    expect(readFileSync(path('own.pcap'))).toEqual(before);
  });

  it.each([
    ['--eve -', ['--eve', '-']],
    ['the summary', []],
  ])('is quiet where nobody reads %s', (_, options) => {
    const once = PACKETS.map((packet) => pcapRecord(packet));
    const many = [pcapOf(PACKETS[0]?.link ?? 0), ...Array<Uint8Array[]>(3_000).fill(once).flat()];
    writeFileSync(path('many.pcap'), Buffer.concat(many));
    const command = `"$0" "$@" --pcap ${path('many.pcap')} 2>${path('stderr')} | head -n 1`;
    const args = [process.execPath, SIGWARD, 'run', rules, ...options];
    const { stdout } = spawnSync('sh', ['-c', command, ...args], { cwd: ROOT, encoding: 'utf8' });
    expect(stdout.split('\n')).toHaveLength(2);
    const stderr = readFileSync(path('stderr'), 'utf8');
    expectNoTrace(stderr);
    expect(stderr).not.toMatch(/error|EPIPE/);
  });
});

describe('sigward run, rules', () => {
  it('refuses rules that are not there', () => {
    const { status, stdout, says } = refusal(sigward(['run', path('missing.sig'), '--pcap', capture]));
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(says).toMatch(/^error\[E1001\]: there is no file/);
  });

  it('judges nothing by rules with a mistake', () => {
    writeFileSync(path('wrong.sig'), RULES.replace('tcp.flags', 'tcp.fags'));
    const { status, stdout, stderr } = sigward(['run', path('wrong.sig'), '--pcap', capture]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/`fags`[^]*did you mean `tcp\.flags`/);
  });

  it('warns of rules that stop nothing', () => {
    mkdirSync(path('nothing'));
    writeFileSync(path('nothing/empty.sig'), 'const x = 1\n');
    const { status, stderr } = sigward(['run', path('nothing'), '--pcap', capture]);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^warning\[W1001\]: these files declare no signature/);
  });
});

describe('wrong usage: exit status 2 and a sentence', () => {
  it.each([
    ['nothing to judge', [], /say what to judge: --pcap FILE or --queue NUMBER/],
    ['both', ['--pcap', 'x.pcap', '--queue', '0'], /'--queue <numbers>' cannot be used with option '--pcap <file>'/],
    ['--install for a capture', ['--pcap', 'x.pcap', '--install'], /'--install' cannot be used with/],
    ['a queue that is no number', ['--queue', 'one'], /it is a number from 0 to 65535/],
    ['a queue that is too large', ['--queue', '65536'], /it is a number from 0 to 65535/],
    ['a queue below zero', ['--queue=-1'], /it is a number from 0 to 65535/],
    ['a queue without a number', ['--queue'], /argument missing/],
    ['--chain without --install', ['--queue', '0', '--chain', 'INPUT'], /--chain goes with --install/],
    ['a driver that is none', ['--queue', '0', '--driver', 'pcap'], /Allowed choices are netlink, nfqueue/],
    ['a driver for a capture', ['--pcap', 'x.pcap', '--driver', 'nfqueue'], /cannot be used with option '--pcap/],
    ['no such fate of fragments', ['--queue', '0', '--on-fragment', 'log'], /Allowed choices are drop, accept/],
    ['fragments of a capture', ['--pcap', 'x.pcap', '--on-fragment', 'drop'], /cannot be used with option '--pcap/],
    ['a chain that is none', ['--queue', '0', '--install', '--chain', 'NAT'], /Allowed choices are FORWARD, INPUT/],
    ['--stats without --eve', ['--queue', '0', '--stats', '1'], /--stats goes with --eve/],
    [
      '--stats that is no time',
      ['--queue', '0', '--eve', '-', '--stats', 'x'],
      /it is a number of seconds from 0.1 to 99999/,
    ],
    ['an option that is none', ['--pcpa', 'x.pcap'], /unknown option '--pcpa'/],
  ])('%s', (_, options, sentence) => {
    const { status, stdout, says } = refusal(run(...options));
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(says).toMatch(sentence);
  });

  it('a command that is none, and no rules', () => {
    expect(refusal(sigward(['rnu', rules]))).toEqual({ status: 2, stdout: '', says: "error: unknown command 'rnu'" });
    const noRules = refusal(sigward(['run', '--pcap', capture]));
    expect(noRules).toEqual({ status: 2, stdout: '', says: "error: missing required argument 'rules'" });
  });
});

const why = needs('root', 'linux', 'setpriv');

describe.skipIf(why !== undefined)('sigward run --queue without privileges', () => {
  it.each([
    ['--queue 0', []],
    ['--install', ['--install']],
  ])('says what is missing: %s', (_, options) => {
    // Only the capability goes: another user might not be allowed to read this folder.
    const without = ['--bounding-set', '-net_admin', process.execPath, SIGWARD];
    const args = [...without, 'run', rules, '--queue', '0', ...options];
    const { status, stdout, stderr } = spawnSync('setpriv', args, { cwd: ROOT, encoding: 'utf8' });
    expectNoTrace(stderr);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^error\[E1202\]: opening queue `0` needs the capability CAP_NET_ADMIN\n.*help: run .*sudo/);
  });
});
