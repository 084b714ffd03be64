/** Where the lines of an expression are broken: before `and` and `or`, inside sets, and, where it must be, before `+` and `|`. */
import type { TokenType } from 'chevrotain';
import * as t from '../tokens.js';
import { closingOf, gapBefore, hasComments, INDENT, type Page, widthOf, WIDTH } from './page.js';

/** Where words come to stand. */
export interface Room {
  /** The column of the first word. */
  readonly column: number;
  /** The column that the lines of a set are further in than. */
  readonly base: number;
  /** No line begins before it. */
  readonly floor: number;
  /** Columns of what follows on the last line. */
  readonly behind: number;
  /** It stands between looser operators: its own ones hang below its beginning, so that nobody takes them for those. */
  readonly hangs?: boolean;
}

/**
 * Lays out the words from `first` to `last`. Line breaks that the author has put before `and` and `or` stay; where a line is too
 * wide, each of them begins one. Gives the column behind the last word.
 */
export function layExpression(page: Page, first: number, last: number, room: Room): number {
  for (const type of [t.Or, t.And]) {
    const operators = outermost(page, first, last, (word) => isType(word, type));
    if (operators.length > 0) return layLogic(page, [first - 1, ...operators], last, room);
  }
  return layTerm(page, first, last, room);
}

function isType(type: TokenType, wanted: TokenType): boolean {
  return type === wanted;
}

/** Indices of the words outside brackets that are of a kind. */
function outermost(page: Page, first: number, last: number, is: (type: TokenType) => boolean): number[] {
  const found: number[] = [];
  for (let i = first; i <= last; i++) {
    const word = page.words[i];
    // Behind a dot every word is a name.
    if (word && is(word.type) && page.words[i - 1]?.type !== t.Dot) found.push(i);
    i = closingOf(page, i);
  }
  return found;
}

/** `operators[0]` stands for what is before the first operand. */
function layLogic(page: Page, operators: readonly number[], last: number, room: Room): number {
  const chosen = operators.slice(1).filter((i) => isBroken(page, i));
  const ends = [...chosen.map((i) => i - 1), last];
  const fits = [operators[0] ?? 0, ...chosen].every((start, k) => {
    const behind = k === chosen.length ? room.behind : 0;
    const column = k === 0 ? room.column : operatorColumn(room, page.words[start]?.image.length ?? 0);
    return column + widthOf(page, start + (k === 0 ? 1 : 0), ends[k] ?? last) + behind <= WIDTH;
  });
  const broken = new Set(fits ? chosen : operators.slice(1));
  let column = room.column;
  operators.forEach((operator, k) => {
    const end = (operators[k + 1] ?? last + 1) - 1;
    if (k > 0) column = layOperator(page, operator, column, broken.has(operator), room);
    const behind = k === operators.length - 1 ? room.behind : 0;
    column = layExpression(page, operator + 1, end, { ...room, column, base: column, behind, hangs: true });
  });
  return column;
}

function isBroken({ words }: Page, operator: number): boolean {
  return words[operator]?.newline === true || words[operator + 1]?.newline === true;
}

function operatorColumn({ hangs, column, floor }: Room, length: number): number {
  return hangs ? column : Math.max(floor, column - length - 1);
}

/** Gives the column of the operand: operators end where the first operand begins, as far as there is room. */
function layOperator(page: Page, operator: number, column: number, broken: boolean, room: Room): number {
  const length = page.words[operator]?.image.length ?? 0;
  if (!broken) return column + length + 2;
  const start = operatorColumn(room, length);
  page.breaks.set(operator, { column: start, blank: 'drop' });
  return start + length + 1;
}

/** What has neither `and` nor `or` outside its brackets. */
function layTerm(page: Page, first: number, last: number, room: Room): number {
  const breaks = tooWide(page, first, last, room) ? fillable(page, first, last) : [];
  const listed = Math.min(room.column, room.base + INDENT);
  let column = room.column;
  for (let i = first; i <= last; i++) {
    if (i > first) column += gapBefore(page, i);
    const close = closingOf(page, i);
    const stop = breaks.find((at) => at > i) ?? last + 1;
    if (breaks.includes(i) && column + widthOf(page, i, stop - 1) > WIDTH) {
      column = page.words[i - 1]?.type === t.Comma ? listed : Math.min(room.column, room.base) + INDENT;
      page.breaks.set(i, { column, blank: 'drop' });
    }
    if (close === i) column += page.words[i]?.image.length ?? 0;
    else {
      const behind = close < last ? widthOf(page, close, last) - 1 + room.behind : room.behind;
      column = layBrackets(page, i, close, { ...room, column, behind });
    }
    i = close;
  }
  return column;
}

function tooWide(page: Page, first: number, last: number, { column, behind }: Room): boolean {
  return column + widthOf(page, first, last) + behind > WIDTH;
}

/** Where a term may be broken that is too wide. */
function fillable(page: Page, first: number, last: number): number[] {
  const commas = outermost(page, first, last, (type) => isType(type, t.Comma));
  if (commas.length > 0) return commas.map((i) => i + 1);
  return outermost(page, first, last, (type) => isType(type, t.Plus) || isType(type, t.Pipe));
}

function layBrackets(page: Page, open: number, close: number, room: Room): number {
  if (close === open + 1 && !hasComments(page, open, close)) return room.column + widthOf(page, open, close);
  if (page.words[open]?.type === t.LeftBrace) return laySet(page, open, close, room);
  const behind = room.behind + 1;
  return 1 + layExpression(page, open + 1, close - 1, { ...room, column: room.column + 1, behind, hangs: false });
}

/** On one line, or with the braces on lines of their own and as many elements on each line as there is room for. */
function laySet(page: Page, open: number, close: number, room: Room): number {
  const authors = page.words.slice(open + 1, close + 1).some((word) => word.newline);
  if (!authors && !tooWide(page, open, close, room)) return room.column + widthOf(page, open, close);
  const column = room.base + INDENT;
  page.breaks.set(open + 1, { column, blank: 'drop' });
  page.breaks.set(close, { column: room.base, comments: column, blank: 'drop' });
  const commas = outermost(page, open + 1, close - 1, (type) => isType(type, t.Comma));
  let end = column;
  [open, ...commas].forEach((before, k) => {
    const [first, last] = [before + 1, commas[k] ?? close - 1];
    if (first > last) return;
    const width = widthOf(page, first, last);
    if (k > 0 && (page.words[first]?.newline === true || end + 1 + width > WIDTH)) {
      page.breaks.set(first, { column, blank: 'keep' });
      end = column;
    } else if (k > 0) end++;
    end = layTerm(page, first, last, { ...room, column: end, base: column, behind: 0 });
  });
  return room.base + 1;
}
