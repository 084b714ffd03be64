/** `sigward witness`: what it prints, tests that pass where they are pasted, captures that are read back. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { format } from '../../grammar/format.js';
import { inFolder } from './in-process.js';

/** For what one command writes and another one reads. */
let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'sigward-witness-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const RULES = `
signature evil {
  id    7
  when  tcp.dst_port == 80 and payload contains "evil"
  then  log, drop
}
signature burst {
  id     8
  when   tcp.flags == SYN and tcp.dst_port == 22
  count  by ip.src > 2 per 10s
  then   log
}
`;

interface Shown {
  readonly name: string;
  readonly witness: { readonly packets: number } | null;
  readonly near_misses: readonly { readonly part: string }[];
}

const NEVER = `
signature never {
  id    9
  when  tcp and udp
  then  log
}
`;

describe('as text', () => {
  it('shows a packet, and for each part of the condition one that fails only there', async () => {
    const { status, stdout, stderr } = await inFolder({ 'a.sig': RULES }, ['witness', 'a.sig', 'evil']);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toBe(`evil (7) a.sig:2

  matches
    packet { ipv4  tcp { dst_port 80 }  payload "evil" }
    0000  45 00 00 2c 00 00 00 00 40 06 f6 c8 c0 00 02 01  E..,....@.......
    0010  c0 00 02 02 c0 00 00 50 00 00 00 00 00 00 00 00  .......P........
    0020  50 10 ff ff 9c 99 00 00 65 76 69 6c              P.......evil

  fails only at tcp.dst_port == 80
    packet { ipv4  tcp { dst_port 81 }  payload "evil" }
    0000  45 00 00 2c 00 00 00 00 40 06 f6 c8 c0 00 02 01  E..,....@.......
    0010  c0 00 02 02 c0 00 00 51 00 00 00 00 00 00 00 00  .......Q........
    0020  50 10 ff ff 9c 98 00 00 65 76 69 6c              P.......evil

  fails only at payload contains "evil"
    packet { ipv4  tcp { dst_port 80 }  payload "evim" }
    0000  45 00 00 2c 00 00 00 00 40 06 f6 c8 c0 00 02 01  E..,....@.......
    0010  c0 00 02 02 c0 00 00 50 00 00 00 00 00 00 00 00  .......P........
    0020  50 10 ff ff 9c 98 00 00 65 76 69 6d              P.......evim

