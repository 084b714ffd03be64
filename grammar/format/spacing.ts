/** How many spaces stand between two words of a line, where nothing else decides it. */
import { type TokenType } from 'chevrotain';
import * as t from '../tokens.js';
import type { FormatToken } from './words.js';

const OPENING = new Set<TokenType>([t.LeftParen, t.LeftBracket]);
const TIGHT_BEFORE = new Set<TokenType>([t.RightParen, t.RightBracket, t.LeftBracket, t.Comma, t.Dot]);
const ARITHMETIC = new Set<TokenType>([
  t.Pipe, t.Caret, t.Ampersand, t.ShiftLeft, t.ShiftRight, t.Plus, t.Minus, t.Star, t.Slash, t.Percent,
]); // prettier-ignore
const LITERALS = new Set<TokenType>([
  t.Number, t.Duration, t.String, t.HexString, t.Ipv4Address, t.Ipv6Address, t.MacAddress, t.True, t.False, t.None,
]); // prettier-ignore
const CLOSING = new Set<TokenType>([t.RightParen, t.RightBracket, t.RightBrace]);
/** Contextual words that an expression follows wherever they are not behind a dot. */
const LEADING = new Set<TokenType>([t.By, t.Per]);

/** Spaces before word `i`; `keywords` are words that no operand ends with. */
export function gapBetween(words: readonly FormatToken[], i: number, keywords: ReadonlySet<number>): number {
  const [before, word] = [words[i - 1], words[i]];
  if (!before || !word || OPENING.has(before.type) || before.type === t.Dot || TIGHT_BEFORE.has(word.type)) return 0;
  if (word.type === t.DotDot) return isApart(words, i) ? 1 : 0;
  if (before.type === t.DotDot) return isApart(words, i - 1) ? 1 : 0;
  if (isPrefix(words, i - 1, keywords)) return 0;
  return word.type === t.LeftParen && isName(words, i - 1, keywords) ? 0 : 1;
}

function isPrefix(words: readonly FormatToken[], i: number, keywords: ReadonlySet<number>): boolean {
  const type = words[i]?.type;
  return type === t.Tilde || (type === t.Minus && !endsOperand(words, i - 1, keywords));
}

function endsOperand(words: readonly FormatToken[], i: number, keywords: ReadonlySet<number>): boolean {
  const type = words[i]?.type;
  return type !== undefined && (LITERALS.has(type) || CLOSING.has(type) || isName(words, i, keywords));
}

/** Whether a word is a name or the end of a path: `size` in `tcp.size`, not in `size 4`. */
function isName(words: readonly FormatToken[], i: number, keywords: ReadonlySet<number>): boolean {
  const word = words[i];
  if (!word || keywords.has(i)) return false;
  if (words[i - 1]?.type === t.Dot) return true;
  return !LEADING.has(word.type) && word.type.CATEGORIES?.includes(t.Identifier) === true;
}

/** Whether one of a range's ends is put together: `x.end + 4 .. x.end + 20`, `x.end .. -1`. Dots behind a prefix length would belong to it. */
function isApart(words: readonly FormatToken[], i: number): boolean {
  return words[i - 1]?.image.includes('/') === true || hasOperator(words, i, -1) || hasOperator(words, i, 1);
}

/** Whether an arithmetic operator, or a dot that two more would be mixed up with, stands in the end of the range that is on that side of word `i`. */
function hasOperator(words: readonly FormatToken[], i: number, step: 1 | -1): boolean {
  for (let [k, depth] = [i + step, 0]; ; k += step) {
    const type = words[k]?.type;
    if (!type || !isOperandPart(words, k)) return false;
    if (type === t.Dot || (depth === 0 && ARITHMETIC.has(type) && !isPrefix(words, k, NONE))) return true;
    if (OPENING.has(type)) depth += step;
    if (CLOSING.has(type)) depth -= step;
    if (depth < 0) return false;
  }
}

const NONE: ReadonlySet<number> = new Set();

function isOperandPart(words: readonly FormatToken[], k: number): boolean {
  const type = words[k]?.type;
  if (!type || type === t.RightBrace) return false;
  const mark = type === t.Dot || type === t.Tilde || OPENING.has(type) || CLOSING.has(type);
  return mark || LITERALS.has(type) || ARITHMETIC.has(type) || isName(words, k, NONE);
}
