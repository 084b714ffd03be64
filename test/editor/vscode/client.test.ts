/** The extension, packed as it ships, in a stand-in for VS Code, with the real server. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { bundle } from '../../../editor/vscode/vsix.js';
import { needs } from '../../support/skip.js';

const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'sigward-vscode-'));
const require = createRequire(import.meta.url);
const why = needs('dist/cli/main.js');

interface Finding {
  readonly message: string;
  readonly range: { readonly start: { readonly line: number } };
}

/** What the stand-in shows. */
interface Fake {
  readonly seen: {
    readonly findings: Map<string, readonly Finding[]>;
    readonly messages: string[];
    readonly answers: string[];
    readonly commands: Map<string, readonly string[] | (() => Promise<void>)>;
    settings: Record<string, unknown>;
  };
  readonly document: (path: string, text: string) => { readonly languageId: string };
  readonly open: (document: unknown) => void;
}

interface Editor {
  readonly fake: Fake;
  readonly workspace: {
    workspaceFolders: unknown;
    isTrusted: boolean;
    readonly textDocuments: { readonly languageId: string; readonly fileName: string }[];
  };
}

interface Extension {
  readonly activate: (context: { readonly subscriptions: unknown[] }) => void;
  readonly deactivate: () => Promise<void>;
}

beforeAll(async () => {
  mkdirSync(join(folder, 'node_modules/vscode'), { recursive: true });
  symlinkSync(join(import.meta.dirname, 'fake-vscode.cjs'), join(folder, 'node_modules/vscode/index.js'));
  writeFileSync(join(folder, 'extension.cjs'), (await bundle()).code);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(why !== undefined)('the extension', () => {
  let editor: Editor;
  let extension: Extension;

  beforeEach(() => {
    for (const name of Object.keys(require.cache)) {
      if (name.startsWith(folder) || name.endsWith('fake-vscode.cjs')) Reflect.deleteProperty(require.cache, name);
    }
    extension = require(join(folder, 'extension.cjs'));
    editor = createRequire(join(folder, 'extension.cjs'))('vscode');
    editor.fake.seen.settings = { 'sigward.path': join(root, 'bin/sigward.js') };
  });
  afterEach(() => extension.deactivate());

  const put = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    editor.fake.open(editor.fake.document(path, text));
    return `file://${path}`;
  };
  const languageOf = (name: string): string | undefined =>
    editor.workspace.textDocuments.findLast(({ fileName }) => fileName.endsWith(name))?.languageId;
  const findings = (uri: string): string[] => (editor.fake.seen.findings.get(uri) ?? []).map(({ message }) => message);

  test('shows what the server finds, also in what was open before', async () => {
    const first = put('first.sig', 'signature a {\n  id 1\n  severity hgih\n  when tcp\n  then log\n}\n');
    extension.activate({ subscriptions: [] });
    await vi.waitFor(() => expect(findings(first).join()).toContain('`hgih` is not a severity'), 20_000);
    const second = put('second.sig', 'const a = 1 +\n');
    await vi.waitFor(() => expect(findings(second)).not.toEqual([]), 20_000);
    expect(editor.fake.seen.messages).toEqual([]);
  });

  test('gives other languages’ files up, to the one that the editor knows, and starts nothing for them', async () => {
    extension.activate({ subscriptions: [] });
    const [ml, zeek] = [
      put('stack.sig', 'signature A =\nsig\nend\n'),
      put('zeek.sig', 'signature a-b {\n  ip-proto == tcp\n}\n'),
    ];
    await vi.waitFor(() => expect([languageOf('stack.sig'), languageOf('zeek.sig')]).toEqual(['sml', 'plaintext']));
    expect([...findings(ml), ...findings(zeek)]).toEqual([]);
    expect([...editor.fake.seen.commands.keys()]).toEqual(['sigward.restart']);
  });

  test('who says by hand that a file is in this language has the last word', async () => {
    extension.activate({ subscriptions: [] });
    const zeek = put('zeek.sig', '@load-sigs x\n');
    await vi.waitFor(() => expect(languageOf('zeek.sig')).toBe('plaintext'));
    put('zeek.sig', '@load-sigs x\n');
    await vi.waitFor(() => expect(findings(zeek).join()).toContain('this is a Zeek signature'), 20_000);
    expect(languageOf('zeek.sig')).toBe('sigward');
  });

  test('says once that the program is missing, and tries again when asked', async () => {
    const { seen } = editor.fake;
    seen.settings = { 'sigward.path': '/nowhere/sigward' };
    extension.activate({ subscriptions: [] });
    put('a.sig', 'const a = 1\n');
    put('b.sig', 'const b = 1\n');
    await vi.waitFor(() => expect(seen.messages).toHaveLength(1));
    expect(seen.messages[0]).toBe(
      '`sigward.path` is `/nowhere/sigward`, and there is no such file. Install sigward, or name the program in the setting `sigward.path`. Until then there are only colours.',
    );
    seen.answers.push('Open Settings');
    const restart = seen.commands.get('sigward.restart');
    if (typeof restart !== 'function') expect.fail('the command is missing');
    await restart();
    expect(seen.commands.get('executed')).toEqual(['workbench.action.openSettings', 'sigward.path']);
    expect(seen.messages).toHaveLength(2);
  });
});
