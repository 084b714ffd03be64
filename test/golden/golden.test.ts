/**
 * Golden files: each `.sig` beside what `sigward check` says of it, without colour. `SIGWARD_UPDATE=1` rewrites what is
 * expected; read the difference as a rule author would before keeping it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countProblems, renderDiagnostic } from '../../cli/render.js';
import { loadRules } from '../../cli/load.js';
import type { SiteOptions } from '../../cli/settings.js';
import * as checkerKinds from '../../compiler/check/diagnostics.js';
import * as moduleKinds from '../../compiler/check/module-diagnostics.js';
import type { Diagnostic } from '../../grammar/diagnostic.js';
import * as grammarKinds from '../../grammar/diagnostics.js';

const FOLDER = dirname(fileURLToPath(import.meta.url));
const UPDATE = process.env['SIGWARD_UPDATE'] === '1';
const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.sig') && !name.includes('.modules'))
  .map((name) => name.replaceAll('\\', '/'))
  .sort();

// Diagnostics name files as they were given, so the folder of the golden files is where they are given from.
const before = process.cwd();
beforeAll(() => process.chdir(FOLDER));
afterAll(() => process.chdir(before));

/** Everything that is said of a file, and the count that `sigward check` ends with. */
function said(file: string): { readonly text: string; readonly diagnostics: readonly Diagnostic[] } {
  const { diagnostics, texts } = loadRules([file], siteOf(file));
  const frames = diagnostics.map((d) => `${renderDiagnostic(d, texts, (_, text) => text)}\n`);
  return { text: `${frames.join('')}${countProblems(diagnostics)}\n`, diagnostics };
}

/** What a site sets, where there is a `.toml` or, one a line, a `.flags` file beside the `.sig` file; or a folder of modules. */
function siteOf(file: string): SiteOptions | undefined {
  const [config, flags, modules] = ['.toml', '.flags', '.modules'].map((ending) => file.replace(/\.sig$/, ending));
  if (modules !== undefined && existsSync(modules)) return { modules };
  if (config !== undefined && existsSync(config)) return { config };
  if (flags === undefined || !existsSync(flags)) return undefined;
  return { set: readFileSync(flags, 'utf8').split('\n').slice(0, -1) };
}

describe('golden files', () => {
  test.each(files)('%s', (file) => {
    const expectedFile = file.replace(/\.sig$/, '.expected');
    const { text } = said(file);
    if (UPDATE) writeFileSync(expectedFile, text);
    expect(existsSync(expectedFile), `${expectedFile} is missing: run with SIGWARD_UPDATE=1`).toBe(true);
    expect(text).toBe(readFileSync(expectedFile, 'utf8'));
  });

  test('no expected file is left behind by a .sig file that is gone', () => {
    const expected = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((n) => n.endsWith('.expected'));
    expect(expected.map((n) => n.replace(/\.expected$/, '.sig')).filter((n) => !files.includes(n))).toEqual([]);
  });
});

describe('codes', () => {
  const kinds = Object.entries({ ...grammarKinds, ...checkerKinds, ...moduleKinds });

  test('every declared kind is said of some golden file', () => {
    const codes = new Set(files.flatMap((file) => said(file).diagnostics.map((d) => d.code)));
    expect(kinds.filter(([, kind]) => !codes.has(kind.code)).map(([name, kind]) => `${kind.code} ${name}`)).toEqual([]);
  });

  test('no two kinds share a code', () => {
    const codes = kinds.map(([, kind]) => kind.code);
    expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
    expect(codes.filter((code) => !/^[EW]\d{4}$/.test(code))).toEqual([]);
  });
});
