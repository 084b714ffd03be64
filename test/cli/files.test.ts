/** One name a file, however it is reached; folders that hold more than rules. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadRules } from '../../cli/load.js';

const ONE = 'signature one {\n  id 1\n  when tcp\n  then log\n}\n';
let folder = '';
let home = '';

beforeEach(() => {
  home = process.cwd();
  folder = mkdtempSync(join(tmpdir(), 'sigward-files-'));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function load(...paths: string[]): { roots: readonly string[]; codes: string[]; signatures: number } {
  const { roots, diagnostics, ruleset } = loadRules(paths);
  return { roots, codes: diagnostics.map((d) => d.code), signatures: ruleset.signatures.length };
}

describe('a file joins the ruleset once', () => {
  it('under two spellings of its path', () => {
    write('ok.sig', ONE);
    expect(load('ok.sig', join(folder, 'ok.sig'), './ok.sig')).toEqual({ roots: ['ok.sig'], codes: [], signatures: 1 });
  });

  it('through a link, and through an import that leads to it', () => {
    write('ok.sig', ONE);
    symlinkSync('ok.sig', 'link.sig');
    write('sub/user.sig', 'import "../ok.sig"\nsignature two {\n  id 2\n  when udp\n  then log\n}\n');
    expect(load(join(folder, 'sub'), 'link.sig', 'ok.sig')).toMatchObject({ codes: [], signatures: 2 });
  });

  it('below a folder that holds a link to itself', () => {
    write('ok.sig', ONE);
    symlinkSync('.', 'loop');
    expect(load('.')).toEqual({ roots: ['ok.sig'], codes: [], signatures: 1 });
  });
});

describe('folders', () => {
  it('may be called like a rule file', () => {
    write('rules/one.sig', ONE);
    mkdirSync('rules/x.sig');
    expect(load('rules')).toEqual({ roots: ['rules/one.sig'], codes: [], signatures: 1 });
  });

  it('may be called like the standard library', () => {
    write('std/tcp.sig', ONE);
    expect(load('std')).toEqual({ roots: ['./std/tcp.sig'], codes: [], signatures: 1 });
    expect(load('std/tcp.sig')).toEqual({ roots: ['./std/tcp.sig'], codes: [], signatures: 1 });
  });

  it('of other rules are named', () => {
    write('rules/a.rules', 'alert tcp any any -> any any (sid:1;)');
    expect(load('rules').codes).toEqual(['E1002']);
    expect(loadRules(['rules']).diagnostics[0]?.help).toContain('`.rules` files (1)');
  });

  it('and what is hidden or installed in them is left alone', () => {
    write('rules/one.sig', ONE);
    write('rules/.old/one.sig', ONE);
    write('rules/node_modules/x/one.sig', ONE);
    expect(load('rules')).toEqual({ roots: ['rules/one.sig'], codes: [], signatures: 1 });
  });
});
