/** `editor/neovim` where `docs/editors.md` says that it is to be put, in the home of somebody who has nothing else. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { needs } from '../../support/skip.js';
import { ROOT, SIGWARD } from '../../support/sigward.js';

interface Seen {
  readonly said: readonly string[];
  readonly clients: readonly { readonly cmd: readonly string[]; readonly root: string }[];
  readonly findings: readonly string[];
  readonly lenses: number;
  readonly commentstring: string;
  readonly shiftwidth: number;
}

const why = needs('nvim');

describe.skipIf(why !== undefined)('the plugin for Neovim', () => {
  const home = mkdtempSync(join(tmpdir(), 'sigward-nvim-'));
  const project = join(home, 'my project, new');
  const bin = join(project, 'node_modules/.bin');
  const rules = join(project, 'rules/first.sig');

  beforeAll(() => {
    const start = join(home, '.local/share/nvim/site/pack/sigward/start');
    for (const folder of [start, bin, join(project, 'rules')]) mkdirSync(folder, { recursive: true });
    cpSync(join(ROOT, 'editor/neovim'), join(start, 'sigward'), { recursive: true });
    writeFileSync(join(project, 'sigward.toml'), '');
    writeFileSync(
      rules,
      'signature a {\n  id 1\n  severity hgih\n  when tcp\n  then log\n}\ntest "b" {\n  packet { ipv4 }\n  expect none\n}\n',
    );
    writeFileSync(join(bin, 'sigward'), `#!/bin/sh\nexec '${process.execPath}' '${SIGWARD}' "$@"\n`);
    chmodSync(join(bin, 'sigward'), 0o755);
    mkdirSync(join(home, 'tools'));
    symlinkSync(process.execPath, join(home, 'tools/node'));
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  /** What Neovim did within some milliseconds at most, with these lines in its `init.vim`. */
  function open(init: string, path: string, wait: number): Seen {
    const said = join(home, 'said');
    rmSync(said, { force: true });
    mkdirSync(join(home, '.config/nvim'), { recursive: true });
    writeFileSync(join(home, '.config/nvim/init.vim'), init);
    const env = {
      HOME: home,
      PATH: path,
      SIGWARD_FILES: rules,
      SIGWARD_SAID: said,
      SIGWARD_WAIT: String(wait),
      TERM: 'xterm',
    };
    const args = ['--headless', '-i', 'NONE', '-n', '-c', `luafile ${join(import.meta.dirname, 'plugin.lua')}`];
    const { stderr } = spawnSync('nvim', args, { env, encoding: 'utf8', timeout: 50_000, cwd: home });
    expect(stderr).toBe('');
    const seen: Seen = JSON.parse(readFileSync(said, 'utf8'));
    return seen;
  }
  const bare = '/usr/bin:/bin:/usr/local/bin';

  test('starts the server that is on the PATH, in the project’s folder', () => {
    const { said, clients, findings, lenses, commentstring, shiftwidth } = open('', `${bin}:${bare}`, 30_000);
    expect(said).toEqual([]);
    expect(clients).toEqual([{ cmd: ['sigward', 'lsp', '--stdio'], root: project }]);
    expect(findings.join()).toContain('`hgih` is not a severity');
    expect(lenses).toBe(1);
    expect([commentstring, shiftwidth]).toEqual(['// %s', 2]);
  });

  test('starts the one that the user names, from the project where it is relative', () => {
    const { clients, findings } = open("let g:sigward_path = 'node_modules/.bin/sigward'\n", bare, 30_000);
    expect(clients[0]?.cmd[0]).toBe(join(bin, 'sigward'));
    expect(findings).not.toEqual([]);
  });

  test('says once that there is none, and shows colours all the same', () => {
    const { said, clients } = open('', join(home, 'tools') + ':/usr/bin:/bin', 300);
    expect(clients).toEqual([]);
    expect(said).toEqual([
      'sigward: `sigward` cannot be run; install it, or set g:sigward_path (g:sigward_lsp = v:false: colours only)',
    ]);
  });

  test('starts none where the user wants none', () => {
    const { said, clients } = open('let g:sigward_lsp = v:false\n', `${bin}:${bare}`, 300);
    expect([said, clients]).toEqual([[], []]);
  });
});
