/** From rules to a `.sigc` file and what commands do with it. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../runtime/sha256.js';
import { packSections, unpackSections } from '../../compiler/artefact/container.js';
import { pcapHeader, pcapRecord } from '../../runtime/capture/write.js';
import { packetsFrom } from '../support/compile.js';
import { SIGWARD } from '../support/sigward.js';
import { needs } from '../support/skip.js';
import { inFolder } from './in-process.js';

const RULES = `import "./lib/ports.sig"
param home = { 10.0.0.0/8 }
const bad = file "bad.txt"
signature probe {
  id 1  title "probe"  severity high
  when ip.dst in home and udp.dst_port in ports and payload contains "x" as a and payload.u8(a.end) == 0x79
  then log, drop
}
signature known { id 2 title "known" severity low when ip.src in bad then log, limit 1 per 10s by ip.src }
`;
const CAPTURE = Buffer.concat([
  pcapHeader(101),
  ...packetsFrom([
    'ipv4 { src 10.9.9.9 dst 10.0.0.1 } udp { dst_port 53 } payload "axy"',
    'ipv4 { src 192.0.2.1 dst 10.0.0.1 } udp { dst_port 53 } payload "xz"',
    'ipv4 { src 10.9.9.9 dst 192.0.2.9 } udp { dst_port 53 } payload "xy"',
  ]).map(pcapRecord),
]);
const FILES = {
  'rules/a.sig': RULES,
  'rules/bad.txt': '192.0.2.0/24\n',
  'rules/lib/ports.sig': 'const ports = { 53, 5353 }\n',
  'c.pcap': CAPTURE,
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigward-compile-'));
  for (const [path, content] of Object.entries(FILES)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('compiling twice gives the same bytes', () => {
  const compile = (
    cwd: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
    node = process.execPath,
  ): Buffer => {
    const output = join(folder, 'out.sigc');
    rmSync(output, { force: true });
    const all = { ...process.env, FORCE_COLOR: '0', ...env };
    const run = spawnSync(node, [SIGWARD, 'compile', ...args, '-o', output], { cwd, env: all, encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(run.stdout).toMatch(/out\.sigc: 2 signatures of \d+ sources, \d+ bytes\n$/);
    return readFileSync(output);
  };
  let expected: Buffer = Buffer.alloc(0);
  beforeAll(() => {
    expected = compile(folder, ['rules']);
  });

  test('from other folders, and by other spellings of the path', () => {
    expect(compile(join(folder, 'rules'), ['.'])).toEqual(expected);
    expect(compile(join(folder, 'rules', 'lib'), ['../../rules/'])).toEqual(expected);
    expect(compile('/', [join(folder, 'rules')])).toEqual(expected);
  });

  test('where the rules lie elsewhere', () => {
    const deep = join(folder, 'deep/er');
    cpSync(join(folder, 'rules'), join(deep, 'other'), { recursive: true });
    symlinkSync(join(deep, 'other'), join(folder, 'link'));
    expect(compile(deep, ['other'])).toEqual(expected);
    expect(compile(folder, ['link'])).toEqual(expected);
  });

  test('in other time zones and locales', () => {
    expect(compile(folder, ['rules'], { TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr' })).toEqual(expected);
    expect(compile(folder, ['rules'], { TZ: 'America/St_Johns', LC_ALL: 'C' })).toEqual(expected);
  });

  test('but not with other parameters', () => {
    expect(compile(folder, ['rules', '--set', 'home=10.0.0.1'])).not.toEqual(expected);
  });

  const why = needs('SIGWARD_NODES');
  test.skipIf(why !== undefined)('by the versions of Node whose paths SIGWARD_NODES holds, : between them', () => {
    for (const node of (process.env['SIGWARD_NODES'] ?? '').split(':')) {
      expect(compile(folder, ['rules'], {}, node)).toEqual(expected);
    }
  });
});

/** What a command says in a folder with the rules, and with `a.sigc`, which was compiled from them. */
async function say(
  line: string,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): ReturnType<typeof inFolder> {
  const artefact = await compiledRules();
  return await inFolder({ ...FILES, 'a.sigc': artefact, ...files }, line.split(' '));
}

let made: Buffer | undefined;
async function compiledRules(): Promise<Buffer> {
  const path = join(folder, 'a.sigc');
  if (!made) await inFolder(FILES, ['compile', 'rules', '-o', path]);
  return (made ??= readFileSync(path));
}

