/**
 * Text → syntax tree. Takes one file's text, gives its tree and everything that is wrong with its form; forgets nothing but
 * white space. Pure, and never throws, whatever the text.
 */
import { EOF, type ILexingError, type IRecognitionException, type IToken, type TokenType } from 'chevrotain';
import type { Comment, Declaration, Expr, ModuleDecl, SourceTree } from './ast.js';
import { type Diagnostic, type Span, report } from './diagnostic.js';
import {
  binaryFile,
  expected,
  foreignRules,
  foreignWord,
  tooDeep,
  unexpectedCharacter,
  unterminatedString,
} from './diagnostics.js';
import { type ForeignLanguage, foreignLanguage } from './foreign.js';
import { mend } from './mend.js';
import { cut, LEFT, type Piece, wordsOf } from './pieces.js';
import { SigParser } from './parse-declarations.js';
import { MAX_DEPTH } from './parse-expressions.js';
import type { Expected } from './parser-messages.js';
import * as t from './tokens.js';

export interface ParseResult {
  readonly tree: SourceTree;
  readonly diagnostics: readonly Diagnostic[];
  /** The pieces with a mistake in them: what seems to be missing may only have been unreadable there. */
  readonly damaged: readonly Span[];
}

let parser: SigParser | undefined;

/** Parses the text of one file; `file` is the name that spans and diagnostics carry. */
export function parse(file: string, text: string): ParseResult {
  const foreign = foreignFile(file, text);
  if (foreign) return { tree: { file, text, declarations: [], comments: [] }, diagnostics: [foreign], damaged: [] };
  const { pieces } = cut(text);
  const parsed = pieces.map((piece, i) => parsePiece(file, text, piece, i === pieces.length - 1));
  const comments = parsed.flatMap((piece) => piece.comments);
  const doc = docOf(comments);
  const declarations = withBodies(parsed);
  const damaged = pieces.filter((_, i) => parsed[i] && parsed[i].diagnostics.length > 0);
  return {
    tree: { file, text, declarations, comments, ...(doc !== undefined && { doc }) },
    diagnostics: parsed.flatMap((piece) => piece.diagnostics),
    damaged: damaged.map(({ start, end }) => ({ file, start, end })),
  };
}

/** All declarations; modules reach as far as the piece that closes them. */
function withBodies(pieces: readonly ParsedPiece[]): Declaration[] {
  const all: Declaration[] = [];
  let open: number | undefined;
  for (const { declarations, closing } of pieces) {
    const module = open === undefined ? undefined : all[open];
    if (module?.kind === 'Module' && closing !== undefined && open !== undefined) all[open] = reaching(module, closing);
    const last = declarations.findLastIndex(({ kind }) => kind === 'Module');
    if (last >= 0) open = all.length + last;
    all.push(...declarations);
  }
  return all;
}

/** What a piece of a text holds, and what is wrong with its form. */
export interface ParsedPiece {
  readonly declarations: readonly Declaration[];
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
  /** The end of the brace that closes the module which was open where it begins. */
  readonly closing: number | undefined;
}

/** Parses a piece of a text. Nothing outside of it has a say but whether it is the last one: the file ends with that. */
export function parsePiece(file: string, text: string, piece: Piece, isLast: boolean): ParsedPiece {
  const { tokens, mistakes, errors, turns } = piece;
  const comments = piece.comments.map((token) => ({ text: token.image, span: spanOf(file, token) }));
  const diagnostics = [
    ...errors.map((error) => lexicalError(file, text, error)),
    ...mistakes.map((token) => foreignMark(file, token)),
    ...tokens.filter((token) => isMistaken(token.tokenType)).map((token) => wordMistake(file, token)),
  ];
  const closing = turns[0]?.token.tokenType === t.ModuleEnd ? spanOf(file, turns[0].token).end : undefined;
  const deep = tooDeeplyNested(file, tokens);
  if (deep) return { declarations: [], comments, diagnostics: sorted([...diagnostics, deep]), closing };
  const mended = mend(file, text, piece, isLast);
  const { declarations, problems } = parseTokens({ file, text, end: piece.end, isLast }, mended.tokens);
  const placed = declarations.map((declaration) => inModule(declaration, piece));
  const modules = moduleProblems(file, piece, isLast);
  return {
    declarations: withDocs(placed, comments, text),
    comments,
    diagnostics: sorted([...diagnostics, ...mended.problems, ...problems, ...modules]),
    closing,
  };
}

