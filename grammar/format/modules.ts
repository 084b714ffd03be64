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
  for (const start of starts) page.keywords.add(start);
  for (const entry of entries) if (entry.kind === 'Override') layActions(page, entry.actions);
  const lines = entries.flatMap((entry) => (entry.kind === 'Protect' ? layProtected(page, entry) : []));
  lineUp(
    page,
    lines.filter((line) => isOneLine(page, line)),
  );
  for (const line of lines) layModules(page, line);
}

type Protect = Extract<PolicyEntry, { kind: 'Protect' }>;

/** A `protect` line whose networks have their places. */
interface ProtectLine {
  /** Its first and last word, and `with`. */
  readonly first: number;
  readonly at: number;
  readonly last: number;
  /** The column behind its networks. */
  readonly end: number;
}

function layProtected(page: Page, { modules, span }: Protect): ProtectLine {
  const [first, last] = [firstOf(page, span), lastOf(page, span)];
  const at = firstOf(page, (modules[0] ?? { span }).span) - 1;
  page.keywords.add(at);
  const column = INDENT + widthOf(page, first, first) + 1;
  const behind = widthOf(page, at, at) + 2;
  const end = layExpression(page, first + 1, at - 1, { column, base: INDENT, floor: 2 * INDENT, behind });
  return { first, at, last, end };
}

/** Whether nothing of the networks begins a line, as they are laid out and not as they were written. */
function isOneLine(page: Page, { first, at }: ProtectLine): boolean {
  for (let i = first + 1; i <= at; i++) if (page.breaks.has(i)) return false;
  return fits(page, first, at, INDENT);
}

function layModules(page: Page, { at, last, end }: ProtectLine): void {
  const space = page.spaces.get(at) ?? 1;
  layExpression(page, at + 1, last, { column: end + space + 5, base: 2 * INDENT, floor: 2 * INDENT, behind: 0 });
}
