/** What a site sets: which value counts, for which command, and where its mistakes are shown. */
import { describe, expect, it } from 'vitest';
import { pcapHeader, pcapRecord } from '../../runtime/capture/write.js';
import { packetsFrom } from '../support/compile.js';
import { inFolder } from './in-process.js';

const RULES = `param home = { 10.0.0.0/8 }
signature inside { id 1 title "inside" severity low when ip.dst in home then log }
test "the declared values" {
  packet { ipv4 { dst 10.0.0.1 }  udp }
  expect inside
  packet { ipv4 { dst 192.168.0.1 }  udp }
  expect none
}
`;
const PACKETS = packetsFrom([
  'ipv4 { dst 10.0.0.1 } udp {}',
  'ipv4 { dst 192.168.0.1 } udp {}',
  'ipv4 { dst 192.168.0.2 } udp {}',
]);
const CAPTURE = Buffer.concat([pcapHeader(101), ...PACKETS.map(pcapRecord)]);
const FILES = { 'rules.sig': RULES, 'c.pcap': CAPTURE };
const TOML = '[params]\nhome = "192.168.0.0/16"\n';

/** How many of the packets the signature matched. */
async function matches(files: Readonly<Record<string, string | Uint8Array>>, ...args: string[]): Promise<string> {
  const { stdout, stderr } = await inFolder({ ...FILES, ...files }, ['run', 'rules.sig', '--pcap', 'c.pcap', ...args]);
  return /(\d+) match(?:es)?/.exec(stdout)?.[1] ?? stderr;
}

describe('which value counts', () => {
  it('is the declared one where nothing is set', async () => {
    expect(await matches({})).toBe('1');
  });

  it('is the one of sigward.toml in the working directory', async () => {
    expect(await matches({ 'sigward.toml': TOML })).toBe('2');
  });

  it('is the one of the file that is named, and of no other', async () => {
    const files = { 'sigward.toml': TOML, 'etc/site.toml': '[params]\nhome = ["192.168.0.2"]\n' };
    expect(await matches(files, '--config', 'etc/site.toml')).toBe('1');
    expect(await matches({ ...files, 'etc/site.toml': '' }, '--config', 'etc/site.toml')).toBe('1');
  });

  it('is the flag’s, and the last one’s', async () => {
    expect(await matches({ 'sigward.toml': TOML }, '--set', 'home={ }')).toBe('0');
    expect(await matches({}, '--set', 'home={ }', '--set', 'home = { 0.0.0.0/0 }')).toBe('3');
  });

  it('comes with a warning where it is given twice on the command line', async () => {
    const twice = await inFolder({ 'a.sig': RULES }, ['check', 'a.sig', '--set', 'home={ }', '--set', 'home=10.0.0.1']);
    expect(twice.status).toBe(0);
    expect(twice.stdout + twice.stderr).toMatch(/^warning\[W1002\]: `home` is set more than once/m);
    const once = await inFolder({ 'a.sig': RULES }, ['check', 'a.sig', '--set', 'home=10.0.0.1']);
    expect(once.stdout + once.stderr).not.toContain('W1002');
  });

  it('for a name that is not declared, where nothing is, says so', async () => {
    const bare = 'signature o { id 2 title "o" severity low when tcp then log }';
    const { status, stdout, stderr } = await inFolder({ 'a.sig': bare }, ['check', 'a.sig', '--set', 'nix=5']);
    expect(status).toBe(1);
    expect(stdout + stderr).toContain('they declare none; what a site may set is declared with `param`');
  });

  it('is that of every file that declares the name', async () => {
    const other = 'param home = { ::1 }\nsignature o { id 2 title "o" severity low when ip.dst in home then log }';
    const files = { ...FILES, 'rules.sig': `import "./other.sig" as other\n${RULES}`, 'other.sig': other };
    expect(await matches(files)).toBe('1');
    expect(await matches(files, '--set', 'home=192.168.0.1')).toBe('2');
  });

  it('may come from a list: beside the file of settings, or from the working directory', async () => {
    const files = { 'etc/site.toml': '[params]\nhome = \'file "list.txt"\'\n', 'etc/list.txt': '192.168.0.0/30\n' };
    expect(await matches(files, '--config', 'etc/site.toml')).toBe('2');
    expect(await matches(files, '--set', 'home=file "etc/list.txt"')).toBe('2');
  });

  it('may be of the other version of IP than the rules look at', async () => {
    const rules = RULES.replace('ip.dst in home', 'ipv4.dst not in home');
    expect(await matches({ 'rules.sig': rules })).toBe('2');
    expect(await matches({ 'rules.sig': rules }, '--set', 'home=2001:db8::/32')).toBe('3');
    expect(await matches({ 'rules.sig': rules }, '--set', 'home=02:00:00:00:00:01')).toContain('error[E0502]');
  });

  it('is the declared one in tests, whatever the site sets', async () => {
    const { status, stdout } = await inFolder({ ...FILES, 'sigward.toml': TOML }, ['test', 'rules.sig']);
    expect([status, stdout]).toEqual([0, expect.stringContaining('1 passed')]);
  });

  it('is explained', async () => {
    const hex = Buffer.from(PACKETS[1]?.bytes ?? []).toString('hex');
    const args = ['explain', 'rules.sig', '--hex', hex];
    expect((await inFolder(FILES, args)).stdout).toContain('alerts none');
    expect((await inFolder({ ...FILES, 'sigward.toml': TOML }, args)).stdout).toContain('alerts inside');
    expect((await inFolder(FILES, [...args, '--set', 'home=192.168.0.1'])).stdout).toContain('alerts inside');
  });
});

