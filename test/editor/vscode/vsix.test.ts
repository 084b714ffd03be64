/** The `.vsix` as VS Code opens it. */
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { vsix } from '../../../editor/vscode/vsix.js';

const root = join(import.meta.dirname, '../../..');
interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly version: string;
  readonly main: string;
  readonly engines: { readonly vscode: string };
  readonly contributes: {
    readonly languages: readonly { readonly configuration: string }[];
    readonly grammars: readonly { readonly path: string }[];
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}
function json(text: string): Manifest {
  const value: Manifest = JSON.parse(text);
  return value;
}

let archive: Uint8Array;
let entries: Record<string, string>;
beforeAll(async () => {
  archive = await vsix();
  entries = Object.fromEntries(Object.entries(unzipSync(archive)).map(([name, data]) => [name, strFromU8(data)]));
});

const entry = (name: string): string => entries[name] ?? expect.fail(`${name} is missing`);

describe('the .vsix', () => {
  test('holds the extension and nothing else', () => {
    expect(Object.keys(entries).sort()).toEqual([
      '[Content_Types].xml',
      'extension.vsixmanifest',
      'extension/LICENSE.txt',
      'extension/NOTICES.txt',
      'extension/README.md',
      'extension/extension.cjs',
      'extension/language-configuration.json',
      'extension/package.json',
      'extension/syntaxes/sig.tmLanguage.json',
    ]);
  });

  test('is the same each time', async () => {
    expect(Buffer.from(await vsix()).equals(archive)).toBe(true);
  });

  test('says the same of itself in both manifests, and the version of the package', () => {
    const { name, publisher, version, engines } = json(entry('extension/package.json'));
    const { version: released } = json(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(version).toBe(released);
    expect(entry('extension.vsixmanifest')).toContain(`Id="${name}" Version="${version}" Publisher="${publisher}"`);
    expect(entry('extension.vsixmanifest')).toContain(`Engine" Value="${engines.vscode}"`);
  });

  test('every file that a manifest names is there, and every ending has a type', () => {
    const { main, contributes } = json(entry('extension/package.json'));
    const { languages, grammars } = contributes;
    const named = [main, ...languages.map((one) => one.configuration), ...grammars.map((one) => one.path)];
    for (const path of named) entry(`extension/${path.replace(/^\.\//, '')}`);
    for (const [, path] of entry('extension.vsixmanifest').matchAll(/ Path="([^"]*)"/g)) entry(String(path));
    for (const name of Object.keys(entries).filter((each) => each !== '[Content_Types].xml')) {
      expect(entry('[Content_Types].xml')).toContain(`Extension="${/\.\w+$/.exec(name)?.[0]}"`);
    }
  });

  test('the client is whole: beside Node’s own modules and the editor it needs none', () => {
    const required = [...entry('extension/extension.cjs').matchAll(/require\(["'`]([^"'`]+)["'`]\)/g)].map(
      ([, id]) => id,
    );
    const others = required.filter((id) => !builtinModules.includes(String(id).replace(/^node:/, '')));
    expect(new Set(others)).toEqual(new Set(['vscode']));
  });

  test('the licence of each package in it is there', () => {
    for (const name of ['vscode-languageclient', 'vscode-jsonrpc', 'semver', 'minimatch']) {
      expect(entry('extension/NOTICES.txt')).toMatch(new RegExp(`^${name} [\\d.]+ \\(`, 'm'));
    }
  });

  test('commands and settings of the code are declared', () => {
    const { contributes } = json(entry('extension/package.json'));
    const source = readFileSync(join(root, 'editor/vscode/extension.ts'), 'utf8');
    const registered = [...source.matchAll(/registerCommand\('([^']+)'/g)].map(([, id]) => id);
    expect(contributes.commands.map(({ command }) => command)).toEqual(registered);
    expect(Object.keys(contributes.configuration.properties)).toEqual(['sigward.path', 'sigward.trace.server']);
  });
});

interface Indentation {
  readonly wordPattern: string;
  readonly indentationRules: { readonly increaseIndentPattern: string; readonly decreaseIndentPattern: string };
}

describe('language configuration', () => {
  const configuration: Indentation = JSON.parse(
    readFileSync(join(root, 'editor/vscode/language-configuration.json'), 'utf8'),
  );
  const grows = new RegExp(configuration.indentationRules.increaseIndentPattern);
  const shrinks = new RegExp(configuration.indentationRules.decreaseIndentPattern);

  test('a word ends at a dot', () => {
    const words = 'ipv4.options[0] 0x5 a_b.c'.match(new RegExp(configuration.wordPattern, 'g'));
    expect(words).toEqual(['ipv4', 'options', 'x5', 'a_b', 'c']);
  });

  test.each([
    ['signature a {', true],
    ['  options until offset * 4 {  // all of them', true],
    ['  packet { ipv4  tcp {', true],
    ['  packet { ipv4  tcp }', false],
    ['  when payload contains "{"', false],
    ['  when payload contains "\\"{"', false],
    ['// a comment {', false],
    ['test "}" {', true],
  ])('%s: the next line is indented: %s', (line, expected) => {
    expect(grows.test(line)).toBe(expected);
  });

  test('a closing brace goes back', () => {
    expect(['}', '  } size length'].map((line) => shrinks.test(line))).toEqual([true, true]);
    expect(shrinks.test('  when "}" == x')).toBe(false);
  });
});