`);
  });

  it('takes as many packets as a count does, and finds a signature by its id', async () => {
    const { stdout } = await inFolder({ 'a.sig': RULES }, ['witness', 'a.sig', '8']);
    expect(stdout).toContain('matches the last of 3 of these at the same time');
    expect(stdout).toContain('does not match: one packet fewer, 2 of them');
  });

  it('says that no packet can match where that is proved, and fails', async () => {
    const { status, stdout } = await inFolder({ 'a.sig': RULES + NEVER }, ['witness', 'a.sig']);
    expect(status).toBe(1);
    expect(stdout).toContain('evil (7)');
    expect(stdout).toMatch(/never \(9\) a\.sig:14\n\n {2}no packet matches it: that is proved/);
  });

  it('says which part cannot fail alone, because the others imply it', async () => {
    const rules = 'signature s { id 1 when tcp and tcp.dst_port == 80 then log }';
    const { status, stdout } = await inFolder({ 'a.sig': rules }, ['witness', 'a.sig']);
    expect(status).toBe(0);
    expect(stdout).toContain('none can fail only at tcp: what else is asked implies it');
  });

  it('says what a cut packet is, and of what link', async () => {
    const rules = 'signature s { id 1 when packet.truncated and vlan then log }';
    const { stdout } = await inFolder({ 'a.sig': rules }, ['witness', 'a.sig']);
    expect(stdout).toMatch(/cut off: \d+ of \d+ bytes were kept\n {4}link type 1\n/);
  });
});

describe('for programs', () => {
  it('gives everything as JSON', async () => {
    const { status, stdout } = await inFolder({ 'a.sig': RULES + NEVER }, ['witness', 'a.sig', '--format', 'json']);
    const { signatures }: { signatures: Shown[] } = JSON.parse(stdout);
    expect(status).toBe(1);
    expect(signatures.map((s) => s.name)).toEqual(['evil', 'burst', 'never']);
    expect(signatures[0]?.witness).toMatchObject({ link: 101, wire_length: 44, packets: 1 });
    expect(signatures[0]?.near_misses[1]?.part).toBe('payload contains "evil"');
    expect(signatures[1]?.witness?.packets).toBe(3);
    expect(signatures[2]).toMatchObject({ witness: null, proved_none: true, near_misses: [] });
  });

  it.each(['x.pcap', 'x.pcapng'])('writes a capture that a run reads: %s', async (name) => {
    const files = { 'a.sig': RULES };
    const written = await inFolder(files, ['witness', 'a.sig', '--pcap', join(folder, name)]);
    expect(written.status).toBe(0);
    const run = await inFolder(files, ['run', 'a.sig', '--pcap', join(folder, name)]);
    expect(run.stdout).toMatch(/^ +1 +1 +evil +7 /m);
    expect(run.stdout).toMatch(/^ +1 +0 +burst +8 /m);
  });

  it('puts packets of several link types into one pcapng file, and says so where the classic format cannot', async () => {
    const rules = 'signature a { id 1 when arp then log } signature b { id 2 when tcp then log }';
    const classic = await inFolder({ 'a.sig': rules }, ['witness', 'a.sig', '--pcap', 'x.pcap']);
    expect(classic.status).toBe(1);
    expect(classic.stderr).toContain('error[E1005]');
    expect(classic.stderr).toContain('a .pcapng file has several');
    expect(classic.stdout).toBe('');
    expect((await inFolder({ 'a.sig': rules }, ['witness', 'a.sig', '--pcap', 'x.pcapng'])).status).toBe(0);
  });
});

describe('as tests', () => {
  it('says what is expected, near misses with what they really match', async () => {
    const other = 'signature other { id 1 when tcp.dst_port == 81 then log }';
    const { stdout } = await inFolder({ 'a.sig': RULES + other }, ['witness', 'a.sig', 'evil', '--test']);
    expect(stdout).toContain('test "near misses of evil" {');
    expect(stdout).toContain('  // fails only at tcp.dst_port == 80\n');
    expect(stdout).toContain('expect other, verdict accept');
    expect(format('a.sig', stdout.trimEnd() + '\n').text).toBe(stdout.trimEnd() + '\n');
  });

  it('calls signatures by the names that they have in the file', async () => {
    const files = {
      'lib.sig': 'signature all { id 1 when tcp then log }',
      'a.sig': `import "./lib.sig" as lib\n${RULES}`,
    };
    const { stdout } = await inFolder(files, ['witness', 'a.sig', 'evil', '--test']);
    expect(stdout).toContain('expect lib.all, evil, verdict drop');
    const pasted = { ...files, 'a.sig': `${files['a.sig']}\n${stdout}` };
    expect(await inFolder(pasted, ['test', 'a.sig'])).toMatchObject({ status: 0 });
  });

  it('calls headers by the names that they have in the file', async () => {
    const files = {
      'lib.sig': 'header mine in ip_proto 200 { kind : u8  port : u16 }',
      'a.sig': 'import "./lib.sig" as lib\nsignature s { id 1 when lib.mine.port == 7 then log }',
    };
    const { stdout } = await inFolder(files, ['witness', 'a.sig', '--test']);
    expect(stdout).toContain('packet { ipv4  lib.mine { port 7 } }');
    const pasted = { ...files, 'a.sig': `${files['a.sig']}\n${stdout}` };
    expect(await inFolder(pasted, ['test', 'a.sig'])).toMatchObject({ status: 0 });
  });

  it.each(readdirSync('rules').filter((name) => name.endsWith('.sig') && name !== 'ports.sig'))(
    'that pass where they are pasted: %s',
    async (name) => {
      const files = Object.fromEntries(
        readdirSync('rules')
          .filter((file) => file.endsWith('.sig'))
          .map((file) => [`rules/${file}`, withoutTests(readFileSync(join('rules', file), 'utf8'))]),
      );
      const { status, stdout } = await inFolder(files, ['witness', `rules/${name}`, '--test']);
      expect(status).toBe(0);
      const pasted = { ...files, [`rules/${name}`]: `${files[`rules/${name}`] ?? ''}\n${stdout}` };
      const tested = await inFolder(pasted, ['test', `rules/${name}`]);
      expect(tested.stdout).toMatch(/^\d+ passed$/m);
      expect(`${tested.stderr}${tested.status === 0 ? '' : tested.stdout}`).toBe('');
    },
  );
});

/** Tests of the file play captures that are not here. */
function withoutTests(text: string): string {
  return text.replace(/^test "[\s\S]*?^\}\n/gm, '');
}

describe('wrong input', () => {
  it.each<[string, string[], string]>([
    ['an unknown signature', ['a.sig', 'evl'], 'did you mean `evil`?'],
    ['no rules', ['b.sig'], 'error[E1001]'],
    ['an errored file', ['wrong.sig'], 'error[E'],
    ['a capture in place of the rules', ['a.sig', '--pcap', './a.sig'], 'E1010'],
    ['a capture that cannot be written', ['a.sig', '--pcap', 'no/x.pcap'], 'there is no such folder'],
    ['a folder in place of a capture', ['a.sig', '--pcap', '.'], 'it is a folder'],
  ])('%s: exit status 1', async (_, args, said) => {
    const files = { 'a.sig': RULES, 'wrong.sig': 'signature s { when nope then log }' };
    const { status, stdout, stderr } = await inFolder(files, ['witness', ...args]);
    expect(stderr).toContain(said);
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });

  it('a file without signatures is a warning', async () => {
    const { status, stderr } = await inFolder({ 'a.sig': 'const x = 1' }, ['witness', 'a.sig']);
    expect(stderr).toContain('warning[W1001]');
    expect(status).toBe(0);
  });

  it.each([[['a.sig', '--test', '--format', 'json']], [['a.sig', 'evil', 'more']], [[]], [['a.sigc', '--test']]])(
    'wrong usage %j: exit status 2',
    async (args) => {
      expect((await inFolder({ 'a.sig': RULES }, ['witness', ...args])).status).toBe(2);
    },
  );

  it('takes what was compiled', async () => {
    const compiled = join(folder, 'witness-test.sigc');
    await inFolder({ 'a.sig': RULES }, ['compile', 'a.sig', '-o', compiled]);
    const { status, stdout } = await inFolder({}, ['witness', compiled, 'evil']);
    expect(status).toBe(0);
    expect(stdout).toContain('fails only at tcp.dst_port == 80');
  });

  it('uses what a site sets', async () => {
    const rules = 'param port = 80 signature s { id 1 when tcp.dst_port == port then log }';
    const { stdout } = await inFolder({ 'a.sig': rules }, ['witness', 'a.sig', '--set', 'port=4444']);
    expect(stdout).toContain('tcp { dst_port 4444 }');
  });
});

describe('in modules, and under a policy', () => {
  const MODULES = `
