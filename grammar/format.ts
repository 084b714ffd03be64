/**
 * Text → the canonical form of the same text. Words and comments stay as they are and in their order; only the white space
 * between them is chosen anew. What it depends on besides the words (which comments stand behind a word, where blank lines and
 * some line breaks are) is the same in its result, so formatting twice is formatting once.
 */
import { type Diagnostic, isClean } from './diagnostic.js';
import { layFile } from './format/declarations.js';
import { pageOf } from './format/page.js';
import { wordsOf } from './format/words.js';
import { write } from './format/write.js';
import { parse } from './parse.js';

export interface Formatted {
  /** Nothing where the text has mistakes in its form: who knows what was meant? */
  readonly text: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Formats the text of one file. Lines end as its first one does; a byte order mark is left out. */
export function format(file: string, text: string): Formatted {
  const { tree, diagnostics } = parse(file, text);
  if (!isClean(diagnostics)) return { text: undefined, diagnostics };
  const page = pageOf(wordsOf(text, tree.comments));
  layFile(page, tree.declarations);
  const lines = write(page);
  // A lone carriage return is white space, no line break: `severity // c\rhigh` is one line, and cannot be two.
  if (!isClean(parse(file, lines).diagnostics)) return { text, diagnostics };
  return { text: /^[^\n]*\r\n/.test(text) ? lines.replaceAll('\n', '\r\n') : lines, diagnostics };
}
