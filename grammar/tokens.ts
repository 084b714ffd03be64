/**
 * The words of the language. Keywords are contextual: after a dot, and where a field, a flag or a key is named, any word
 * may stand (category `Word`); where a name begins an expression or is declared, all but the structural ones (`Identifier`).
 */
import { createToken, Lexer, type TokenType } from 'chevrotain';

/** Any word at all. */
export const Word = createToken({ name: 'Word', pattern: Lexer.NA, label: 'a name' });
/** A word that may begin an expression or be declared. */
export const Identifier = createToken({ name: 'Identifier', pattern: Lexer.NA, label: 'a name', categories: [Word] });

export const PlainWord = createToken({
  name: 'PlainWord',
  pattern: /[A-Za-z_]\w*/,
  categories: [Identifier],
});

function structural(word: string): TokenType {
  return keyword(word, [Word]);
}

function contextual(word: string): TokenType {
  return keyword(word, [Identifier]);
}

function keyword(word: string, categories: TokenType[]): TokenType {
  return createToken({
    name: `'${word}'`,
    pattern: new RegExp(word),
    label: `\`${word}\``,
    longer_alt: PlainWord,
    categories,
  });
}

function symbol(text: string, categories: TokenType[] = []): TokenType {
  const pattern = new RegExp(text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return createToken({ name: `'${text}'`, pattern, label: `\`${text}\``, categories });
}

// Structural words.
export const Import = structural('import');
export const Const = structural('const');
export const Param = structural('param');
export const Space = structural('space');
export const Header = structural('header');
export const View = structural('view');
export const Predicate = structural('predicate');
export const Signature = structural('signature');
export const Test = structural('test');
export const Module = structural('module');
export const Policy = structural('policy');
export const And = structural('and');
export const Or = structural('or');
export const Not = structural('not');
export const In = structural('in');
export const Contains = structural('contains');
export const Nocase = structural('nocase');
export const At = structural('at');
export const As = structural('as');
export const Has = structural('has');
export const Any = structural('any');
export const Lacks = structural('lacks');
export const None = structural('none');
export const True = structural('true');
export const False = structural('false');
export const When = structural('when');
export const Then = structural('then');
export const Until = structural('until');
export const Else = structural('else');
export const Expect = structural('expect');
export const With = structural('with');

// Words that mean something only where they stand.
export const Id = contextual('id');
export const Rev = contextual('rev');
export const Title = contextual('title');
export const Severity = contextual('severity');
export const Class = contextual('class');
export const Ref = contextual('ref');
export const Tags = contextual('tags');
export const Meta = contextual('meta');
export const Let = contextual('let');
export const Count = contextual('count');
export const By = contextual('by');
export const Per = contextual('per');
export const Repeat = contextual('repeat');
export const Role = contextual('role');
export const Next = contextual('next');
export const Size = contextual('size');
export const Extent = contextual('extent');
export const Either = contextual('either');
export const Peek = contextual('peek');
export const Case = contextual('case');
export const Stop = contextual('stop');
export const Skip = contextual('skip');
export const Auto = contextual('auto');
export const Last = contextual('last');
export const Packet = contextual('packet');
export const Pcap = contextual('pcap');
export const After = contextual('after');
export const Under = contextual('under');
export const Verdict = contextual('verdict');
export const Payload = contextual('payload');
export const File = contextual('file');
export const Limit = contextual('limit');
export const Mark = contextual('mark');
export const Delay = contextual('delay');
export const Forward = contextual('forward');
export const Matches = contextual('matches');
export const On = contextual('on');
export const Protect = contextual('protect');
export const Otherwise = contextual('otherwise');
export const Disable = contextual('disable');
export const Override = contextual('override');

// Literals.
export const HexString = createToken({
  name: 'HexString',
  label: 'hexadecimal bytes',
  pattern: /hex"[^"\r\n]*"/,
});
export const String = createToken({
  name: 'String',
  label: 'a string',
  pattern: /"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"/,
});
export const UnterminatedString = createToken({
  name: 'UnterminatedString',
  label: 'a string',
  pattern: /(?:hex)?"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*\\?/,
  categories: [String],
});
export const SingleQuoted = createToken({
  name: 'SingleQuoted',
  label: 'a string',
  pattern: /'[^'\r\n]*'?/,
  categories: [String],
});
export const MacAddress = createToken({
  name: 'MacAddress',
  label: 'an address',
  pattern: /[\dA-Fa-f]{2}(?::[\dA-Fa-f]{2}){5}(?![\w:])/,
});
// Two colons at least, so that `type:u16` is three tokens; whether it is an address is decided in `literals.ts`.
export const Ipv6Address = createToken({
  name: 'Ipv6Address',
  label: 'an address',
  pattern: /(?:[\dA-Fa-f]{1,4}:|:)(?::|[\dA-Fa-f]{1,4}:)(?:(?:[\dA-Fa-f:]*:)?(?:\d+\.){3}\d+|[\dA-Fa-f:]*)(?:\/\w+)?/,
});
export const Ipv4Address = createToken({
  name: 'Ipv4Address',
  label: 'an address',
  pattern: /\d+\.\d+\.\d+\.\d+(?:\/[\w.]+)?/,
});
export const Duration = createToken({
  name: 'Duration',
  label: 'a duration',
  pattern: /\d+(?:ns|us|ms|s|m|h|d)(?!\w)/,
});
export const Number = createToken({ name: 'Number', label: 'a number', pattern: /\d\w*/ });
/** `matches /…/i`: one token, because a slash is a division elsewhere. */
export const Regex = createToken({
  name: 'Regex',
  label: '`matches`',
  pattern: /matches[ \t]*\/(?:[^/\\\r\n]|\\.)*\/\w*/,
});

