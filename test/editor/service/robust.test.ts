/** Any text, any place: features answer and never throw. */
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codeActions } from '../../../editor/service/features/code-actions.js';
import { codeLenses } from '../../../editor/service/features/code-lens.js';
import { completion } from '../../../editor/service/features/completion.js';
import { definition } from '../../../editor/service/features/definition.js';
import { documentHighlight } from '../../../editor/service/features/document-highlight.js';
import { documentLinks } from '../../../editor/service/features/document-links.js';
import { documentSymbols } from '../../../editor/service/features/document-symbols.js';
import { folding } from '../../../editor/service/features/folding.js';
import { formatting } from '../../../editor/service/features/formatting.js';
import { hover } from '../../../editor/service/features/hover.js';
import { inlayHints } from '../../../editor/service/features/inlay-hints.js';
import { references } from '../../../editor/service/features/references.js';
import { prepareRename, rename } from '../../../editor/service/features/rename.js';
import { selectionRanges } from '../../../editor/service/features/selection.js';
import { semanticTokens } from '../../../editor/service/features/semantic-tokens.js';
import { signatureHelp } from '../../../editor/service/features/signature-help.js';
import { workspaceSymbols } from '../../../editor/service/features/workspace-symbols.js';
import type { Stretch } from '../../../editor/service/view.js';
import { runs } from '../../support/runs.js';
import { MAIN, viewing } from './marked.js';

const folder = new URL('../../../', import.meta.url);
const texts = ['rules', 'stdlib'].flatMap((name) =>
  readdirSync(new URL(`${name}/`, folder))
    .filter((file) => file.endsWith('.sig'))
    .map((file) => readFileSync(new URL(`${name}/${file}`, folder), 'utf8').slice(0, 2500)),
);

const PIECES = ['{', '}', '(', ')', '"', '.', 'tcp.', 'tcp.flags has ', 'when ', 'then ', 'signature x {', 'test "t" {', 'packet {', 'expect ', 'import "', 'count by ', 'limit ', 'let a = ', ' as x', '//', '\n', '😀', '\0', '\ud800', 'header h in ip_proto 5 {', 'view v = tcp | udp {', 'module m in tcp {\n', 'policy p {', 'protect ', 'with ', 'forward ', 'disable ']; // prettier-ignore

const edits = fc.array(
  fc.record({
    at: fc.nat(2500),
    cut: fc.nat(60),
    text: fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 8 })),
  }),
  { maxLength: 6 },
);

function valid({ start, end }: Stretch, text: string): void {
  expect(start).toBeGreaterThanOrEqual(0);
  expect(end).toBeGreaterThanOrEqual(start);
  expect(end).toBeLessThanOrEqual(text.length);
}

describe('features', () => {
  it('answer for any text at any place, with places in it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        edits,
        fc.array(fc.nat(2600), { minLength: 4, maxLength: 4 }),
        (base, changes, offsets) => {
          const text = changes.reduce((t, { at, cut, text: by }) => t.slice(0, at) + by + t.slice(at + cut), base);
          const view = viewing(text);
          for (const offset of [...offsets, 0, text.length]) {
            valid(completion(view, MAIN, offset).replaces, text + ' '.repeat(2600));
            for (const of of [hover, signatureHelp, definition, documentHighlight, prepareRename, selectionRanges])
              of(view, MAIN, offset);
            references(view, MAIN, offset, { withDeclaration: true });
            rename(view, MAIN, offset, 'fresh');
            codeActions(view, MAIN, { start: offset, end: offset + 10 });
          }
          for (const { whole, at } of documentSymbols(view, MAIN)) {
            valid(whole, text);
            valid(at, text);
          }
          for (const of of [folding, codeLenses, documentLinks]) of(view, MAIN);
          formatting(MAIN, text);
          for (const token of semanticTokens(view, MAIN, { start: 0, end: text.length })) valid(token, text);
          inlayHints(view, MAIN, { start: 0, end: text.length });
          workspaceSymbols(view, 'a');
        },
      ),
      { numRuns: runs(60) },
    );
  });

  it('know nothing of files that there are not', () => {
    const view = viewing('');
    expect(completion(view, '/none', 5).items).toEqual([]);
    expect(hover(view, '/none', 0)).toBeUndefined();
    expect(documentSymbols(view, '/none')).toEqual([]);
    expect(semanticTokens(view, '/none', { start: 0, end: 5 })).toEqual([]);
    expect('why' in rename(view, '/none', 0, 'x')).toBe(true);
  });
});
