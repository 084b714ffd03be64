/**
 * Tokens → tokens that the parser does not lose its way in. Three slips would cost a parser all that follows: a brace that is
 * not closed before the next declaration, and a word that is no declaration, no key of a signature or no step of a test. Each
 * is reported here; a misspelt word is taken for the one that was meant, a foreign one is left out with what belongs to it.
 */
import { type IToken, tokenMatcher, type TokenType } from 'chevrotain';
import { type Diagnostic, report } from './diagnostic.js';
import { expected } from './diagnostics.js';
import { suggest } from './suggest.js';
import { DECLARATION_SHAPES, DECLARATIONS, type Inside, LEFT, type Piece } from './pieces.js';
import * as t from './tokens.js';

export interface Mended {
  readonly tokens: IToken[];
  readonly problems: readonly Diagnostic[];
}

/** Where words of a fixed set begin each line. */
interface Place {
  readonly what: string;
  readonly words: readonly string[];
  /** What other languages call these, and what is meant. */
  readonly foreign: ReadonlyMap<string, string>;
}

const FILE: Place = {
  what: 'a declaration (`signature`, `const`, `import`, `test` …)',
  words: t.DECLARATION_WORDS,
  foreign: new Map([
    ['rule', 'signature'],
    ['sig', 'signature'],
    ['alert', 'signature'],
    ['include', 'import'],
    ['use', 'import'],
    ['let', 'const'],
    ['var', 'const'],
    ['def', 'predicate'],
    ['function', 'predicate'],
    ['protocol', 'header'],
  ]),
};
const SIGNATURE: Place = {
  what: 'a key of a signature (`id`, `title`, `when`, `then` …) or `}`',
  words: t.SIGNATURE_WORDS,
  foreign: new Map([
    ...['msg', 'message', 'name', 'description'].map((word): [string, string] => [word, 'title']),
    ...['priority', 'level', 'risk'].map((word): [string, string] => [word, 'severity']),
    ...['if', 'condition', 'where', 'match', 'detection'].map((word): [string, string] => [word, 'when']),
    ...['action', 'actions', 'do'].map((word): [string, string] => [word, 'then']),
    ['sid', 'id'],
    ['revision', 'rev'],
    ['classtype', 'class'],
    ['category', 'class'],
    ['reference', 'ref'],
    ['metadata', 'meta'],
  ]),
};
const TEST: Place = {
  what: 'a step (`packet`, `pcap`, `after`, `expect`) or `}`',
  words: t.STEP_WORDS,
  foreign: new Map([
    ['assert', 'expect'],
    ['send', 'packet'],
    ['capture', 'pcap'],
    ['wait', 'after'],
    ['sleep', 'after'],
  ]),
};

const MODULE: Place = {
  what: 'a signature, a test or `}`',
  words: t.MODULE_WORDS,
  foreign: new Map([
    ['rule', 'signature'],
    ['sig', 'signature'],
    ['alert', 'signature'],
  ]),
};
const POLICY: Place = {
  what: 'an entry of a policy (`protect`, `otherwise`, `disable`, `override`) or `}`',
  words: t.POLICY_WORDS,
  foreign: new Map([
    ['network', 'protect'],
    ['default', 'otherwise'],
    ['else', 'otherwise'],
    ['disabled', 'disable'],
    ['ignore', 'disable'],
    ['suppress', 'disable'],
    ['modify', 'override'],
  ]),
};
/** What stands in the braces of a declaration. */
const PLACES: ReadonlyMap<TokenType, Place> = new Map([
  [t.Signature, SIGNATURE],
  [t.Test, TEST],
  [t.Policy, POLICY],
]);

function placeIn(inside: Inside): Place {
  return inside === undefined || inside === LEFT ? FILE : MODULE;
}

/** What must follow a word for it to be taken for another one: `sid 5` is an `id`, `priority 3` is no `severity`. */
const FOLLOWED_BY: Readonly<Record<string, readonly TokenType[]>> = {
  id: [t.Number],
  rev: [t.Number],
  title: [t.String],
  severity: [t.PlainWord, t.String],
  class: [t.PlainWord, t.String],
  ref: [t.Word, t.String],
  tags: [t.Word],
  meta: [t.LeftBrace],
  when: [t.Identifier, t.LeftParen, t.Not],
  then: [t.Identifier],
  import: [t.String],
  test: [t.String],
  packet: [t.LeftBrace],
  pcap: [t.String],
  after: [t.Duration],
  expect: [t.Identifier, t.None],
  under: [t.Identifier],
  protect: [t.Identifier, t.Ipv4Address, t.Ipv6Address, t.LeftBrace],
  otherwise: [t.Identifier],
  disable: [t.Identifier],
  override: [t.Identifier],
};

interface Brace {
  readonly token: IToken;
  /** What the lines inside begin with, if this is known. */
  readonly place: Place | undefined;
}

interface Work {
  readonly file: string;
  readonly text: string;
  readonly tokens: readonly IToken[];
  readonly kept: IToken[];
  readonly problems: Diagnostic[];
  readonly braces: Brace[];
  /** What stands outside of all braces but those of a module. */
  outside: Place;
  /** What stands in the next braces at the outermost level. */
  inside: Place | undefined;
}

