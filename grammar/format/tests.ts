/** The layout of tests: a step on a line, a packet on one line where there is room. */
import { assertNever } from '../assert-never.js';
import type { PacketHeader, TestDecl, TestStepDecl } from '../ast.js';
import type { Span } from '../diagnostic.js';
import * as t from '../tokens.js';
import { fits, layBlock, setApart } from './block.js';
import { layExpression } from './expression.js';
import { closingOf, firstOf, hasComments, INDENT, lastOf, nextOf, type Page, WIDTH, widthOf } from './page.js';

/** Lays out a test that begins a line, in the column `margin`. */
export function layTest(page: Page, { span, steps }: TestDecl, margin: number): void {
  const open = nextOf(page, firstOf(page, span), t.LeftBrace);
  const inside = steps.filter((step) => firstOf(page, step.span) > open);
  layBlock(
    page,
    open,
    inside.map((step) => firstOf(page, step.span)),
    margin,
  );
  for (const step of inside) layStep(page, step, margin + INDENT);
}

function layStep(page: Page, step: TestStepDecl, margin: number): void {
  const first = firstOf(page, step.span);
  page.keywords.add(first);
  switch (step.kind) {
    case 'Packet':
      layPacket(page, step, margin);
      return;
    case 'RawPacket':
    case 'After':
    case 'Expect': {
      const column = margin + widthOf(page, first, first) + 1;
      layExpression(page, first + 1, lastOf(page, step.span), { column, base: column, floor: margin, behind: 0 });
      return;
    }
    case 'Pcap':
    case 'Under':
      return;
    default:
      assertNever(step);
  }
}

function layPacket(page: Page, step: Extract<TestStepDecl, { kind: 'Packet' }>, margin: number): void {
  const first = firstOf(page, step.span);
  const open = first + 1;
  const close = closingOf(page, open);
  const payload = step.payload ? [keywordBefore(page, step.payload.span)] : [];
  for (const keyword of payload) page.keywords.add(keyword);
  const starts = [...step.headers.map((header) => firstOf(page, header.span)), ...payload].sort((a, b) => a - b);
  for (const header of step.headers) layAssignments(page, header);
  setApart(page, starts);
  const values = [
    ...payload,
    ...step.headers.flatMap(({ assignments }) => assignments.map(({ name }) => firstOf(page, name.span))),
  ];
  const inside = margin + INDENT;
  if (fits(page, first, lastOf(page, step.span), margin)) return;
  if (!hasComments(page, first, close) && values.some((value) => isTooLong(page, value, inside))) return;
  layBlock(
    page,
    open,
    starts.filter((start) => mayBeginLine(page, start)),
    margin,
  );
  for (const header of step.headers) layPacketHeader(page, header, inside);
  for (const keyword of payload) layValue(page, keyword, close - 1, inside);
}

/** Whether a literal has no room on a line of its own either: several lines would not help. */
function isTooLong(page: Page, keyword: number, column: number): boolean {
  return column + widthOf(page, keyword, keyword + 1) > WIDTH;
}

/** The word that stands before a value, with parentheses between them or not. */
function keywordBefore(page: Page, span: Span): number {
  let i = firstOf(page, span) - 1;
  while (page.words[i]?.type === t.LeftParen) i--;
  return i;
}

function layAssignments(page: Page, { assignments }: PacketHeader): void {
  const names = assignments.map(({ name }) => firstOf(page, name.span));
  for (const name of names) page.keywords.add(name);
  setApart(page, names);
}

/** A header in a packet that has no room on one line. */
function layPacketHeader(page: Page, { span, assignments }: PacketHeader, column: number): void {
  const [first, last] = [firstOf(page, span), lastOf(page, span)];
  if (assignments.length === 0 || fits(page, first, last, column)) return;
  const names = assignments.map(({ name }) => firstOf(page, name.span));
  layBlock(
    page,
    nextOf(page, first, t.LeftBrace),
    names.filter((name) => mayBeginLine(page, name)),
    column,
  );
  names.forEach((name, k) => layValue(page, name, (names[k + 1] ?? last) - 1, column + INDENT));
}

function layValue(page: Page, keyword: number, last: number, base: number): void {
  const column = base + widthOf(page, keyword, keyword) + 1;
  layExpression(page, keyword + 1, last, { column, base, floor: base, behind: 0 });
}

/** A line that begins like a declaration is taken for one: `test "x" {`. */
function mayBeginLine({ words }: Page, i: number): boolean {
  const image = words[i]?.image;
  return words[i]?.newline === true || !t.DECLARATION_WORDS.some((word) => word === image);
}
