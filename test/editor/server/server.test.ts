/** The server as an editor sees it: the built program over its standard input and output. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, connected, open } from './client.js';

const URI = 'untitled:Untitled-1';
const RULES = `import "std/scans"

const web = { 80, 443 }

signature one {
  id 1
  when tcp.dst_port in web and null_scan(tcp.flags)
  then log, drop
}

test "works" {
  packet { ipv4  tcp { dst_port 80  flags none } }
  expect one
}

test "fails" {
  packet { ipv4  tcp { dst_port 81  flags none } }
  expect one
}
`;

/** The place of a piece of text, `ahead` characters into it. */
function place(text: string, piece: string, ahead = 0): { line: number; character: number } {
  const before = text.slice(0, text.indexOf(piece) + ahead).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

describe('the language server', () => {
  let client: Client;
  const textDocument = { uri: URI };
  const ask = (method: string, piece: string, ahead = 0, more: object = {}): Promise<never> =>
    client.request(`textDocument/${method}`, { textDocument, position: place(RULES, piece, ahead), ...more });

  beforeAll(async () => {
    client = await connected();
    open(client, URI, RULES);
  });
  afterAll(async () => {
    await client.request('shutdown', undefined);
    client.notify('exit', undefined);
    expect(await client.ended).toBe(0);
  });

  it('finds nothing wrong with what is right, and says so', async () => {
    const { diagnostics } = await client.diagnostics(URI, () => true);
    expect(diagnostics.filter(({ severity }) => severity === 1)).toEqual([]);
  });

  it('hovers, defines, refers, highlights', async () => {
    expect(await ask('hover', 'flags)', 2)).toMatchObject({
      contents: { kind: 'markdown', value: expect.stringContaining('u8') },
    });
    expect(await ask('definition', 'web and', 1)).toEqual({
      uri: URI,
      range: { start: place(RULES, 'web'), end: place(RULES, 'web', 3) },
    });
    expect(await ask('definition', 'null_scan')).toMatchObject({
      uri: expect.stringMatching(/^file:.*\/stdlib\/scans\.sig$/),
    });
    expect(await ask('references', 'web', 0, { context: { includeDeclaration: true } })).toHaveLength(2);
    expect(await ask('documentHighlight', 'one', 1)).toHaveLength(3);
  });

  it('completes with snippets, in the order of likelihood', async () => {
    const { items } = (await ask('completion', 'null_scan', 4)) as {
      items: { label: string; textEdit: { newText: string } }[];
    };
    // The call has its brackets already.
    expect(items.find(({ label }) => label === 'null_scan')?.textEdit.newText).toBe('null_scan');
    expect(items.find(({ label }) => label === 'syn_fin')?.textEdit.newText).toBe('syn_fin');
  });

  it('renames, and refuses with a sentence', async () => {
    const { documentChanges } = (await ask('rename', 'web', 0, { newName: 'ports' })) as {
      documentChanges: { edits: unknown[] }[];
    };
    expect(documentChanges).toMatchObject([{ textDocument: { uri: URI, version: 1 } }]);
    expect(documentChanges[0]?.edits).toHaveLength(2);
    await expect(ask('rename', 'web', 0, { newName: 'tcp' })).rejects.toThrow('`tcp` is declared already');
    await expect(ask('prepareRename', 'null_scan')).rejects.toThrow('standard library');
    expect(await ask('prepareRename', 'web')).toMatchObject({ placeholder: 'web' });
  });

  it('answers what is asked of a whole text', async () => {
    const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const of = (method: string, more: object = {}): Promise<never> =>
      client.request(`textDocument/${method}`, { textDocument, ...more });
    expect(await of('documentSymbol')).toHaveLength(5);
    expect(await of('foldingRange')).toHaveLength(3);
    expect(await of('documentLink')).toMatchObject([{ target: expect.stringMatching(/scans\.sig$/) }]);
    expect(await of('inlayHint', { range: whole })).toMatchObject([{ label: expect.stringMatching(/^≈ /) }]);
    expect(await of('formatting', { options: { tabSize: 2, insertSpaces: true } })).not.toEqual([]);
    const { data, resultId } = (await of('semanticTokens/full')) as { data: number[]; resultId: string };
    expect(data.length).toBeGreaterThan(100);
    expect(await of('semanticTokens/full/delta', { previousResultId: resultId })).toMatchObject({ edits: [] });
    expect(((await of('semanticTokens/range', { range: whole })) as { data: number[] }).data).toEqual(data);
    expect(await client.request('workspace/symbol', { query: 'one' })).toMatchObject([{ name: 'one' }]);
    expect(await of('selectionRange', { positions: [place(RULES, 'web')] })).toMatchObject([
      { range: { start: place(RULES, 'web') } },
    ]);
  });

  it('runs a test from its lens and shows what came of it', async () => {
    const lenses = (await client.request('textDocument/codeLens', { textDocument })) as {
      command: { command: string; arguments: unknown[] };
    }[];
    expect(lenses).toHaveLength(2);
    const run = (i: number): Promise<never> => client.request('workspace/executeCommand', lenses[i]?.command);
    expect(await run(0)).toEqual({ passed: true, failures: [] });
    expect(await run(1)).toMatchObject({ passed: false, failures: [expect.stringContaining('one')] });
    const { diagnostics } = await client.diagnostics(URI, (found) =>
      found.diagnostics.some(({ code }) => code === 'E1401'),
    );
    expect(diagnostics.find(({ code }) => code === 'E1401')?.range).toMatchObject({ start: { line: 17 } });
    expect(client.heard('window/showMessage')).toMatchObject([{ type: 3 }, { type: 1 }]);
  });

  it('follows changes, in the editor’s UTF-16 columns, and finds what is wrong at once', async () => {
    const uri = 'untitled:changes';
    open(client, uri, 'const a = 1 // 😀\nsignature s { title "😀😀" id 1 when tcp.dst_port == a then log }\n');
    await client.diagnostics(uri, ({ diagnostics }) => diagnostics.every(({ severity }) => severity !== 1));
    const change = (version: number, line: number, from: number, to: number, text: string): void =>
      client.notify('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ range: { start: { line, character: from }, end: { line, character: to } }, text }],
      });
    // The `a` behind `==`, which four surrogates stand before.
    change(2, 1, 53, 54, 'b');
    const { diagnostics } = await client.diagnostics(uri, ({ version }) => version === 2);
    expect(diagnostics).toMatchObject([{ code: 'E0401', range: { start: { line: 1, character: 53 } } }]);
    change(3, 1, 53, 54, 'a');
    await client.diagnostics(
      uri,
      (found) => found.version === 3 && found.diagnostics.every(({ severity }) => severity !== 1),
    );
    client.notify('textDocument/didClose', { textDocument: { uri } });
    await client.diagnostics(uri, (found) => found.diagnostics.length === 0);
  });

  it('offers the fixes of what it found', async () => {
    const uri = 'untitled:fix';
    open(client, uri, 'signature s { id 1 when tcp.flgs has SYN then log }\n');
    const { diagnostics } = await client.diagnostics(uri, (found) => found.diagnostics.length > 0);
    const [first] = diagnostics;
    const actions = await client.request('textDocument/codeAction', {
      textDocument: { uri },
      range: first?.range,
      context: { diagnostics },
    });
    expect(actions).toMatchObject([
      { kind: 'quickfix', edit: { documentChanges: [{ edits: [{ newText: 'flags' }] }] } },
    ]);
  });
});

