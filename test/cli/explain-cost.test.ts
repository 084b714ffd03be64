/** `sigward explain --cost`: what signatures cost a packet, for people and for programs; and which search was chosen for literals. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inFolder, type Outcome } from './in-process.js';

const RULES = `signature shell { id 1 when tcp.dst_port in { 80, 8080 } and payload contains "/bin/sh" then log, drop }
signature anywhere { id 2 when payload contains "/etc/passwd" then log }
signature trusted { id 3 when ip.src == 10.9.9.9 then pass }
signature escapes { id 4 when payload contains "%%" as x and payload.u8(x.end) == 7 then log }
`;
const explain = (...args: readonly string[]): Promise<Outcome> =>
  inFolder({ 'a.sig': RULES }, ['explain', 'a.sig', ...args]);
/** What of the JSON these tests look at. */
interface Costs {
  readonly expected: number;
  readonly decoding: { readonly expected: number };
  readonly tree: { readonly expected: number };
  readonly signatures: readonly { readonly signature: string; readonly expected: number }[];
}

const costs = async (...args: readonly string[]): Promise<Costs> =>
  JSON.parse((await explain('--cost', '--format', 'json', ...args)).stdout) as Costs;

describe('costs', () => {
  it("are the ruleset's, what is shared, and those of each signature, the dearest first", async () => {
    const { status, stdout, stderr } = await explain('--cost');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const figure = '[\\d.<]+ (?:ns|µs|ms)';
    const lines = [
      '^4 signatures, by the cost model',
      `^  expected ${figure} a packet, [\\d,]+ packets a second, where packets carry 256 bytes on average$`,
      `^  at worst ${figure} for a packet of 1,500 bytes`,
      `^ *${figure} +${figure}  decoding headers$`,
      `^ *${figure} +${figure}  one pass over payload for 3 literals of 3 signatures, every packet; 3 different byte strings: `,
      `^ *${figure} +${figure}  all +anywhere a\\.sig:2 waits for "/etc/passwd"$`,
      `^ *${figure} +${figure}  all +trusted a\\.sig:3 asks ip\\.src == 10\\.9\\.9\\.9$`,
      `^ *${figure} +${figure}  all +escapes a\\.sig:4 .*; at worst 1499 occurrences of "%%"$`,
    ];
    for (const line of lines) expect(stdout).toMatch(new RegExp(line, 'm'));
    const order = [...stdout.matchAll(/(\w+) a\.sig:\d/g)].map(([, name]) => name);
    const { signatures } = await costs();
    expect(order).toEqual(signatures.map((one) => one.signature));
  });

  it('are JSON: picoseconds, all of which add up', async () => {
    const cost = await costs();
    expect(cost).toMatchObject({
      unit: 'picoseconds',
      typicalBytes: 256,
      longestBytes: 1500,
      searches: [{ bytes: 'payload', literals: 3, signatures: 3, packetsPerMillion: 1_000_000, design: 'filtered' }],
    });
    const expected = cost.signatures.map((one) => one.expected);
    expect(expected).toEqual([...expected].sort((a, b) => b - a));
    const sum = [cost.decoding.expected, cost.tree.expected, ...expected].reduce((a, b) => a + b, 0);
    expect(sum).toBe(cost.expected);
    expect(JSON.stringify(cost)).not.toMatch(/:-?\d+[.e]/);
  });

  it('are of some signatures, with the whole ruleset around them', async () => {
    const [all, some] = [await costs(), await costs('--signature', 'trusted')];
    expect(some).toEqual({
      ...all,
      signatures: all.signatures.filter((s) => s.signature === 'trusted'),
    });
    const { stdout } = await explain('--cost', '--signature', 'trusted', 'shell');
    expect(stdout).toContain('trusted a.sig:3');
    expect(stdout).not.toContain('anywhere');
    expect((await explain('--cost', '--signature', 'trustd')).stderr).toContain('did you mean `trusted`?');
  });

  it('name the dearest of many signatures, and count the others', async () => {
    const many = Array.from(
      { length: 60 },
      (_, i) => `signature s${i} { id ${i + 1} when tcp.window == ${i} then log }`,
    );
    const { stdout } = await inFolder({ 'a.sig': many.join('\n') }, ['explain', 'a.sig', '--cost']);
    expect(stdout.match(/ a\.sig:\d/g)).toHaveLength(45);
    expect(stdout).toMatch(
      /^… 20 more signatures, .* all together; `--format json` has all.*\n\nof these, the dearest at worst\n/m,
    );
  });

  it('are the same of what was compiled', async () => {
    const { stdout: text } = await explain('--cost');
    const folder = mkdtempSync(join(tmpdir(), 'sigward-cost-'));
    try {
      const out = join(folder, 'a.sigc');
      await inFolder({ 'a.sig': RULES }, ['compile', 'a.sig', '-o', out]);
      const { stdout } = await inFolder({ 'a.sigc': readFileSync(out) }, ['explain', 'a.sigc', '--cost']);
      expect(stdout).toBe(text);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('of no signature at all are those of a packet', async () => {
    const { status, stdout } = await inFolder({ 'a.sig': '' }, ['explain', 'a.sig', '--cost']);
    expect(status).toBe(0);
    expect(stdout).toContain('0 signatures');
  });

  it.each([
    [['--hex', '00'], '--cost goes without a packet'],
    [['--pcap', 'c.pcap', '--packet', '1'], '--cost goes without a packet'],
    [['--eve', 'eve.json'], '--cost goes without a packet'],
    [['--all'], '--all goes with a packet'],
    [['--depth', '2'], '--depth is for the tree'],
    [['--format', 'dot'], '--cost is given as text or json'],
    [['--format', 'svg'], '--cost is given as text or json'],
  ])('usage: %s', async (args, message) => {
    const { status, stdout, stderr } = await explain('--cost', ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('the search', () => {
  it('is named with the reason why it was chosen', async () => {
    const { stdout } = await explain();
    expect(stdout).toMatch(
      /^one pass over payload for 3 literals of 3 signatures, every packet; 3 different byte strings: /m,
    );
    const tiny = Array.from(
      { length: 9 },
      (_, i) => `signature s${i} { id ${i + 1} when payload contains "${i}~" then log }`,
    );
    const automaton = await inFolder({ 'a.sig': tiny.join('\n') }, ['explain', 'a.sig']);
    expect(automaton.stdout.replace(/\n +/g, ' ')).toContain('; the automaton is right for every set and linear');
  });

  it('is there for programs', async () => {
    const { passes } = JSON.parse((await explain('--format', 'json')).stdout);
    expect(passes).toMatchObject([
      { bytes: 'payload', literals: 3, signatures: 3, why: expect.stringContaining('3 different') },
    ]);
  });

  it('is not mentioned where nothing is looked for', async () => {
    const { stdout } = await inFolder({ 'a.sig': 'signature a { id 1 when tcp then log }' }, ['explain', 'a.sig']);
    expect(stdout).not.toContain('pass over');
  });
});
