/** The layout of signatures: keys in one column, values in another. */
import type { Action, SignatureDecl, SignatureEntry } from '../ast.js';
import * as t from '../tokens.js';
import { fits, layBlock, lineUp, setApart } from './block.js';
import { layExpression, type Room } from './expression.js';
import { closingOf, firstOf, INDENT, lastOf, nextOf, type Page, widthOf } from './page.js';

/** Lays out a signature that begins a line, in the column `margin`. */
export function laySignature(page: Page, { span, entries }: SignatureDecl, margin: number): void {
  const starts = entries.map((entry) => firstOf(page, entry.span));
  const key = Math.max(0, ...starts.map((start) => widthOf(page, start, start)));
  layBlock(page, nextOf(page, firstOf(page, span), t.LeftBrace), starts, margin);
  for (const entry of entries) layEntry(page, entry, key, margin + INDENT);
  const names = entries.flatMap((entry) => (entry.kind === 'Let' ? [firstOf(page, entry.name.span)] : []));
  lineUp(
    page,
    names.map((name) => ({ first: name, at: name + 1 })),
  );
}

function layEntry(page: Page, entry: SignatureEntry, key: number, margin: number): void {
  const start = firstOf(page, entry.span);
  page.keywords.add(start);
  page.spaces.set(start + 1, key - widthOf(page, start, start) + 1);
  const column = margin + key + 1;
  const room = { column, base: column, floor: margin, behind: 0 };
  if (entry.kind === 'Then') layActions(page, entry.actions);
  if (entry.kind === 'Meta') layMeta(page, entry, room);
  // A tag stands on the line of its key: a word on the next one would be the next key.
  else if (entry.kind !== 'Tags') layExpression(page, start + 1, lastOf(page, entry.span), room);
}

/** What belongs to an action is no operand of another one. */
export function layActions(page: Page, actions: readonly Action[]): void {
  for (const action of actions) {
    const first = firstOf(page, action.span);
    page.keywords.add(first);
    if (action.kind !== 'Mark' || !action.mask) continue;
    // A value and its mask, not a division.
    const slash = nextOf(page, lastOf(page, action.value.span), t.Slash);
    page.spaces.set(slash, 0);
    page.spaces.set(slash + 1, 0);
  }
}

function layMeta(page: Page, { pairs, span }: Extract<SignatureEntry, { kind: 'Meta' }>, room: Room): void {
  const open = firstOf(page, span) + 1;
  const starts = pairs.map(({ key }) => firstOf(page, key.span));
  if (page.words[open + 1]?.newline !== true && fits(page, open, closingOf(page, open), room.column)) {
    setApart(page, starts);
    return;
  }
  const key = Math.max(0, ...starts.map((start) => widthOf(page, start, start)));
  layBlock(
    page,
    open,
    starts.filter((start) => mayBeginLine(page, start)),
    room.floor,
  );
  for (const start of starts) page.spaces.set(start + 1, key - widthOf(page, start, start) + 1);
}

/** A line that begins like a declaration is taken for one: `import "x"`. */
function mayBeginLine({ words }: Page, i: number): boolean {
  const image = words[i]?.image;
  return words[i]?.newline === true || !t.DECLARATION_WORDS.some((word) => word === image);
}
