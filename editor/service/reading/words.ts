/** The words around a place of a text, read without a parser: they are there in a line that is not finished, too. */
import type { IToken } from 'chevrotain';
import { cut, LEFT } from '../../../grammar/pieces.js';
import { lexer, ModuleEnd, ModuleStart } from '../../../grammar/tokens.js';
import type { Part, Stretch } from '../view.js';

/** A word or sign of the text. */
export interface Word extends Stretch {
  readonly text: string;
  readonly type: string;
}

/** The tokens of a text, comments left out; `base` is added to their places. */
export function wordsOf(text: string, base = 0): readonly Word[] {
  return lexer.tokenize(text).tokens.map((token) => wordFrom(token, base));
}

function wordFrom({ image: text, tokenType: { name: type }, startOffset }: IToken, base: number): Word {
  return { text, type, start: startOffset + base, end: startOffset + text.length + base };
}

/** What is written before a place. */
export interface Before {
  /** The words of the part that the place lies in; the braces of modules are told apart from others. */
  readonly words: readonly Word[];
  /** The module that the place lies in. */
  readonly module: string | undefined;
  /** The place. */
  readonly end: number;
}

/** What is written in a part of a text before an offset. */
export function wordsBefore(text: string, { start, inside }: Pick<Part, 'start' | 'inside'>, offset: number): Before {
  const found = cut(text.slice(start, offset), inside);
  const words = found.pieces.flatMap(({ tokens }) => tokens.map((token) => wordFrom(token, start)));
  return { words, module: found.inside === LEFT ? undefined : found.inside, end: offset };
}

/** Whether it is a brace of a module. */
export function isModuleBrace({ type }: Word): boolean {
  return type === ModuleStart.name || type === ModuleEnd.name;
}

/** Whether it is a name or keyword. */
export function isWord({ text }: Word): boolean {
  return /^[A-Za-z_]\w*$/.test(text);
}

/** Whether it is a string, closed or not. */
export function isString({ type }: Word): boolean {
  return type === 'String' || type === 'UnterminatedString' || type === 'SingleQuoted';
}

const OPERATORS = new Set([
  'and', 'or', 'not', 'in', 'contains', 'at', 'as', 'has', 'any', 'lacks', 'when', 'then', 'by', 'per', 'until', 'else', 'expect', 'with',
]); // prettier-ignore

/** Whether an operand may end with it, so that an operator or something new comes next. */
export function endsOperand(word: Word): boolean {
  if (isWord(word)) return !OPERATORS.has(word.text);
  return /^[)\]}]$/.test(word.text) || /^\d|^"|^hex"|^'|^::/.test(word.text) || word.type.endsWith('Address');
}

/** The words of the path that ends with the word at `index`: `tcp`, `options` for `tcp.options`; indices are left out. */
export function pathEndingAt(words: readonly Word[], index: number): readonly string[] {
  const path: string[] = [];
  let at = index;
  while (at >= 0) {
    if (words[at]?.text === ']') at = words.findLastIndex(({ text }, i) => i < at && text === '[') - 1;
    const word = words[at];
    if (!word || !isWord(word)) return path;
    path.unshift(word.text);
    if (words[at - 1]?.text !== '.') return path;
    at -= 2;
  }
  return path;
}
