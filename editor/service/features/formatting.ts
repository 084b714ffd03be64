/** The canonical form of a text, as edits. */
import type { Edit } from '../../../grammar/diagnostic.js';
import { format } from '../../../grammar/format.js';
import type { Stretch } from '../view.js';

/**
 * What to change; nothing where the text is in its canonical form, or has mistakes in its form. With a stretch, only what touches it:
 * the form of a declaration does not depend on those around it but for the columns of lines that follow one another, so the whole is
 * formatted and the rest of the changes left.
 */
export function formatting(file: string, text: string, stretch?: Stretch): readonly Edit[] {
  const formatted = format(file, text).text;
  if (formatted === undefined) return [];
  const all = differences(text, formatted);
  const wanted = stretch ? all.filter(({ start, end }) => start <= stretch.end && end >= stretch.start) : all;
  return joined(wanted).map(({ start, end, from, to }) => ({
    span: { file, start, end },
    text: formatted.slice(from, to),
  }));
}

/** From `start` to `end` of one text something else stands than from `from` to `to` of the other. */
interface Difference extends Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * The differences of two texts that differ in white space alone: each run of it between two words that has changed. The cursor and
 * the marks of an editor stay at their words.
 */
function differences(before: string, after: string): readonly Difference[] {
  const found: Difference[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [start, from] = [i, j];
    while (i < before.length && isBlank(before.charCodeAt(i))) i++;
    while (j < after.length && isBlank(after.charCodeAt(j))) j++;
    if (before.slice(start, i) !== after.slice(from, j)) found.push({ start, end: i, from, to: j });
    if (i < before.length && j < after.length && before.charCodeAt(i) !== after.charCodeAt(j))
      return [{ start: 0, end: before.length, from: 0, to: after.length }];
    i++;
    j++;
  }
  return found;
}

/** Editors take seconds for hundreds of thousands of edits, and there is nothing to be gained where everything moves. */
const MOST_EDITS = 2000;

/** Neighbours as one, so many that no more are left. */
function joined(all: readonly Difference[]): readonly Difference[] {
  const size = Math.ceil(all.length / MOST_EDITS);
  if (size <= 1) return all;
  return all.flatMap((first, i): Difference[] => {
    const last = all[Math.min(i + size, all.length) - 1] ?? first;
    return i % size === 0 ? [{ start: first.start, end: last.end, from: first.from, to: last.to }] : [];
  });
}

/** White space of the language, the byte order mark among it. */
function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xfeff;
}