/**
 * Parses a value, as it may stand behind `param name =`, in the middle of a text in another language: from offset `start` to `end`.
 * Its spans and those of findings are offsets in the whole text.
 */
export function parseValue(
  file: string,
  whole: string,
  { start, end }: { readonly start: number; readonly end: number },
): { readonly value: Expr; readonly diagnostics: readonly Diagnostic[] } {
  const text = whole.slice(0, end);
  const { tokens, mistakes, errors } = wordsOf(text.slice(start));
  for (const token of [...tokens, ...mistakes]) token.startOffset += start;
  const diagnostics = [
    ...errors.map((error) => lexicalError(file, text, { ...error, offset: error.offset + start })),
    ...mistakes.map((token) => foreignMark(file, token)),
    ...tokens.filter((token) => isMistaken(token.tokenType)).map((token) => wordMistake(file, token)),
  ];
  const deep = tooDeeplyNested(file, tokens);
  const nothing: Expr = { kind: 'Error', span: { file, start, end } };
  if (deep) return { value: nothing, diagnostics: sorted([...diagnostics, deep]) };
  if (tokens.length === 0) {
    const missing = report(expected, { what: 'a value', found: 'nothing' }, { span: { file, start, end } });
    return { value: nothing, diagnostics: sorted([...diagnostics, missing]) };
  }
  const { result, problems } = runParser({ file, text, end, isLast: true }, tokens, (p) => p.settingValue());
  return { value: result ?? nothing, diagnostics: sorted([...diagnostics, ...problems]).map(ofValue) };
}

/** A value ends where a file would go on. */
function ofValue(diagnostic: Diagnostic): Diagnostic {
  const message = diagnostic.message
    .replace(/^expected a declaration \(.*\), found/, 'expected the end of the value, found')
    .replace(/found the end of the file$/, 'found the end of the value');
  return { ...diagnostic, message };
}

/** Where tokens stand. */
interface Place {
  readonly file: string;
  readonly text: string;
  readonly end: number;
  readonly isLast: boolean;
}

function parseTokens(
  place: Place,
  tokens: IToken[],
): { declarations: readonly Declaration[]; problems: readonly Diagnostic[] } {
  try {
    const { result, problems } = runParser(place, tokens, (p) => p.sourceFile());
    return { declarations: result ?? [], problems };
  } catch (cause) {
    // Looking for where to go on behind a mistake costs far more stack than reading: 150 brackets around one were too many.
    if (!(cause instanceof RangeError)) throw cause;
    parser = undefined;
    const { file } = place;
    const deepest = tokens.find((token) => OPENING.has(token.tokenType));
    const span = deepest ? spanOf(file, deepest) : { file, start: 0, end: 0 };
    return { declarations: [], problems: [report(tooDeep, { limit: MAX_DEPTH }, { span })] };
  }
}

/** One of the parser's rules on tokens; it gives nothing where nothing could be read. */
function runParser<T>(
  place: Place,
  tokens: IToken[],
  rule: (parser: SigParser) => T,
): { readonly result: T | undefined; readonly problems: readonly Diagnostic[] } {
  parser ??= new SigParser();
  parser.input = tokens;
  parser.file = place.file;
  parser.text = place.text;
  parser.end = place.end;
  parser.problems = [];
  const result = rule(parser) as T | undefined;
  const errors = parser.errors.map((error) => syntaxError(place, tokens, error));
  return { result, problems: firstOfEachLine(place.text, parser.problems, errors) };
}

// Modules ------------------------------------------------------------------------------------------------------------

/** A signature with the module that it stands in; a module up to its brace, if that is in this piece. */
function inModule(declaration: Declaration, { inside, turns }: Piece): Declaration {
  if (declaration.kind === 'Signature') {
    const before = turns.findLast(({ token }) => token.startOffset < declaration.span.start);
    const module = before ? before.inside : inside;
    return module === undefined || module === LEFT ? declaration : { ...declaration, module };
  }
  if (declaration.kind !== 'Module') return declaration;
  const next = turns.find(({ token }) => token.startOffset > declaration.body.start)?.token;
  return next?.tokenType === t.ModuleEnd ? reaching(declaration, spanOf(declaration.span.file, next).end) : declaration;
}

function reaching(module: ModuleDecl, end: number): ModuleDecl {
  return { ...module, span: { ...module.span, end }, body: { ...module.body, end } };
}

