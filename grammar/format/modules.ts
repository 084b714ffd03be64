/** The layout of modules and policies. */
import type { ModuleDecl, PolicyDecl, PolicyEntry } from '../ast.js';
import * as t from '../tokens.js';
import { fits, layBlock, lineUp } from './block.js';
import { layExpression } from './expression.js';
import { firstOf, INDENT, lastOf, type Page, widthOf } from './page.js';
import { layActions } from './signatures.js';

/** Lays out what a module begins and ends with; what stands in it are declarations of their own. */
export function layModule(page: Page, { span, on, body }: ModuleDecl): void {
  const open = firstOf(page, body);
  layBlock(page, open, [], 0);
  if (!on) return;
  const first = firstOf(page, span);
  let keyword = firstOf(page, on.span) - 1;
  while (page.words[keyword]?.type === t.LeftParen) keyword--;
  page.keywords.add(keyword);
  const column = widthOf(page, first, keyword) + 1;
  layExpression(page, keyword + 1, open - 1, { column, base: 0, floor: 2 * INDENT, behind: 2 });
}

/** An entry a line; what protects stands in one column. */
export function layPolicy(page: Page, { name, entries }: PolicyDecl): void {
  const starts = entries.map((entry) => firstOf(page, entry.span));
  layBlock(page, lastOf(page, name.span) + 1, starts, 0);
  const rows = entries.flatMap((entry) => {
    page.keywords.add(firstOf(page, entry.span));
    return entry.kind === 'Protect' ? rowOf(page, entry) : [];
  });
  lineUp(page, rows);
  for (const entry of entries) layEntry(page, entry);
}

type Protect = Extract<PolicyEntry, { kind: 'Protect' }>;

/** The word `with` of an entry that has room on one line. */
function withOf(page: Page, { modules, span }: Protect): number {
  return firstOf(page, (modules[0] ?? { span }).span) - 1;
}

function rowOf(page: Page, entry: Protect): { first: number; at: number }[] {
  const first = firstOf(page, entry.span);
  const at = withOf(page, entry);
  page.keywords.add(at);
  const isWritten = page.words.slice(first + 1, at).every((word) => !word.newline);
  return isWritten && fits(page, first, at, INDENT) ? [{ first, at }] : [];
}

function layEntry(page: Page, entry: PolicyEntry): void {
  const [first, last] = [firstOf(page, entry.span), lastOf(page, entry.span)];
  if (entry.kind === 'Override') layActions(page, entry.actions);
  if (entry.kind !== 'Protect') return;
  const at = withOf(page, entry);
  const column = INDENT + widthOf(page, first, first) + 1;
  const behind = widthOf(page, at, at) + 2;
  const end = layExpression(page, first + 1, at - 1, { column, base: INDENT, floor: 2 * INDENT, behind });
  const space = page.spaces.get(at) ?? 1;
  layExpression(page, at + 1, last, { column: end + space + 5, base: 2 * INDENT, floor: 2 * INDENT, behind: 0 });
}
