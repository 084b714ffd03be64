/**
 * Where a text is cut before it is parsed: a line that begins like a declaration begins a piece, whatever is open before it. So a
 * mistake costs no more than the piece it is in, and an editor parses only the pieces that a change touches. Comments and blank
 * lines belong to the piece that follows them; what stands behind a declaration on its last line, to that one.
 */
import { type ILexingError, type IToken, tokenMatcher, type TokenType } from 'chevrotain';
import * as t from './tokens.js';

/** What the lexer makes of a text, each kind in order of place. */
export interface Words {
  readonly tokens: IToken[];
  readonly comments: IToken[];
  /** Marks of other languages. */
  readonly mistakes: IToken[];
  readonly errors: ILexingError[];
}

/** A stretch of the text from `start` to `end` and its words. The first begins with the text, the last ends with it. */
export interface Piece extends Words {
  readonly start: number;
  readonly end: number;
}

export interface Cut {
  readonly pieces: readonly Piece[];
  /** Whether what follows would be cut in the same way if this text were not before it. */
  readonly isSettled: boolean;
}

/** How declarations begin; inside braces, no line of a correct file does. */
export const DECLARATION_SHAPES: readonly (readonly TokenType[])[] = [
  [t.Signature, t.Identifier, t.LeftBrace],
  [t.Test, t.String, t.LeftBrace],
  [t.Test, t.String, t.Under],
  [t.Import, t.String],
  [t.Const, t.Identifier, t.Equal],
  [t.Param, t.Identifier, t.Equal],
  [t.Predicate, t.Identifier, t.Equal],
  [t.Predicate, t.Identifier, t.LeftParen],
  [t.Header, t.Identifier, t.In],
  [t.View, t.Identifier, t.Equal],
  [t.Space, t.Identifier, t.Colon],
  [t.Module, t.Identifier],
  [t.Policy, t.Identifier],
];

/** Words that begin declarations. */
export const DECLARATIONS: ReadonlySet<TokenType> = new Set(DECLARATION_SHAPES.flatMap(([first]) => first ?? []));

function beginsDeclaration(tokens: readonly IToken[], i: number): boolean {
  const type = tokens[i]?.tokenType;
  if (!type || !DECLARATIONS.has(type)) return false;
  return DECLARATION_SHAPES.some((shape) =>
    shape.every((expected, k) => {
      const token = tokens[i + k];
      return token !== undefined && tokenMatcher(token, expected);
    }),
  );
}

/** The words of a text. */
export function wordsOf(text: string): Words {
  const { tokens, groups, errors } = t.lexer.tokenize(text);
  return { tokens, comments: groups['comments'] ?? [], mistakes: groups['mistakes'] ?? [], errors };
}

/** Cuts a text into its pieces. */
export function cut(text: string): Cut {
  const words = wordsOf(text);
  const starts = [0];
  const way: Way = { depth: 0, declaration: undefined, isReserved: false };
  const solid = lastSolid(words);
  for (const [i, token] of words.tokens.entries()) {
    // Only where the words fit is it worth asking whether they begin a line.
    if (!way.isReserved && beginsDeclaration(words.tokens, i)) {
      const behind = solid(token.startOffset, words.tokens[i - 1]);
      const line = behind === undefined ? -1 : text.slice(behind, token.startOffset).indexOf('\n');
      if (behind !== undefined && line >= 0) {
        starts.push(behind + line + 1);
        way.depth = 0;
      }
    }
    follow(way, token.tokenType);
  }
  const end = solid(text.length, words.tokens.at(-1));
  const isSettled = !way.isReserved && end !== undefined && text.indexOf('\n', end) === text.length - 1;
  return { pieces: piecesFrom(starts, text.length, words), isSettled };
}

/** What is open at a place. */
interface Way {
  depth: number;
  /** The last word that begins declarations, outside of braces. */
  declaration: TokenType | undefined;
  /** Inside of `module` or `policy`, which hold lines that look like declarations, and are not available yet. */
  isReserved: boolean;
}

function follow(way: Way, type: TokenType): void {
  if (way.depth === 0 && DECLARATIONS.has(type)) way.declaration = type;
  if (type === t.LeftBrace) {
    if (way.depth === 0) way.isReserved = way.declaration === t.Module || way.declaration === t.Policy;
    way.depth++;
  } else if (type === t.RightBrace) {
    way.depth = Math.max(0, way.depth - 1);
    if (way.depth === 0) way.isReserved = false;
  }
}

/** Asked in order of place: the end of the last token or block comment before a place. Block comments alone have several lines. */
function lastSolid({ mistakes }: Words): (place: number, token: IToken | undefined) => number | undefined {
  const blocks = mistakes.filter((m) => m.tokenType === t.BlockComment);
  let next = 0;
  return (place, token) => {
    while ((blocks[next]?.startOffset ?? Infinity) < place) next++;
    const [a, b] = [token, blocks[next - 1]].map((word) => (word ? word.startOffset + word.image.length : undefined));
    return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
  };
}

function piecesFrom(starts: readonly number[], length: number, words: Words): Piece[] {
  const tokens = dealer(words.tokens, (token) => token.startOffset);
  const comments = dealer(words.comments, (token) => token.startOffset);
  const mistakes = dealer(words.mistakes, (token) => token.startOffset);
  const errors = dealer(words.errors, (error) => error.offset);
  return starts.map((start, i) => {
    const end = starts[i + 1] ?? length;
    return { start, end, tokens: tokens(end), comments: comments(end), mistakes: mistakes(end), errors: errors(end) };
  });
}

/** Deals a list out in order: everything before `end` that has not been dealt yet. */
function dealer<W>(list: readonly W[], placeOf: (word: W) => number): (end: number) => W[] {
  let next = 0;
  return (end) => {
    const first = next;
    for (let word = list[next]; word !== undefined && placeOf(word) < end; word = list[next]) next++;
    return list.slice(first, next);
  };
}

/** The piece as a text of its own: its words' places count from its beginning. */
export function alone({ start, end, tokens, comments, mistakes, errors }: Piece): Piece {
  const moved = [tokens, comments, mistakes].map((words) =>
    words.map((word) => ({ ...word, startOffset: word.startOffset - start })),
  );
  const [own = [], notes = [], marks = []] = moved;
  const faults = errors.map((error) => ({ ...error, offset: error.offset - start }));
  return { start: 0, end: end - start, tokens: own, comments: notes, mistakes: marks, errors: faults };
}