describe('files of a workspace', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sigward lsp #%-')));
  const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;
  const lib = 'const web = { 80 }\n';
  const main = 'import "./lib.sig"\nsignature s { id 1 when tcp.dst_port in web then log }\n';
  let client: Client;

  beforeAll(async () => {
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'lib.sig'), lib);
    writeFileSync(
      join(folder, 'sub', 'other.sig'),
      'import "../lib.sig" as l\nsignature t { id 1 when tcp.dst_port in l.web then log }\n',
    );
    writeFileSync(join(folder, 'main.sig'), main);
    client = await connected([pathToFileURL(folder).href]);
    open(client, uriOf('main.sig'), main);
  });
  afterAll(() => {
    client.stop();
    rmSync(folder, { recursive: true });
  });

  it('are renamed in, open or not, also where their paths are odd', async () => {
    const params = { textDocument: { uri: uriOf('main.sig') }, position: place(main, 'web'), newName: 'ports' };
    const { documentChanges } = (await client.request('textDocument/rename', params)) as {
      documentChanges: { textDocument: unknown }[];
    };
    const files = documentChanges.map(({ textDocument }) => textDocument);
    expect(files).toHaveLength(3);
    expect(files).toEqual(expect.arrayContaining([
      { uri: uriOf('main.sig'), version: 1 }, { uri: uriOf('lib.sig'), version: null }, { uri: uriOf('sub/other.sig'), version: null },
    ])); // prettier-ignore
  });

  it('are looked at again when they change behind the editor’s back', async () => {
    await client.diagnostics(uriOf('main.sig'), ({ diagnostics }) =>
      diagnostics.every(({ severity }) => severity !== 1),
    );
    writeFileSync(join(folder, 'lib.sig'), 'const other = 1\n');
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('lib.sig'), type: 2 }] });
    await client.diagnostics(uriOf('main.sig'), ({ diagnostics }) => diagnostics.some(({ code }) => code === 'E0401'));
    writeFileSync(join(folder, 'lib.sig'), lib);
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('lib.sig'), type: 2 }] });
    await client.diagnostics(uriOf('main.sig'), ({ diagnostics }) => !diagnostics.some(({ code }) => code === 'E0401'));
    expect(client.heard('client/registerCapability')).toHaveLength(1);
  });

  it('are linted after a pause, as loud as `sigward.toml` says, and what is wrong there is said, too', async () => {
    const uri = uriOf('linted.sig');
    const text = 'const unused = 1\nsignature l { id 7 when tcp.flags == SYN then log }\n';
    const isThere =
      (code: string, severity: number) =>
      (found: { diagnostics: readonly { code: string; severity: number }[] }): boolean =>
        found.diagnostics.some((one) => one.code === code && one.severity === severity);
    open(client, uri, text);
    await client.diagnostics(uri, isThere('unused-name', 2));
    const actions = (await client.request('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: place(text, 'unused'), end: place(text, 'unused') },
      context: { diagnostics: [] },
    })) as { title: string }[];
    expect(actions.map(({ title }) => title)).toEqual(
      expect.arrayContaining(['ignore `unused-name` here, for a reason', 'why `unused-name`']),
    );
    writeFileSync(join(folder, 'sigward.toml'), '[lint]\nunused-name = "error"\nno-such-lint = "off"\n');
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('sigward.toml'), type: 1 }] });
    await client.diagnostics(uri, isThere('unused-name', 1));
    const { diagnostics } = await client.diagnostics(uriOf('sigward.toml'), (found) => found.diagnostics.length > 0);
    expect(diagnostics).toMatchObject([{ range: { start: { line: 2 } } }]);
    // What a lint said stays where it was said while its words move, and goes with them.
    client.notify('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '\n\n' }],
    });
    const moved = await client.diagnostics(uri, (found) => found.version === 2);
    expect(moved.diagnostics.find(({ code }) => code === 'unused-name')?.range).toMatchObject({ start: { line: 2 } });
  });

  it('are checked with what `sigward.toml` sets, and a value that does not fit is marked there', async () => {
    const uri = uriOf('set.sig');
    open(client, uri, 'param port = 80\nsignature p { id 8 when ip.ttl == port then log }\n');
    await client.diagnostics(uri, ({ diagnostics }) => diagnostics.every(({ severity }) => severity !== 1));
    const set = (value: string): void => {
      writeFileSync(join(folder, 'sigward.toml'), `[params]\nport = ${value}\n`);
      client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('sigward.toml'), type: 2 }] });
    };
    set('8080');
    const { diagnostics } = await client.diagnostics(uri, (found) => found.diagnostics.some((d) => d.severity === 1));
    expect(diagnostics[0]?.message).toBe('`port` is out of the range of `ip.ttl`: 0 to 255');
    set('"10.0.0.1"');
    await client.diagnostics(uriOf('sigward.toml'), (found) => found.diagnostics.some(({ code }) => code === 'E0501'));
    await client.diagnostics(uri, (found) => found.diagnostics.every(({ severity }) => severity !== 1));
  });

  it('are proposed where a list or a capture is named', async () => {
    mkdirSync(join(folder, 'captures'), { recursive: true });
    for (const name of ['bad.txt', 'captures/one.pcap', '.hidden.txt']) writeFileSync(join(folder, name), '');
    const uri = uriOf('named.sig');
    const text = 'const bad = file "b"\ntest "t" {\n  pcap "';
    open(client, uri, text);
    const proposed = async (piece: string): Promise<string[]> => {
      const position = place(text, piece, piece.length);
      const list = await client.request('textDocument/completion', { textDocument: { uri }, position });
      return (list as { items: { label: string }[] }).items.map(({ label }) => label);
    };
    expect(await proposed('file "')).toContain('bad.txt');
    expect(await proposed('file "')).not.toContain('captures/one.pcap');
    expect(await proposed('file "')).not.toContain('.hidden.txt');
    expect(await proposed('pcap "')).toEqual(['captures/one.pcap']);
  });
});