describe('sigward compile', () => {
  const output = (name: string): string => join(folder, name);

  test('says what it wrote', async () => {
    const { status, stdout, stderr } = await say('compile rules -o b.sigc');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^b\.sigc: 2 signatures of \d+ sources, \d+ bytes\n$/);
  });

  test('proves that the tree means what the rules mean, where that is asked for', async () => {
    const { status, stdout, stderr } = await say('compile rules -o proved.sigc --verify');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')[1]).toBe('the tree means what 2 signatures mean: proved');
  });

  test('writes nothing where the rules have errors', async () => {
    const broken = { 'rules/b.sig': 'signature x { id 3 when tcp.nix then log }' };
    const { status, stdout, stderr } = await say(`compile rules -o ${output('broken.sigc')}`, broken);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('error[E0402]');
    expect(existsSync(output('broken.sigc'))).toBe(false);
  });

  test('takes the place of a file that is there, and leaves nothing else', async () => {
    writeFileSync(output('old.sigc'), 'old');
    expect((await say(`compile rules -o ${output('old.sigc')}`)).status).toBe(0);
    expect(readFileSync(output('old.sigc'))).toEqual(await compiledRules());
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('warns of rules that say nothing', async () => {
    const { status, stderr } = await say('compile rules/lib -o b.sigc');
    expect(status).toBe(0);
    expect(stderr).toContain('warning[W1001]');
  });

  test('does not write over what it reads, by whatever name', async () => {
    const list = { 'rules/a.sig': RULES.replace('bad.txt', 'bad.sigc'), 'rules/bad.sigc': '192.0.2.0/24\n' };
    expect((await say('compile rules -o rules/lib/../bad.sigc', list)).stderr).toBe(
      'error[E1010]: `rules/lib/../bad.sigc` and `rules/bad.sigc` are the same file, which would be written over\n' +
        '  = help: give what is written a path of its own\n',
    );
    symlinkSync(join(folder, 'rules/a.sig'), output('sneaky.sigc'));
    const { stderr } = await say(`compile ${join(folder, 'rules')} -o ${output('sneaky.sigc')}`);
    expect(stderr).toContain('error[E1010]');
    expect(readFileSync(join(folder, 'rules/a.sig'), 'utf8')).toBe(RULES);
  });

  test.each([
    ['none', 2, "error: required option '-o, --output <file>' not specified", ''],
    ['another ending', 2, 'its name ends in .sigc', ' -o b.txt'],
    ['a folder', 1, 'error[E1005]: `rules.sigc` cannot be written: ', ' -o rules.sigc'],
    ['no such folder', 1, 'error[E1005]: `x/b.sigc` cannot be written: there is no such folder', ' -o x/b.sigc'],
  ])('refuses an output that is %s', async (_, expected, said, option) => {
    const { status, stdout, stderr } = await say(`compile rules${option}`, { 'rules.sigc/x': '' });
    expect([status, stdout]).toEqual([expected, '']);
    if (expected === 1) expect(stderr).toContain(said);
  });
});

/** What `sigward run` writes to the alert log, and the rest of what it says. */
async function alerts(
  line: string,
  files?: Readonly<Record<string, string | Uint8Array>>,
): Promise<{ readonly log: string; readonly said: Awaited<ReturnType<typeof inFolder>> }> {
  const path = join(folder, 'eve.json');
  const said = await say(`run ${line} --pcap c.pcap --eve-packet --eve ${path}`, files);
  return { log: readFileSync(path, 'utf8'), said };
}

describe('sigward run', () => {
  test.each(['wasm', 'tree', 'interpreter'])('alerts as with the rules, by %s', async (engine) => {
    const [rules, artefact] = [await alerts(`rules --engine ${engine}`), await alerts(`a.sigc --engine ${engine}`)];
    expect(artefact).toEqual(rules);
    expect(rules.log.match(/"signature":"(probe|known)"/g)).toEqual(['"signature":"probe"', '"signature":"known"']);
    expect(rules.log).toMatch(/"ruleset":"sha256:[0-9a-f]{64}"/);
  });

  test('has the parameters that it was compiled with', async () => {
    const path = join(folder, 'set.sigc');
    await say(`compile rules --set home=192.0.2.9 -o ${path}`);
    const { log } = await alerts(path, { 'sigward.toml': '[params]\nhome = "10.0.0.0/8"' });
    expect(log).toContain('"dest_ip":"192.0.2.9"');
  });

  test.each([
    'run a.sigc rules --pcap c.pcap',
    'run a.sigc a.sigc --pcap c.pcap',
    'run a.sigc --pcap c.pcap --set home=10.0.0.1',
    'explain rules a.sigc',
  ])('an artefact stands alone: %s', async (line) => {
    expect(await say(line)).toMatchObject({ status: 2, stdout: '' });
  });

  test('makes code again that is of another version, or none', async () => {
    const { value } = unpackSections(await compiledRules(), '', sha256);
    const other = packSections(
      value.map(({ name, bytes }) => ({ name, bytes: name === 'code' ? Buffer.from('\0asm\x01\0\0\0') : bytes })),
      sha256,
    );
    expect(await alerts('b.sigc', { 'b.sigc': other })).toEqual(await alerts('rules'));
  });
});

describe('a file that is not as it was written', () => {
  const COMPILE = 'compile its rules again by `sigward compile RULES… -o FILE.sigc`';
  const cases: readonly (readonly [string, (file: Buffer) => Uint8Array, string])[] = [
    [
      'something else',
      () => Buffer.from(RULES),
      'error[E1601]: `b.sigc` is not a compiled ruleset\n  = help: make one by `sigward compile RULES… -o FILE.sigc`\n',
    ],
    [
      'newer',
      (file) => Buffer.concat([file.subarray(0, 8), Buffer.of(7), file.subarray(9)]),
      'error[E1602]: `b.sigc` has format 7, and this sigward reads format 2\n' +
        '  = help: update sigward, or compile the rules with this one\n',
    ],
    [
      'cut off',
      (file) => file.subarray(0, 40),
      `error[E1603]: \`b.sigc\` is cut off: it has 40 bytes, and should have at least 193\n  = help: copy it again, or ${COMPILE}\n`,
    ],
    [
      'altered',
      (file) => Buffer.concat([file.subarray(0, -1), Buffer.of((file.at(-1) ?? 0) ^ 1)]),
      'error[E1604]: `b.sigc` is not as it was written: its section `code` has another SHA-256 than its table says\n' +
        `  = help: copy it again, or ${COMPILE}\n`,
    ],
  ];

  test.each(cases)('%s: run, explain and inspect say the same', async (_, alter, expected) => {
    const files = { 'b.sigc': alter(await compiledRules()) };
    for (const line of ['run b.sigc --pcap c.pcap', 'explain b.sigc', 'inspect b.sigc']) {
      const { status, stderr } = await say(line, files);
      expect([status, stderr.trimEnd()]).toEqual([1, expected.trimEnd()]);
    }
  });

  test('or cannot be read', async () => {
    const files = { 'd.sigc/x': '' };
    expect((await say('run c.sigc --pcap c.pcap')).stderr).toBe(
      'error[E1003]: `c.sigc` cannot be read: there is no such file\n',
    );
    expect((await say('run d.sigc --pcap c.pcap', files)).stderr).toContain('cannot be read: it is a folder');
    expect((await say('inspect /dev/zero')).stderr).toContain('cannot be read: it is no regular file');
  });
});

describe('sigward inspect', () => {
  test('says what is in it', async () => {
    const { status, stdout, stderr } = await say('inspect a.sigc');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^2 signatures: 1 high, 1 low\nformat 2, language 1, compiled by sigward \S+\nruleset sha256:/,
    );
    expect(stdout).toMatch(/^logic\/root +\d+ +\d+ {2}[0-9a-f]{64}$/m);
    const names = [...stdout.matchAll(/^[0-9a-f]{64} {2}(.*)$/gm)].map(([, name]) => name);
    expect(names.filter((name) => !name?.startsWith('std/'))).toEqual(['a.sig', 'bad.txt', 'lib/ports.sig']);
    const hash = createHash('sha256').update(RULES).digest('hex');
    expect(stdout).toContain(`\n${hash}  a.sig\n`);
    expect(stdout).toMatch(/\na\.sigc is intact\n$/);
  });

  test('to programs too', async () => {
    const { stdout } = await say('inspect a.sigc --format json');
    const { intact, diagnostics, sections, manifest } = JSON.parse(stdout) as Record<string, never>;
    expect({ intact, diagnostics }).toEqual({ intact: true, diagnostics: [] });
    expect(sections).toMatchObject([{ name: 'manifest', intact: true }, { name: 'logic/root' }, { name: 'code' }]);
    expect(manifest).toMatchObject({
      format: 2,
      counts: { signatures: 2 },
      signatures: [{ name: 'probe' }, { id: 2 }],
    });
  });

  test('says which part is altered, and the rest all the same', async () => {
    const file = Buffer.from(await compiledRules());
    file[file.length - 1]! ^= 1;
    const { status, stdout } = await say('inspect b.sigc', { 'b.sigc': file });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^code +\d+ +\d+ {2}[0-9a-f]{64} altered$/m);
    expect(stdout).not.toContain('intact');
    const json = JSON.parse((await say('inspect b.sigc --format json', { 'b.sigc': file })).stdout) as unknown;
    expect(json).toMatchObject({ intact: false, diagnostics: [{ code: 'E1604' }] });
  });
});

describe('other commands', () => {
  test('explain by lines, in words of its own', async () => {
    const { status, stdout } = await say('explain a.sigc');
    expect(status).toBe(0);
    expect(stdout).toContain('probe a.sig:4 ');
    expect(stdout).toContain('known a.sig:9 ');
  });

  test('explain an alert of the rules by the artefact', async () => {
    const { log } = await alerts('rules');
    const { status, stderr, stdout } = await say('explain a.sigc --eve log.json', { 'log.json': log });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('verdict drop: by probe');
  });

  test.each(['check', 'test', 'fmt', 'compile -o b.sigc'])('%s want rules', async (command) => {
    const { status, stderr } = await say(`${command} a.sigc`);
    expect(status).toBe(1);
    expect(stderr).toContain('error[E1009]: `a.sigc` is a compiled ruleset, where `.sig` files are expected');
  });
});
