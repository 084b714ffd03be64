/** Who may say what is executed: keys, signatures, and what is refused. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packSections, unpackSections } from '../../compiler/artefact/container.js';
import { sha256 } from '../../runtime/sha256.js';
import { sectionsOf } from '../support/signed.js';
import { pcapHeader, pcapRecord } from '../../runtime/capture/write.js';
import { packetsFrom } from '../support/compile.js';
import { inFolder, type Outcome } from './in-process.js';

const RULES = 'signature probe { id 1 title "probe" severity high when udp and payload contains "x" then log, drop }\n';
const CAPTURE = Buffer.concat([pcapHeader(101), ...packetsFrom(['ipv4 {} udp {} payload "axy"']).map(pcapRecord)]);

let folder = '';
const at = (name: string): string => join(folder, name);
const read = (name: string): Buffer => readFileSync(at(name));
/** A command line, in a folder of its own; what it names is in `folder`. */
const say = (line: string, files: Readonly<Record<string, string>> = {}): Promise<Outcome> =>
  inFolder(files, line.replace(/@/g, `${folder}/`).split(' '));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sigward-trust-'));
  writeFileSync(at('a.sig'), RULES);
  writeFileSync(at('b.sig'), RULES.replace('"x"', '"z"'));
  writeFileSync(at('c.pcap'), CAPTURE);
  for (const line of ['keygen @alice', 'keygen @bob', 'compile @a.sig -o @a.sigc', 'compile @b.sig -o @b.sigc'])
    expect(await say(line)).toMatchObject({ status: 0, stderr: '' });
  for (const name of ['a', 'b']) writeFileSync(at(`signed-${name}.sigc`), read(`${name}.sigc`));
  for (const name of ['a', 'b']) expect(await say(`sign @signed-${name}.sigc --key @alice.key`)).toMatchObject({ status: 0 });
}); // prettier-ignore
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('sigward keygen', () => {
  it('writes a private key that nobody else can read, and a public one', () => {
    expect(statSync(at('alice.key')).mode & 0o777).toBe(0o600);
    expect(read('alice.key').toString()).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(read('alice.pub').toString()).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
    expect(read('alice.pub')).not.toEqual(read('bob.pub'));
  });

  it('calls a key by the end of its text', async () => {
    const { stdout } = await say('keygen @carol');
    const [, name] = /ed25519 key (\S+)/.exec(stdout) ?? [];
    expect(name).toHaveLength(44);
    expect(read('carol.pub').toString()).toContain(`${name ?? ''}\n-----END`);
  });

  it.each(['alice.key', 'alice.pub'])('never writes over %s unless it is told to', async (kept) => {
    for (const ending of ['key', 'pub']) {
      rmSync(at(`dora.${ending}`), { force: true });
      if (kept.endsWith(ending)) writeFileSync(at(`dora.${ending}`), 'mine');
    }
    const { status, stderr } = await say('keygen @dora');
    expect([status, stderr]).toEqual([1, expect.stringContaining('error[E1703]')]);
    expect(read(`dora.${kept.slice(-3)}`).toString()).toBe('mine');
    expect([existsSync(at('dora.key')), existsSync(at('dora.pub'))]).toEqual([kept.endsWith('key'), kept.endsWith('pub')]);
  }); // prettier-ignore

  it('with --force, what is there has the mode of a private key from the first byte on, and links are not followed', async () => {
    writeFileSync(at('elsewhere'), 'mine');
    symlinkSync(at('elsewhere'), at('emil.key'));
    expect(await say('keygen @emil --force')).toMatchObject({ status: 0 });
    expect(read('elsewhere').toString()).toBe('mine');
    chmodSync(at('emil.key'), 0o644);
    expect(await say('keygen @emil --force')).toMatchObject({ status: 0 });
    expect(statSync(at('emil.key')).mode & 0o777).toBe(0o600);
  });

  it.each(['keygen @a.key', 'keygen @a.pub', 'keygen @'])('%s is wrong usage', async (line) => {
    expect((await say(line)).status).toBe(2);
  });

  it('says why it cannot write', async () => {
    expect(await say('keygen @none/a')).toMatchObject({ status: 1, stderr: expect.stringContaining('error[E1005]') });
  });
});

