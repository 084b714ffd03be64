/** Stretches and edits in the editor's lines and columns. */
import type { Range, TextEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Edit } from '../../grammar/diagnostic.js';
import type { Stretch } from '../service/view.js';

/** A stretch in the editor's lines and columns. */
export function rangeOf(document: TextDocument, { start, end }: Stretch): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

/** Edits in the editor's lines and columns. */
export function textEdits(document: TextDocument, edits: readonly Edit[]): TextEdit[] {
  return edits.map(({ span, text }) => ({ range: rangeOf(document, span), newText: text }));
}
