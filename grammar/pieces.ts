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
  /** What is open where it begins. */
  readonly inside: Inside;
  /** Where that changes in it, in order. */
  readonly turns: readonly Turn[];
}

/**
 * The name of the module that is open at a place. `LEFT` where a module has been left without its brace, because something stands
 * in it that cannot: its brace may still come, and is read over.
 */
export type Inside = string | undefined;
export const LEFT = '';

/** A word with which a module begins, ends, or is left. */
export interface Turn {
  readonly token: IToken;
  readonly inside: Inside;
}

export interface Cut {
  readonly pieces: readonly Piece[];
  /** What is open at the end. */
  readonly inside: Inside;
  /** Whether a declaration is open there, which the next piece ends if it begins with another one. */
  readonly isOpen: boolean;
  /** Whether what follows would be cut in the same way if this text were not before it and as much were open. */
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

/** Cuts a text into its pieces; `inside` is what is open where it begins. */
export function cut(text: string, inside?: Inside): Cut {
  const words = wordsOf(text);
  const starts = [0];
  const way: Way = { depth: 0, coming: undefined, inside, turns: [] };
  const solid = lastSolid(words);
  for (const [i, token] of words.tokens.entries()) {
    let isFirst = false;
    // Only where the words fit is it worth asking whether they begin a line.
    if (beginsDeclaration(words.tokens, i) || endsModule(way, token)) {
      const behind = solid(token.startOffset, words.tokens[i - 1]);
      const line = behind === undefined ? -1 : text.slice(behind, token.startOffset).indexOf('\n');
      if (behind !== undefined && line >= 0) {
        starts.push(behind + line + 1);
        way.depth = 0;
        giveUp(way, words.tokens[i - 1]);
        isFirst = true;
      }
    }
    follow(way, words.tokens, i, isFirst);
  }
  const end = solid(text.length, words.tokens.at(-1));
  const isSettled = way.coming === undefined && end !== undefined && text.indexOf('\n', end) === text.length - 1;
  const pieces = piecesFrom(starts, text.length, words, inside, way.turns);
  return { pieces, inside: way.inside, isOpen: way.depth > 0, isSettled };
}

// Modules ------------------------------------------------------------------------------------------------------------

/** What is open at a place. */
interface Way {
  /** Braces of the declaration. */
  depth: number;
  /** The module whose brace is to come. */
  coming: string | undefined;
  inside: Inside;
  readonly turns: Turn[];
}

function endsModule({ depth, inside }: Way, { tokenType }: IToken): boolean {
  return tokenType === t.RightBrace && depth === 0 && inside !== undefined;
}

/** `isFirst`: a piece begins here, so that what stands before has no say: `10.0.0.` above `module web {` does not make it a part of a name. */
function follow(way: Way, tokens: readonly IToken[], i: number, isFirst: boolean): void {
  const token = tokens[i];
  if (!token) return;
  const type = token.tokenType;
  if (endsModule(way, token)) {
    way.coming = undefined;
    turn(way, retyped(token, t.ModuleEnd), undefined);
  } else if (type === t.RightBrace) way.depth = Math.max(0, way.depth - 1);
  else if (type === t.LeftBrace && way.depth === 0 && way.coming !== undefined && !holdsSet(tokens, i)) {
    turn(way, retyped(token, t.ModuleStart), way.coming);
    way.coming = undefined;
  } else if (type === t.LeftBrace) way.depth++;
  else if (way.depth === 0 && DECLARATIONS.has(type) && (isFirst || tokens[i - 1]?.tokenType !== t.Dot))
    begin(way, tokens, i);
}

/** The brace of a module has not come. */
function giveUp(way: Way, last: IToken | undefined): void {
  if (way.coming !== undefined && last) turn(way, last, LEFT);
  way.coming = undefined;
}

/** A declaration begins: in a module only some may, and what is to come of one before has not come. */
function begin(way: Way, tokens: readonly IToken[], i: number): void {
  const token = tokens[i];
  if (!token) return;
  giveUp(way, token);
  if (way.inside !== undefined && way.inside !== LEFT && !IN_MODULES.has(token.tokenType)) turn(way, token, LEFT);
  const name = tokens[i + 1];
  const isNamed = name !== undefined && tokenMatcher(name, t.Identifier);
  way.coming = token.tokenType !== t.Module ? undefined : isNamed ? name.image : LEFT;
}

const IN_MODULES: ReadonlySet<TokenType> = new Set([t.Signature, t.Test]);

/** Whether a brace is a set's: a value is to come. In `module m in {` the name of the parent is missing. */
function holdsSet(tokens: readonly IToken[], i: number): boolean {
  const before = tokens[i - 1];
  return (
    before !== undefined && tokens[i - 3]?.tokenType !== t.Module && !ENDS.some((type) => tokenMatcher(before, type))
  );
}

/** What a value or a name may end with. */
const ENDS: readonly TokenType[] = [
  t.Identifier, t.Number, t.Duration, t.String, t.HexString, t.Ipv4Address, t.Ipv6Address, t.MacAddress, t.Regex, t.RightBrace,
  t.RightParen, t.RightBracket, t.None, t.True, t.False, t.Nocase, t.Module,
]; // prettier-ignore

function retyped(token: IToken, type: TokenType): IToken {
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx ?? 0;
  return token;
}

function turn(way: Way, token: IToken, inside: Inside): void {
  way.inside = inside;
  way.turns.push({ token, inside });
}

// Stretches ----------------------------------------------------------------------------------------------------------

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

function piecesFrom(starts: readonly number[], length: number, words: Words, first: Inside, all: Turn[]): Piece[] {
  const tokens = dealer(words.tokens, (token) => token.startOffset);
  const comments = dealer(words.comments, (token) => token.startOffset);
  const mistakes = dealer(words.mistakes, (token) => token.startOffset);
  const errors = dealer(words.errors, (error) => error.offset);
  const turnsTo = dealer(all, ({ token }) => token.startOffset);
  let inside = first;
  return starts.map((start, i) => {
    const end = starts[i + 1] ?? length;
    const before = inside;
    const turns = turnsTo(end);
    const last = turns.at(-1);
    if (last) ({ inside } = last);
    const own = { tokens: tokens(end), comments: comments(end), mistakes: mistakes(end), errors: errors(end) };
    return { start, end, ...own, inside: before, turns };
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
export function alone({ start, end, tokens, comments, mistakes, errors, inside, turns }: Piece): Piece {
  const moved = (word: IToken): IToken => ({ ...word, startOffset: word.startOffset - start });
  const faults = errors.map((error) => ({ ...error, offset: error.offset - start }));
  return {
    start: 0,
    end: end - start,
    tokens: tokens.map(moved),
    comments: comments.map(moved),
    mistakes: mistakes.map(moved),
    errors: faults,
    inside,
    turns: turns.map(({ token, ...turned }) => ({ token: moved(token), ...turned })),
  };
}
