/** `sigward diff`: what it prints and how it ends. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inFolder } from './in-process.js';

/** For what one command writes and another one reads. */
let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'sigward-diff-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const OLD = `
signature web { id 1 rev 1 title "Web" when tcp.dst_port in { 80, 443 } then log }
signature flags { id 2 when tcp.flags has SYN and tcp.flags lacks ACK then log }
signature gone { id 3 when icmp then log }
signature kept { id 4 when udp then log, drop }
`;
const NEW = `
signature kept { id 4 when udp then log, reject }
signature web { id 1 rev 2 title "Web server" when tcp.dst_port in { 80, 8080 } then log }
signature syn { id 2 when not (tcp.flags & (SYN | ACK) != SYN) and tcp then log }
signature fresh { id 5 when icmpv6 then log }
`;

describe('what is said', () => {
  it('signatures that come and go, what they do, and what they match, with packets', async () => {
    const { status, stdout, stderr } = await inFolder({ 'old.sig': OLD, 'new.sig': NEW }, [
      'diff',
      'old.sig',
      'new.sig',
    ]);
    expect(stderr).toBe('');
    expect(status).toBe(1);
    expect(stdout).toBe(`~ kept new.sig:2
  verdict: drop → reject

~ web new.sig:3
  rev: 1 → 2
  title: Web → Web server
  a packet that matched before, and not now:
    packet { ipv4  tcp { dst_port 443 } }
    0000  45 00 00 28 00 00 00 00 40 06 f6 cc c0 00 02 01  E..(....@.......
    0010  c0 00 02 02 c0 00 01 bb 00 00 00 00 00 00 00 00  ................
    0020  50 10 ff ff 6a 15 00 00                          P...j...
  a packet that matches now, and did not before:
    packet { ipv4  tcp { dst_port 8080 } }
    0000  45 00 00 28 00 00 00 00 40 06 f6 cc c0 00 02 01  E..(....@.......
    0010  c0 00 02 02 c0 00 1f 90 00 00 00 00 00 00 00 00  ................
    0020  50 10 ff ff 4c 40 00 00                          P...L@..

~ syn new.sig:4
  name: flags → syn
  title: flags → syn
  when: written differently, and proved to mean the same

+ fresh new.sig:5

- gone old.sig:4

1 added, 1 removed, 1 match other packets, 1 do something else, 0 neither proved the same nor told apart, 1 the same
`);
  });

  it('that nothing is lost where only more is matched', async () => {
    const files = {
      'old.sig': 'signature s { id 1 when payload contains "abcd" then log }',
      'new.sig': 'signature s { id 1 when payload contains "bc" then log }',
    };
    const { stdout } = await inFolder(files, ['diff', 'old.sig', 'new.sig']);
    expect(stdout).toContain('  nothing matched before, and not now: that is proved\n');
    expect(stdout).toContain('packet { ipv4  tcp  payload "bc" }');
  });

  it('the other way round, it is the other way round', async () => {
    const { stdout } = await inFolder({ 'old.sig': NEW, 'new.sig': OLD }, ['diff', 'old.sig', 'new.sig']);
    expect(stdout).toContain('+ gone');
    expect(stdout).toContain('- fresh');
    expect(stdout).toMatch(/matched before, and not now:\n {4}packet \{ ipv4 {2}tcp \{ dst_port 8080 \} \}/);
  });

  it('counts, limits and marks', async () => {
    const of = (rest: string): string => `signature s { id 1 when tcp ${rest} }`;
    const files = {
      'old.sig': of('count by ip.src > 5 per 10s then log, limit 1 per 1m by ip.src'),
      'new.sig': of('count by ip.src > 6 per 10s then log, limit 2 per 1m, mark 1'),
    };
    const { stdout, status } = await inFolder(files, ['diff', 'old.sig', 'new.sig']);
    expect(stdout).toContain('count: by ip.src > 5 per 10s → by ip.src > 6 per 10s');
    expect(stdout).toContain('limit: 1 per 1m by ip.src → 2 per 1m');
    expect(stdout).toContain('mark: none → 0x1/0xffffffff');
    expect(status).toBe(1);
  });
});

describe('how it ends', () => {
  it('with 0 where all means the same, whatever it is called', async () => {
    const renamed = OLD.replace('signature web', 'signature other').replace('"Web"', '"Something else"');
    const { status, stdout } = await inFolder({ 'old.sig': OLD, 'new.sig': renamed }, ['diff', 'old.sig', 'new.sig']);
    expect(status).toBe(0);
    expect(stdout).toContain('title: Web → Something else');
    expect(stdout).toContain('4 the same');
  });

  it('with 1 where one side is wrong, and says what', async () => {
    const { status, stderr } = await inFolder({ 'old.sig': OLD, 'new.sig': 'signature' }, [
      'diff',
      'old.sig',
      'new.sig',
    ]);
    expect(status).toBe(1);
    expect(stderr).toContain('error[');
  });

  it('with 2 where one side is missing', async () => {
    expect((await inFolder({ 'old.sig': OLD }, ['diff', 'old.sig'])).status).toBe(2);
  });

  it('takes a compiled ruleset on either side', async () => {
    const compiled = join(folder, 'diff-test.sigc');
    await inFolder({ 'old.sig': OLD }, ['compile', 'old.sig', '-o', compiled]);
    expect((await inFolder({ 'new.sig': OLD }, ['diff', compiled, 'new.sig'])).status).toBe(0);
    expect((await inFolder({ 'new.sig': NEW }, ['diff', 'new.sig', compiled])).status).toBe(1);
  });

  it('as JSON, with the same status', async () => {
    const { status, stdout } = await inFolder({ 'old.sig': OLD, 'new.sig': NEW }, ['diff', 'old.sig', 'new.sig', '--format', 'json']); // prettier-ignore
    const { same, signatures }: { same: boolean; signatures: { change: string; lost?: unknown }[] } =
      JSON.parse(stdout);
    expect(status).toBe(1);
    expect(same).toBe(false);
    expect(signatures.map((s) => s.change)).toEqual(['changed', 'changed', 'changed', 'added', 'removed']);
    expect(signatures[2]).toMatchObject({ meaning: 'same', proved: 'by diagrams' });
    expect(signatures[1]?.lost).toMatchObject({ link: 101, packet: 'packet { ipv4  tcp { dst_port 443 } }' });
  });
});

describe('headers', () => {
  const header = (port: string): string => `header mine in ip_proto 200 { kind : u8  port : u16 ${port} }\n`;
  const rule = 'signature s { id 1 when mine.port == 7 then log }';

  it('that differ leave it to packets, which both decoders judge', async () => {
    const files = { 'old.sig': header('') + rule, 'new.sig': header('< 5') + rule };
    const { status, stdout } = await inFolder(files, ['diff', 'old.sig', 'new.sig']);
    expect(status).toBe(1);
    expect(stdout).toContain('packet that matched before, and not now:\n    packet { ipv4  mine { port 7 } }');
  });

  it('that differ and make no difference are not called the same', async () => {
    const files = { 'old.sig': header('') + rule, 'new.sig': header('< 50000') + rule };
    const { status, stdout } = await inFolder(files, ['diff', 'old.sig', 'new.sig']);
    expect(status).toBe(1);
    expect(stdout).toContain('neither proved to mean the same, nor a packet found that tells them apart');
  });

  it.each([
    ['tcp.dst_port == 80 and payload contains "x"', 'another transport header stands in its place'],
    ['udp and payload.u8(0) == 7', 'what UDP carries is behind UDP'],
    ['ipv4.ttl < 5 or ipv4.malformed', 'it stands before'],
    ['not tcp.flags has SYN', 'neither side has TCP there'],
    ['ip.protocol == 6 and not tcp', 'the number is that of the header before'],
    ['icmp and payload contains "x"', 'no transport header is there'],
  ])('that one side has in addition do not count for `%s`: %s', async (when) => {
    const text = `signature s { id 1 when ${when} then log }`;
    const added = 'header mine in ip_proto 200 role transport { kind : u8 }\n';
    const { status, stdout } = await inFolder({ 'old.sig': text, 'new.sig': added + text }, ['diff', 'old.sig', 'new.sig']); // prettier-ignore
    expect(stdout).toBe(
      '0 added, 0 removed, 0 match other packets, 0 do something else, 0 neither proved the same nor told apart, 1 the same\n',
    );
    expect(status).toBe(0);
  });

  it.each([
    'payload.length > 3',
    'packet.too_deep',
    'not payload contains "x"',
    'ip.protocol == 200 and payload',
    'ipv4 and not payload',
  ])('that one side has in addition may count for `%s`', async (when) => {
    const text = `signature s { id 1 when ${when} then log }`;
    const added = 'header mine in ip_proto 200 role transport { kind : u8 }\n';
    const { status } = await inFolder({ 'old.sig': text, 'new.sig': added + text }, ['diff', 'old.sig', 'new.sig']);
    expect(status).toBe(1);
  });

  it('that differ are told in JSON: what is the same was proved', async () => {
    const text = 'signature s { id 1 when tcp then log }';
    const files = { 'old.sig': text, 'new.sig': header('') + text };
    const { stdout } = await inFolder(files, ['diff', 'old.sig', 'new.sig', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ same: true, signatures: [{ meaning: 'same', proved: 'by diagrams' }] });
  });

  it('in another order are the same', async () => {
    const a = 'header one in ip_proto 201 { x : u8 }\n';
    const b = 'header two in ip_proto 202 { y : u8 }\n';
    const text = 'signature s { id 1 when one.x == 1 or two.y == 2 then log }';
    const files = { 'old.sig': a + b + text, 'new.sig': b + a + text };
    expect((await inFolder(files, ['diff', 'old.sig', 'new.sig'])).status).toBe(0);
  });
});

describe('modules and policies', () => {
  const body = 'signature shell { id 1 when payload contains "/bin/sh" then log, drop }';
  const policy = (rest: string): string => `policy campus { protect 10.0.1.0/24 with web  ${rest} }\n`;
  const web = `module web on tcp.dst_port == 80 { ${body} }\n`;
  const diffed = (old: string, now: string, ...args: string[]): ReturnType<typeof inFolder> =>
    inFolder({ 'old.sig': old, 'new.sig': now }, ['diff', 'old.sig', 'new.sig', ...args]);

  it('a switch that is narrowed changes what its signatures match', async () => {
    const { status, stdout } = await diffed(
      web.replace('== 80', 'in { 80, 8080 }'),
      web.replace('== 80', 'in 1..100 and tcp.dst_port >= 80 and tcp.dst_port < 81'),
    );
    expect(status).toBe(1);
    expect(stdout).toContain(
      'a packet that matched before, and not now:\n    packet { ipv4  tcp { dst_port 8080 }  payload "/bin/sh" }\n',
    );
    expect(stdout).toContain('nothing matches now, and did not before: that is proved');
  });

  it('to move a signature between two modules whose switches are equal changes nothing', async () => {
    const two = (first: string, second: string): string =>
      `module a on tcp.dst_port in 80..81 { ${first} }\nmodule b on tcp.dst_port >= 80 and tcp.dst_port <= 81 { ${second} }\n`;
    const { status, stdout } = await diffed(two(body, ''), two('', body));
    expect(stdout).toContain('  module: a → b\n  when: written differently, and proved to mean the same\n');
    expect(stdout).toMatch(/0 match other packets, 0 do something else, .* 1 the same\n$/);
    expect(status).toBe(0);
  });

  it('a module with another name, or a condition that becomes a switch, are the same', async () => {
    expect(await diffed(web, web.replace('module web', 'module www'))).toMatchObject({ status: 0 });
    const flat = body.replace('when', 'when tcp.dst_port == 80 and');
    expect(await diffed(flat, web)).toMatchObject({ status: 0 });
  });

  it('a signature that forwards no more takes matches from others', async () => {
    const rules = (then: string): string =>
      `${web}module worms on false { signature worm { id 2 when payload contains "worm" then log } }\n` +
      `signature sender { id 3 when udp.dst_port == 9 then ${then} }\n`;
    const { status, stdout } = await diffed(rules('log, forward worms'), rules('log'));
    expect(status).toBe(1);
    expect(stdout).toContain('~ sender new.sig:3\n  forward: worms → none\n');
    expect(stdout).toMatch(
      /~ worm new\.sig:2\n {2}a packet that matched before, and not now:\n {4}packet \{ ipv4 {2}udp/,
    );
  });

  it('what a policy covers, disables, overrides, and drops besides', async () => {
    const old = web + policy('');
    expect(await diffed(old, old)).toMatchObject({ status: 0 });
    // Without a policy the networks of one do not matter.
    const wider = (rest: string): string => web + policy(rest).replace('10.0.1.0/24', '10.0.0.0/16');
    expect(await diffed(old, wider(''), '--no-policy')).toMatchObject({ status: 0 });
    expect((await diffed(old, wider(''))).stdout).toMatch(
      /matches now, and did not before:\n {4}packet \{ ipv4 \{ src 10\.0/,
    );
    expect((await diffed(old, web + policy('disable shell'))).stdout).toContain(
      'nothing matches now, and did not before: that is proved',
    );
    const changed = await diffed(old, web + policy('override shell then log, reject, delay 5ms'));
    expect(changed.stdout).toContain('  verdict: drop → reject\n  delay: none → 5ms\n');
    const dropping = await diffed(old, web + policy('otherwise drop'));
    expect(dropping.status).toBe(1);
    expect(dropping.stdout).toContain('~ otherwise\n  nothing was dropped before as not covered, and is not now: that is proved\n'); // prettier-ignore
    expect(dropping.stdout).toContain(
      '  a packet that is dropped now as not covered, and was not before:\n    packet { ',
    );
    const json = await diffed(web + policy('otherwise drop'), wider('otherwise drop'), '--format', 'json'); // prettier-ignore
    expect(JSON.parse(json.stdout)).toMatchObject({ same: false, uncovered: { meaning: 'different', gained: { proved_none: true } } }); // prettier-ignore
  });

  it('a policy that only one side declares is asked for', async () => {
    expect((await diffed(web, web + policy(''), '--policy', 'campus')).stderr).toContain('E1901');
  });
});
