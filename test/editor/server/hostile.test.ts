/** Whatever comes over the wire: the server answers, or ends in order; it neither crashes nor hangs. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { expectNoTrace } from '../../support/sigward.js';
import { runs } from '../../support/runs.js';
import { type Client, connected, frame, open, start } from './client.js';

let client: Client;
afterEach(() => void client.stop());

/** The server still knows what it is asked. */
async function answers(uri = 'untitled:alive'): Promise<void> {
  open(client, uri, 'const a = 1\n');
  expect(await client.request('textDocument/documentSymbol', { textDocument: { uri } })).toMatchObject([{ name: 'a' }]);
}

describe('bytes that are no messages', () => {
  it.each([
    ['garbage', '\0\x01garbage'.repeat(1000)],
    ['a line without an end', 'x'.repeat(10_000)],
    ['headers without a length', 'Content-Type: text\r\n\r\n{}'],
    ['a length that is no number', 'Content-Length: many\r\n\r\n{}'],
    ['a negative length', 'Content-Length: -5\r\n\r\n{}'],
    ['a length beyond all memory', 'Content-Length: 999999999999\r\n\r\n{'],
    ['HTTP', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ])('end it in order: %s', async (_, bytes) => {
    client = start();
    client.raw(bytes);
    expect(await client.ended).toBe(1);
    expect(client.stderr()).toMatch(/^sigward: .*out of step\n$/);
  });

  it('are waited for where a message is only slow to come', async () => {
    client = start();
    await client.request('initialize', { processId: null, rootUri: null, capabilities: {} });
    const message = frame({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri: 'untitled:slow', languageId: 's', version: 1, text: 'const b = 1' } },
    });
    for (const piece of [message.slice(0, 9), message.slice(9, 25), message.slice(25, 60), message.slice(60)]) {
      client.raw(piece);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(
      await client.request('textDocument/documentSymbol', { textDocument: { uri: 'untitled:slow' } }),
    ).toHaveLength(1);
  });

  it('are passed over where they are framed as messages', async () => {
    client = await connected();
    for (const body of ['{', 'null', '[]', '5', '"x"', '{}', '{"jsonrpc":"2.0"}', '{"id":{},"method":5}', '\xff\xfe']) {
      client.raw(
        Buffer.concat([
          Buffer.from(`Content-Length: ${Buffer.byteLength(body, 'latin1')}\r\n\r\n`),
          Buffer.from(body, 'latin1'),
        ]),
      );
    }
    await answers();
  });
});

const METHODS = [
  'completion', 'signatureHelp', 'hover', 'definition', 'references', 'documentHighlight', 'documentSymbol', 'prepareRename', 'rename', 'formatting',
  'rangeFormatting', 'codeAction', 'codeLens', 'foldingRange', 'selectionRange', 'documentLink', 'inlayHint', 'semanticTokens/full', 'semanticTokens/full/delta',
  'semanticTokens/range',
]; // prettier-ignore

