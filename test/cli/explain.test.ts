/** `sigward explain`: the tree, packets out of captures, hexadecimal and alert logs, and what is said of wrong input. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawSvg } from '../../cli/commands/explain-picture.js';
import { packageRoot } from '../../cli/paths.js';
import { pcapHeader, pcapRecord } from '../../runtime/capture/write.js';
import type { Packet } from '../../runtime/packet.js';
import { packetFrom } from '../support/compile.js';
import { inFolder, type Outcome } from './in-process.js';

const RULES = `import "std/scans"
signature web_shell {
  id 1
  title "Shell"
  severity high
  when tcp.dst_port in { 80, 8080 } and payload contains "/bin/sh" in 4..100
  then log, drop
}
signature null_scan {
  id 2
  title "Null"
  severity low
  when null_scan(tcp.flags)
  then log
}
signature trusted {
  id 3
  title "Trusted"
  severity low
  when ip.src == 10.9.9.9
  then pass
}
signature often {
  id 4
  title "Often"
  severity low
  when udp.dst_port == 53 count by ip.src > 2 per 10s
  then log
}
`;
const SHELL = packetFrom('ipv4 { src 10.0.0.9 } tcp { dst_port 80  payload "GET /bin/sh" }');
const EARLY = packetFrom('ipv4 { src 10.0.0.9 } tcp { dst_port 80  payload "/bin/sh" }');
const QUERY = packetFrom('ipv4 { src 10.0.0.9 } udp { dst_port 53 }');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const writePcap = (packets: readonly Packet[]): Uint8Array =>
  new Uint8Array(Buffer.concat([pcapHeader(101), ...packets.map(pcapRecord)]));
const explain = (args: readonly string[], files: Record<string, string | Uint8Array> = {}): Promise<Outcome> =>
  inFolder({ 'a.sig': RULES, ...files }, ['explain', 'a.sig', ...args]);

describe('the tree', () => {
  it('is printed with the file and line of each signature', async () => {
    const { status, stdout } = await explain([]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^4 signatures, /);
    expect(stdout).toMatch(/^ {2}trusted a\.sig:16 if ip\.src == 10\.9\.9\.9$/m);
    expect(stdout).toContain('search payload by Boyer–Moore: one literal');
  });

  it('is JSON, DOT and SVG', async () => {
    const json = JSON.parse((await explain(['--format', 'json'])).stdout);
    expect(json).toMatchObject({ signatures: 4, candidates: 4 });
    expect((await explain(['--format', 'dot'])).stdout).toMatch(/^digraph tree \{\n[^]*\}\n$/);
    expect((await explain(['--format', 'svg'])).stdout).toMatch(/^<\?xml[^]*<svg[^]*trusted[^]*<\/svg>/);
  });

  it('is no picture where the optional package is not installed, and says what to install', async () => {
    const missing = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
    const problem: unknown = await drawSvg('digraph {}', () => Promise.reject(missing)).catch(
      (cause: unknown) => cause,
    );
    expect(problem).toMatchObject({ diagnostic: { code: 'E1505' } });
    const { optionalDependencies } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
    const install = `npm install @viz-js/viz@${optionalDependencies['@viz-js/viz']}`;
    expect(problem).toMatchObject({ diagnostic: { help: expect.stringContaining(install) } });
  });

  it('says what counts a signature takes', async () => {
    expect((await explain([])).stdout).toMatch(
      /^ +often a\.sig:23 if udp\.dst_port == 53, count by ip\.src > 2 per 10s$/m,
    );
  });

  it('is only what leads to some signatures', async () => {
    const some = ['--signature', 'trusted', '--signature', 'web_shell'];
    const { status, stdout } = await explain(some);
    expect({ status, first: stdout.split('\n')[0] }).toEqual({
      status: 0,
      first: expect.stringMatching(/^2 of 4 signatures, /),
    });
    expect(stdout).toContain('web_shell a.sig:2');
    expect(stdout).not.toMatch(/often|null_scan/);
    for (const format of ['json', 'dot', 'svg']) {
      const { stdout: drawn } = await explain([...some, '--format', format]);
      expect(drawn).toContain('trusted');
      expect(drawn).not.toMatch(/often|null_scan/);
    }
    expect((await explain(['--signature', 'trustd'])).stderr).toContain('did you mean `trusted`?');
  });

  it('is a picture of its upper part where it is large, unless a depth is given', async () => {
    const many = Array.from({ length: 70 }, (_, i) => `signature s${i} { id ${i + 1} title "s" severity low when tcp.dst_port == ${i} and tcp.src_port == ${i} and payload contains "abcd" then log }`).join('\n'); // prettier-ignore
    const boxes = (dot: string): number => dot.match(/^ {2}n\d+ \[/gm)?.length ?? 0;
    const files = { 'a.sig': many };
    const upper = (await explain(['--format', 'dot'], files)).stdout;
    expect(upper).toContain('--depth N shows more levels');
    expect(boxes(upper)).toBeLessThanOrEqual(60);
    const whole = (await explain(['--format', 'dot', '--depth', '9'], files)).stdout;
    expect(whole).not.toContain('--depth N');
    expect(boxes(whole)).toBeGreaterThan(60);
  });

  it('is the same each time', async () => {
    expect((await explain(['--format', 'dot'])).stdout).toBe((await explain(['--format', 'dot'])).stdout);
  });
});

describe('a packet', () => {
  it('in hexadecimal: headers, verdict, and each part of what matches', async () => {
    const { status, stdout } = await explain(['--hex', hex(SHELL.bytes).replace(/../g, '$& ')]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^packet: 51 bytes, link type 101 \(raw\)$/m);
    expect(stdout).toMatch(/^ {2}byte 20 +tcp +src_port 49152, dst_port 80, /m);
    expect(stdout).toContain('verdict drop: by web_shell\nalerts web_shell\n');
    expect(stdout).toContain(
      '  ✓ web_shell  a.sig:2  log, drop\n' +
        '    ✓ tcp.dst_port in { 80, 8080 } — tcp.dst_port is 80 (bytes 22–23)\n' +
        '    ✓ payload contains "/bin/sh" in 4..100 — stands at 4 (byte 44)\n',
    );
    expect(stdout).toContain('no udp header: ipv4.protocol is 6 (tcp)  often');
  });

  it('that was cut: as long as it was on the wire', async () => {
    const { stdout } = await explain(['--hex', hex(SHELL.bytes), '--wire', '100']);
    expect(stdout).toMatch(/^packet: 51 of 100 bytes, /m);
  });

  it('that nearly matches: where the literal stands instead', async () => {
    const { stdout } = await explain(['--hex', hex(EARLY.bytes)]);
    expect(stdout).toContain('verdict accept: no signature matches\nalerts none\n');
    expect(stdout).toMatch(/nearest of the others\n {2}✗ web_shell .*\n {4}✓ tcp\.dst_port .*\n {4}✗ payload contains "\/bin\/sh" in 4\.\.100 — the window has no room for it; it stands at 0 \(byte 40\)/); // prettier-ignore
  });

  it('of which only some signatures, or all, are explained', async () => {
    const some = (await explain(['--hex', hex(EARLY.bytes), '--signature', 'trusted'])).stdout;
    expect(some).toContain('✗ ip.src == 10.9.9.9 — ip.src is 10.0.0.9 (bytes 12–15)');
    expect(some).not.toContain('web_shell');
    const all = (await explain(['--hex', hex(EARLY.bytes), '--all'])).stdout;
    for (const name of ['web_shell', 'null_scan', 'trusted', 'often']) expect(all).toContain(`✗ ${name}  a.sig:`);
  });

  it('whose verdict is the stronger of two', async () => {
    const { bytes } = packetFrom('ipv4 { src 10.9.9.9 } tcp { dst_port 80  payload "GET /bin/sh" }');
    expect((await explain(['--hex', hex(bytes)])).stdout).toContain(
      'verdict pass: by trusted; that is stronger than drop (web_shell)',
    );
  });

  it('of a capture, by its number; counts go on from the packets before', async () => {
    const pcap = writePcap(
      [QUERY, SHELL, QUERY, QUERY].map((packet, i) => ({ ...packet, time: BigInt(i) * 1_000_000_000n })),
    );
    const second = (await explain(['--pcap', 'c.pcap', '--packet', '2'], { 'c.pcap': pcap })).stdout;
    expect(second).toMatch(/^packet 2 of c\.pcap: 51 bytes, .*, 1970-01-01T00:00:01/);
    const third = (await explain(['--pcap', 'c.pcap', '--packet', '3'], { 'c.pcap': pcap })).stdout;
    expect(third).toContain('✗ count by ip.src > 2 per 10s — number 2 within the time');
    const fourth = (await explain(['--pcap', 'c.pcap', '--packet', '4'], { 'c.pcap': pcap })).stdout;
    expect(fourth).toContain('✓ count by ip.src > 2 per 10s — number 3 within the time');
    expect(fourth).toContain('alerts often');
  });

  it('that only some log says so, and every alternative of what else fails has its reason', async () => {
    const sig = (name: string, id: number, when: string, then = 'log'): string =>
      `signature ${name} { id ${id} title "t" severity low when ${when} then ${then} }\n`;
    const said = async (rules: string): Promise<string> =>
      (await inFolder({ 'a.sig': rules }, ['explain', 'a.sig', '--hex', hex(QUERY.bytes)])).stdout;
    expect(await said(sig('a', 1, 'udp'))).toContain('verdict accept: a matches, and only logs\n');
    expect(await said(sig('a', 1, 'udp') + sig('b', 2, 'ipv4'))).toContain(
      'verdict accept: a, b match, and only log\n',
    );
    expect(await said(sig('a', 1, 'udp', 'mark 1'))).toContain(
      'verdict accept: a matches, with no verdict on the packet\n',
    );
    const other = sig(
      'c',
      3,
      'tcp.dst_port == 80 or tcp.src_port == 80 or ip.ttl < 5 or (udp and payload contains "x")',
    );
    expect((await said(other)).replace(/\n +/g, ' ')).toContain(
      '— no tcp header: ipv4.protocol is 17 (udp); ip.ttl is 64 (byte 8); does not stand there',
    );
  });

  it('is measured in bytes of which one is no plural, and what is not decoded is called rest', async () => {
    const { stdout } = await explain(['--hex', '45']);
    expect(stdout).toMatch(/^packet: 1 byte, /);
    expect(stdout).toMatch(/^ {2}byte 0 {4}rest +1 byte: "E"$/m);
    expect((await explain(['--hex', hex(SHELL.bytes)])).stdout).toMatch(/^ {2}byte 40 +payload +11 bytes: "GET /m);
  });

  it('names questions without an edge where they are few, counts more, and names all with --all', async () => {
    const rules = ['udp.dst_port', 'tcp.dst_port', 'arp.operation', 'icmpv6.type', 'icmp.type']
      .flatMap((field, i) => [1, 2, 3, 4].map((n) => `signature s${i}_${n} { id ${10 * i + n} title "t" severity low when ${field} == ${n} then log }`)); // prettier-ignore
    const said = async (count: number, flags: readonly string[]): Promise<string> => {
      const files = { 'a.sig': rules.slice(0, count).join('\n') };
      return (await inFolder(files, ['explain', 'a.sig', '--hex', hex(QUERY.bytes), ...flags])).stdout;
    };
    expect(await said(8, [])).toContain(
      'udp.dst_port is 53 — none of 4 edges\n  tcp.dst_port is missing — none of 4 edges',
    );
    expect(await said(20, [])).toContain('5 other questions — no edge (--all names them)');
    expect(await said(20, ['--all'])).toContain('icmp.type is missing — none of 4 edges');
  });

  it('that is malformed, cut short to nothing, or not packet-like at all', async () => {
    for (let length = 1; length <= SHELL.bytes.length; length += 7) {
      const { status, stderr } = await explain(['--hex', hex(SHELL.bytes.subarray(0, length))]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    }
  });
});

describe('an alert', () => {
  const alerts = async (flags: readonly string[]): Promise<{ eve: string; pcap: Uint8Array }> => {
    const pcap = writePcap([QUERY, { ...SHELL, wireLength: 900 }]);
    const folder = mkdtempSync(join(tmpdir(), 'sigward-eve-'));
    try {
      const log = join(folder, 'eve.json');
      await inFolder({ 'a.sig': RULES, 'c.pcap': pcap }, ['run', 'a.sig', '--pcap', 'c.pcap', '--eve', log, ...flags]);
      return { eve: readFileSync(log, 'utf8'), pcap };
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it('is repeated from the packet that it carries', async () => {
    const { eve } = await alerts(['--eve-packet']);
    const { status, stdout, stderr } = await explain(['--eve', 'eve.json', '--line', '1'], { 'eve.json': eve });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^the packet of line 1 of eve\.json: 51 of 900 bytes/);
    expect(stdout).toContain('✓ web_shell');
  });

  it('is repeated from the capture that it names a packet of', async () => {
    const { eve, pcap } = await alerts([]);
    const { stdout } = await explain(['--eve', 'eve.json', '--pcap', 'c.pcap'], {
      'eve.json': `{}\n${eve}`,
      'c.pcap': pcap,
    });
    expect(stdout).toMatch(/^packet 2 of c\.pcap: /);
  });

  it('of other rules comes with a warning', async () => {
    const { eve } = await alerts(['--eve-packet']);
    const files = { 'eve.json': eve, 'a.sig': RULES.replace('8080', '8081') };
    const { status, stderr } = await explain(['--eve', 'eve.json'], files);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^warning\[W1501\]: line 1 of `eve\.json` was written by another ruleset than this one/);
  });
});

describe('wrong input', () => {
  const pcap = writePcap([QUERY]);
  it.each([
    [['--pcap', 'c.pcap', '--packet', '2'], 'E1501', '`c.pcap` has 1 packet, so there is no packet 2'],
    [['--hex', '45 0x'], 'E1502', '`x` is not hexadecimal'],
    [['--hex', '450'], 'E1502', '`450` is not hexadecimal'],
    [['--hex', ''], 'E1502', '`` is not hexadecimal'],
    [['--hex', '4500', '--signature', 'web_shel'], 'E1503', 'no signature is called `web_shel`'],
    [['--hex', '4500', '--link', '77'], 'E1004', '`--hex` has packets of link type 77'],
    [['--pcap', 'none.pcap', '--packet', '1'], 'E1101', 'cannot open capture `none.pcap`'],
    [['--eve', 'none.json'], 'E1504', '`none.json` cannot be read: there is no such file'],
    [['--eve', 'a.sig', '--line', '1'], 'E1504', 'line 1 of `a.sig` is no alert'],
    [['--eve', 'a.sig'], 'E1504', 'and not an alert'],
    [['--eve', 'bare.json'], 'E1504', 'line 1 of `bare.json` does not carry its packet'],
  ])('%s', async (args, code, message) => {
    const files = { 'c.pcap': pcap, 'bare.json': '{"event_type":"alert","pcap_cnt":7}\n' };
    const { status, stdout, stderr } = await explain(args, files);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(`error[${code}]`);
    expect(stderr).toContain(message);
  });

  it('of signatures suggests the nearest name', async () => {
    expect((await explain(['--hex', '4500', '--signature', 'web_shel'])).stderr).toContain('did you mean `web_shell`?');
  });

  it.each([
    [['--packet', '1'], '--packet goes with --pcap'],
    [['--pcap', 'c.pcap'], 'say which packet: --packet NUMBER'],
    [['--pcap', 'c.pcap', '--packet', '0'], 'expected a number from 1 on'],
    [['--link', '1'], '--link goes with --hex'],
    [['--wire', '100'], '--wire goes with --hex'],
    [['--line', '1'], '--line goes with --eve'],
    [['--all'], '--all goes with a packet'],
    [['--hex', '00', '--format', 'dot'], '--format is for the tree'],
    [['--hex', '00', '--depth', '1'], '--depth is for the tree'],
    [['--format', 'png'], "argument 'png' is invalid"],
  ])('usage: %s', async (args, message) => {
    const { status, stderr } = await explain(args, { 'c.pcap': pcap });
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  it('in an alert log never does harm', async () => {
    const lines = ['', '[]', 'null', '{"event_type":"alert","packet":5,"packet_info":[],"pcap_cnt":-1,"sigward":"x"}', '{"event_type":"alert","packet":"!!","packet_info":{"linktype":1e99}}']; // prettier-ignore
    for (const [i] of lines.entries()) {
      const { status, stderr } = await explain(['--eve', 'e.json', '--line', `${i + 1}`], {
        'e.json': lines.join('\n'),
      });
      expect(status === 0 ? '' : stderr).toMatch(status === 0 ? /^$/ : /^error\[E1504\]/);
    }
  });
});

it('rules with errors are not explained', async () => {
  const { status, stdout } = await inFolder({ 'a.sig': 'signature x { id 1 when tcp.fags == 1 then log }' }, [
    'explain',
    'a.sig',
  ]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
});
