/** The canonical form of a file, as edits. */
import type { Edit } from '../../../grammar/diagnostic.js';
import { format } from '../../../grammar/format.js';
import type { Stretch, View } from '../view.js';

/** What to change; nothing where the file is in its canonical form, or has mistakes in its form. */
export function formatting(view: View, file: string): readonly Edit[] {
  const source = view.file(file);
  if (!source) return [];
  const formatted = format(file, source.text).text;
  return formatted === undefined ? [] : lineEdits(file, source.text, formatted);
}

/**
 * Only what touches the stretch. The form of a declaration does not depend on those around it but for the columns of lines that
 * follow one another, so the whole is formatted and the rest of the changes left.
 */
export function rangeFormatting(view: View, file: string, { start, end }: Stretch): readonly Edit[] {
  return formatting(view, file).filter(({ span }) => span.start <= end && span.end >= start);
}

/**
 * The differences of two texts that differ in white space alone: each run of it between two words that has changed. The cursor and
 * the marks of an editor stay at their words.
 */
function lineEdits(file: string, before: string, after: string): readonly Edit[] {
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [from, to] = [i, j];
    while (i < before.length && isBlank(before.charCodeAt(i))) i++;
    while (j < after.length && isBlank(after.charCodeAt(j))) j++;
    const text = after.slice(to, j);
    if (before.slice(from, i) !== text) edits.push({ span: { file, start: from, end: i }, text });
    if (i < before.length && j < after.length && before.charCodeAt(i) !== after.charCodeAt(j))
      return [{ span: { file, start: 0, end: before.length }, text: after }];
    i++;
    j++;
  }
  return edits;
}

/** White space of the language, the byte order mark among it. */
function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xfeff;
}