module web on tcp.dst_port == 80 {
  signature shell {
    id    1
    when  payload contains "/bin/sh"
    then  log, drop
  }
}
policy campus {
  protect  10.0.1.0/24  with web
}
policy quiet {
  protect  10.0.1.0/24  with web
  disable  shell
}
`;
  const witness = (...args: string[]): ReturnType<typeof inFolder> =>
    inFolder({ 'a.sig': MODULES }, ['witness', 'a.sig', ...args]);

  it('says at which switch a packet fails, and names the module', async () => {
    const { status, stdout } = await witness('--no-policy');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^shell \(1\) in module web a\.sig:3\n/);
    expect(stdout).toContain(
      '  fails only at switch of module web: tcp.dst_port == 80\n    packet { ipv4  tcp { dst_port 81 }  payload "/bin/sh" }\n',
    );
    expect(stdout).toContain('  fails only at payload contains "/bin/sh"\n');
  });

  it('shows packets that the policy covers, and one that it does not', async () => {
    const { stdout } = await witness('--policy', 'campus');
    expect(stdout).toContain(
      '  matches\n    packet { ipv4 { src 10.0.1.1 }  tcp { dst_port 80 }  payload "/bin/sh" }\n',
    );
    expect(stdout).toMatch(
      /fails only at policy campus: module web is in the packet’s chain\n {4}packet \{ ipv4 \{ src 10\.0\.0\.255 \}/,
    );
  });

  it('asks which policy is meant, and says that one disables the signature', async () => {
    await expect(witness()).resolves.toMatchObject({ status: 1, stderr: expect.stringContaining('E1902') as string });
    const { status, stdout } = await witness('--policy', 'quiet');
    expect(status).toBe(1);
    expect(stdout).toContain('no packet matches it: the policy quiet disables it');
  });

  it('names modules in JSON', async () => {
    const { stdout } = await witness('--policy', 'campus', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      policy: 'campus',
      signatures: [
        {
          name: 'shell',
          module: 'web',
          near_misses: [
            { of: { kind: 'chain', module: 'web' } },
            { part: 'tcp.dst_port == 80', of: { kind: 'switch', module: 'web' } },
            { part: 'payload contains "/bin/sh"' },
          ],
        },
      ],
    });
  });

  it.each([[['--no-policy']], [['--policy', 'campus']]])('tests pass where they are pasted: %s', async (args) => {
    const { stdout } = await witness('--test', ...args);
    expect(stdout.includes('under campus')).toBe(args.length === 2);
    const pasted = await inFolder({ 'a.sig': `${MODULES}${stdout}` }, ['test', 'a.sig']);
    expect(pasted.stdout).toContain('2 passed');
    expect(pasted.status).toBe(0);
  });

  it('no test is under a policy that its file does not know', async () => {
    const [, modules = '', policies = ''] = /^([^]*?)(policy[^]*)$/.exec(MODULES) ?? [];
    const files = { 'web.sig': modules, 'site.sig': `import "./web.sig"\n${policies}` };
    const { stdout } = await inFolder(files, ['witness', 'site.sig', '--policy', 'campus', '--test']);
    expect(stdout).toContain('// the policy campus is not declared in this file, so no test here can be under it');
    expect(stdout).not.toMatch(/^test/m);
  });
});
