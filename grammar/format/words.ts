/** The words of a file as the formatter sees them: each with the comments beside it and the line breaks before it. */
import { EOF, type IToken, type TokenType } from 'chevrotain';
import type { Comment } from '../ast.js';
import * as t from '../tokens.js';

/** A comment on a line of its own. */
export interface OwnLine {
  readonly text: string;
  /** A blank line stands above it. */
  readonly blank: boolean;
}

export interface FormatToken {
  readonly image: string;
  readonly type: TokenType;
  readonly start: number;
  readonly end: number;
  /** It begins a line. */
  readonly newline: boolean;
  /** A blank line stands above it, or between the comments above it and itself. */
  readonly blank: boolean;
  /** The comments above it. */
  readonly above: readonly OwnLine[];
  /** The comment behind it on its line. */
  readonly behind?: string;
}

/** All words of a text without mistakes, in order; the last one is the file's end, an empty one. */
export function wordsOf(text: string, comments: readonly Comment[]): FormatToken[] {
  const { tokens } = t.lexer.tokenize(text);
  const words: FormatToken[] = [];
  let [next, at] = [0, 0];
  for (const token of [...tokens, endOf(text)]) {
    const above: OwnLine[] = [];
    for (let c = comments[next]; c && c.span.start < token.startOffset; c = comments[++next]) {
      const breaks = lineBreaks(text, at, c.span.start);
      const last = words.at(-1);
      const written = c.text.trimEnd();
      if (breaks === 0 && last && above.length === 0) words[words.length - 1] = { ...last, behind: written };
      else above.push({ text: written, blank: breaks > 1 });
      at = c.span.end;
    }
    const breaks = lineBreaks(text, at, token.startOffset);
    const [start, end] = [token.startOffset, token.startOffset + token.image.length];
    words.push({
      image: token.image,
      type: token.tokenType,
      start,
      end,
      newline: breaks > 0,
      blank: breaks > 1,
      above,
    });
    at = end;
  }
  return words;
}

function endOf(text: string): Pick<IToken, 'image' | 'startOffset' | 'tokenType'> {
  return { image: '', startOffset: text.length, tokenType: EOF };
}

function lineBreaks(text: string, start: number, end: number): number {
  return text.slice(start, end).match(/\r\n?|\n/g)?.length ?? 0;
}