describe('sigward sign', () => {
  const signed = async (...keys: string[]): Promise<Buffer> => {
    writeFileSync(at('x.sigc'), read('a.sigc'));
    for (const key of keys) expect(await say(`sign @x.sigc --key @${key}.key`)).toMatchObject({ status: 0, stderr: '' });
    return read('x.sigc');
  }; // prettier-ignore

  it('gives the same bytes whenever and in whatever order', async () => {
    const both = await signed('alice', 'bob');
    expect(await signed('bob', 'alice')).toEqual(both);
    expect(await signed('bob', 'alice', 'bob', 'alice')).toEqual(both);
    expect(both.length).toBeGreaterThan((await signed('bob')).length);
  });

  it('leaves what was compiled as it was', async () => {
    const sections = (bytes: Uint8Array): unknown[] =>
      unpackSections(bytes, '', sha256).value.map(({ name, sha256: hash }) => [name, hash]);
    expect(sections(await signed('alice')).slice(0, -1)).toEqual(sections(read('a.sigc')));
  });

  it('warns of a key that others can read', async () => {
    writeFileSync(at('open.key'), read('alice.key'));
    chmodSync(at('open.key'), 0o640);
    const { status, stderr } = await say('sign @x.sigc --key @open.key');
    expect([status, stderr]).toEqual([0, expect.stringMatching(/^warning\[W1701\].*\(mode 640\)/)]);
  });

  it('signs nothing that could not be executed', async () => {
    const bytes = read('a.sigc');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(at('x.sigc'), bytes);
    expect(await say('sign @x.sigc --key @alice.key')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('E1604'),
    });
    expect(read('x.sigc')).toEqual(bytes);
  });
});

describe('a key that is none', () => {
  const pem = (type: 'rsa' | 'ed25519' | 'ec' | 'x25519', which: 'publicKey' | 'privateKey'): string => {
    const options = { modulusLength: 1024, namedCurve: 'P-256' };
    const pair = (generateKeyPairSync as (type: string, options: object) => Record<typeof which, KeyObject>)(type, options);
    return String(pair[which].export({ type: which === 'publicKey' ? 'spki' : 'pkcs8', format: 'pem' }));
  }; // prettier-ignore
  const encrypted = String(
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }),
  ); // prettier-ignore

  it.each([
    ['a private key', pem('ed25519', 'privateKey'), 'E1702', 'E1701.*no public key|signed|error'],
    ['a key of another kind', pem('rsa', 'publicKey'), 'E1701', 'it is for rsa, not ed25519'],
    ['a key that only agrees', pem('x25519', 'publicKey'), 'E1701', 'it is for x25519'],
    ['a curve of another kind', pem('ec', 'publicKey'), 'E1701', 'it is for ec'],
    ['two keys', pem('ed25519', 'publicKey').repeat(2), 'E1701', 'it holds several things'],
    ['an encrypted private key', encrypted, 'E1702', 'private key'],
    ['no PEM', 'ssh-ed25519 AAAA', 'E1701', 'it is not PEM'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', 'E1701', 'it holds a CERTIFICATE'],
    ['noise in PEM', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n', 'E1701', 'it cannot be read'],
    ['half a key', '-----BEGIN PUBLIC KEY-----\nMCow', 'E1701', 'it cannot be read'],
    ['nothing', '', 'E1701', 'it is not PEM'],
    ['too much', 'x'.repeat(20_000), 'E1003', 'it has more than 16 kB'],
  ])('to trust: %s', async (_, text, code, sentence) => {
    writeFileSync(at('odd.pub'), text);
    for (const line of ['verify @signed-a.sigc --trust @alice.pub @odd.pub', 'run @signed-a.sigc --pcap @c.pcap --trust @odd.pub']) {
      const { status, stdout, stderr } = await say(line);
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toContain(code);
      expect(stderr).toMatch(new RegExp(sentence));
    }
  }); // prettier-ignore

  it.each([
    ['a public key', pem('ed25519', 'publicKey'), 'it holds a PUBLIC KEY'],
    ['a key of another kind', pem('rsa', 'privateKey'), 'it is for rsa, not ed25519'],
    ['an encrypted one', encrypted, 'it is encrypted, which is not supported'],
  ])('to sign: %s', async (_, text, sentence) => {
    writeFileSync(at('odd.key'), text, { mode: 0o600 });
    const before = read('a.sigc');
    const { status, stderr } = await say('sign @a.sigc --key @odd.key');
    expect([status, stderr]).toEqual([1, expect.stringContaining(sentence)]);
    expect(read('a.sigc')).toEqual(before);
  });

  it.each([
    ['@none.pub', 'E1001'],
    ['@', 'E1003'],
    ['/dev/zero', 'E1003'],
  ])('to trust: %s', async (path, code) => {
    expect(await say(`verify @a.sigc --trust ${path}`)).toMatchObject({ status: 1, stderr: expect.stringContaining(code) });
  }); // prettier-ignore
});