describe('mistakes', () => {
  it.each([
    ['a name that is not declared', ['--set', 'hom={ 10.0.0.0/8 }'], 'error[E0411]', '--> --set hom:1:1'],
    ['another kind of value', ['--set', 'home={ 80 }'], 'error[E0501]', '--> --set home:1:6'],
    ['a slip in the value', ['--set', 'home={ 10.0.0.1/8 }'], 'error[E0108]', '--> --set home:1:8'],
    ['a file that is not there', ['--config', 'none.toml'], 'error[E1001]', 'there is no file `none.toml`'],
    ['a folder', ['--config', '.'], 'error[E1003]', 'it is a folder'],
    ['no TOML', ['--config', 'rules.sig'], 'error[E1006]', '--> rules.sig:1:'],
  ])('%s: nothing is judged', async (_, args, code, place) => {
    const { status, stdout, stderr } = await inFolder(FILES, ['run', 'rules.sig', '--pcap', 'c.pcap', ...args]);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(code);
    expect(stderr).toContain(place);
  });

  it.each([
    ['a key that is none', 'home = "x"\n', 'E1007', 1, 1],
    ['params as a value', 'params = 3\n', 'E1008', 1, 1],
    ['a fraction', '[params]\nhome = 2.5\n', 'E1008', 2, 1],
    ['a date', '# one\n[params]\nhome = 2026-01-01\n', 'E1008', 3, 1],
    ['a table in an array', '[params]\nhome = [{ a = 1 }]\n', 'E1008', 2, 1],
    ['an array in an array', '[params]\nhome = [["10.0.0.0/8"]]\n', 'E1008', 2, 1],
    ['a slip in the second string of an array', '[params]\nhome = [\n  "10.0.0.0/8", # net\n  "10.0.0.1/8" ]\n', 'E0108', 4, 4],
    ['a slip in an inline table', 'params = { home = "10.0.0.1/8" }\n', 'E0108', 1, 20],
    ['a slip behind a dotted key', 'params.home = "10.0.0.1/8"\n', 'E0108', 1, 16],
    ['a slip in a long string', '[params]\nhome = """\n{ 10.0.0.1/8 }"""\n', 'E0108', 3, 3],
    ['TOML’s own mistake', '[params]\nhome = "x\n', 'E1006', 2, 10],
    ['a name that these rules do not have', '[params]\nother = "{ }"\n', 'W0401', 2, 1],
  ])('%s in sigward.toml', async (_, toml, code, line, column) => {
    const { stdout } = await inFolder({ ...FILES, 'sigward.toml': toml }, ['check', 'rules.sig', '--format', 'json']);
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: Record<string, unknown>[] };
    const places = diagnostics.map((d) => [d['code'], d['file'], d['line'], d['column']]);
    expect(places).toEqual([[code, 'sigward.toml', line, column]]);
  }); // prettier-ignore

  it('a flag without a name or a value is wrong usage', async () => {
    for (const flag of ['home', '=1', '', '{ 10.0.0.0/8 }']) {
      const { status } = await inFolder(FILES, ['check', 'rules.sig', '--set', flag]);
      expect(status).toBe(2);
    }
  });
});
