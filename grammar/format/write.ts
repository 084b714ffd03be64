/** The page as text. */
import { type Break, gapBefore, INDENT, type Page } from './page.js';
import type { FormatToken } from './words.js';

interface Line {
  readonly column: number;
  text: string;
  comment?: string;
}

interface Sheet {
  readonly lines: (Line | undefined)[];
  /** The column of the last line break that was planned: one that a comment forces goes further in. */
  planned: number;
}

/** All words with their comments; ends with a line break, unless there is nothing at all. */
export function write(page: Page): string {
  const sheet: Sheet = { lines: [], planned: 0 };
  page.words.forEach((_, i) => writeWord(page, i, sheet));
  alignComments(sheet.lines);
  const text = sheet.lines.map((line) => (line ? withComment(line) : '')).join('\n');
  return text === '' ? '' : `${text.trimEnd()}\n`;
}

function writeWord(page: Page, i: number, sheet: Sheet): void {
  const word = page.words[i];
  if (!word) return;
  const current = sheet.lines.at(-1);
  const planned = page.breaks.get(i);
  if (planned) sheet.planned = planned.column;
  const joins = current && current.comment === undefined && word.above.length === 0;
  if (joins && !planned) current.text += ' '.repeat(gapBefore(page, i)) + word.image;
  else beginLine(sheet, word, planned ?? { column: sheet.planned + 2 * INDENT, blank: 'drop' });
  const line = sheet.lines.at(-1);
  if (line && word.behind !== undefined) line.comment = word.behind;
}

/** Comments above a word, and the word on a line of its own. */
function beginLine(sheet: Sheet, { above, image, blank }: FormatToken, place: Break): void {
  above.forEach((comment, k) => {
    const stays = k > 0 || place.blank === 'keep' ? comment.blank : place.blank === 'always';
    begin(sheet, place.comments ?? place.column, comment.text, stays);
  });
  // A brace closes what is above it.
  const closes = place.comments !== undefined;
  const stays = above.length === 0 ? place.blank === 'always' || (place.blank === 'keep' && blank) : blank;
  begin(sheet, place.column, image, stays && !closes);
}

function begin({ lines }: Sheet, column: number, text: string, blank: boolean): void {
  if (blank && lines.length > 0) lines.push(undefined);
  lines.push({ column, text });
}

function withComment({ column, text, comment }: Line): string {
  return ' '.repeat(column) + text + (comment === undefined ? '' : comment);
}

/** A brace closes what is above it: a comment behind it is about that, and not one of a column. */
const CLOSING_LINE = /^[\])}]+$/;

/** Comments behind lines that follow one another with the same indentation begin in one column. */
function alignComments(lines: readonly (Line | undefined)[]): void {
  for (let first = 0; first < lines.length;) {
    let behind = first + 1;
    while (behind < lines.length && lines[behind]?.column === lines[first]?.column) behind++;
    const commented = lines.slice(first, behind).flatMap((line) => (line?.comment === undefined ? [] : [line]));
    const inColumn = commented.filter((line) => !CLOSING_LINE.test(line.text));
    const widest = Math.max(0, ...inColumn.map((line) => line.text.length));
    for (const line of commented)
      line.text = CLOSING_LINE.test(line.text) ? `${line.text}  ` : line.text.padEnd(widest + 2);
    first = behind;
  }
}