describe('sigward verify', () => {
  it('says by whom', async () => {
    const { status, stdout } = await say('verify @signed-a.sigc --trust @bob.pub @alice.pub');
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^\S+signed-a\.sigc: signed by \S+alice\.pub \(ed25519 key \S+\)\n$/)]);
  }); // prettier-ignore

  it('goes by sigward.toml where nothing is said', async () => {
    const toml = { 'sigward.toml': `[trust]\nkeys = ["${at('alice.pub')}"]\n` };
    expect((await say('verify @signed-a.sigc', toml)).status).toBe(0);
    expect((await say('verify @signed-a.sigc --trust @bob.pub', toml)).status).toBe(1);
    expect((await say('verify @signed-a.sigc')).status).toBe(2);
  });

  it.each([
    ['nobody', 'a.sigc', 'alice.pub', /error\[E1705\].*is not signed/],
    ['somebody else', 'signed-a.sigc', 'bob.pub', /error\[E1706\].*it is signed by ed25519 key \S{44}\n/],
    ['rules', 'a.sig', 'alice.pub', /error\[E1601\]/],
  ])('refuses what is signed by %s', async (_, file, key, sentence) => {
    const { status, stdout, stderr } = await say(`verify @${file} --trust @${key}`);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(sentence);
  });
});

describe('sigward run --trust', () => {
  const alice = 'run @signed-a.sigc --pcap @c.pcap --trust @alice.pub';

  it('executes what a trusted key has signed', async () => {
    for (const line of [alice, alice.replace('@alice', '@bob.pub @alice'), `${alice.replace('@alice', '@bob')} --trust @alice.pub`])
      expect(await say(line)).toMatchObject({ status: 0, stdout: expect.stringContaining('1 match by 1 of') });
  }); // prettier-ignore

  it.each([
    ['signed by nobody', 'run @a.sigc --pcap @c.pcap --trust @alice.pub', 'E1705'],
    ['signed by somebody else', 'run @signed-a.sigc --pcap @c.pcap --trust @bob.pub', 'E1706'],
    ['text', 'run @a.sig --pcap @c.pcap --trust @alice.pub', 'E1704'],
    ['a folder of text', 'run @ --pcap @c.pcap --trust @alice.pub', 'E1704'],
    ['not there', 'run @none.sigc --pcap @c.pcap --trust @alice.pub', 'E1003'],
  ])('refuses what is %s', async (_, line, code) => {
    expect(await say(line)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(code) });
  });

  it('says how text is compiled and signed, and it is so', async () => {
    const { stderr } = await say('run @a.sig --pcap @c.pcap --trust @alice.pub');
    const [, compile = '', signing = ''] = /help: `sigward (.*?)`, then `sigward (.*?)`/.exec(stderr) ?? [];
    const here = (line: string): string => line.replace('FILE', '@new').replace('NAME', '@alice');
    expect(await say(here(compile))).toMatchObject({ status: 0 });
    expect(await say(here(signing))).toMatchObject({ status: 0 });
    expect((await say('run @new.sigc --pcap @c.pcap --trust @alice.pub')).status).toBe(0);
  });

  it('goes by sigward.toml, too', async () => {
    const toml = { 'sigward.toml': `[trust]\nkeys = "${at('bob.pub')}"\n` };
    const { status, stderr } = await say('run @signed-a.sigc --pcap @c.pcap', toml);
    expect([status, stderr]).toEqual([1, expect.stringContaining('E1706')]);
    expect((await say(alice, toml)).status).toBe(0);
  });

  it('without it, a signature keeps nobody from executing', async () => {
    expect((await say('run @signed-a.sigc --pcap @c.pcap')).status).toBe(0);
  });
});

describe('sigward inspect', () => {
  it('says who has signed', async () => {
    expect((await say('inspect @signed-a.sigc')).stdout).toMatch(/^signed by ed25519 key \S{44}$/m);
    const json = JSON.parse((await say('inspect @signed-a.sigc --format json')).stdout) as Record<string, unknown>;
    expect(json['signatures']).toEqual([{ by: expect.stringMatching(/^ed25519 key /), fits: true }]);
    expect((await say('inspect @a.sigc')).stdout).not.toContain('signed');
  });

  it('says where a signature is over something else', async () => {
    writeFileSync(at('x.sigc'), withSignaturesOf('signed-b.sigc', 'a.sigc'));
    const { status, stdout } = await say('inspect @x.sigc');
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^a signature by ed25519 key \S+ is not over this file$/m)]);
  }); // prettier-ignore
});

/** The sections of `content` with the signatures of `signed`. */
function withSignaturesOf(signed: string, content: string): Uint8Array {
  return packSections([...sectionsOf(read(content)), ...sectionsOf(read(signed)).slice(-1)], sha256);
}