// Symbols; longer ones first.
export const AndSign = symbol('&&', [And]);
export const OrSign = symbol('||', [Or]);
export const DotDot = symbol('..');
export const EqualEqual = symbol('==');
export const NotEqual = symbol('!=');
export const OtherNotEqual = symbol('<>', [NotEqual]);
export const StrictEqual = symbol('===', [EqualEqual]);
export const LessEqual = symbol('<=');
export const GreaterEqual = symbol('>=');
export const ShiftLeft = symbol('<<');
export const ShiftRight = symbol('>>');
export const NotSign = symbol('!', [Not]);
export const Less = symbol('<');
export const Greater = symbol('>');
export const Equal = symbol('=');
export const LeftBrace = symbol('{');
export const RightBrace = symbol('}');
/** The braces around what stands in a module, as the cutter finds them (`pieces.ts`): no others end what the parser has lost its way in. */
export const ModuleStart = createToken({ name: 'ModuleStart', pattern: Lexer.NA, label: '`{`' });
export const ModuleEnd = createToken({ name: 'ModuleEnd', pattern: Lexer.NA, label: '`}`' });
export const LeftParen = symbol('(');
export const RightParen = symbol(')');
export const LeftBracket = symbol('[');
export const RightBracket = symbol(']');
export const Comma = symbol(',');
export const Colon = symbol(':');
export const Dot = symbol('.');
export const Pipe = symbol('|');
export const Ampersand = symbol('&');
export const Caret = symbol('^');
export const Tilde = symbol('~');
export const Plus = symbol('+');
export const Minus = symbol('-');
export const Star = symbol('*');
export const Slash = symbol('/');
export const Percent = symbol('%');

// What is read over. Mistakes of other languages' habits are kept apart, to be reported and not to disturb the parser.
const WhiteSpace = createToken({
  name: 'WhiteSpace',
  pattern: /[ \t\r\n\uFEFF]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});
const Comment = createToken({ name: 'Comment', pattern: /\/\/[^\r\n]*/, group: 'comments' });
export const BlockComment = createToken({
  name: 'BlockComment',
  pattern: /\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/)?/,
  group: 'mistakes',
  line_breaks: true,
});
export const HashComment = createToken({ name: 'HashComment', pattern: /#[^\r\n]*/, group: 'mistakes' });
const Semicolon = createToken({ name: 'Semicolon', pattern: /;/, group: 'mistakes' });

const structurals = [
  Import, Const, Param, Space, Header, View, Predicate, Signature, Test, Module, Policy, And, Or, Not, In, Contains, Nocase,
  At, As, Has, Any, Lacks, None, True, False, When, Then, Until, Else, Expect, With,
]; // prettier-ignore
const contextuals = [
  Id, Rev, Title, Severity, Class, Ref, Tags, Meta, Let, Count, By, Per, Repeat, Role, Next, Size, Extent, Either, Peek, Case,
  Stop, Skip, Auto, Last, Packet, Pcap, After, Under, Verdict, Payload, File, Limit, Mark, Delay, Forward,
  Matches, On, Protect, Otherwise, Disable, Override,
]; // prettier-ignore
const literals = [
  HexString, String, UnterminatedString, SingleQuoted, MacAddress, Ipv6Address, Ipv4Address, Duration, Number, Regex,
]; // prettier-ignore
const symbols = [
  AndSign, OrSign, DotDot, StrictEqual, EqualEqual, NotEqual, OtherNotEqual, LessEqual, GreaterEqual, ShiftLeft, ShiftRight, NotSign, Less, Greater, Equal,
  LeftBrace, RightBrace, LeftParen, RightParen, LeftBracket, RightBracket, Comma, Colon, Dot, Pipe, Ampersand, Caret, Tilde,
  Plus, Minus, Star, Slash, Percent,
]; // prettier-ignore

/** All tokens in the order in which the lexer tries them. */
export const vocabulary: TokenType[] = [
  WhiteSpace, Comment, BlockComment, HashComment, Semicolon, ...literals, ...structurals, ...contextuals, PlainWord, ...symbols,
  Word, Identifier, ModuleStart, ModuleEnd,
]; // prettier-ignore

/** Words that a declaration begins with, for "did you mean". */
export const DECLARATION_WORDS = [
  'import', 'const', 'param', 'space', 'header', 'view', 'predicate', 'signature', 'module', 'policy', 'test',
] as const; // prettier-ignore

/** Words that an entry of a signature begins with. */
export const SIGNATURE_WORDS = [
  'id', 'rev', 'title', 'severity', 'class', 'ref', 'tags', 'meta', 'when', 'then', 'let', 'count',
] as const; // prettier-ignore

/** Words that an entry of a policy begins with. */
export const POLICY_WORDS = ['protect', 'otherwise', 'disable', 'override'] as const;

/** Words that what stands in a module begins with. */
export const MODULE_WORDS = ['signature', 'test'] as const;

/** Words that a step of a test begins with. */
export const STEP_WORDS = ['packet', 'pcap', 'after', 'expect', 'under'] as const;

/** The type of a keyword's token. */
export function keywordType(word: string): TokenType | undefined {
  return [...structurals, ...contextuals].find((type) => type.name === `'${word}'`);
}

export const lexer = new Lexer(vocabulary, { ensureOptimizations: true, positionTracking: 'onlyOffset' });
