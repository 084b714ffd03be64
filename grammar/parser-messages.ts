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
  /** How the whole is written, which helps also where what follows on the next line has nothing to do with it. */
  readonly form?: string;
  /** Something may end here: then what follows on the next line is news, and not that the line ended. */
  readonly ends?: boolean;
}

/** What could stand where a rule finds nothing that fits; words are for "did you mean". */
const ALTERNATIVES: Readonly<Record<string, { readonly what: string; readonly words?: readonly string[] }>> = {
  file: { what: 'a declaration (`signature`, `const`, `import`, `test` …)', words: t.DECLARATION_WORDS },
  declaration: { what: 'a declaration (`signature`, `const`, `import`, `test` …)', words: t.DECLARATION_WORDS },
  signature: { what: 'a key of a signature (`id`, `title`, `when`, `then` …) or `}`', words: t.SIGNATURE_WORDS },
  action: { what: 'an action (`log`, `drop`, `pass`)', words: ['log', 'drop', 'pass', 'reject'] },
  policy: {
    what: 'an entry of a policy (`protect`, `otherwise`, `disable`, `override`) or `}`',
    words: t.POLICY_WORDS,
  },
  target: { what: 'a name' },
  expression: { what: 'a condition' },
  negation: { what: 'a condition' },
  unary: { what: 'a value' },
  primary: { what: 'a value' },
  comparisonTail: { what: 'a comparison' },
  bytesOrName: { what: 'a byte string (`"…"`, `hex"…"`) or the name of one' },
  membershipTail: { what: '`in` or `contains`' },
  wordOrString: { what: 'a word or a string' },
  described: { what: 'a key and its text (`author "…"`) or `}`' },
  test: { what: 'a step (`packet`, `pcap`, `after`, `expect`) or `}`', words: t.STEP_WORDS },
  packet: { what: '`{` or the bytes of a packet' },
  builtPacket: { what: 'a header (`ipv4 { … }`), `payload` or `}`' },
  packetHeader: { what: 'a field and its value (`dst_port 80`) or `}`' },
  expectItem: { what: 'a signature, `none` or `verdict`' },
  header: {
    what: 'a field (`name : u16`), `size`, `extent`, `next`, `either` or `}`',
    words: ['size', 'extent', 'next', 'either', 'peek'],
  },
  headerItem: { what: 'a field (`name : u16`), `size`, `extent`, `next` or `either`' },
  list: { what: '`case`, `else` or `}`', words: ['case', 'else'] },
  caseBody: { what: '`stop`, `skip`, or the fields of an entry in braces' },
  flags: { what: 'a flag and its bit (`SYN 2`) or `}`' },
  view: { what: 'a field (`src = src | src`), `either` or `}`', words: ['either'] },
  count: { what: '`>` or `>=`' },
};

const ONE_PARENT = 'a module stands in one other module; signatures of others may `forward` to it';

/** How what has a number and a time is written. */
const FORMS: Readonly<Record<string, string>> = {
  count: 'it is written `count by ip.src > 20 per 10s`: that many packets, and within which time',
  limit: 'it is written `limit 1 per 10s`: that many alerts, and within which time',
};

/** What at least one of is needed. */
const LEAST: Readonly<Record<string, string>> = {
  header: '`in`, the space and the value that announce the header',
  then: 'an action (`log`, `drop`, `pass`)',
  protect: 'a network and the modules that protect it: `protect 10.0.0.0/8 with http`',
  tagged: 'a tag',
  expect: 'a signature, `none` or `verdict`',
  view: 'the name of a header',
  viewField: 'the name of a field',
};

export const messages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage({ expected, actual, ruleName }) {
    const rule = endsRule(expected) ? ALTERNATIVES[ruleName] : undefined;
    if (ruleName === 'indexed') return encode(describeType(expected), actual, [], false, SLICE);
    if (expected === t.Per) return encode(describeType(expected), actual, [], false, FORMS[ruleName], FORMS[ruleName]);
    if (expected === t.ModuleStart)
      return encode(describeType(expected), actual, ['in', 'on'], false, actual.image === ',' ? ONE_PARENT : undefined);
    const quotes = expected === t.String && tokenMatcher(actual, t.Word);
    if (quotes) return encode(describeType(expected), actual, [], false, 'text stands between `"`');
    return encode(rule?.what ?? describeType(expected), actual, rule?.words, endsRule(expected));
  },
  buildNoViableAltMessage({ actual, ruleName }) {
    const rule = ALTERNATIVES[ruleName];
    return encode(rule?.what ?? 'something else', first(actual), rule?.words, false, FORMS[ruleName], FORMS[ruleName]);
  },
  buildEarlyExitMessage({ actual, ruleName }) {
    return encode(LEAST[ruleName] ?? 'something else', first(actual));
  },
  buildNotAllInputParsedMessage({ firstRedundant }) {
    return encode(ALTERNATIVES['file']?.what ?? '', firstRedundant, t.DECLARATION_WORDS, true);
  },
};

/** A closing brace or the end is expected where a repetition finds no further element: then the elements are the news. */
function endsRule(type: TokenType): boolean {
  return type === t.RightBrace || type === EOF;
}

function first(tokens: IToken[]): IToken | undefined {
  return tokens[0];
}

function encode(
  what: string,
  token: IToken | undefined,
  words: readonly string[] = [],
  ends = false,
  advice?: string,
  form?: string,
): string {
  const isWord = token !== undefined && tokenMatcher(token, t.Word);
  const help = advice ?? (token && (adviceOn(token.image) ?? (isWord ? didYouMean(token.image, words) : undefined)));
  const found = describeToken(token);
  return JSON.stringify({
    what,
    found,
    ...(help !== undefined && { help }),
    ...(form !== undefined && { form }),
    ends,
  } satisfies Expected);
}

/** What other languages write for something that this one has, and slips of the same kind. */
const HABITS: ReadonlyMap<string, string> = new Map([
  ...['and', 'or', 'not', 'in', 'contains'].map((word): [string, string] => [
    word.toUpperCase(),
    `write \`${word}\`, in small letters`,
  ]),
  ...['eq', 'is', 'equals'].map((word): [string, string] => [word, 'a comparison is written `==`']),
  ...['ne', 'neq'].map((word): [string, string] => [word, 'a comparison is written `!=`']),
  ...['lt', 'le', 'gt', 'ge'].map((word): [string, string] => [word, 'comparisons are written `<`, `<=`, `>`, `>=`']),
  ...['distance', 'within'].map((word): [string, string] => [
    word,
    'name what comes before, `contains "…" as x`, and search behind it: `contains "…" in x.end .. x.end+20`',
  ]),
  ...['offset', 'depth', 'startswith', 'endswith'].map((word): [string, string] => [
    word,
    'where a byte string stands is said with `at 0`, `at -4`, `in 4..20`',
  ]),
  ['xor', 'bits are combined with `^`'],
  ['..', 'a range is tested with `in`: `tcp.dst_port in 1..1023`'],
  [',', 'several values stand in braces: `in { 80, 81 }`; flags are joined with `|`'],
  ['==', 'a condition gets its name with `predicate`'],
  [')', 'no bracket is open here'],
  [']', 'no bracket is open here'],
]);

const SLICE = 'numbers are read out of bytes with `payload.u16(4)`, byte strings searched with `contains "…" in 4..9`';

function adviceOn(image: string): string | undefined {
  return HABITS.get(image);
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
