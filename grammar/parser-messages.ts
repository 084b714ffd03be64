/**
 * What the parser says to people. chevrotain hands messages around as strings, so a message carries what a diagnostic needs
 * as JSON, and `parse.ts` takes it apart again.
 */
import { EOF, type IParserErrorMessageProvider, type IToken, tokenMatcher, type TokenType } from 'chevrotain';
import { didYouMean } from './suggest.js';
import * as t from './tokens.js';

/** What `expected` (E0201) is made of. */
export interface Expected {
  readonly what: string;
  readonly found: string;
  readonly help?: string;
}

/** What could stand where a rule finds nothing that fits; words are for "did you mean". */
const ALTERNATIVES: Readonly<Record<string, { readonly what: string; readonly words?: readonly string[] }>> = {
  file: { what: 'a declaration (`signature`, `const`, `import`, `test` …)', words: t.DECLARATION_WORDS },
  declaration: { what: 'a declaration (`signature`, `const`, `import`, `test` …)', words: t.DECLARATION_WORDS },
  signature: {
    what: 'a key of a signature (`id`, `title`, `when`, `then` …) or `}`',
    words: ['id', 'rev', 'title', 'severity', 'class', 'ref', 'tags', 'meta', 'when', 'then', 'let'],
  },
  action: { what: 'an action (`log`, `drop`, `pass`)', words: ['log', 'drop', 'pass', 'reject'] },
  expression: { what: 'a condition' },
  negation: { what: 'a condition' },
  unary: { what: 'a value' },
  primary: { what: 'a value' },
  comparisonTail: { what: 'a comparison' },
  bytesOrName: { what: 'a byte string (`"…"`, `hex"…"`) or the name of one' },
  test: { what: 'a step (`packet`, `pcap`, `after`, `expect`) or `}`', words: ['packet', 'pcap', 'after', 'expect'] },
  header: {
    what: 'a field (`name : u16`), `size`, `extent`, `next`, `either` or `}`',
    words: ['size', 'extent', 'next', 'either', 'peek'],
  },
};

export const messages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage({ expected, actual, ruleName }) {
    const rule = endsRule(expected) ? ALTERNATIVES[ruleName] : undefined;
    return encode(rule?.what ?? describeType(expected), actual, rule?.words);
  },
  buildNoViableAltMessage({ actual, ruleName }) {
    const rule = ALTERNATIVES[ruleName];
    return encode(rule?.what ?? 'something else', first(actual), rule?.words);
  },
  buildEarlyExitMessage({ actual, ruleName }) {
    const rule = ALTERNATIVES[ruleName];
    return encode(rule?.what ?? 'something else', first(actual), rule?.words);
  },
  buildNotAllInputParsedMessage({ firstRedundant }) {
    return encode(ALTERNATIVES['file']?.what ?? '', firstRedundant, t.DECLARATION_WORDS);
  },
};

/** A closing brace or the end is expected where a repetition finds no further element: then the elements are the news. */
function endsRule(type: TokenType): boolean {
  return type === t.RightBrace || type === EOF;
}

function first(tokens: IToken[]): IToken | undefined {
  return tokens[0];
}

function encode(what: string, token: IToken | undefined, words: readonly string[] = []): string {
  const isWord = token !== undefined && tokenMatcher(token, t.Word);
  const help = isWord ? didYouMean(token.image, words) : undefined;
  const found = describeToken(token);
  return JSON.stringify({ what, found, ...(help !== undefined && { help }) } satisfies Expected);
}

function describeType(type: TokenType): string {
  return type === EOF ? 'the end of the file' : (type.LABEL ?? type.name);
}

/** The author's own word in backticks, cut where it is long. */
export function describeToken(token: IToken | undefined): string {
  if (token === undefined || token.tokenType === EOF) return 'the end of the file';
  const image = token.image.length > 40 ? `${token.image.slice(0, 39)}…` : token.image;
  return `\`${image}\``;
}