/** Mends the tokens of one piece; whether it is the last one decides where what is left open is reported. */
export function mend(file: string, text: string, { tokens, inside }: Piece, isLast: boolean): Mended {
  const outside = placeIn(inside);
  const work: Work = { file, text, tokens, kept: [], problems: [], braces: [], outside, inside: undefined };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    const place = work.braces.length === 0 ? work.outside : work.braces.at(-1)?.place;
    const strange = place && tokenMatcher(token, t.PlainWord) && beginsEntry(work, i);
    if (strange) i = mendWord(work, i, place);
    else keep(work, token);
  }
  if (!isLast) closeBraces(work);
  return { tokens: work.kept, problems: work.problems };
}

function keep(work: Work, token: IToken): void {
  const { tokenType } = token;
  const { braces } = work;
  if (braces.length === 0 && DECLARATIONS.has(tokenType)) work.inside = PLACES.get(tokenType);
  if (tokenType === t.ModuleStart) work.outside = MODULE;
  if (tokenType === t.ModuleEnd) work.outside = FILE;
  if (tokenType === t.LeftBrace) braces.push({ token, place: braces.length === 0 ? work.inside : undefined });
  if (tokenType === t.RightBrace) braces.pop();
  work.kept.push(token);
}

const endOf = (token: IToken): number => token.startOffset + token.image.length;

function startsLine({ text, tokens }: Work, i: number): boolean {
  const [before, token] = [tokens[i - 1], tokens[i]];
  return !before || !token || text.slice(endOf(before), token.startOffset).includes('\n');
}

// Braces -------------------------------------------------------------------------------------------------------------

/** What is still open where the next declaration begins. What is open at the end of the file, the parser tells. */
function closeBraces({ file, kept, problems, braces }: Work): void {
  const end = kept.at(-1);
  const innermost = braces.at(-1);
  if (!end || !innermost) return;
  const at = endOf(end);
  const opened = { file, start: innermost.token.startOffset, end: endOf(innermost.token) };
  const p = { what: '`}`', found: 'the next declaration' };
  problems.push(report(expected, p, { span: { file, start: at, end: at } }, { span: opened, text: 'opened here' }));
  for (; braces.length > 0; braces.pop()) {
    kept.push({
      ...end,
      image: '',
      startOffset: at,
      tokenType: t.RightBrace,
      tokenTypeIdx: t.RightBrace.tokenTypeIdx ?? 0,
    });
  }
}

// Words --------------------------------------------------------------------------------------------------------------

/** Whether a word can only be the beginning of something new: on a new line, behind something complete. */
function beginsEntry(work: Work, i: number): boolean {
  const before = work.kept.at(-1);
  return startsLine(work, i) && (!before || COMPLETE.some((type) => tokenMatcher(before, type)));
}

const COMPLETE: readonly TokenType[] = [
  t.PlainWord, t.Number, t.Duration, t.String, t.HexString, t.Ipv4Address, t.Ipv6Address, t.MacAddress, t.LeftBrace,
  t.RightBrace, t.RightParen, t.RightBracket, t.None, t.True, t.False, t.Nocase,
]; // prettier-ignore

/** Reports a word that begins nothing; gives the index of the last token that has been dealt with. */
function mendWord(work: Work, i: number, place: Place): number {
  const token = work.tokens[i];
  if (!token) return i;
  const meant = place.foreign.get(token.image.toLowerCase()) ?? suggest(token.image, place.words);
  const help = meant === undefined ? undefined : `did you mean \`${meant}\`?`;
  const span = { file: work.file, start: token.startOffset, end: endOf(token) };
  work.problems.push(report(expected, { what: place.what, found: `\`${token.image.slice(0, 40)}\``, help }, { span }));
  const type = meant === undefined ? undefined : t.keywordType(meant);
  if (type && fits(work.tokens, i, meant ?? '')) {
    keep(work, { ...token, tokenType: type, tokenTypeIdx: type.tokenTypeIdx ?? 0 });
    return i;
  }
  return endOfEntry(work, i, place);
}

function fits(tokens: readonly IToken[], i: number, word: string): boolean {
  const next = tokens[i + 1];
  if (!next) return false;
  const types = FOLLOWED_BY[word];
  if (types) return types.some((type) => tokenMatcher(next, type));
  return DECLARATION_SHAPES.some(
    ([first, ...rest]) =>
      first === t.keywordType(word) &&
      rest.every((type, k) => {
        const token = tokens[i + 1 + k];
        return token !== undefined && tokenMatcher(token, type);
      }),
  );
}

/** The last token of what begins at `i`: before the next line that is not inside braces of its own. */
function endOfEntry(work: Work, i: number, place: Place): number {
  const { tokens } = work;
  let open = 0;
  for (let k = i + 1; k < tokens.length; k++) {
    const type = tokens[k]?.tokenType;
    if (type === t.ModuleEnd) return k - 1;
    if (open === 0 && (type === t.RightBrace || (startsLine(work, k) && type !== t.LeftBrace))) return k - 1;
    if (type === t.LeftBrace) open++;
    // What a foreign declaration holds ends with its brace.
    if (type === t.RightBrace && --open === 0 && (place === FILE || place === MODULE)) return k;
  }
  return tokens.length - 1;
}
