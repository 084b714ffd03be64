/** What a TextMate grammar is made of, and the forms that occur again and again in Sigward's. */
import type { TokenType } from 'chevrotain';

export interface Pattern {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Captures;
  readonly beginCaptures?: Captures;
  readonly endCaptures?: Captures;
  readonly patterns?: readonly Pattern[];
  readonly include?: string;
}

type Captures = Readonly<Record<string, Pattern>>;

/** A scope's name without the language's, or patterns for what was captured. */
type Scope = string | { readonly patterns: readonly Pattern[] };

/** A scope under its conventional name, with the language's behind it. */
function scope(name: string): string {
  return name.replaceAll(/\S+/g, (part) => `${part}.sigward`);
}

/** A token's pattern. `\d` and `\w` are ASCII in JavaScript, and any script's digits and letters in Oniguruma. */
export function source({ PATTERN }: TokenType): string {
  if (!(PATTERN instanceof RegExp)) throw new Error('a token without a pattern');
  const inClass = /\[(?:[^\]\\]|\\.)*\]/g;
  const widen = (text: string, digit: string, word: string): string =>
    text.replaceAll('\\d', digit).replaceAll('\\w', word);
  const classes = PATTERN.source.replaceAll(inClass, (found) => widen(found, '0-9', '0-9A-Za-z_'));
  return widen(classes, '[0-9]', '[0-9A-Za-z_]');
}

/** Any word. */
export const WORD = '[A-Za-z_][0-9A-Za-z_]*';
/** A word that is declared or referred to: neither an address nor the beginning of `hex"…"`. Captured. */
export const NAME = `(${WORD})(?!["0-9A-Za-z_:])`;
/**
 * A declaration at the beginning of a line ends every block that is still open: while a rule is typed its braces are not closed,
 * and what follows must keep its colours.
 */
export const DECLARATION =
  '^(?=(?:import|test)\\s*"|(?:const|param|space|header|view|predicate|signature|module|policy)\\s+[A-Za-z_])';

export function match(pattern: string, ...captures: readonly Scope[]): Pattern {
  return { match: pattern, captures: numbered(captures) };
}

export function whole(name: string, pattern: string, ...captures: readonly Scope[]): Pattern {
  return {
    name: scope(name),
    match: pattern,
    ...(captures.length > 0 && { captures: numbered(captures) }),
  };
}

/** A pattern, and what its groups are. */
export type Beginning = readonly [pattern: string, ...Scope[]];

export function region(
  [begin, ...beginScopes]: Beginning,
  [end, ...endScopes]: Beginning,
  patterns: readonly Pattern[],
  name?: string,
): Pattern {
  return {
    ...(name !== undefined && { name: scope(name) }),
    begin,
    beginCaptures: numbered(beginScopes),
    end,
    endCaptures: numbered(endScopes),
    patterns,
  };
}

export function include(...names: readonly string[]): Pattern[] {
  return names.map((name) => ({ include: `#${name}` }));
}

/** What stands between braces, with what comes before the first of them. */
export function block(patterns: readonly Pattern[], [before, ...scopes]: Beginning = ['']): Pattern {
  return region(
    [`${before}(\\{)`, ...scopes, 'punctuation.section.block.begin'],
    [`(\\})|${DECLARATION}`, 'punctuation.section.block.end'],
    patterns,
  );
}

/** A declaration that is a word, a name, and a block at its end. */
export function declaration(word: string, name: string, patterns: readonly Pattern[]): Pattern {
  const begin = [`\\b(${word})\\s+${NAME}`, `storage.type.${word}`, name] as const;
  return region(begin, [`(?<=\\})|${DECLARATION}`], patterns, `meta.${word}`);
}

/** One of some words, with what must follow. */
export function words(list: readonly string[], following = ''): string {
  return `\\b(?:${list.join('|')})\\b${following}`;
}

function numbered(scopes: readonly Scope[]): Captures {
  return Object.fromEntries(
    scopes.map((each, i) => [i + 1, typeof each === 'string' ? { name: scope(each) } : each] as const),
  );
}