/** What stands in a module and cannot, and a module that the file does not close. */
function moduleProblems(file: string, { inside: first, turns, tokens }: Piece, isLast: boolean): Diagnostic[] {
  const problems: Diagnostic[] = [];
  let inside = first;
  for (const { token, inside: next } of turns) {
    if (inside !== undefined && inside !== LEFT && next === LEFT) problems.push(misplaced(file, token, inside));
    inside = next;
  }
  const last = tokens.at(-1);
  if (!isLast || inside === undefined || inside === LEFT || !last) return problems;
  const { end } = spanOf(file, last);
  const p = { what: '`}`', found: 'the end of the file', help: `the module \`${inside}\` is still open` };
  return [...problems, report(expected, p, { span: { file, start: end, end } })];
}

function misplaced(file: string, token: IToken, module: string): Diagnostic {
  const help =
    token.tokenType === t.Module
      ? `a module does not stand in another one: close \`${module}\`, and say \`module … in ${module} { … }\``
      : `close the module \`${module}\` before it`;
  const p = { what: 'a signature, a test or `}`', found: `\`${token.image}\``, help };
  return report(expected, p, { span: spanOf(file, token) });
}

// What is no rule file -----------------------------------------------------------------------------------------------

/** The finding that replaces all others of a file that holds no rules. */
export function foreignFile(file: string, text: string): Diagnostic | undefined {
  const whole = { span: { file, start: 0, end: Math.min(text.indexOf('\n') + 1 || text.length, text.length) } };
  if (text.includes('\0') || text.includes('\uFFFD')) return report(binaryFile, undefined, whole);
  const foreign = foreignLanguage(text);
  if (!foreign) return undefined;
  const { language, what, start, end } = foreign;
  return report(foreignRules, { what, areRules: !NO_RULES.has(language) }, { span: { file, start, end } });
}

/** What nobody would want to import. */
const NO_RULES: ReadonlySet<ForeignLanguage> = new Set(['sml', 'lprolog', 'detached-signature']);

// Words --------------------------------------------------------------------------------------------------------------

function spanOf(file: string, token: IToken): Span {
  return { file, start: token.startOffset, end: token.startOffset + token.image.length };
}

function lexicalError(file: string, text: string, error: ILexingError): Diagnostic {
  const span = { file, start: error.offset, end: error.offset + error.length };
  return report(unexpectedCharacter, { text: text.slice(span.start, Math.min(span.end, span.start + 20)) }, { span });
}

function foreignMark(file: string, token: IToken): Diagnostic {
  const label = { span: spanOf(file, token) };
  switch (token.tokenType) {
    case t.HashComment:
      return report(foreignWord, { text: '#', help: 'comments begin with `//`' }, label);
    case t.BlockComment:
      return report(foreignWord, { text: '/*', help: 'comments begin with `//` and end with the line' }, label);
    default:
      return report(foreignWord, { text: ';', help: 'nothing ends with a semicolon; leave it out' }, label);
  }
}

/** Spellings that the parser takes for what was meant, and that are reported all the same. */
const MEANT = new Map([
  [t.AndSign, 'write `and`'],
  [t.OrSign, 'write `or`'],
  [t.NotSign, 'write `not`, or `!=` for a comparison'],
  [t.StrictEqual, 'a comparison is written `==`'],
  [t.OtherNotEqual, 'write `!=`'],
  [t.SingleQuoted, 'strings stand between `"`'],
]);

function isMistaken(type: TokenType): boolean {
  return type === t.UnterminatedString || MEANT.has(type);
}

function wordMistake(file: string, token: IToken): Diagnostic {
  const span = spanOf(file, token);
  const help = MEANT.get(token.tokenType);
  if (help === undefined) return report(unterminatedString, undefined, { span });
  return report(foreignWord, { text: token.image.slice(0, 20), help }, { span });
}

/** Brackets and prefixes nest the parser's calls; ten thousand of them would exhaust the stack. */
function tooDeeplyNested(file: string, tokens: readonly IToken[]): Diagnostic | undefined {
  let open = 0;
  let prefixes = 0;
  for (const token of tokens) {
    if (OPENING.has(token.tokenType)) open++;
    else if (CLOSING.has(token.tokenType)) open = Math.max(0, open - 1);
    prefixes = PREFIXES.has(token.tokenType) ? prefixes + 1 : 0;
    if (open + prefixes > MAX_DEPTH) return report(tooDeep, { limit: MAX_DEPTH }, { span: spanOf(file, token) });
  }
  return undefined;
}

const OPENING = new Set([t.LeftBrace, t.LeftParen, t.LeftBracket]);
const CLOSING = new Set([t.RightBrace, t.RightParen, t.RightBracket]);
const PREFIXES = new Set([t.Not, t.NotSign, t.Minus, t.Tilde]);

