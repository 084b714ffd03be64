/** What declarations have in common: entries between braces, and columns that are lined up. */
import { closingOf, hasComments, INDENT, type Page, WIDTH, widthOf } from './page.js';

/** Puts each entry of the block that opens at `open` on a line of its own; `starts` are their first words. */
export function layBlock(page: Page, open: number, starts: readonly number[], column: number): void {
  const close = closingOf(page, open);
  if (close === open + 1 && page.words[close]?.above.length === 0) return;
  const inside = column + INDENT;
  starts.forEach((start, k) => page.breaks.set(start, { column: inside, blank: k === 0 ? 'drop' : 'keep' }));
  page.breaks.set(close, { column, comments: inside, blank: starts.length === 0 ? 'drop' : 'keep' });
}

/** Pads what stands before each of the words so that they begin in one column. `rows`: first word of the row, word to line up. */
export function lineUp(page: Page, rows: readonly { readonly first: number; readonly at: number }[]): void {
  const widths = rows.map(({ first, at }) => widthOf(page, first, at - 1));
  const widest = Math.max(0, ...widths);
  rows.forEach(({ at }, k) => page.spaces.set(at, widest - (widths[k] ?? 0) + 1));
}

/** Whether the words from `first` to `last` may stand on one line that begins at `column`. */
export function fits(page: Page, first: number, last: number, column: number): boolean {
  return column + widthOf(page, first, last) <= WIDTH && !hasComments(page, first, last);
}

/** Sets what is one entry beside another on a line apart from it. */
export function setApart(page: Page, starts: readonly number[]): void {
  for (const start of starts.slice(1)) page.spaces.set(start, 2);
}
