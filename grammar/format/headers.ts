/** The layout of `header` and `view`: names, types and cases in columns. */
import { assertNever } from '../assert-never.js';
import type { FieldDecl, HeaderDecl, HeaderItem, ListCase, ListDecl, ViewDecl } from '../ast.js';
import * as t from '../tokens.js';
import { fits, layBlock, lineUp, setApart } from './block.js';
import { layExpression } from './expression.js';
import { closingOf, firstOf, INDENT, lastOf, nextOf, type Page, WIDTH, widthOf } from './page.js';

/** Lays out a header that begins a line. */
export function layHeader(page: Page, { span, keys, items }: HeaderDecl): void {
  const first = firstOf(page, span);
  // A key's value may be a set, however wrong that is.
  const open = items[0] ? firstOf(page, items[0].span) - 1 : lastOf(page, span) - 1;
  layKeys(
    page,
    first,
    keys.map(({ space }) => firstOf(page, space.span) - 1),
    open,
  );
  layBlock(
    page,
    open,
    items.map((item) => firstOf(page, item.span)),
    0,
  );
  lineUp(
    page,
    items.flatMap((item) => (item.kind === 'Field' ? [colonOf(page, item)] : [])),
  );
  for (const item of items) layItem(page, item);
}

/** By what a header is announced: on one line, or further in where the author has broken it; all of them where it is too wide. */
function layKeys(page: Page, first: number, keys: readonly number[], open: number): void {
  const chosen = keys.filter((key) => page.words[key]?.newline === true);
  const starts = [first, ...chosen];
  const wide = starts.some((start, k) => (k && INDENT) + widthOf(page, start, (starts[k + 1] ?? open + 1) - 1) > WIDTH);
  for (const key of wide ? keys : chosen) page.breaks.set(key, { column: INDENT, blank: 'drop' });
}

function layItem(page: Page, item: HeaderItem): void {
  switch (item.kind) {
    case 'Field':
    case 'Either':
      return;
    case 'List':
      layList(page, item);
      return;
    case 'Size':
    case 'Extent':
    case 'Next':
      page.keywords.add(firstOf(page, item.span));
      layGuard(page, item);
      return;
    default:
      assertNever(item);
  }
}

/** A condition that is too wide goes on below itself. */
function layGuard(page: Page, item: HeaderItem): void {
  const first = firstOf(page, item.span);
  const last = lastOf(page, item.span);
  const when = nextOf(page, first, t.When);
  if (when > last) return;
  const column = INDENT + widthOf(page, first, when) + 1;
  layExpression(page, when + 1, last, { column, base: INDENT, floor: 2 * INDENT, behind: 0 });
}

function colonOf(page: Page, { span, name }: FieldDecl): { first: number; at: number } {
  return { first: firstOf(page, span), at: lastOf(page, name.span) + 1 };
}

// Lists --------------------------------------------------------------------------------------------------------------

function layList(page: Page, { span, selector, cases }: ListDecl): void {
  const first = firstOf(page, span);
  const open = nextOf(page, first, t.Until) + 1;
  const brace = nextOf(page, open, t.LeftBrace);
  const starts = [...(selector ? [selector.span] : []), ...cases.map((c) => c.span)].map((s) => firstOf(page, s));
  layBlock(page, brace, starts, INDENT);
  for (const c of cases) layCase(page, c);
  const named = cases.flatMap((c) => (c.name && c.value ? [{ ...c, name: c.name, value: c.value }] : []));
  lineUp(
    page,
    named.map((c) => ({ first: firstOf(page, c.span), at: firstOf(page, c.name.span) - 1 })),
  );
  lineUp(
    page,
    named.map((c) => ({ first: firstOf(page, c.span), at: firstOf(page, c.name.span) + 1 })),
  );
}

function layCase(page: Page, { span, fields, action }: ListCase): void {
  const first = firstOf(page, span);
  page.keywords.add(first);
  if (action !== 'entry') {
    const skip = nextOf(page, first, t.Skip);
    if (action === 'skip') page.keywords.add(skip);
    return;
  }
  const open = nextOf(page, first, t.LeftBrace);
  const close = closingOf(page, open);
  page.keywords.add(close + 1);
  const starts = fields.map((field) => firstOf(page, field.span));
  setApart(page, starts);
  if (fits(page, first, lastOf(page, span), 2 * INDENT)) return;
  layBlock(page, open, starts, 2 * INDENT);
  lineUp(
    page,
    fields.map((field) => colonOf(page, field)),
  );
}

// Views --------------------------------------------------------------------------------------------------------------

/** Lays out a view that begins a line. */
export function layView(page: Page, { span, items }: ViewDecl): void {
  const first = firstOf(page, span);
  layBlock(
    page,
    nextOf(page, first, t.LeftBrace),
    items.map((item) => firstOf(page, item.span)),
    0,
  );
  const fields = items.filter((item) => item.kind === 'ViewField');
  lineUp(
    page,
    fields.map(({ span }) => ({ first: firstOf(page, span), at: firstOf(page, span) + 1 })),
  );
}
