/** The language server in a real editor: Neovim, headless, through its own client. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../../support/skip.js';
import { ROOT, SIGWARD } from '../../support/sigward.js';

const RULES = `import "std/scans"

const servers = { 10.0.1.0/24 }

signature one {
  id 1
    rev 2
  when ip.dst in servers and tcp.flgs has SYN and null_scan(tcp.flags)
  then log
}
`;

interface Seen {
  readonly failed?: string;
  readonly client: string;
  readonly diagnostics: readonly unknown[];
  readonly actions: readonly string[];
  readonly fixed: string;
  readonly hover: string;
  readonly definition: { readonly file: string; readonly line: string };
  readonly renamed: string;
  readonly refused: string;
  readonly formatted: string;
  readonly completion: readonly string[];
}

const why = needs('nvim');

describe.skipIf(why !== undefined)('Neovim with sigward lsp', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sigward-nvim-'));
  let seen: Seen;

  beforeAll(() => {
    const [rules, result] = [join(folder, 'rules.sig'), join(folder, 'seen.json')];
    writeFileSync(rules, RULES);
    // A home of its own: what the user's Neovim is set to is none of this test's business.
    const env = { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, XDG_STATE_HOME: folder, XDG_CACHE_HOME: folder, SIGWARD_SEEN: result, SIGWARD }; // prettier-ignore
    const args = ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', rules, '-c', `luafile ${join(ROOT, 'test/editor/neovim/drive.lua')}`]; // prettier-ignore
    const { stderr, error } = spawnSync('nvim', args, { env, encoding: 'utf8', timeout: 55_000, cwd: folder });
    try {
      seen = JSON.parse(readFileSync(result, 'utf8')) as Seen;
    } catch {
      throw new Error(`Neovim left nothing behind: ${error?.message ?? ''} ${stderr}`);
    }
    expect(seen.failed).toBeUndefined();
  });
  afterAll(() => void rmSync(folder, { recursive: true }));

  it('shows findings where they are', () => {
    expect(seen.client).toBe('sigward');
    expect(seen.diagnostics).toEqual([
      { line: 7, column: 33, code: 'E0402', source: 'sigward', message: expect.stringContaining('did you mean `tcp.flags`?') },
    ]); // prettier-ignore
  });

  it('fixes what was found', () => {
    expect(seen.actions).toContain('write `tcp.flags`');
    expect(seen.fixed).toBe(RULES.trimEnd().replace('flgs', 'flags'));
  });

  it('hovers', () => {
    expect(seen.hover).toContain('byte 13 of the header');
  });

  it('goes to a definition in the standard library', () => {
    expect(seen.definition.file).toBe(join(ROOT, 'stdlib/scans.sig'));
    expect(seen.definition.line).toMatch(/^predicate null_scan/);
  });

  it('renames, and shows why it does not', () => {
    expect(seen.renamed).toBe(RULES.trimEnd().replace('flgs', 'flags').replaceAll('servers', 'ours'));
    expect(seen.refused).toContain('`tcp` is declared already');
  });

  it('formats', () => {
    expect(seen.formatted).toContain('\n  id   1\n  rev  2\n  when ip.dst in ours');
  });

  it('completes in a line that is being written', () => {
    expect(seen.completion).toEqual(expect.arrayContaining(['window', 'flags', 'src_port']));
  });
});