describe('messages that make no sense', () => {
  it('are answered with an error, each of them, and forgotten', async () => {
    client = await connected();
    open(client, 'untitled:a', 'const a = 1\nsignature s { id 1 when tcp.dst_port == a then log }\n');
    const textDocument = { uri: 'untitled:a' };
    const wrong: unknown[] = [
      undefined, null, [], 'x', 5, {}, { textDocument: null }, { textDocument: { uri: 5 } }, { textDocument: { uri: 'untitled:unknown' } }, { textDocument: { uri: 'file:///%00' } },
      { textDocument: { uri: 'file://host/%2f/a.sig' } }, { textDocument: { uri: 'nothing' } }, { textDocument }, { textDocument, position: null, range: null },
      { textDocument, position: { line: 'a', character: {} }, range: 7, newName: 5, context: 5, positions: 3 },
      { textDocument, position: { line: -1, character: -5 }, newName: 'x', context: {}, positions: [{ line: 1e9, character: -1 }], range: { start: { line: 1e9, character: 1e9 }, end: { line: -1, character: 0 } } },
    ]; // prettier-ignore
    const asked = METHODS.flatMap((method) => wrong.map((params) => client.request(`textDocument/${method}`, params)));
    const commands = [undefined, {}, { command: 5 }, { command: 'rm' }, { command: 'sigward.runTest', arguments: ['untitled:a', 'none'] }, { command: 'sigward.showPage', arguments: ['../../etc/passwd'] }]; // prettier-ignore
    const others = [...commands.map((params) => client.request('workspace/executeCommand', params)), client.request('no/such', {}), client.request('workspace/symbol', {})]; // prettier-ignore
    const ends = await Promise.allSettled([...asked, ...others]);
    const failed = ends.filter((one) => one.status === 'rejected').length;
    expect(failed).toBeGreaterThan(METHODS.length * 12);
    await answers();
    expectNoTrace(client.stderr());
  });

  it('are passed over where they are notifications', async () => {
    client = await connected();
    open(client, 'untitled:a', 'const a = 1\n');
    const textDocument = { uri: 'untitled:a', version: 2 };
    const changes = [undefined, 5, [null], [{}], [{ text: 5 }], [{ range: {}, text: 'x' }], [{ range: { start: { line: 9, character: 9 }, end: { line: -1, character: -1 } }, text: '' }]]; // prettier-ignore
    for (const contentChanges of changes) client.notify('textDocument/didChange', { textDocument, contentChanges });
    for (const method of ['didOpen', 'didChange', 'didClose', 'didSave']) {
      for (const params of [undefined, null, {}, { textDocument: {} }, { textDocument: { uri: 'untitled:unknown' } }])
        client.notify(`textDocument/${method}`, params);
    }
    client.notify('workspace/didChangeWatchedFiles', { changes: 5 });
    client.notify('workspace/didChangeWorkspaceFolders', { event: null });
    client.notify('workspace/didChangeConfiguration', { settings: null });
    client.notify('$/cancelRequest', { id: 'none' });
    client.notify('no/such', {});
    await answers();
  });

  it('edits out of range change what there is, as the protocol says', async () => {
    client = await connected();
    const uri = 'untitled:range';
    open(client, uri, 'const a = 1');
    const range = { start: { line: 0, character: 10 }, end: { line: 500, character: 500 } };
    client.notify('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range, text: '22\nconst b = 3\n' }],
    });
    expect(await client.request('textDocument/documentSymbol', { textDocument: { uri } })).toMatchObject([
      { name: 'a' },
      { name: 'b' },
    ]);
  });
});

describe('texts that make no sense', () => {
  const rules = readFileSync(new URL('../../../rules/exploits.sig', import.meta.url), 'utf8').slice(0, 4000);

  it('are answered for, too', async () => {
    client = await connected();
    const uri = 'untitled:mutated';
    open(client, uri, rules);
    let version = 1;
    const edit = fc.record({ at: fc.nat(rules.length), cut: fc.nat(400), text: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('{', '}', '"', 'signature x {', '(((', 'import "./x.sig"\n', '\0')) }); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(4000), { minLength: 3, maxLength: 3 }),
        async (edits, offsets) => {
          const text = edits.reduce((t, { at, cut, text: by }) => t.slice(0, at) + by + t.slice(at + cut), rules);
          client.notify('textDocument/didChange', {
            textDocument: { uri, version: ++version },
            contentChanges: [{ text }],
          });
          const textDocument = { uri };
          const positions = offsets.map((offset) => {
            const lines = text.slice(0, offset).split('\n');
            return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
          });
          const range = { start: positions[0], end: positions[1] };
          // A rename may be refused; nothing else is.
          const asked = METHODS.filter((method) => method !== 'rename' && method !== 'prepareRename').map((method) =>
            client.request(`textDocument/${method}`, {
              textDocument,
              position: positions[2],
              range,
              positions,
              context: { diagnostics: [], includeDeclaration: true },
              previousResultId: '1',
            }),
          );
          await Promise.all(asked);
        },
      ),
      { numRuns: runs(20) },
    );
    expectNoTrace(client.stderr());
  });
});

describe('the end', () => {
  it('is status 0 after `shutdown` and `exit`, and 1 without', async () => {
    client = await connected();
    await client.request('shutdown', undefined);
    client.notify('exit', undefined);
    expect(await client.ended).toBe(0);
    client = await connected();
    client.notify('exit', undefined);
    expect(await client.ended).toBe(1);
  });

  it('comes with the end of the stream', async () => {
    client = await connected();
    client.child.stdin?.end();
    expect(await client.ended).toBe(1);
  });

  it('comes with the end of the editor, also where the stream stays open', async () => {
    const { spawn } = await import('node:child_process');
    const editor = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    client = start();
    await client.request('initialize', { processId: editor.pid, rootUri: null, capabilities: {} });
    editor.kill();
    expect(await client.ended).toBe(1);
  });
});