// Sentences ----------------------------------------------------------------------------------------------------------

function syntaxError(
  { file, text, isLast }: Place,
  tokens: readonly IToken[],
  { token, message }: IRecognitionException,
): Diagnostic {
  const { ends = false, form, ...p } = JSON.parse(message) as Expected;
  const isEnd = token.tokenType === EOF;
  const index = isEnd ? tokens.length : tokens.indexOf(token);
  const before = tokens[index - 1];
  const behind = before ? before.startOffset + before.image.length : 0;
  // What closes is named alone, or at the end of what might also stand here: news only where the file ends.
  const closing = (isEnd && isLast ? /`([})\]])`$/ : /^`([})\]])`$/).exec(p.what)?.[1];
  const opened = openedBefore(tokens, index, closing);
  const further = opened ? [{ span: spanOf(file, opened), text: 'opened here' }] : [];
  const place = { span: { file, start: behind, end: behind } };
  if (isEnd && isLast) return report(expected, p, place, ...further);
  // What is missing at the end of a line is missing there, not where the next line begins.
  if (isEnd || (!ends && before && text.slice(behind, token.startOffset).includes('\n')))
    return report(expected, { what: p.what, found: 'the end of the line', help: form }, place, ...further);
  return report(expected, p, { span: spanOf(file, token) }, ...further);
}

const BRACKETS = new Map([
  ['}', t.LeftBrace],
  [')', t.LeftParen],
  [']', t.LeftBracket],
]);

/** The bracket that `closing` would close at a place. */
function openedBefore(tokens: readonly IToken[], index: number, closing: string | undefined): IToken | undefined {
  const opening = closing === undefined ? undefined : BRACKETS.get(closing);
  let closed = 0;
  for (let i = index - 1; opening && i >= 0; i--) {
    const type = tokens[i]?.tokenType;
    if (type && CLOSING.has(type)) closed++;
    else if (type && OPENING.has(type) && closed-- === 0) return type === opening ? tokens[i] : undefined;
  }
  return undefined;
}

/** Where the parser has lost its way, what else it says of that line only follows from that. */
function firstOfEachLine(text: string, notes: readonly Diagnostic[], errors: readonly Diagnostic[]): Diagnostic[] {
  const startOf = (d: Diagnostic): number => d.labels[0]?.span.start ?? 0;
  const lost = new Map<number, number>();
  const lineOf = (d: Diagnostic): number => text.lastIndexOf('\n', startOf(d) - 1);
  for (const d of errors) lost.set(lineOf(d), Math.min(startOf(d), lost.get(lineOf(d)) ?? Infinity));
  return [...notes, ...errors].filter((d) => startOf(d) <= (lost.get(lineOf(d)) ?? Infinity));
}

/** In order of place; of several at one place the first found, because the others follow from it. */
function sorted(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  if (diagnostics.length < 2) return [...diagnostics];
  const startOf = (d: Diagnostic): number => d.labels[0]?.span.start ?? 0;
  const seen = new Set<number>();
  return diagnostics
    .toSorted((a, b) => startOf(a) - startOf(b))
    .filter((d) => !seen.has(startOf(d)) && seen.add(startOf(d)));
}

// Comments -----------------------------------------------------------------------------------------------------------

/** The text of the `//!` lines among some comments. */
export function docOf(comments: readonly Comment[]): string | undefined {
  return docText(comments.filter((c) => c.text.startsWith('//!')));
}

function docText(comments: readonly Comment[]): string | undefined {
  return comments.length === 0 ? undefined : comments.map((c) => c.text.slice(3).trim()).join('\n');
}

/** Gives each declaration the `///` lines that stand right before it. */
function withDocs(declarations: readonly Declaration[], comments: readonly Comment[], text: string): Declaration[] {
  const docs = comments.filter((c) => /^\/\/\/(?!\/)/.test(c.text));
  let next = 0;
  return declarations.map((declaration) => {
    const own: Comment[] = [];
    for (; next < docs.length; next++) {
      const comment = docs[next];
      if (!comment || comment.span.start >= declaration.span.start) break;
      own.push(comment);
    }
    const behind = own.at(-1);
    const adjacent = behind && text.slice(behind.span.end, declaration.span.start).trim() === '';
    const doc = adjacent ? docText(own) : undefined;
    return doc === undefined ? declaration : { ...declaration, doc };
  });
}
