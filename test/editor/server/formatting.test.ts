/** Large texts are formatted aside: whoever types meanwhile is answered, and what is no longer wanted is given up. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { format } from '../../../grammar/format.js';
import { type Client, connected, open } from './client.js';

const URI = 'untitled:large.sig';
const options = { tabSize: 2, insertSpaces: true };

/** What takes some seconds. */
const TEXT = Array.from(
  { length: 1500 },
  (_, i) => `signature s${i} { id ${i + 1} when payload contains "a${i}" and tcp.dst_port == 80 then log }\n`,
).join('');

interface Edit {
  readonly range: Record<'start' | 'end', { readonly line: number; readonly character: number }>;
  readonly newText: string;
}

function edited(text: string, edits: readonly Edit[]): string {
  const lines = [...text.matchAll(/^/gm)].map(({ index }) => index);
  const offset = ({ line, character }: Edit['range']['start']): number => (lines[line] ?? text.length) + character;
  return edits.reduceRight(
    (left, { range, newText }) => left.slice(0, offset(range.start)) + newText + left.slice(offset(range.end)),
    text,
  );
}

describe('a large text', () => {
  let client: Client;
  beforeAll(async () => {
    client = await connected();
    open(client, URI, TEXT);
  });
  afterAll(() => void client.stop());

  const formatted = (): Promise<readonly Edit[]> =>
    client.request('textDocument/formatting', { textDocument: { uri: URI }, options });

  test('is formatted while other requests are answered', async () => {
    let isDone = false;
    const edits = formatted().finally(() => (isDone = true));
    const position = { line: 700, character: 40 };
    const items: { items: readonly unknown[] } = await client.request('textDocument/completion', { textDocument: { uri: URI }, position }); // prettier-ignore
    expect(items.items).not.toEqual([]);
    expect(isDone).toBe(false);
    const all = await edits;
    expect(all.length).toBeGreaterThan(1000);
    expect(all.length).toBeLessThanOrEqual(2000);
    expect(edited(TEXT, all)).toBe(format(URI, TEXT).text);
  });

  test('that changes meanwhile is formatted in vain, and the next request is answered', async () => {
    const first = formatted();
    const second = formatted();
    const start = { line: 0, character: 0 };
    client.notify('textDocument/didChange', {
      textDocument: { uri: URI, version: 2 },
      contentChanges: [{ range: { start, end: start }, text: '// new\n' }],
    });
    await expect(first).rejects.toThrow('the text has changed meanwhile');
    await expect(second).rejects.toThrow('the text has changed meanwhile');
    expect(edited(`// new\n${TEXT}`, await formatted())).toBe(format(URI, `// new\n${TEXT}`).text);
  });

  test('is given up where the request is taken back', async () => {
    const edits = formatted();
    const id = client.last();
    // By then it has been begun.
    await client.request('textDocument/hover', { textDocument: { uri: URI }, position: { line: 1, character: 0 } });
    client.notify('$/cancelRequest', { id });
    await expect(edits).rejects.toThrow('cancelled');
  });
});
