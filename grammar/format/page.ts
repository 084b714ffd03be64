/** What the parts of the formatter work on: the words, and what is to stand before each of them. */
import type { Span } from '../diagnostic.js';
import * as t from '../tokens.js';
import { gapBetween } from './spacing.js';
import type { FormatToken } from './words.js';

/** Columns that a line has at most, where it can be broken. */
export const WIDTH = 120;
/** Columns that a block is further in than what holds it. */
export const INDENT = 2;

/** A line break before a word: the column of the word, and what of the author's blank lines stays. */
export interface Break {
  readonly column: number;
  /** The column of comments above it, where they stand elsewhere. */
  readonly comments?: number;
  /** A blank line above it and its comments. */
  readonly blank: 'keep' | 'drop' | 'always';
}

export interface Page {
  readonly words: readonly FormatToken[];
  /** By index of the word: the line break before it. */
  readonly breaks: Map<number, Break>;
  /** By index of the word: how many spaces stand before it, where they are not the usual ones. */
  readonly spaces: Map<number, number>;
  /** Words that what they say belongs to, like `size` and the name of an assigned field: no operand and no function. */
  readonly keywords: Set<number>;
  /** Index of the word that begins or ends at an offset. */
  readonly starts: ReadonlyMap<number, number>;
  readonly ends: ReadonlyMap<number, number>;
  /** By index of an opening bracket: that of the closing one. */
  readonly closing: ReadonlyMap<number, number>;
}

/** A page on which nothing is laid out yet. */
export function pageOf(words: readonly FormatToken[]): Page {
  return {
    words,
    breaks: new Map(),
    spaces: new Map(),
    keywords: new Set(),
    starts: new Map(words.map((word, i) => [word.start, i])),
    ends: new Map(words.map((word, i) => [word.end, i])),
    closing: brackets(words),
  };
}

function brackets(words: readonly FormatToken[]): Map<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  words.forEach(({ type }, i) => {
    if (type === t.LeftBrace || type === t.LeftParen || type === t.LeftBracket) open.push(i);
    if (type !== t.RightBrace && type !== t.RightParen && type !== t.RightBracket) return;
    const opening = open.pop();
    if (opening !== undefined) closing.set(opening, i);
  });
  return closing;
}

/** Index of the first word of what stands there. */
export function firstOf({ starts }: Page, span: Pick<Span, 'start'>): number {
  return starts.get(span.start) ?? 0;
}

/** Index of the last word of what stands there. */
export function lastOf({ ends }: Page, span: Pick<Span, 'end'>): number {
  return ends.get(span.end) ?? 0;
}

/** Index of the bracket that closes the one at `i`. */
export function closingOf({ closing }: Page, i: number): number {
  return closing.get(i) ?? i;
}

/** The first of the words from `i` on that is of the type; the file's end where there is none. */
export function nextOf({ words }: Page, i: number, type: FormatToken['type']): number {
  let k = i;
  while (k < words.length - 1 && words[k]?.type !== type) k++;
  return k;
}

/** Spaces before a word that begins no line. */
export function gapBefore(page: Page, i: number): number {
  return page.spaces.get(i) ?? gapBetween(page.words, i, page.keywords);
}

/** Columns of the words from `i` to `j` on one line. */
export function widthOf(page: Page, i: number, j: number): number {
  let width = 0;
  for (let k = i; k <= j; k++) width += (k === i ? 0 : gapBefore(page, k)) + (page.words[k]?.image.length ?? 0);
  return width;
}

/** Whether a comment stands between the words from `i` to `j`, so that they cannot share a line. */
export function hasComments({ words }: Page, i: number, j: number): boolean {
  return words
    .slice(i, j + 1)
    .some((word, k) => (k > 0 && word.above.length > 0) || (i + k < j && word.behind !== undefined));
}
