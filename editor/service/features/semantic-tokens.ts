/**
 * What each word of a stretch is, for colouring by meaning. Strings and comments mean nothing but themselves: left out, they keep the
 * colours of the grammar, which knows escapes.
 */
import type { SourceTree } from '../../../grammar/ast.js';
import { lexer } from '../../../grammar/tokens.js';
import type { Stretch, SymbolKind, View } from '../view.js';

export const TOKEN_TYPES = [
  'keyword', 'number', 'operator', 'namespace', 'type', 'class', 'property', 'enumMember', 'variable', 'parameter',
  'function', 'macro', 'event',
] as const; // prettier-ignore
export const TOKEN_MODIFIERS = ['declaration', 'readonly', 'defaultLibrary'] as const;

export type TokenKind = (typeof TOKEN_TYPES)[number];

export interface Token extends Stretch {
  readonly type: TokenKind;
  /** Bits, by the place in `TOKEN_MODIFIERS`. */
  readonly modifiers: number;
}

const DECLARATION = 1;
const READONLY = 2;
const LIBRARY = 4;

/** The tokens of a stretch, in order; none is longer than a line. */
export function semanticTokens(view: View, file: string, stretch: Stretch): readonly Token[] {
  const source = view.file(file);
  if (!source) return [];
  const meant = new Map(view.symbolsIn(file, stretch).map((use) => [use.span.start, use]));
  return source.partsIn(stretch).flatMap(({ start, tree }) =>
    plainTokens(tree).flatMap((token): Token[] => {
      const place = { start: token.start + start, end: token.end + start };
      if (place.end <= stretch.start || place.start >= stretch.end) return [];
      const use = token.isWord ? meant.get(place.start) : undefined;
      if (!use) return token.type === undefined ? [] : [{ ...place, type: token.type, modifiers: 0 }];
      if (use.kind === 'file') return [];
      const isLibrary = use.kind === 'builtin' || use.declared?.file.startsWith('std/');
      const { type, modifiers } = KINDS[use.kind];
      return [
        { ...place, type, modifiers: modifiers | (use.isDeclaration ? DECLARATION : 0) | (isLibrary ? LIBRARY : 0) },
      ];
    }),
  );
}

const of = (type: TokenKind, modifiers = 0): { type: TokenKind; modifiers: number } => ({ type, modifiers });

const KINDS: Readonly<Record<Exclude<SymbolKind, 'file'>, { readonly type: TokenKind; readonly modifiers: number }>> = {
  const: of('variable', READONLY),
  param: of('variable'),
  predicate: of('function'),
  parameter: of('parameter'),
  header: of('class'),
  view: of('class'),
  space: of('type'),
  field: of('property'),
  list: of('property'),
  entry: of('property'),
  ends: of('property'),
  flag: of('enumMember'),
  signature: of('event'),
  module: of('namespace'),
  policy: of('class'),
  let: of('variable', READONLY),
  occurrence: of('variable', READONLY),
  import: of('namespace'),
  builtin: of('macro'),
};

/** A token by its form alone; `type` is open for names, which mean something or nothing. */
interface Plain extends Stretch {
  readonly type: TokenKind | undefined;
  readonly isWord: boolean;
}

const known = new WeakMap<SourceTree, readonly Plain[]>();

/** Trees do not change, so what was found in one stays. */
function plainTokens(tree: SourceTree): readonly Plain[] {
  const tokens = known.get(tree) ?? lexed(tree);
  known.set(tree, tokens);
  return tokens;
}

function lexed({ text }: SourceTree): readonly Plain[] {
  let before = '';
  return lexer.tokenize(text).tokens.map(({ image, startOffset, tokenType }): Plain => {
    const type = before === '.' && /^\w/.test(image) ? undefined : plainType(image, tokenType.name);
    before = image;
    const isWord = /^[A-Za-z_"]/.test(image);
    return { start: startOffset, end: startOffset + image.length, type, isWord };
  });
}

function plainType(image: string, type: string): TokenKind | undefined {
  if (type.startsWith("'"))
    return /^'\w/.test(type) ? 'keyword' : /^[-+*/%&|^~<>=!]/.test(image) ? 'operator' : undefined;
  switch (type) {
    case 'String':
    case 'HexString':
    case 'UnterminatedString':
    case 'SingleQuoted':
    case 'Regex':
    case 'PlainWord':
      return undefined;
    default:
      return 'number';
  }
}
