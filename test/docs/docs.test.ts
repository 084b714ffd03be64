/** Documentation runs: every `sig` block is checked and its tests carried out, every `console` block is typed in. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadRules } from '../../cli/load.js';
import { packageRoot } from '../../cli/paths.js';
import { loadEngine } from '../../runtime/engine/load.js';
import { runTest } from '../../runtime/testing/run-test.js';
import { diagnosticKinds } from '../support/diagnostic-kinds.js';
import { type Block, blocksOf } from './blocks.js';

const pages = ['spec.md', 'README.md', 'docs/authoring.md', 'docs/operations.md'];
const blocks = pages.flatMap((page) => blocksOf(join(packageRoot, page)));
const named = (language: string): [string, Block][] =>
  blocks.filter((b) => b.language === language).map((b) => [`${b.file.slice(packageRoot.length + 1)}:${b.line}`, b]);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigward-docs-'));
  const launcher = join(packageRoot, 'bin', 'sigward.js');
  writeFileSync(join(folder, 'sigward'), `#!/bin/sh\nexec "${process.execPath}" "${launcher}" "$@"\n`, { mode: 0o755 });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('sig blocks', () => {
  it.each(named('sig'))('%s', async (_, { text, attributes }) => {
    const path = join(folder, 'example.sig');
    writeFileSync(path, text);
    const { ruleset, diagnostics } = loadRules([path]);
    const { error } = attributes;
    expect(diagnostics.map((d) => `${d.code} ${d.message}`)).toEqual(error ? [expect.stringContaining(error)] : []);
    if (error) return;
    for (const test of ruleset.tests) {
      expect(await runTest(ruleset, test, loadEngine, (p) => join(folder, p))).toEqual([]);
    }
  });
});

describe('console blocks', () => {
  it.each(named('console'))('%s', (_, { text }) => {
    const [, ...sessions] = text.split(/^\$ /m);
    for (const session of sessions) {
      const [command = '', ...output] = session.split('\n');
      const run = spawnSync('sh', ['-c', command], {
        cwd: packageRoot,
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1', PATH: `${folder}:${process.env['PATH'] ?? ''}` },
      });
      expect(`${run.stdout}${run.stderr}`.trim()).toMatch(patternOf(output.join('\n').trim()));
    }
  });

  /** `…` stands for anything. */
  function patternOf(output: string): RegExp {
    const escaped = output.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${escaped.join('[^]*')}$`);
  }
});

describe('spec.md', () => {
  const spec = readFileSync(join(packageRoot, 'spec.md'), 'utf8');

  it('lists every diagnostic with its title, and no other', () => {
    const table = [...spec.matchAll(/^\| `([EW]\d{4})` \| (.*) \|$/gm)].map(([, code, title]) => `${code} ${title}`);
    expect(table).toEqual(diagnosticKinds.map((kind) => `${kind.code} ${kind.title}`));
  });

  it('uses each code for one kind', () => {
    expect(new Set(diagnosticKinds.map((kind) => kind.code)).size).toBe(diagnosticKinds.length);
  });

  it('has examples to run', () => {
    expect(named('sig').length).toBeGreaterThan(8);
  });
});
